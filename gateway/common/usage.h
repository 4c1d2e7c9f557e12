#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Gateway {

enum class UsageStep : std::uint8_t { Minute, Hour, Day };

/// Which part of the roll-up of requests. Minutes are kept for three days, hours (and with them days, of UTC)
/// for 400 days.
struct UsageQuery
{
    std::int64_t fromMs = 0;  ///< ms since 1970 UTC; rounded down to the step.
    std::int64_t untilMs = 0; ///< Before this.
    UsageStep step = UsageStep::Minute;
    std::string model;       ///< Used (else asked) model; empty: all.
    bool isPerModel = false; ///< A point for each step and model, else one for each step.
};

/// Sums of requests. Percentiles are right to an eighth; -1 without a request that has the figure.
struct UsageSums
{
    std::int64_t requests = 0;
    std::int64_t failed = 0; ///< A status from 400 on, or an error.
    std::int64_t inputTokens = 0;
    std::int64_t cachedTokens = 0; ///< Part of the input.
    std::int64_t outputTokens = 0; ///< With thoughts.
    std::int64_t bytesIn = 0;
    std::int64_t bytesOut = 0;
    std::int64_t costMicro = 0;    ///< Millionths of a US dollar, of the requests with a known price.
    std::int64_t durationP50 = -1; ///< ms
    std::int64_t durationP95 = -1;
    std::int64_t firstByteP50 = -1;
    std::int64_t firstByteP95 = -1;
};

struct UsagePoint
{
    std::int64_t startMs = 0; ///< Of the step.
    std::string model;        ///< Only per model.
    UsageSums sums;
};

struct UsageReport
{
    UsageSums total;
    std::vector<UsagePoint> points; ///< By time, then model; steps without requests are left out.
};

/// Histories whose spans begin and end at multiples of this are read from sums; of others each request is
/// read.
constexpr std::int64_t KEY_HISTORY_STEP_MS = 240'000;

/// One key's recent past in equal spans, oldest first.
struct KeyHistory
{
    std::int64_t id = 0;     ///< Of the key.
    std::int64_t fromMs = 0; ///< Start of the first span, ms since 1970 UTC.
    std::int64_t spanMs = 0;
    std::vector<std::int64_t> calls;
    std::vector<std::int64_t> failed; ///< A status from 400 on, or an error.
};

} // namespace Gateway
