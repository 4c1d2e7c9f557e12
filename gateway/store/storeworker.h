#pragma once

#include <memory>
#include <string>

#include "gateway/common/clock.h"
#include "gateway/store/auditrepository.h"
#include "gateway/store/chatrepository.h"
#include "gateway/store/keyrepository.h"
#include "gateway/store/memoryrepository.h"
#include "gateway/store/pricerepository.h"
#include "gateway/store/proxyrepository.h"
#include "gateway/store/quotarepository.h"
#include "gateway/store/requestrepository.h"
#include "gateway/store/settingrepository.h"
#include "gateway/store/shelfrepository.h"
#include "gateway/store/tokenrepository.h"
#include "gateway/store/vault.h"

namespace Gateway {

/// The database with its repositories: what jobs work with in the store's thread.
class StoreWorker
{
public:
    /// Opens, migrates and unlocks; without `sources` the master key is the file "master.key" beside the
    /// database. Called in the thread that will use it.
    static Result<std::unique_ptr<StoreWorker>> open(const std::string &path, const Clock &clock,
                                                     MasterKeySources sources = {});

    Database &database() { return *m_database; }
    const Clock &clock() const { return m_clock; }
    SettingRepository &settings() { return m_settings; }
    KeyRepository &keys() { return m_keys; }
    QuotaRepository &quotas() { return m_quotas; }
    TokenRepository &tokens() { return m_tokens; }
    PriceRepository &prices() { return m_prices; }
    ProxyRepository &proxies() { return m_proxies; }
    AuditRepository &audit() { return m_audit; }
    ChatRepository &chats() { return m_chats; }
    RequestRepository &requests() { return m_requests; }
    MemoryRepository &owners() { return m_owners; }
    MemoryRepository &signatures() { return m_signatures; }
    ShelfRepository &shelf() { return m_shelf; }
    MemoryRepository &objects() { return m_objects; }

private:
    StoreWorker(std::unique_ptr<Database> database, Sealer sealer, const Clock &clock);

    std::unique_ptr<Database> m_database; // first: statements must go before their connection
    const Sealer m_sealer;
    const Clock &m_clock;
    SettingRepository m_settings;
    KeyRepository m_keys;
    QuotaRepository m_quotas;
    TokenRepository m_tokens;
    PriceRepository m_prices;
    ProxyRepository m_proxies;
    AuditRepository m_audit;
    ChatRepository m_chats;
    RequestRepository m_requests;
    MemoryRepository m_owners;
    MemoryRepository m_signatures;
    ShelfRepository m_shelf;
    MemoryRepository m_objects;
};

} // namespace Gateway
