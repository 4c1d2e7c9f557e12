#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/telemetry/logring.h"

namespace Gateway {

/// Which lines of the program's own log are wanted.
struct LogQuery
{
    std::uint64_t after = 0;          ///< Lines with a higher number.
    LogLevel level = LogLevel::Debug; ///< This and above.
    std::string category;             ///< Starts with this.
    std::string search;               ///< Stands in the text, without case.
    std::size_t limit = 1000;         ///< The newest so many.
};

struct LogPage
{
    std::vector<LogLine> lines; ///< Oldest first.
    std::uint64_t last = 0;     ///< LogQuery::after for what comes later.
};

} // namespace Gateway
