#pragma once

#include <utility>

#include "gateway/common/result.h"

namespace Gateway {

/// Runs `write` for each row, up to the first that fails.
template <typename Rows, typename Write>
Result<void> forEach(const Rows &rows, const Write &write)
{
    for (const auto &row : rows) {
        if (Result<void> done = write(row); !done)
            return done;
    }
    return {};
}

} // namespace Gateway
