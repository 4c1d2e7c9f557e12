#pragma once

#include <atomic>
#include <cstdint>

#include "gateway/common/clock.h"

namespace Gateway {

/// A clock that stands still until a test moves it. May be moved from any thread.
class FakeClock final : public Clock
{
public:
    /// `startMs`: wall clock at the start, ms since 1970 UTC; by default noon UTC on 1 Sep 2026.
    explicit FakeClock(std::int64_t startMs = 1'788'264'000'000)
        : m_wallMs(startMs)
    {
    }

    std::int64_t nowMs() const override { return m_wallMs.load(std::memory_order_relaxed); }
    std::int64_t monotonicMs() const override { return m_monotonicMs.load(std::memory_order_relaxed); }

    /// Lets `ms` pass on both clocks.
    void advance(std::int64_t ms)
    {
        m_wallMs.fetch_add(ms, std::memory_order_relaxed);
        m_monotonicMs.fetch_add(ms, std::memory_order_relaxed);
    }

    /// Someone sets the wall clock; the monotonic one does not notice.
    void setWallMs(std::int64_t nowMs) { m_wallMs.store(nowMs, std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> m_wallMs;
    std::atomic<std::int64_t> m_monotonicMs{1'000'000};
};

} // namespace Gateway
