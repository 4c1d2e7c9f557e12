#include "gateway/store/storeworker.h"

#include <utility>

#include "gateway/store/masterkeysources.h"
#include "gateway/store/migrations.h"

namespace Gateway {

Result<std::unique_ptr<StoreWorker>> StoreWorker::open(const std::string &path, const Clock &clock,
                                                       MasterKeySources sources)
{
    const Result<std::vector<MigrationStep>> steps = loadMigrations();
    if (!steps)
        return fail(steps.error());
    Result<std::unique_ptr<Database>> database = Database::open(path);
    if (!database)
        return fail(std::move(database.error()));
    if (Result<void> done = migrate(**database, *steps); !done)
        return fail(std::move(done.error()));
    if (sources.empty())
        sources.push_back(masterKeyFileBeside((*database)->path()));
    Result<UnlockedVault> vault = unlockVault(**database, sources);
    if (!vault)
        return fail(std::move(vault.error()));
    return std::unique_ptr<StoreWorker>(new StoreWorker(std::move(*database), Sealer(vault->key), clock));
}

StoreWorker::StoreWorker(std::unique_ptr<Database> database, Sealer sealer, const Clock &clock)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
    , m_clock(clock)
    , m_settings(*m_database, m_sealer)
    , m_keys(*m_database, m_sealer)
    , m_quotas(*m_database)
    , m_tokens(*m_database)
    , m_prices(*m_database)
    , m_proxies(*m_database, m_sealer)
    , m_audit(*m_database)
    , m_chats(*m_database)
    , m_requests(*m_database)
    , m_owners(*m_database, MemoryRepository::OWNERS)
    , m_signatures(*m_database, MemoryRepository::SIGNATURES)
    , m_shelf(*m_database)
    , m_objects(*m_database, MemoryRepository::OBJECTS)
{
}

} // namespace Gateway
