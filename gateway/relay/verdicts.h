#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/outcome.h"
#include "gateway/common/result.h"
#include "gateway/pool/keypool.h"

namespace Gateway {

/// What the client is told when the pool has no key for `model` (may be empty): 429 with the shortest wait
/// while all rest, else 503 with how many keys are invalid, resting and disabled.
Error refusalError(const Refusal &refusal, std::string_view model);

/// What the client is told when the last attempt failed with `outcome` and no other may follow. `error` is
/// Google's answer; `attempts` is how many were made. A key's fault is never told as the client's.
Error finalError(const Outcome &outcome, const Error &error, int attempts);

/// Wait before try number `attempt` (1 = the first retry) after trouble that is nobody's fault: doubling from
/// 100 ms to 3 s, of which a random half is taken away so that clients do not come in step. `random` is any
/// number.
std::int64_t backoffMs(int attempt, std::uint32_t random);

} // namespace Gateway
