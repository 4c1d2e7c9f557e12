#include "gateway/store/store.h"

#include <future>

#include "gateway/store/cachedmemory.h"
#include "gateway/store/counterqueue.h"
#include "gateway/store/databaseurl.h"
#include "gateway/store/recordqueue.h"
#include "gateway/store/storethread.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

/// Few files live at a time, and their names are short.
constexpr CachedMemory::Limits OWNER_LIMITS{10'000, 4 << 20};
/// Signatures are kilobytes; the recent conversations' are asked for at every turn.
constexpr CachedMemory::Limits SIGNATURE_LIMITS{20'000, 12 << 20};

RetentionOptions retentionOf(const StoreOptions &options)
{
    return {options.retentionDays, options.retentionRows,
            std::chrono::milliseconds(options.retentionIntervalMs),
            std::chrono::milliseconds(options.retentionPauseMs)};
}

} // namespace

class Store::Impl
{
public:
    Impl(std::string path, const Clock &clock, RetentionOptions retention)
        : m_thread(std::move(path), clock, retention)
        , m_records(clock)
        , m_owners(m_thread, clock, &StoreWorker::owners, OWNER_LIMITS)
        , m_signatures(m_thread, clock, &StoreWorker::signatures, SIGNATURE_LIMITS)
    {
        for (BatchSource *source :
             std::initializer_list<BatchSource *>{&m_records, &m_counters, &m_owners, &m_signatures})
            m_thread.addSource(*source);
    }

    ~Impl() { m_thread.finish(); }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    /// Runs `call` in the store's thread and waits for what it returns.
    template <typename T>
    Result<T> ask(std::function<Result<T>(StoreWorker &)> call)
    {
        std::promise<Result<T>> answer;
        m_thread.call([&](StoreWorker &worker) { answer.set_value(call(worker)); });
        return answer.get_future().get();
    }

    StoreThread m_thread;
    RecordQueue m_records;
    CounterQueue m_counters;
    CachedMemory m_owners;
    CachedMemory m_signatures;
};

Store::Store() = default;
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(StoreOptions options, const Clock &clock)
{
    Result<std::string> path = databasePath(options.databaseUrl);
    if (!path)
        return fail(std::move(path.error()));
    std::unique_ptr<Store> store(new Store);
    store->m_impl = std::make_unique<Impl>(std::move(*path), clock, retentionOf(options));
    if (Result<void> opened = store->m_impl->m_thread.open(); !opened)
        return fail(std::move(opened.error()));
    return store;
}

Result<std::vector<std::pair<std::string, std::string>>> Store::loadSettings()
{
    return m_impl->ask<std::vector<std::pair<std::string, std::string>>>(
        [](StoreWorker &worker) { return worker.settings().load(); });
}

Result<std::vector<KeyRow>> Store::loadKeys()
{
    return m_impl->ask<std::vector<KeyRow>>(
        [](StoreWorker &worker) { return worker.keys().load(worker.clock().nowMs()); });
}

Result<std::vector<KeyRow>> Store::mergeKeys(const std::vector<Secret> &secrets)
{
    return m_impl->ask<std::vector<KeyRow>>([&](StoreWorker &worker) -> Result<std::vector<KeyRow>> {
        Transaction transaction(worker.database(), true);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        Result<std::vector<KeyRow>> added = worker.keys().merge(secrets, worker.clock().nowMs());
        if (!added)
            return added;
        if (Result<void> committed = transaction.commit(); !committed)
            return fail(std::move(committed.error()));
        return added;
    });
}

void Store::saveSetting(std::string name, std::string value, bool remove, Done done)
{
    m_impl->m_thread.write(
        [name = std::move(name), value = std::move(value), remove](StoreWorker &worker) {
            return remove && value.empty() ? worker.settings().remove(name)
                                           : worker.settings().save(name, value);
        },
        std::move(done));
}

void Store::deleteKeys(std::vector<KeyId> keys, Done done)
{
    m_impl->m_thread.write(
        [keys = std::move(keys)](StoreWorker &worker) -> Result<void> {
            for (const KeyId key : keys) {
                if (Result<void> removed = worker.keys().remove(key, worker.clock().nowMs()); !removed)
                    return removed;
            }
            return {};
        },
        std::move(done));
}

void Store::saveKeyChanges(std::vector<KeyChange> changes, Done done)
{
    m_impl->m_thread.write(
        [changes = std::move(changes)](StoreWorker &worker) -> Result<void> {
            for (const KeyChange &change : changes) {
                if (Result<void> changed = worker.keys().change(change); !changed)
                    return changed;
            }
            return {};
        },
        std::move(done));
}

void Store::saveKeyCounters(std::vector<KeyCounters> counters)
{
    if (counters.empty())
        return;
    m_impl->m_counters.add(counters);
    m_impl->m_thread.expectBatch();
}

void Store::appendRecords(std::vector<RequestRecord> records)
{
    if (records.empty())
        return;
    m_impl->m_records.append(std::move(records));
    m_impl->m_thread.expectBatch();
}

std::uint64_t Store::lostRecords() const
{
    return m_impl->m_records.lost();
}

void Store::setRetention(std::int64_t days, std::int64_t rows)
{
    m_impl->m_thread.setRetention(days, rows);
}

void Store::flush()
{
    m_impl->m_thread.flush();
}

KeyedMemory &Store::owners()
{
    return m_impl->m_owners;
}

KeyedMemory &Store::signatures()
{
    return m_impl->m_signatures;
}

} // namespace Gateway
