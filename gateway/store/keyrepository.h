#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/store/database.h"
#include "gateway/store/keycolumns.h"
#include "gateway/store/sealer.h"

namespace Gateway {

/// The tables `keys` and `key_rests`, secrets sealed. Writing functions expect a transaction around them.
class KeyRepository
{
public:
    /// `sealer` outlives this.
    KeyRepository(Database &database, const Sealer &sealer);

    /// All keys that are not deleted, by id, with the rests that still last at `nowMs`. One whose secret was
    /// lost or does not open has none, is disabled and says so.
    Result<std::vector<KeyRow>> load(std::int64_t nowMs);
    /// Adds keys. A known one whose secret was lost gets it back, its settings untouched.
    Result<KeyAdditions> add(const std::vector<NewKey> &keys, Tombstones tombstones, std::int64_t nowMs);
    /// A key that is gone is passed over.
    Result<void> change(const KeyChange &change);
    Result<void> count(const KeyCounters &counters);
    /// Likewise.
    Result<void> saveSettings(const KeySettingsChange &change);

    /// Leaves a tombstone that can come back until its secret is wiped.
    Result<void> remove(KeyId id, std::int64_t nowMs);
    /// Brings deleted keys back; returns those it could (a wiped one stays away), by id.
    Result<std::vector<KeyRow>> restore(std::vector<KeyId> ids, std::int64_t nowMs);
    /// Wipes the secrets of up to `limit` keys that were deleted before `timeMs`; returns how many.
    Result<std::int64_t> wipeDeleted(std::int64_t timeMs, std::int64_t limit);
    /// Forgets up to `limit` rests that ended before `nowMs`; returns how many.
    Result<std::int64_t> dropEndedRests(std::int64_t nowMs, std::int64_t limit);

private:
    Result<void> loadRests(std::vector<KeyRow> &rows, std::int64_t nowMs);
    Result<void> changeRest(KeyId id, const ModelRest &rest);
    Result<KeyAddition> addOne(const NewKey &key, Tombstones tombstones, std::int64_t nowMs);
    /// Nothing: the key was never there.
    Result<std::optional<KeyAddition>> meetKnown(const NewKey &key, const std::string &fingerprint,
                                                 Tombstones tombstones);
    Result<std::optional<KeyRow>> find(KeyId id);
    KeyRow opened(StoredKey key) const;
    std::string sealedProxy(const std::string &proxy, std::string_view fingerprint) const;

    const Sealer &m_sealer;
    KeySettingsBinding m_binding;
    StatementPtr m_load;
    StatementPtr m_loadRests;
    StatementPtr m_add;
    StatementPtr m_known;
    StatementPtr m_find;
    StatementPtr m_fingerprint;
    StatementPtr m_revive;
    StatementPtr m_giveSecret;
    StatementPtr m_change;
    StatementPtr m_putRest;
    StatementPtr m_liftRest;
    StatementPtr m_count;
    StatementPtr m_saveSettings;
    StatementPtr m_remove;
    StatementPtr m_restore;
    StatementPtr m_wipe;
    StatementPtr m_dropRests;
};

} // namespace Gateway
