#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/keyrow.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// A key in memory. What a request touches comes first, within one cache line.
struct KeySlot
{
    KeyId id = 0; ///< 0: the slot is free.
    Secret secret;
    std::int64_t lastUsedMs = 0;
    int failures = 0;              ///< Unclear ones in a row.
    std::uint32_t incarnation = 0; ///< Grows when the slot gets another key or the key another secret.
    std::uint32_t unsentCalls = 0; ///< Not yet told by takeCounters().
    std::uint32_t unsentFailed = 0;
    std::uint32_t unsettled = 0;  ///< Changes that are not durable yet.
    std::uint16_t modelRests = 0; ///< Models it rests for.
    KeyState state = KeyState::Usable;
    bool restsWhole = false;
    bool isBeingChecked = false;
    bool isDirty = false; ///< In the list of keys with unsent counters.

    // What refresh() last counted it as.
    bool isCounted = false;
    bool isCountedResting = false;
    KeyState countedState = KeyState::Usable;

    std::int64_t sinceMs = 0;
    std::int64_t createdMs = 0;
    std::int64_t calls = 0;
    std::int64_t failedCalls = 0;
    std::string label;
    std::string reason;
};

} // namespace Gateway
