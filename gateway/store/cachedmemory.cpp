#include "gateway/store/cachedmemory.h"

#include "gateway/store/contextreply.h"
#include "gateway/store/storelog.h"

namespace Gateway {

namespace {

/// Entries in one transaction.
constexpr std::size_t BATCH_ENTRIES = 2000;

} // namespace

CachedMemory::CachedMemory(StoreThread &thread, const Clock &clock, Table table, Limits limits)
    : m_thread(thread)
    , m_clock(clock)
    , m_table(table)
    , m_cache(limits.entries, limits.bytes)
{
}

std::optional<std::string> CachedMemory::cached(std::string_view key)
{
    const std::lock_guard lock(m_mutex);
    const Entry *entry = m_cache.find(key, m_clock.nowMs());
    return entry ? entry->value : std::nullopt;
}

const CachedMemory::Entry *CachedMemory::known(const std::string &key)
{
    const std::int64_t nowMs = m_clock.nowMs();
    if (const Entry *entry = m_cache.find(key, nowMs))
        return entry;
    const auto waiting = m_waiting.find(key);
    if (waiting == m_waiting.end())
        return nullptr;
    const std::int64_t expiresMs = waiting->second.expiresMs;
    return expiresMs == 0 || expiresMs > nowMs ? &waiting->second : nullptr;
}

void CachedMemory::find(std::vector<std::string> keys, QObject *context, std::function<void(Found)> done)
{
    Found found;
    std::vector<std::string> missing;
    {
        const std::lock_guard lock(m_mutex);
        for (std::string &key : keys) {
            const Entry *entry = known(key);
            if (!entry)
                missing.push_back(std::move(key));
            else if (entry->value)
                found.emplace(std::move(key), *entry->value);
        }
    }
    auto reply = std::make_shared<ContextReply>(context);
    const auto send = [](ContextReply &to, std::function<void(Found)> receiver, Found values) {
        to.send([receiver = std::move(receiver), values = std::move(values)]() mutable {
            receiver(std::move(values));
        });
    };
    if (missing.empty()) {
        send(*reply, std::move(done), std::move(found));
        return;
    }
    m_thread.call([this, reply, send, missing = std::move(missing), done = std::move(done),
                   found = std::move(found)](StoreWorker &worker) mutable {
        lookUp(worker, missing, found);
        send(*reply, std::move(done), std::move(found));
    });
}

/// In the store's thread. An entry that came or went meanwhile is newer than the table's.
void CachedMemory::lookUp(StoreWorker &worker, const std::vector<std::string> &keys, Found &found)
{
    const std::int64_t nowMs = m_clock.nowMs();
    for (const std::string &key : keys) {
        Result<std::optional<MemoryRepository::Entry>> row = (worker.*m_table)().find(key, nowMs);
        if (!row) {
            qCWarning(storeLog, "A remembered entry could not be read: %s", row.error().text.c_str());
            return;
        }
        const std::lock_guard lock(m_mutex);
        const Entry *newer = known(key);
        if (!newer) {
            Entry entry{std::nullopt, nowMs + ABSENT_MS};
            if (*row)
                entry = {std::move((*row)->value), (*row)->expiresMs};
            m_cache.put(key, entry);
            if (entry.value)
                found.emplace(key, std::move(*entry.value));
        } else if (newer->value) {
            found.emplace(key, *newer->value);
        }
    }
}

void CachedMemory::put(std::string key, std::string value, std::int64_t expiresMs)
{
    keep(std::move(key), {std::move(value), expiresMs});
}

void CachedMemory::forget(std::string_view key)
{
    keep(std::string(key), {std::nullopt, 0});
}

void CachedMemory::keep(std::string key, Entry entry)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!keepLocked(std::move(key), std::move(entry)))
            return;
    }
    m_thread.expectBatch();
}

/// False when it lives in the cache only: the store cannot write, and says so itself.
bool CachedMemory::keepLocked(std::string key, Entry entry)
{
    m_cache.put(key, entry);
    const bool isNew = !m_waiting.contains(key);
    if (isNew && m_waiting.size() >= MAX_WAITING)
        return false;
    m_waiting.insert_or_assign(std::move(key), std::move(entry));
    return true;
}

void CachedMemory::change(std::string key, Change made, std::int64_t expiresMs)
{
    if (changeKnown(key, made, expiresMs))
        return;
    m_thread.call([this, key = std::move(key), made = std::move(made), expiresMs](StoreWorker &worker) {
        changeStored(worker, key, made, expiresMs);
    });
}

/// False when the value is not at hand. The new one is made without the lock: where the value is another by
/// then, once more.
bool CachedMemory::changeKnown(const std::string &key, const Change &made, std::int64_t expiresMs)
{
    while (true) {
        std::string present;
        {
            const std::lock_guard lock(m_mutex);
            const Entry *entry = known(key);
            if (!entry || !entry->value)
                return entry != nullptr;
            present = *entry->value;
        }
        std::optional<std::string> next = made(present);
        if (!next)
            return true;
        {
            const std::lock_guard lock(m_mutex);
            const Entry *entry = known(key);
            if (!entry)
                return false;
            if (entry->value != present)
                continue;
            keepLocked(key, {std::move(*next), expiresMs});
        }
        m_thread.expectBatch();
        return true;
    }
}

/// In the store's thread, which writes nothing meanwhile.
void CachedMemory::changeStored(StoreWorker &worker, const std::string &key, const Change &made,
                                std::int64_t expiresMs)
{
    while (!changeKnown(key, made, expiresMs)) {
        const Result<std::optional<MemoryRepository::Entry>> row =
            (worker.*m_table)().find(key, m_clock.nowMs());
        if (!row)
            qCWarning(storeLog, "A remembered entry could not be read: %s", row.error().text.c_str());
        if (!row || !*row)
            return;
        std::optional<std::string> next = made((*row)->value);
        if (!next)
            return;
        {
            const std::lock_guard lock(m_mutex);
            if (known(key))
                continue; // it is newer
            keepLocked(key, {std::move(*next), expiresMs});
        }
        m_thread.expectBatch();
        return;
    }
}

bool CachedMemory::hasWaiting() const
{
    const std::lock_guard lock(m_mutex);
    return !m_waiting.empty();
}

Result<void> CachedMemory::writeBatch(StoreWorker &worker)
{
    {
        const std::lock_guard lock(m_mutex);
        while (!m_waiting.empty() && m_writing.size() < BATCH_ENTRIES)
            m_writing.insert(m_waiting.extract(m_waiting.begin()));
    }
    MemoryRepository &table = (worker.*m_table)();
    for (const auto &[key, entry] : m_writing) {
        Result<void> done = entry.value ? table.put(key, {*entry.value, entry.expiresMs}) : table.remove(key);
        if (!done)
            return done;
    }
    return {};
}

void CachedMemory::batchDone(StoreWorker & /*worker*/, const Result<void> &outcome)
{
    Waiting written;
    written.swap(m_writing);
    if (outcome)
        return;
    qCWarning(storeLog, "Remembered entries could not be stored: %s", outcome.error().text.c_str());
    if (outcome.error().code != "store_locked")
        return;
    const std::lock_guard lock(m_mutex);
    m_waiting.merge(written); // what came meanwhile is newer and stays
}

} // namespace Gateway
