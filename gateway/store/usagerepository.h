#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "gateway/store/database.h"
#include "gateway/store/usagesum.h"

namespace Gateway {

/// The tables `usage_minutes` and `usage_hours`: sums of requests, gathered in memory for a batch of records.
class UsageRepository
{
public:
    explicit UsageRepository(Database &database);

    /// Counts a request of `model` (names.id) into what write() adds to the tables.
    void add(const RequestRecord &record, std::int64_t model);
    /// Expects the transaction in which the records are written.
    Result<void> write();
    /// After a rollback.
    void forget();

    /// Drops up to `limit` rows of each table: minutes before `minutesBeforeMs`, hours before
    /// `hoursBeforeMs`; returns how many. Expects a transaction.
    Result<std::int64_t> drop(std::int64_t minutesBeforeMs, std::int64_t hoursBeforeMs, std::int64_t limit);

private:
    /// By start (in the table's steps) and model.
    using Sums = std::map<std::pair<std::int64_t, std::int64_t>, UsageSum>;
    struct Table
    {
        StatementPtr find;
        StatementPtr put;
        StatementPtr drop;
    };
    static Table tableOf(Database &database, const std::string &name);
    static Result<void> addTo(Table &table, const Sums::key_type &key, const UsageSum &sum);
    static Result<std::int64_t> dropFrom(Table &table, std::int64_t start, std::int64_t limit);

    Table m_minutes;
    Table m_hours;
    Sums m_waiting; ///< By minute.
    Sums::iterator m_last = m_waiting.end();
};

} // namespace Gateway
