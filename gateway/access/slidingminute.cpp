#include "gateway/access/slidingminute.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::int64_t SECOND_MS = 1000;

} // namespace

void SlidingMinute::add(std::int64_t nowMs, std::int64_t amount)
{
    advance(nowMs);
    at(m_second) += amount;
    m_sum += amount;
}

std::int64_t SlidingMinute::sum(std::int64_t nowMs)
{
    advance(nowMs);
    return m_sum;
}

std::int64_t SlidingMinute::waitMs(std::int64_t nowMs, std::int64_t limit)
{
    std::int64_t left = sum(nowMs);
    if (left < limit)
        return 0;
    std::int64_t second = std::max<std::int64_t>(0, m_second - SECONDS + 1);
    for (; second <= m_second; ++second) {
        left -= at(second);
        if (left < limit)
            break;
    }
    return (second + SECONDS) * SECOND_MS - nowMs;
}

void SlidingMinute::advance(std::int64_t nowMs)
{
    const std::int64_t now = std::max(nowMs / SECOND_MS, m_second);
    const std::int64_t steps = std::min(now - m_second, SECONDS);
    for (std::int64_t step = 0; step < steps; ++step) {
        std::int64_t &old = at(now - step);
        m_sum -= old;
        old = 0;
    }
    m_second = now;
}

} // namespace Gateway
