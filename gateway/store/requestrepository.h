#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "gateway/common/requestrecord.h"
#include "gateway/store/blockrepository.h"
#include "gateway/store/keyusagerepository.h"
#include "gateway/store/namerepository.h"
#include "gateway/store/usagerepository.h"

namespace Gateway {

/// The tables `requests`, `request_bodies` and their tally. Every function expects a transaction.
class RequestRepository
{
public:
    explicit RequestRepository(Database &database);

    Result<void> append(std::span<const RequestRecord> records);
    /// Adds what was appended since to the sums by minute, hour and key: once for many records, in their
    /// transaction.
    Result<void> writeSums();

    /// After a rollback.
    void forgetCache();

    /// Requests in the table, from the tally.
    Result<std::int64_t> rows();
    /// Deletes up to `limit` of the oldest rows; returns how many.
    Result<std::int64_t> dropOldest(std::int64_t limit);
    /// Likewise, only rows that arrived before `timeMs`.
    Result<std::int64_t> dropOlderThan(std::int64_t timeMs, std::int64_t limit);
    /// Deletes one row; whether it was there.
    Result<bool> drop(std::int64_t seq);
    /// Forgets old sums, see UsageRepository::drop(); those of keys as those of minutes.
    Result<std::int64_t> dropSums(std::int64_t minutesBeforeMs, std::int64_t hoursBeforeMs,
                                  std::int64_t limit);
    /// A step of clearing the index of what was dropped; false when it is clear.
    Result<bool> tidyBlocks(std::int64_t limit);

private:
    Result<void> insert(const RequestRecord &record, std::int64_t seq);
    Result<void> insertBodies(const RequestRecord &record, std::int64_t seq);
    Result<void> note(const RequestRecord &record, std::int64_t seq);
    Result<void> takeNames(const RequestRecord &record);
    Result<std::int64_t> dropUpTo(std::int64_t seq, std::int64_t count);
    Result<void> addToTally(std::int64_t rows);

    /// Of the record at hand.
    struct Names
    {
        std::int64_t token = 0;
        std::int64_t method = 0;
        std::int64_t modelAsked = 0;
        std::int64_t modelUsed = 0;
    };

    NameRepository m_nameRepository;
    BlockRepository m_blocks;
    UsageRepository m_usage;
    KeyUsageRepository m_keyUsage;
    StatementPtr m_lastSeq;
    StatementPtr m_firstSeq;
    StatementPtr m_insert;
    StatementPtr m_insertBodies;
    StatementPtr m_oldest;
    StatementPtr m_drop;
    StatementPtr m_dropBodies;
    StatementPtr m_dropOne;
    StatementPtr m_dropOneBodies;
    StatementPtr m_tally;
    StatementPtr m_addTally;
    Names m_names;
    std::string m_attempts;
};

/// The attempts as the column `attempts` holds them; empty for NULL.
void appendAttempts(std::string &out, const RequestRecord &record);

} // namespace Gateway
