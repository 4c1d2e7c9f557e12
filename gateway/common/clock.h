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

/// A day of Google's, from one midnight in America/Los_Angeles to the next.
struct PacificDay
{
    std::int64_t number = 0; ///< Days since 1970-01-01.
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;

    bool holds(std::int64_t timeMs) const { return timeMs >= startMs && timeMs < endMs; }
};

/// The day that `nowMs` (ms since 1970 UTC) is in. Reads time zone data.
PacificDay pacificDay(std::int64_t nowMs);

/// The next midnight in America/Los_Angeles after `nowMs` (ms since 1970 UTC): Google's daily quotas start
/// anew there (ai.google.dev/gemini-api/docs/rate-limits).
std::int64_t nextPacificMidnightMs(std::int64_t nowMs);

} // namespace Gateway
