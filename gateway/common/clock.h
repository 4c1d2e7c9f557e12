#pragma once

#include <cstdint>

namespace Gateway {

/// All time in the gateway comes from here, so that tests can move it.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Wall clock, ms since 1970 UTC. For what is stored and shown.
    virtual std::int64_t nowMs() const = 0;

    /// Never goes back, ms since an unknown start. For durations and deadlines.
    virtual std::int64_t monotonicMs() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    std::int64_t nowMs() const override;
    std::int64_t monotonicMs() const override;
};

/// The next midnight in America/Los_Angeles after `nowMs` (ms since 1970 UTC): Google's daily quotas start
/// anew there (ai.google.dev/gemini-api/docs/rate-limits).
std::int64_t nextPacificMidnightMs(std::int64_t nowMs);

} // namespace Gateway
