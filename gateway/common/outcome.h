#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"

namespace Gateway {

/// What one attempt with one key meant, told by the upstream's classifier to the pool.
enum class OutcomeKind : std::uint8_t {
    Success,        ///< Clears the key's failures.
    CallerFault,    ///< The request itself is wrong; the key is innocent.
    KeyFault,       ///< The key is refused for good: sidelined at once with the reason.
    Unclear,        ///< Counts towards MAX_FAILURES in a row.
    RateLimited,    ///< Key × model rests for `restMs`.
    DayQuota,       ///< Key × model rests until midnight Pacific.
    ServerTrouble,  ///< 5xx: retried, nobody is blamed.
    NetworkTrouble, ///< No answer (resolve, connect, reset, time-out): retried, nobody is blamed.
    Cancelled,      ///< The client left; says nothing of the key.
    Overloaded,     ///< The model has no capacity (503): its breaker counts it, no key is blamed.
    NoSuchModel,    ///< The key's project does not have the model (404, or a limit of 0).
};

/// One attempt's verdict.
struct Outcome
{
    OutcomeKind kind = OutcomeKind::Success;
    std::int64_t restMs = 0; ///< RateLimited: how long, in ms.
    std::string reason;      ///< Google's machine word, e.g. "API_KEY_INVALID", "RESOURCE_EXHAUSTED".
    std::string text;        ///< Google's own message (without secrets), for people.
    QuotaKind quota = QuotaKind::None; ///< RateLimited, DayQuota: which allowance was met.
    std::int64_t quotaLimit = 0;       ///< Its size as Google named it; 0: not told.
    KeyTier tier = KeyTier::Unknown;   ///< As the quota's name tells it.
    std::int64_t inputTokens = -1;     ///< What Google counted for the prompt; -1: not told.
};

/// Whether another key may be asked after this outcome.
constexpr bool isRetryable(OutcomeKind kind)
{
    return kind != OutcomeKind::Success && kind != OutcomeKind::CallerFault && kind != OutcomeKind::Cancelled;
}

} // namespace Gateway
