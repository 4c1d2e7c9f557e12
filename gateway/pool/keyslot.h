#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/keyrow.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// A key in memory. What a request touches comes first, within one cache line.
struct KeySlot
{
    KeyId id = 0; ///< 0: the slot is free.
    Secret secret;
    std::int64_t lastUsedMs = 0;
    std::uint64_t turn = 0;        ///< When it was picked last, counted in picks; see KeyTable::nextTurn().
    std::uint32_t scope = 0;       ///< Whose allowance it uses: ScopeId.
    int failures = 0;              ///< Unclear ones in a row.
    std::uint32_t incarnation = 0; ///< Grows when the slot gets another key or the key another secret.
    std::uint32_t unsentCalls = 0; ///< Not yet told by takeCounters().
    std::uint32_t unsentFailed = 0;
    std::uint32_t unsettled = 0;        ///< Changes that are not durable yet.
    std::uint16_t modelRests = 0;       ///< Models it rests for.
    std::uint16_t inFlight = 0;         ///< Leases that are out.
    KeyState health = KeyState::Usable; ///< Usable or Sidelined.
    bool isEnabled = true;
    bool restsWhole = false;
    bool isBeingChecked = false;
    bool isDirty = false; ///< In the list of keys with unsent counters.
    bool isTold = false;  ///< In the list of keys that listeners must look at.

    // What refresh() last counted it as.
    bool isCounted = false;
    bool isCountedResting = false;
    bool isCountedUsable = false;
    KeyState countedState = KeyState::Usable;

    std::uint64_t rankedIn = 0; ///< Bits of models whose order may count something in flight.
    std::int64_t sinceMs = 0;
    std::int64_t createdMs = 0;
    std::int64_t calls = 0;
    std::int64_t failedCalls = 0;
    std::int64_t lastCheckedMs = 0;
    std::int64_t lastErrorMs = 0;
    std::int64_t unsentErrorMs = 0; ///< Not 0: the last error was not yet told by takeCounters().
    std::string label;
    std::string reason;
    std::string lastError;
    /// What the user said beside label and `isEnabled`; null: nothing, which keeps many plain keys small.
    std::unique_ptr<const KeySettings> settings;

    bool isVertex() const { return settings != nullptr && settings->kind == KeyKind::Vertex; }
    /// Its state as it is told.
    KeyState state() const { return isEnabled ? health : KeyState::Disabled; }
    bool isUsable() const { return id != 0 && isEnabled && health == KeyState::Usable; }
};

/// Puts the settings into the slot, and reads them back.
void takeSettings(KeySlot &key, KeySettings settings);
KeySettings settingsOf(const KeySlot &key);
/// Whether the key is meant for `model`.
bool isMeantFor(const KeySlot &key, std::string_view model);

} // namespace Gateway
