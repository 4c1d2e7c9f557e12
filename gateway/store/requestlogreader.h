#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/requestquery.h"
#include "gateway/store/database.h"
#include "gateway/store/requestcolumns.h"
#include "gateway/store/requestwhere.h"

namespace Gateway {

/// Reads the request log: finds the blocks that may hold what is asked for in `request_blocks` and tests
/// their rows.
class RequestLogReader
{
public:
    /// How long a page searches before it answers with what it has.
    static constexpr std::chrono::milliseconds BUDGET{120};

    explicit RequestLogReader(Database &database, std::chrono::milliseconds budget = BUDGET);

    Result<RequestPage> page(const RequestQuery &query);
    /// One request with its bodies; nothing when it is not there (any more).
    Result<std::optional<RequestRow>> find(std::int64_t seq);
    /// The newest request with that x-request-id; reads the whole log when there is none.
    Result<std::optional<RequestRow>> findById(const std::string &id);

private:
    /// Which seqs are asked for, both included, and which blocks may hold them.
    struct Plan
    {
        std::int64_t first = 0;
        std::int64_t last = -1;
        bool isEveryBlock = false; ///< Else `blocks`.
        std::vector<std::int64_t> blocks;
        bool isForward = false; ///< From the oldest on.
    };

    Result<std::optional<std::int64_t>> nameId(const std::string &text);
    Result<Plan> plan(const RequestQuery &query, const RequestWhere &where);
    Result<std::vector<std::int64_t>> blocksOf(const RequestWhere::Range &range, const Plan &plan);
    Result<RequestPage> walk(const Plan &plan, const RequestWhere &where, std::size_t limit);
    Result<void> readBlock(Statement &rows, const RequestWhere &where, std::int64_t first, std::int64_t last,
                           std::size_t limit, std::vector<RequestRow> &found);
    Result<void> readBodies(RequestRow &row);

    Database &m_database;
    const std::chrono::milliseconds m_budget;
    RequestColumns m_columns;
    StatementPtr m_nameId;
    StatementPtr m_firstSeq;
    StatementPtr m_lastSeq;
    StatementPtr m_blocks;
    StatementPtr m_find;
    StatementPtr m_findById;
    StatementPtr m_bodies;
};

} // namespace Gateway
