#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/common/quota.h"

namespace Gateway {

/// Who says that a limit holds.
enum class LimitSource : std::uint8_t {
    None,    ///< Nobody: no limit is known.
    Learned, ///< Google, in a 429.
    ByHand,  ///< The user, and Google named no smaller one.
    Assumed, ///< Google, of another project of the same tier.
};

/// A limit in force.
struct LimitView
{
    std::int64_t value = 0; ///< 0: none.
    LimitSource source = LimitSource::None;
    std::int64_t learnedMs = 0; ///< Learned: when, ms since 1970 UTC.
};

/// What is known of one key (its project) and one model at a moment. All times are ms since 1970 UTC; 0: not
/// so.
struct KeyModelView
{
    std::string model; ///< Empty: the key as a whole.
    std::int64_t restUntilMs = 0;
    std::string restReason; ///< Google's machine word, or "by hand".
    std::int64_t predictedUntilMs = 0;
    QuotaKind predictedBy = QuotaKind::None; ///< The limit that is used up by our count.
    std::int64_t absentUntilMs = 0;          ///< The project does not have the model; asked again then.
    std::string absentReason;                ///< Google's words.
    std::int64_t minuteRequests = 0;         ///< In the last 60 to 65 s.
    std::int64_t minuteTokens = 0;           ///< Input tokens, likewise.
    std::int64_t dayRequests = 0;            ///< Since midnight Pacific.
    std::int64_t dayTokens = 0;
    std::array<LimitView, QUOTA_KINDS> limits{};
};

/// One key as a person wants to see it.
struct KeyView
{
    KeyRow row;                         ///< As snapshot() tells it.
    KeyState health = KeyState::Usable; ///< Behind `row.state`: never Disabled.
    int inFlight = 0;                   ///< Leases that are out.
    KeyTier tier = KeyTier::Unknown;    ///< Of its project, set by hand or learned.
    std::string scope;                  ///< quotaScope(): keys with the same one share their quotas.
    std::vector<KeyModelView> models;   ///< Of which something is known, by name.
};

/// A part of all keys, in the order in which they were added.
struct KeyPage
{
    std::vector<KeyView> keys;
    std::uint32_t next = 0; ///< Where the following page starts; 0: this is the last.
    int total = 0;
};

/// A model's breaker: open after overloads, half-open while one request tries again.
enum class BreakerState : std::uint8_t { Closed, Open, HalfOpen };

/// How a model stands, over all keys.
struct ModelHealth
{
    std::string model;
    BreakerState breaker = BreakerState::Closed;
    std::int64_t openUntilMs = 0; ///< ms since 1970 UTC; 0 when closed.
    int overloads = 0;            ///< In a row.
    std::string reason;           ///< Google's words for the last of them.
    int available = 0;            ///< Keys that could be lent now.
    int resting = 0;              ///< By a 429, or as a whole.
    int predicted = 0;            ///< By our own count.
    int absent = 0;               ///< Their project does not have the model.
};

/// What changed for those who look on.
struct HealthChanges
{
    std::vector<KeyId> keys;         ///< Each once; a removed key, too.
    std::vector<std::string> models; ///< Each once.
};

} // namespace Gateway
