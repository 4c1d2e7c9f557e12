#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace Gateway {

/// Requests and input tokens of the last minute in 13 buckets of 5 s, so that nothing is forgotten before 60
/// and everything after 65 s. Times are of the monotonic clock, ms.
class QuotaWindow
{
public:
    static constexpr std::int64_t BUCKET_MS = 5'000;
    static constexpr std::size_t BUCKETS = 13;

    /// Counts (or takes back, when negative) what happened at `atMs`; ignored when that is over or not yet.
    void add(std::int64_t atMs, std::int64_t nowMs, std::int64_t requests, std::int64_t tokens);

    std::int64_t requests(std::int64_t nowMs) const;
    std::int64_t tokens(std::int64_t nowMs) const;

    /// How long until at most `most` requests (tokens) are left in the window, ms; 0: so it is.
    std::int64_t untilRequests(std::int64_t most, std::int64_t nowMs) const;
    std::int64_t untilTokens(std::int64_t most, std::int64_t nowMs) const;

private:
    using Counts = std::array<std::uint32_t, BUCKETS>;
    std::int64_t sum(const Counts &counts, std::int64_t nowMs) const;
    std::int64_t until(const Counts &counts, std::int64_t most, std::int64_t nowMs) const;

    std::int64_t m_head = 0; ///< Number of the newest bucket; bucket n lies at n % BUCKETS.
    Counts m_requests{};
    Counts m_tokens{};
};

} // namespace Gateway
