#include "gateway/store/storeworker.h"

#include "gateway/store/migrations.h"

namespace Gateway {

Result<std::unique_ptr<StoreWorker>> StoreWorker::open(const std::string &path, const Clock &clock)
{
    const Result<std::vector<MigrationStep>> steps = loadMigrations();
    if (!steps)
        return fail(steps.error());
    Result<std::unique_ptr<Database>> database = Database::open(path);
    if (!database)
        return fail(std::move(database.error()));
    if (Result<void> done = migrate(**database, *steps); !done)
        return fail(std::move(done.error()));
    return std::unique_ptr<StoreWorker>(new StoreWorker(std::move(*database), clock));
}

StoreWorker::StoreWorker(std::unique_ptr<Database> database, const Clock &clock)
    : m_database(std::move(database))
    , m_clock(clock)
    , m_settings(*m_database)
    , m_keys(*m_database)
    , m_requests(*m_database)
    , m_owners(*m_database, MemoryRepository::OWNERS)
    , m_signatures(*m_database, MemoryRepository::SIGNATURES)
{
}

} // namespace Gateway
