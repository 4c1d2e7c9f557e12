#pragma once

#include <vector>

#include "gateway/common/usage.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Counts what keys answered, from the request log.
class KeyHistoryReader
{
public:
    explicit KeyHistoryReader(Database &database);

    /// `spans` spans of `spanMs` each from `fromMs` (ms since 1970 UTC) on, for each of the keys in their
    /// order. Reads every request since then.
    Result<std::vector<KeyHistory>> read(const std::vector<std::int64_t> &keys, std::int64_t fromMs,
                                         std::int64_t spanMs, int spans);

private:
    StatementPtr m_firstBlock;
    StatementPtr m_counts;
};

} // namespace Gateway
