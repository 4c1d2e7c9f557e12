#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/common/usage.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Counts what keys answered: from sums where the spans allow it, see KEY_HISTORY_STEP_MS, else from the
/// request log.
class KeyHistoryReader
{
public:
    explicit KeyHistoryReader(Database &database);

    /// `spans` spans of `spanMs` each from `fromMs` (ms since 1970 UTC) on, for each of the keys in their
    /// order.
    Result<std::vector<KeyHistory>> read(const std::vector<std::int64_t> &keys, std::int64_t fromMs,
                                         std::int64_t spanMs, int spans);

private:
    /// The histories of one read() while they are counted.
    struct Counting
    {
        std::vector<KeyHistory> histories;
        std::unordered_map<std::int64_t, std::size_t> places; ///< By key.
        std::string ids;                                      ///< A JSON array.
        std::int64_t fromMs = 0;
        std::int64_t spanMs = 0;
    };

    Result<void> countSums(Counting &counting, std::int64_t fromMs, std::int64_t untilMs);
    Result<void> countRequests(Counting &counting, std::int64_t fromMs, std::int64_t untilMs,
                               std::int64_t endSeq);
    static Result<void> take(Counting &counting, Statement &rows);

    StatementPtr m_blocks;
    StatementPtr m_requests;
    StatementPtr m_firstSum;
    StatementPtr m_firstSeq;
    StatementPtr m_sums;
};

} // namespace Gateway
