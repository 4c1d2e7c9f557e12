#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/keysettings.h"
#include "gateway/common/secret.h"

namespace Gateway {

using KeyId = std::int64_t;

/// Whole-key health as it is told; a rest belongs to key × model (see ModelRest). Disabled is what
/// KeySettings::enabled says and hides the health behind it.
enum class KeyState : std::uint8_t { Usable = 0, Sidelined = 1, Disabled = 2 };

/// A key rests for a model until a time.
struct ModelRest
{
    std::string model;
    std::int64_t untilMs = 0; ///< ms since 1970 UTC.
    std::string reason;
};

/// A key as the store keeps it.
struct KeyRow
{
    KeyId id = 0;
    Secret secret;
    KeySettings settings;
    KeyState state = KeyState::Usable;
    std::string reason;       ///< Why it is sidelined, Google's words.
    int failures = 0;         ///< Unclear failures in a row.
    std::int64_t sinceMs = 0; ///< Of the state, ms since 1970 UTC.
    std::int64_t createdMs = 0;
    std::int64_t lastUsedMs = 0;
    std::int64_t lastCheckedMs = 0;
    std::int64_t lastErrorMs = 0; ///< When `lastError` was met, ms since 1970 UTC; 0: never.
    std::string lastError;        ///< Reason and Google's words.
    std::int64_t calls = 0;       ///< Attempts ever.
    std::int64_t failedCalls = 0; ///< Attempts ever that blamed the key or met a quota.
    std::vector<ModelRest> rests;
};

/// A change of one key's health on its way to the store. `ticket` comes back to the pool when it is durable.
struct KeyChange
{
    std::uint64_t ticket = 0;
    KeyId id = 0;
    KeyState state = KeyState::Usable; ///< Usable or Sidelined, also of a key that is disabled.
    std::string reason;
    int failures = 0;
    std::int64_t sinceMs = 0;
    /// Rests that this change adds or (untilMs = 0) lifts.
    std::vector<ModelRest> rests;
};

/// Counters of one key, gathered and written in the background.
struct KeyCounters
{
    KeyId id = 0;
    std::int64_t lastUsedMs = 0;
    std::int64_t calls = 0;       ///< Since the last gathering.
    std::int64_t failedCalls = 0; ///< Likewise.
    std::int64_t lastCheckedMs = 0;
    std::int64_t lastErrorMs = 0; ///< ms since 1970 UTC; 0: no error since the last gathering.
    std::string lastError = {};   ///< Reason and Google's words, with `lastErrorMs`.
};

/// A key that a user or an import brings.
struct NewKey
{
    Secret secret;
    KeySettings settings;
};

/// What is done with a key that a user deleted before.
enum class Tombstones : std::uint8_t {
    Revive, ///< It comes back: a user adds it by name.
    Respect ///< It stays away: it stands in the environment still.
};

enum class KeyAdditionKind : std::uint8_t {
    Added,
    Known,   ///< It was there; nothing of it is changed.
    Revived, ///< It had been deleted and has the new settings now.
    Deleted, ///< Likewise, and stays so.
    Empty    ///< No text.
};

/// What became of one NewKey.
struct KeyAddition
{
    KeyAdditionKind kind = KeyAdditionKind::Empty;
    KeyId id = 0; ///< 0 with Empty.
};

/// What became of a list of them.
struct KeyAdditions
{
    std::vector<KeyAddition> entries; ///< One for each, in their order.
    std::vector<KeyRow> rows;         ///< Those added or revived, in their order.
};

/// New settings of a key, whole.
struct KeySettingsChange
{
    KeyId id = 0;
    KeySettings settings;
};

} // namespace Gateway
