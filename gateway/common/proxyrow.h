#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/secret.h"

namespace Gateway {

using ProxyId = std::int64_t;

/// A proxy for calls to Google as the store keeps it.
struct ProxyRow
{
    ProxyId id = 0; ///< 0: not stored yet.
    Secret url;     ///< Whole, with user and password if it has them.
    std::string label;
    bool enabled = true;
    int failures = 0;                ///< In a row.
    std::int64_t restingUntilMs = 0; ///< ms since 1970 UTC; 0: usable.
    std::string reason;              ///< Why it rests.
};

} // namespace Gateway
