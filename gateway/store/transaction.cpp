#include "gateway/store/transaction.h"

namespace Gateway {

Transaction::Transaction(Database &database, bool isSynced)
    : m_database(database)
{
    m_database.setSynced(isSynced);
    m_begun = m_database.execute("BEGIN IMMEDIATE");
    m_isOpen = m_begun.has_value();
}

Transaction::~Transaction()
{
    if (m_isOpen) // SQLite may have rolled back by itself (disk full): then this fails, and that is right
        static_cast<void>(m_database.execute("ROLLBACK"));
}

Result<void> Transaction::commit()
{
    if (!m_begun)
        return m_begun;
    Result<void> done = m_database.execute("COMMIT");
    if (done)
        m_isOpen = false;
    return done;
}

} // namespace Gateway
