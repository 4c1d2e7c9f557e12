#pragma once

#include <array>
#include <cstdint>
#include <unordered_set>

#include "gateway/store/database.h"

namespace Gateway {

/// What a request can be found by; numbers as in the table `request_blocks`.
enum class BlockKind : std::uint8_t {
    Token = 1,
    Dialect = 2,
    Method = 3,
    Model = 4,
    Key = 5,
    Status = 6,
    Failed = 7,
    Duration = 8,
    Minute = 9
};

/// The table `request_blocks`: a coarse index that says which blocks of requests hold a value. A value costs
/// an insert only the first time a block sees it.
class BlockRepository
{
public:
    explicit BlockRepository(Database &database);

    static constexpr int BLOCK_BITS = 12;

    /// Notes that the request `seq` has `value`. Expects a transaction; `seq` never goes back.
    Result<void> note(BlockKind kind, std::int64_t value, std::int64_t seq);

    /// After a rollback: what was noted in it was not kept.
    void forgetCache();

    /// Walks up to `limit` entries on from where the last call stopped and drops those of blocks under
    /// `block`; false when the walk is through (the next call begins anew). Expects a transaction.
    Result<bool> dropBefore(std::int64_t block, std::int64_t limit);

private:
    struct Entry
    {
        std::int64_t kind = 0;
        std::int64_t value = 0;
        std::int64_t block = 0;
    };
    Result<bool> findEnd(std::int64_t limit, Entry &end);

    StatementPtr m_note;
    StatementPtr m_findEnd;
    StatementPtr m_drop;
    std::int64_t m_block = -1;
    std::array<std::int64_t, 16> m_last{}; ///< By kind: the value noted last, the likeliest to come again.
    std::unordered_set<std::uint64_t> m_seen;
    Entry m_walk;
};

} // namespace Gateway
