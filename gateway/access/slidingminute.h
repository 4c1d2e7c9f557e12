#pragma once

#include <array>
#include <cstdint>

namespace Gateway {

/// A sum over the last 60 seconds, kept by the second: what was added counts for 60 to 61 s, so that in no
/// minute more than the limit comes through. Times are monotonic ms that never go back.
class SlidingMinute
{
public:
    void add(std::int64_t nowMs, std::int64_t amount);
    std::int64_t sum(std::int64_t nowMs);

    /// ms until the sum is under `limit` if nothing is added; 0 when it is now. `limit` > 0.
    std::int64_t waitMs(std::int64_t nowMs, std::int64_t limit);

private:
    static constexpr std::int64_t SECONDS = 61;

    void advance(std::int64_t nowMs);
    std::int64_t &at(std::int64_t second) { return m_seconds[static_cast<std::size_t>(second % SECONDS)]; }

    std::array<std::int64_t, SECONDS> m_seconds{};
    std::int64_t m_second = 0; ///< The newest one, counted like nowMs.
    std::int64_t m_sum = 0;
};

} // namespace Gateway
