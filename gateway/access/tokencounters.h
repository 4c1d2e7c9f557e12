#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "gateway/access/slidingminute.h"
#include "gateway/common/clock.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// Which limit of a token was met.
enum class TokenLimit : std::uint8_t { MinuteRequests, MinuteTokens, DayRequests, DayTokens, MonthSpend };

struct LimitHit
{
    TokenLimit limit = TokenLimit::MinuteRequests;
    std::int64_t waitMs = 0; ///< Until the token may ask again.
};

/// What one access token has used in the last minute, this day and this month (UTC). Thread-safe.
class TokenCounters
{
public:
    /// `clock` must outlive this.
    TokenCounters(TokenId id, const Clock &clock);

    /// What the store remembers; counts of an earlier day or month are left behind.
    void load(const TokenUse &use);

    /// Counts a request that is about to run; or, counting nothing, the limit that lies furthest ahead.
    std::optional<LimitHit> admit(const TokenLimits &limits);

    /// What a request used when it ended; below 0: not told.
    void settle(std::int64_t tokens, std::int64_t costMicro);

    TokenUse use() const;

    /// As use(), when something has changed since the last call.
    std::optional<TokenUse> takeChange();

private:
    void roll(std::int64_t nowMs) const;
    std::optional<LimitHit> hit(const TokenLimits &limits, std::int64_t wallMs, std::int64_t monotonicMs);

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    mutable TokenUse m_use; ///< Of the day and month that the clock last showed.
    SlidingMinute m_minuteRequests;
    SlidingMinute m_minuteTokens;
    bool m_isChanged = false;
};

} // namespace Gateway
