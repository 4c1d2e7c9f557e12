#pragma once

#include "gateway/store/database.h"

namespace Gateway {

/// A write transaction that rolls back unless it is committed.
class Transaction
{
public:
    /// Takes the write lock at once, so that a later statement cannot fail for want of it.
    explicit Transaction(Database &database, bool isSynced = false);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// Whether it could be begun.
    const Result<void> &begun() const { return m_begun; }
    Result<void> commit();

private:
    Database &m_database;
    Result<void> m_begun;
    bool m_isOpen = false;
};

} // namespace Gateway
