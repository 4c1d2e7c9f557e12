#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// Where the data lies and how long records are kept.
struct StoreOptions
{
    /// "sqlite:PATH" or "file:PATH", also "sqlite:///ABS"; a relative path counts from the working folder.
    std::string databaseUrl;
    std::int64_t retentionDays = 0;            ///< 0: no limit by age.
    std::int64_t retentionRows = 0;            ///< 0: no limit by number.
    std::int64_t retentionIntervalMs = 60'000; ///< Between two rounds of deleting.
    std::int64_t retentionPauseMs = 50;        ///< Between two steps of a round, 1,000 rows each.
};

/// The database on its own thread. Every function may be called from any thread; those that take `done`
/// return at once and call it later in the store's thread (it must be quick).
class Store
{
public:
    using Done = std::function<void(Result<void>)>;

    /// Opens, migrates and starts the thread. Fails with a clear text when the file cannot be opened, is
    /// newer than this program, or is no database.
    static Result<std::unique_ptr<Store>> open(StoreOptions options, const Clock &clock);
    /// Writes what is queued, closes, ends the thread.
    ~Store();

    // At start, waiting for the answer: never called by a worker.
    Result<std::vector<std::pair<std::string, std::string>>> loadSettings();
    Result<std::vector<KeyRow>> loadKeys();
    /// Adds the keys that are neither there nor were deleted by a user before; returns the added rows.
    Result<std::vector<KeyRow>> mergeKeys(const std::vector<Secret> &secrets);

    /// Stores a setting's text, or removes it when `value` is empty and `remove` is true.
    void saveSetting(std::string name, std::string value, bool remove, Done done);
    /// Deletes keys for good: their secrets are wiped and mergeKeys() never brings them back.
    void deleteKeys(std::vector<KeyId> keys, Done done);
    /// Durable (fsync'd) when `done` is called; several waiting calls share one transaction.
    void saveKeyChanges(std::vector<KeyChange> changes, Done done);
    void saveKeyCounters(std::vector<KeyCounters> counters);
    /// Committed within 100 ms. At most 200,000 wait; beyond, the newest are dropped, counted and logged.
    void appendRecords(std::vector<RequestRecord> records);
    /// Records that were dropped or could not be written.
    std::uint64_t lostRecords() const;
    /// New limits; 0: none.
    void setRetention(std::int64_t days, std::int64_t rows);
    /// Waits until everything handed over before is written: for the end and for tests.
    void flush();

    /// Which key owns a resource ("files/abc" → key id as text).
    KeyedMemory &owners();
    /// Thought signatures by tool-call id.
    KeyedMemory &signatures();

private:
    Store();
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
