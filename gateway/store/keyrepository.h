#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The tables `keys` and `key_rests`. Writing functions expect a transaction around them.
class KeyRepository
{
public:
    explicit KeyRepository(Database &database);

    /// All keys that are not deleted, by id, with the rests that still last at `nowMs`.
    Result<std::vector<KeyRow>> load(std::int64_t nowMs);
    /// Adds what is neither there nor was deleted; returns the added rows.
    Result<std::vector<KeyRow>> merge(const std::vector<Secret> &secrets, std::int64_t nowMs);
    /// A key that is gone is passed over.
    Result<void> change(const KeyChange &change);
    Result<void> count(const KeyCounters &counters);
    /// Wipes the secret and leaves a tombstone.
    Result<void> remove(KeyId id, std::int64_t nowMs);
    /// Forgets up to `limit` rests that ended before `nowMs`; returns how many.
    Result<std::int64_t> dropEndedRests(std::int64_t nowMs, std::int64_t limit);

private:
    Result<void> loadRests(std::vector<KeyRow> &rows, std::int64_t nowMs);
    Result<void> changeRest(KeyId id, const ModelRest &rest);

    StatementPtr m_load;
    StatementPtr m_loadRests;
    StatementPtr m_add;
    StatementPtr m_change;
    StatementPtr m_putRest;
    StatementPtr m_liftRest;
    StatementPtr m_count;
    StatementPtr m_remove;
    StatementPtr m_removeRests;
    StatementPtr m_dropRests;
};

} // namespace Gateway
