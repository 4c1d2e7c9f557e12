#pragma once

#include <cstdint>
#include <string>

namespace Gateway {

/// What the settings say of the pool; may be replaced while it runs.
struct PoolOptions
{
    int maxFailures = 3; ///< Unclear failures in a row until a key is sidelined; at least 1.
    std::string strategy = "most-remaining"; ///< A name of strategyTable(); any other is the default.
    int overloadsToOpen = 5;                ///< Overloads in a row until a model's breaker opens; at least 1.
    std::int64_t breakerFirstMs = 2'000;    ///< How long it is open the first time, ±25 %; doubles…
    std::int64_t breakerLongestMs = 60'000; ///< …up to this.
};

} // namespace Gateway
