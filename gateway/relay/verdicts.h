#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/outcome.h"
#include "gateway/common/result.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/modelbook.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayattempt.h"

namespace Gateway {

/// Whether the trouble says nothing about the key, so that the same key may be asked once more.
bool isInnocent(OutcomeKind kind);

/// Whether another model may do what this one could not: it is overloaded, used up or not there.
bool isOfTheModel(OutcomeKind kind);

/// Of an attempt that was called off, for `why`: it says nothing of the key.
Outcome cancelledOutcome(std::string why);

/// A refusal of the pool as a failure, for the same judgement as an attempt's.
AttemptFailure failureOf(const Refusal &refusal, std::string_view model);

/// A call that could not be made, as a failure.
AttemptFailure unreachable(const Error &error);

/// Google tells a missing model and a method that the model does not have in the same words. When the model
/// is known to answer other kinds of calls only, it is the caller's fault, and no project lacks it.
void settleAbsence(Outcome &outcome, const Passage &passage, const ModelBook &book);

/// What the client is told when the pool has no key for `model` (may be empty): 429 with the shortest wait
/// while all rest, 503 with the wait while the model is overloaded, 404 when no key's project has it, else
/// 503 with how many keys are invalid, resting and disabled.
Error refusalError(const Refusal &refusal, std::string_view model);

/// What the client is told when the last attempt failed with `outcome` and no other may follow. `error` is
/// Google's answer; `attempts` is how many were made. A key's fault is never told as the client's.
Error finalError(const Outcome &outcome, const Error &error, int attempts);

/// Wait before try number `attempt` (1 = the first retry) after trouble that is nobody's fault: doubling from
/// 100 ms to 3 s, of which a random half is taken away so that clients do not come in step. `random` is any
/// number.
std::int64_t backoffMs(int attempt, std::uint32_t random);

} // namespace Gateway
