#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The table `key_usage`: requests by key and KEY_HISTORY_STEP_MS of their arrival, gathered in memory for a
/// batch of records.
class KeyUsageRepository
{
public:
    explicit KeyUsageRepository(Database &database);

    /// Counts a request into what write() adds to the table; one that no key answered is passed over.
    void add(const RequestRecord &record);
    /// Expects the transaction in which the records are written.
    Result<void> write();
    /// After a rollback.
    void forget() { m_waiting.clear(); }

    /// Drops up to `limit` rows from before `timeMs`; returns how many. Expects a transaction.
    Result<std::int64_t> drop(std::int64_t timeMs, std::int64_t limit);

private:
    struct Entry
    {
        std::int64_t start = 0;
        std::int64_t key = 0;
        bool hasFailed = false;
        auto operator<=>(const Entry &) const = default;
    };

    StatementPtr m_add;
    StatementPtr m_drop;
    std::vector<Entry> m_waiting;
};

} // namespace Gateway
