#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "gateway/common/clock.h"
#include "gateway/common/error.h"

namespace Gateway {

/// Whether clients are refused for a while, as a user ordered. Thread-safe; asking costs one atomic read.
class PauseGate
{
public:
    /// `clock` outlives this.
    explicit PauseGate(const Clock &clock);

    /// Until then, ms since 1970 UTC; 0: until further notice, -1: no more.
    void set(std::int64_t untilMs) { m_untilMs.store(untilMs, std::memory_order_relaxed); }

    /// What clients are told while it is closed: 503, with Retry-After where the end is known.
    std::optional<Error> refusal() const;

private:
    static constexpr std::int64_t OPEN = -1;

    const Clock &m_clock;
    std::atomic<std::int64_t> m_untilMs{OPEN};
};

} // namespace Gateway
