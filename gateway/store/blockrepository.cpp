#include "gateway/store/blockrepository.h"

namespace Gateway {

namespace {

constexpr std::string_view NOTE = "INSERT INTO request_blocks (kind, value, block) VALUES (?, ?, ?) "
                                  "ON CONFLICT DO NOTHING";
constexpr std::string_view FIND_END = "SELECT kind, value, block FROM request_blocks "
                                      "WHERE (kind, value, block) > (?, ?, ?) "
                                      "ORDER BY kind, value, block LIMIT 1 OFFSET ?";
constexpr std::string_view DROP = "DELETE FROM request_blocks WHERE (kind, value, block) > (?, ?, ?) "
                                  "AND (kind, value, block) <= (?, ?, ?) AND block < ?";

constexpr std::int64_t NO_VALUE = -1;
constexpr std::int64_t LAST = INT64_MAX;

} // namespace

BlockRepository::BlockRepository(Database &database)
    : m_note(database.prepare(NOTE))
    , m_findEnd(database.prepare(FIND_END))
    , m_drop(database.prepare(DROP))
{
    m_last.fill(NO_VALUE);
}

Result<void> BlockRepository::note(BlockKind kind, std::int64_t value, std::int64_t seq)
{
    const std::int64_t block = seq >> BLOCK_BITS;
    if (block != m_block) {
        forgetCache();
        m_block = block;
    }
    const auto row = static_cast<std::size_t>(kind);
    if (m_last[row] == value)
        return {};
    m_last[row] = value;
    const std::uint64_t entry = (std::uint64_t{row} << 56) ^ static_cast<std::uint64_t>(value);
    if (!m_seen.insert(entry).second)
        return {};
    m_note->bind(0, static_cast<std::int64_t>(kind));
    m_note->bind(1, value);
    m_note->bind(2, block);
    return m_note->run();
}

void BlockRepository::forgetCache()
{
    m_block = -1;
    m_last.fill(NO_VALUE);
    m_seen.clear();
}

Result<bool> BlockRepository::findEnd(std::int64_t limit, Entry &end)
{
    m_findEnd->bind(0, m_walk.kind);
    m_findEnd->bind(1, m_walk.value);
    m_findEnd->bind(2, m_walk.block);
    m_findEnd->bind(3, limit - 1);
    Result<bool> found = m_findEnd->step();
    if (found && *found)
        end = {m_findEnd->integer(0), m_findEnd->integer(1), m_findEnd->integer(2)};
    m_findEnd->reset();
    return found;
}

Result<bool> BlockRepository::dropBefore(std::int64_t block, std::int64_t limit)
{
    Entry end{LAST, LAST, LAST};
    const Result<bool> isMore = findEnd(limit, end);
    if (!isMore)
        return isMore;
    int index = 0;
    for (const Entry &bound : {m_walk, end}) {
        m_drop->bind(index++, bound.kind);
        m_drop->bind(index++, bound.value);
        m_drop->bind(index++, bound.block);
    }
    m_drop->bind(index, block);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    m_walk = *isMore ? end : Entry{};
    return *isMore;
}

} // namespace Gateway
