#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/usage.h"

namespace Gateway {

struct StatsQuery
{
    std::int64_t fromMs = 0;  ///< ms since 1970 UTC; rounded down to the step.
    std::int64_t untilMs = 0; ///< Before this; 0: until now.
    UsageStep step = UsageStep::Minute;
    std::string model; ///< Not empty: of this model only.
};

/// What a number of requests came to, with the money.
struct UsageFigures
{
    std::string model;        ///< Where they are of one model.
    std::int64_t startMs = 0; ///< Where they are of one step.
    UsageSums sums;
    std::int64_t costMicro = 0; ///< Millionths of a US dollar, of the models that have a price.
};

struct UsageStats
{
    std::int64_t fromMs = 0;
    std::int64_t untilMs = 0;
    UsageFigures total;
    UsageFigures before;              ///< The span of the same length before, for comparing.
    std::vector<UsageFigures> points; ///< Oldest first; steps without requests are left out.
    std::vector<UsageFigures> models; ///< Most requests first; without percentiles.
};

} // namespace Gateway
