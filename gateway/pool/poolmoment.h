#pragma once

#include <cstdint>

#include "gateway/common/clock.h"

namespace Gateway {

/// The time as the pool needs it: one reading for one call.
struct PoolMoment
{
    std::int64_t wallMs = 0; ///< ms since 1970 UTC: for rests, which outlive the process.
    std::int64_t monoMs = 0; ///< Never goes back: for windows of a minute, breakers, conversations.
    PacificDay day;          ///< The one of wallMs.
};

} // namespace Gateway
