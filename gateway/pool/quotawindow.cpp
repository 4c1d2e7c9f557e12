#include "gateway/pool/quotawindow.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr auto SPAN = static_cast<std::int64_t>(QuotaWindow::BUCKETS);

std::size_t placeOf(std::int64_t bucket)
{
    return static_cast<std::size_t>(bucket % SPAN);
}

/// The oldest bucket that still counts.
std::int64_t firstOf(std::int64_t nowMs, std::int64_t head)
{
    return std::max<std::int64_t>(std::max(nowMs / QuotaWindow::BUCKET_MS, head) - SPAN + 1, 0);
}

void change(std::uint32_t &count, std::int64_t by)
{
    count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count + by, 0, UINT32_MAX));
}

} // namespace

void QuotaWindow::add(std::int64_t atMs, std::int64_t nowMs, std::int64_t requests, std::int64_t tokens)
{
    const std::int64_t newest = nowMs / BUCKET_MS;
    for (std::int64_t bucket = std::max({m_head + 1, newest - SPAN + 1, std::int64_t{0}}); bucket <= newest;
         ++bucket) {
        m_requests[placeOf(bucket)] = 0;
        m_tokens[placeOf(bucket)] = 0;
    }
    m_head = std::max(m_head, newest);
    const std::int64_t bucket = atMs / BUCKET_MS;
    if (bucket > m_head || bucket <= m_head - SPAN)
        return;
    change(m_requests[placeOf(bucket)], requests);
    change(m_tokens[placeOf(bucket)], tokens);
}

std::int64_t QuotaWindow::sum(const Counts &counts, std::int64_t nowMs) const
{
    std::int64_t total = 0;
    for (std::int64_t bucket = firstOf(nowMs, m_head); bucket <= m_head; ++bucket)
        total += counts[placeOf(bucket)];
    return total;
}

std::int64_t QuotaWindow::until(const Counts &counts, std::int64_t most, std::int64_t nowMs) const
{
    std::int64_t left = sum(counts, nowMs);
    if (left <= most)
        return 0;
    std::int64_t bucket = firstOf(nowMs, m_head);
    for (; bucket <= m_head; ++bucket) {
        left -= counts[placeOf(bucket)];
        if (left <= most)
            break;
    }
    return std::max<std::int64_t>((bucket + SPAN) * BUCKET_MS - nowMs, 1);
}

std::int64_t QuotaWindow::requests(std::int64_t nowMs) const
{
    return sum(m_requests, nowMs);
}

std::int64_t QuotaWindow::tokens(std::int64_t nowMs) const
{
    return sum(m_tokens, nowMs);
}

std::int64_t QuotaWindow::untilRequests(std::int64_t most, std::int64_t nowMs) const
{
    return until(m_requests, most, nowMs);
}

std::int64_t QuotaWindow::untilTokens(std::int64_t most, std::int64_t nowMs) const
{
    return until(m_tokens, most, nowMs);
}

} // namespace Gateway
