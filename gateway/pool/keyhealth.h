#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/keyrow.h"
#include "gateway/common/outcome.h"
#include "gateway/pool/lease.h"

namespace Gateway {

/// The moment and the limits an outcome is judged by.
struct HealthRules
{
    int maxFailures = 3;
    std::int64_t nowMs = 0;      ///< ms since 1970 UTC.
    std::int64_t midnightMs = 0; ///< The next midnight Pacific; read only for DayQuota.
};

/// What an outcome makes of a key.
struct HealthVerdict
{
    KeyState state = KeyState::Usable;
    int failures = 0;
    bool blamed = false;          ///< Counts as a failed call.
    bool newReason = false;       ///< The outcome's words are why the key is sidelined.
    std::int64_t restUntilMs = 0; ///< Not 0: the key rests for the model at least until then.
    std::int64_t probeMs = 0;     ///< Not 0: when the rest may be probed.
    bool replacesRest = false;    ///< A probe knows better than the rest it probed.
    bool liftsRest = false;       ///< The probe worked: the rest is over.
};

/// The state machine of a key's health, without memory or clock of its own: state × outcome → verdict.
/// `failures`: unclear ones in a row so far.
HealthVerdict judgeKey(KeyState state, int failures, Lease::Kind kind, const Outcome &outcome,
                       const HealthRules &rules);

/// How long a 429 may rest a key, in ms: what Google says is kept within these bounds.
constexpr std::int64_t MIN_REST_MS = 1'000;
constexpr std::int64_t MAX_REST_MS = 24 * 3'600'000;

/// The reason of a rest that a user ordered; it may be of any length.
constexpr std::string_view RESTED_BY_HAND = "by hand";

/// A day's quota that is believed to be used up is tried again after this time.
constexpr std::int64_t PROBE_AFTER_MS = 3'600'000;

} // namespace Gateway
