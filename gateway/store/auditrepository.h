#pragma once

#include <vector>

#include "gateway/common/auditrow.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The table `audit`.
class AuditRepository
{
public:
    explicit AuditRepository(Database &database);

    /// Expects a transaction.
    Result<void> append(const AuditRow &row, std::int64_t nowMs);
    /// Newest first.
    Result<std::vector<AuditRow>> read(const AuditQuery &query);
    /// Drops up to `limit` rows: those from before `timeMs`, and the oldest over `rows`; returns how many.
    /// Expects a transaction.
    Result<std::int64_t> drop(std::int64_t timeMs, std::int64_t rows, std::int64_t limit);

private:
    StatementPtr m_append;
    StatementPtr m_read;
    StatementPtr m_drop;
};

} // namespace Gateway
