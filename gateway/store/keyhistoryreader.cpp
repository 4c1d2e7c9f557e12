#include "gateway/store/keyhistoryreader.h"

#include <string>
#include <unordered_map>

#include "gateway/store/blockrepository.h"

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_MINUTE = 60'000;

// The blocks of a minute and of all later ones: no row before them can be of the time asked for.
constexpr std::string_view FIRST_BLOCK = "SELECT coalesce(min(block), -1) FROM request_blocks "
                                         "WHERE kind = ?1 AND value >= ?2";
constexpr std::string_view COUNTS =
    "SELECT key_id, (time_ms - ?2) / ?3, count(*), sum(status >= 400 OR error IS NOT NULL) FROM requests "
    "WHERE seq >= ?1 AND time_ms >= ?2 AND time_ms < ?4 "
    "AND key_id IN (SELECT value FROM json_each(?5)) GROUP BY 1, 2";

std::string jsonArray(const std::vector<std::int64_t> &numbers)
{
    std::string text;
    for (const std::int64_t number : numbers)
        text += (text.empty() ? "[" : ",") + std::to_string(number);
    return text.empty() ? "[]" : text + ']';
}

} // namespace

KeyHistoryReader::KeyHistoryReader(Database &database)
    : m_firstBlock(database.prepare(FIRST_BLOCK))
    , m_counts(database.prepare(COUNTS))
{
}

Result<std::vector<KeyHistory>> KeyHistoryReader::read(const std::vector<std::int64_t> &keys,
                                                       std::int64_t fromMs, std::int64_t spanMs, int spans)
{
    const auto count = static_cast<std::size_t>(spans);
    std::vector<KeyHistory> histories;
    std::unordered_map<std::int64_t, std::size_t> places;
    for (const std::int64_t key : keys) {
        places.emplace(key, histories.size());
        histories.push_back(
            {key, fromMs, spanMs, std::vector<std::int64_t>(count), std::vector<std::int64_t>(count)});
    }
    m_firstBlock->bind(0, static_cast<std::int64_t>(BlockKind::Minute));
    m_firstBlock->bind(1, fromMs / MS_PER_MINUTE);
    const Result<std::int64_t> block = m_firstBlock->value(-1);
    if (!block)
        return fail(block.error());
    if (*block < 0)
        return histories;
    const std::string ids = jsonArray(keys);
    m_counts->bind(0, *block << BlockRepository::BLOCK_BITS);
    m_counts->bind(1, fromMs);
    m_counts->bind(2, spanMs);
    m_counts->bind(3, fromMs + spanMs * spans);
    m_counts->bindText(4, ids);
    Result<bool> row = m_counts->step();
    for (; row && *row; row = m_counts->step()) {
        KeyHistory &history = histories[places.at(m_counts->integer(0))];
        const auto span = static_cast<std::size_t>(m_counts->integer(1));
        history.calls[span] = m_counts->integer(2);
        history.failed[span] = m_counts->integer(3);
    }
    m_counts->reset();
    if (!row)
        return fail(std::move(row.error()));
    return histories;
}

} // namespace Gateway
