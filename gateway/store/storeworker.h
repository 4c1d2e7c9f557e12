#pragma once

#include <memory>
#include <string>

#include "gateway/common/clock.h"
#include "gateway/store/keyrepository.h"
#include "gateway/store/memoryrepository.h"
#include "gateway/store/requestrepository.h"
#include "gateway/store/settingrepository.h"

namespace Gateway {

/// The database with its repositories: what jobs work with in the store's thread.
class StoreWorker
{
public:
    /// Opens and migrates. Called in the thread that will use it.
    static Result<std::unique_ptr<StoreWorker>> open(const std::string &path, const Clock &clock);

    Database &database() { return *m_database; }
    const Clock &clock() const { return m_clock; }
    SettingRepository &settings() { return m_settings; }
    KeyRepository &keys() { return m_keys; }
    RequestRepository &requests() { return m_requests; }
    MemoryRepository &owners() { return m_owners; }
    MemoryRepository &signatures() { return m_signatures; }

private:
    StoreWorker(std::unique_ptr<Database> database, const Clock &clock);

    std::unique_ptr<Database> m_database; // first: statements must go before their connection
    const Clock &m_clock;
    SettingRepository m_settings;
    KeyRepository m_keys;
    RequestRepository m_requests;
    MemoryRepository m_owners;
    MemoryRepository m_signatures;
};

} // namespace Gateway
