#include "gateway/store/store.h"

#include <future>

#include "gateway/store/databaseurl.h"
#include "gateway/store/foreach.h"
#include "gateway/store/storeimpl.h"

namespace Gateway {

namespace {

RetentionOptions retentionOf(const StoreOptions &options)
{
    return {options.retentionDays, options.retentionRows,
            std::chrono::milliseconds(options.retentionIntervalMs),
            std::chrono::milliseconds(options.retentionPauseMs)};
}

} // namespace

Store::Store() = default;
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(StoreOptions options, const Clock &clock)
{
    Result<std::string> path = databasePath(options.databaseUrl);
    if (!path)
        return fail(std::move(path.error()));
    std::unique_ptr<Store> store(new Store);
    store->m_impl =
        std::make_unique<Impl>(std::move(*path), clock, retentionOf(options), std::move(options.masterKeys));
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
    std::vector<NewKey> keys;
    keys.reserve(secrets.size());
    for (const Secret &secret : secrets)
        keys.push_back({secret, {}});
    std::promise<Result<KeyAdditions>> answer;
    addKeys(std::move(keys), Tombstones::Respect,
            [&answer](Result<KeyAdditions> added) { answer.set_value(std::move(added)); });
    return answer.get_future().get().map([](KeyAdditions added) { return std::move(added.rows); });
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

void Store::addKeys(std::vector<NewKey> keys, Tombstones tombstones, Answer<KeyAdditions> done)
{
    m_impl->change<KeyAdditions>(
        [keys = std::move(keys), tombstones](StoreWorker &worker) {
            return worker.keys().add(keys, tombstones, worker.clock().nowMs());
        },
        std::move(done));
}

void Store::saveKeySettings(std::vector<KeySettingsChange> changes, Done done)
{
    m_impl->m_thread.write(
        [changes = std::move(changes)](StoreWorker &worker) {
            return forEach(changes,
                           [&](const KeySettingsChange &row) { return worker.keys().saveSettings(row); });
        },
        std::move(done));
}

void Store::deleteKeys(std::vector<KeyId> keys, Done done)
{
    m_impl->m_thread.write(
        [keys = std::move(keys)](StoreWorker &worker) {
            return forEach(keys, [&, nowMs = worker.clock().nowMs()](KeyId key) {
                return worker.keys().remove(key, nowMs);
            });
        },
        std::move(done));
}

void Store::undeleteKeys(std::vector<KeyId> keys, Answer<std::vector<KeyRow>> done)
{
    m_impl->change<std::vector<KeyRow>>(
        [keys = std::move(keys)](StoreWorker &worker) {
            return worker.keys().restore(keys, worker.clock().nowMs());
        },
        std::move(done));
}

void Store::saveKeyChanges(std::vector<KeyChange> changes, Done done)
{
    m_impl->m_thread.write(
        [changes = std::move(changes)](StoreWorker &worker) {
            return forEach(changes, [&](const KeyChange &change) { return worker.keys().change(change); });
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

Shelf &Store::shelf()
{
    return m_impl->m_shelf;
}

KeyedMemory &Store::objects()
{
    return m_impl->m_objects;
}

} // namespace Gateway
