#include "gateway/access/tokencounters.h"

#include <algorithm>
#include <chrono>

namespace Gateway {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr year_month EPOCH{std::chrono::year(1970), std::chrono::January};

sys_days dayOf(std::int64_t nowMs)
{
    return floor<days>(sys_time<milliseconds>(milliseconds(nowMs)));
}

std::int64_t dayNumber(std::int64_t nowMs)
{
    return dayOf(nowMs).time_since_epoch().count();
}

std::int64_t monthNumber(std::int64_t nowMs)
{
    const year_month_day date(dayOf(nowMs));
    return (date.year() / date.month() - EPOCH).count();
}

std::int64_t startMs(sys_days day)
{
    return milliseconds(day.time_since_epoch()).count();
}

std::int64_t nextDayMs(std::int64_t day)
{
    return startMs(sys_days(days(day + 1)));
}

std::int64_t nextMonthMs(std::int64_t month)
{
    return startMs(sys_days((EPOCH + std::chrono::months(month + 1)) / std::chrono::day(1)));
}

} // namespace

TokenCounters::TokenCounters(TokenId id, const Clock &clock)
    : m_clock(clock)
{
    m_use.id = id;
}

void TokenCounters::load(const TokenUse &use)
{
    const std::lock_guard lock(m_mutex);
    const TokenId id = m_use.id;
    m_use = use;
    m_use.id = id;
    roll(m_clock.nowMs());
}

std::optional<LimitHit> TokenCounters::admit(const TokenLimits &limits)
{
    const std::int64_t wallMs = m_clock.nowMs();
    const std::int64_t monotonicMs = m_clock.monotonicMs();
    const std::lock_guard lock(m_mutex);
    roll(wallMs);
    if (std::optional<LimitHit> met = hit(limits, wallMs, monotonicMs))
        return met;
    ++m_use.dayRequests;
    m_use.lastUsedMs = wallMs;
    m_isChanged = true;
    if (limits.minuteRequests > 0)
        m_minuteRequests.add(monotonicMs, 1);
    return std::nullopt;
}

std::optional<LimitHit> TokenCounters::hit(const TokenLimits &limits, std::int64_t wallMs,
                                           std::int64_t monotonicMs)
{
    std::optional<LimitHit> furthest;
    const auto consider = [&furthest](TokenLimit limit, std::int64_t waitMs) {
        if (waitMs > 0 && (!furthest || waitMs > furthest->waitMs))
            furthest = LimitHit{limit, waitMs};
    };
    if (limits.minuteRequests > 0)
        consider(TokenLimit::MinuteRequests, m_minuteRequests.waitMs(monotonicMs, limits.minuteRequests));
    if (limits.minuteTokens > 0)
        consider(TokenLimit::MinuteTokens, m_minuteTokens.waitMs(monotonicMs, limits.minuteTokens));
    if (limits.dayRequests > 0 && m_use.dayRequests >= limits.dayRequests)
        consider(TokenLimit::DayRequests, nextDayMs(m_use.day) - wallMs);
    if (limits.dayTokens > 0 && m_use.dayTokens >= limits.dayTokens)
        consider(TokenLimit::DayTokens, nextDayMs(m_use.day) - wallMs);
    if (limits.monthMicroUsd > 0 && m_use.monthMicroUsd >= limits.monthMicroUsd)
        consider(TokenLimit::MonthSpend, nextMonthMs(m_use.month) - wallMs);
    return furthest;
}

void TokenCounters::settle(std::int64_t tokens, std::int64_t costMicro)
{
    if (tokens <= 0 && costMicro <= 0)
        return;
    const std::int64_t used = std::max<std::int64_t>(tokens, 0);
    const std::lock_guard lock(m_mutex);
    roll(m_clock.nowMs());
    m_use.dayTokens += used;
    m_use.monthMicroUsd += std::max<std::int64_t>(costMicro, 0);
    m_minuteTokens.add(m_clock.monotonicMs(), used);
    m_isChanged = true;
}

TokenUse TokenCounters::use() const
{
    const std::lock_guard lock(m_mutex);
    roll(m_clock.nowMs());
    return m_use;
}

std::optional<TokenUse> TokenCounters::takeChange()
{
    const std::lock_guard lock(m_mutex);
    if (!m_isChanged)
        return std::nullopt;
    m_isChanged = false;
    return m_use;
}

/// A clock that is set back by up to a day does not give the day's or the month's allowance a second time.
void TokenCounters::roll(std::int64_t nowMs) const
{
    const std::int64_t day = dayNumber(nowMs);
    if (day == m_use.day || day == m_use.day - 1)
        return;
    m_use.day = day;
    m_use.dayRequests = 0;
    m_use.dayTokens = 0;
    const std::int64_t month = monthNumber(nowMs);
    if (month == m_use.month)
        return;
    m_use.month = month;
    m_use.monthMicroUsd = 0;
}

} // namespace Gateway
