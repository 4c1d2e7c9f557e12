#pragma once

#include <vector>

#include "gateway/common/proxyrow.h"
#include "gateway/store/database.h"
#include "gateway/store/sealer.h"

namespace Gateway {

/// The table `proxies`, URLs sealed. Writing functions expect a transaction.
class ProxyRepository
{
public:
    /// `sealer` outlives this.
    ProxyRepository(Database &database, const Sealer &sealer);

    /// By id. One whose URL does not open has none, is disabled and says so.
    Result<std::vector<ProxyRow>> load();
    /// Adds the proxy (id 0) or changes one; the row with its id. 404 "no_such_proxy" when it is gone.
    Result<ProxyRow> save(const ProxyRow &row);
    /// Its health alone: failures, rest, reason. One that is gone is passed over.
    Result<void> saveHealth(const ProxyRow &row);
    Result<void> remove(ProxyId id);

private:
    const Sealer &m_sealer;
    StatementPtr m_load;
    StatementPtr m_add;
    StatementPtr m_change;
    StatementPtr m_saveHealth;
    StatementPtr m_remove;
};

} // namespace Gateway
