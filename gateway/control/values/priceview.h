#pragma once

#include "gateway/common/pricetable.h"

namespace Gateway {

/// A row of the price table.
struct PriceView
{
    PriceRow row;
    bool isOwn = false; ///< Set by the user; else it came with the program.

    bool operator==(const PriceView &) const = default;
};

} // namespace Gateway
