#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/store/lrucache.h"
#include "gateway/store/memoryrepository.h"
#include "gateway/store/storethread.h"

namespace Gateway {

/// KeyedMemory on a table of the store, with an LRU cache in front and writes gathered in batches. What a
/// look-up did not find is remembered for a while, so that unknown ids cost one query, not one each time.
class CachedMemory final : public KeyedMemory, public BatchSource
{
public:
    struct Limits
    {
        std::size_t entries = 10'000;
        std::size_t bytes = 4 << 20;
    };
    using Table = MemoryRepository &(StoreWorker::*)();

    /// `thread` outlives this.
    CachedMemory(StoreThread &thread, const Clock &clock, Table table, Limits limits);

    std::optional<std::string> cached(std::string_view key) override;
    void find(std::vector<std::string> keys, QObject *context, std::function<void(Found)> done) override;
    void put(std::string key, std::string value, std::int64_t expiresMs) override;
    void forget(std::string_view key) override;
    void change(std::string key, Change made, std::int64_t expiresMs) override;

    bool hasWaiting() const override;
    Result<void> writeBatch(StoreWorker &worker) override;
    void batchDone(StoreWorker &worker, const Result<void> &outcome) override;

    /// Writes that wait at most; beyond, a new entry lives in the cache only.
    static constexpr std::size_t MAX_WAITING = 50'000;
    static constexpr std::int64_t ABSENT_MS = 60'000;

private:
    using Entry = LruCache::Entry;
    using Waiting = std::unordered_map<std::string, Entry>;

    /// Under the mutex: the cache, else what waits to be written.
    const Entry *known(const std::string &key);
    void keep(std::string key, Entry entry);
    bool keepLocked(std::string key, Entry entry);
    bool changeKnown(const std::string &key, const Change &made, std::int64_t expiresMs);
    void changeStored(StoreWorker &worker, const std::string &key, const Change &made,
                      std::int64_t expiresMs);
    void lookUp(StoreWorker &worker, const std::vector<std::string> &keys, Found &found);

    StoreThread &m_thread;
    const Clock &m_clock;
    const Table m_table;
    mutable std::mutex m_mutex;
    LruCache m_cache;
    Waiting m_waiting;
    Waiting m_writing; ///< Used in the store's thread only.
};

} // namespace Gateway
