#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Gateway {

/// What a model costs, in millionths of a dollar for a million tokens.
struct PriceView
{
    std::string model; ///< Name or pattern with `*`; the longest that fits counts.
    std::int64_t input = 0;
    std::int64_t cachedInput = 0;
    std::int64_t output = 0;    ///< Thoughts are output.
    std::int64_t changedMs = 0; ///< When a user set it; 0: as it came with the program.

    bool operator==(const PriceView &) const = default;
};

} // namespace Gateway
