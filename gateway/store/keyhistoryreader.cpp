#include "gateway/store/keyhistoryreader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/store/blockrepository.h"

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_MINUTE = 60'000;
constexpr std::int64_t STEP = KEY_HISTORY_STEP_MS;
constexpr std::int64_t ALL = std::numeric_limits<std::int64_t>::max();

constexpr std::string_view BLOCKS =
    "SELECT coalesce(min(block), 0), coalesce(max(block), -1) FROM request_blocks "
    "WHERE kind = ? AND value BETWEEN ? AND ?";
constexpr std::string_view REQUESTS =
    "SELECT key_id, (time_ms - ?3) / ?4, count(*), sum(status >= 400 OR error IS NOT NULL) FROM requests "
    "WHERE seq >= ?1 AND seq < ?2 AND time_ms >= ?5 AND time_ms < ?6 "
    "AND key_id IN (SELECT value FROM json_each(?7)) GROUP BY 1, 2";
// No row of the oldest step counts: retention may be half through with it.
constexpr std::string_view FIRST_SUM = "SELECT coalesce(min(start), -1) FROM key_usage";
constexpr std::string_view FIRST_SEQ = "SELECT value FROM tallies WHERE name = 'key_usage_from'";
// Each step and key is looked up: what others answered is not read.
constexpr std::string_view SUMS = "SELECT key_id, (start * ?1 - ?2) / ?3, requests, failed FROM key_usage "
                                  "WHERE start IN (SELECT value FROM json_each(?4)) "
                                  "AND key_id IN (SELECT value FROM json_each(?5))";

std::string jsonArray(const std::vector<std::int64_t> &numbers)
{
    std::string text;
    for (const std::int64_t number : numbers)
        text += (text.empty() ? "[" : ",") + std::to_string(number);
    return text.empty() ? "[]" : text + ']';
}

} // namespace

KeyHistoryReader::KeyHistoryReader(Database &database)
    : m_blocks(database.prepare(BLOCKS))
    , m_requests(database.prepare(REQUESTS))
    , m_firstSum(database.prepare(FIRST_SUM))
    , m_firstSeq(database.prepare(FIRST_SEQ))
    , m_sums(database.prepare(SUMS))
{
}

Result<std::vector<KeyHistory>> KeyHistoryReader::read(const std::vector<std::int64_t> &keys,
                                                       std::int64_t fromMs, std::int64_t spanMs, int spans)
{
    const auto count = static_cast<std::size_t>(spans);
    Counting counting{{}, {}, jsonArray(keys), fromMs, spanMs};
    for (const std::int64_t key : keys) {
        counting.places.emplace(key, counting.histories.size());
        counting.histories.push_back(
            {key, fromMs, spanMs, std::vector<std::int64_t>(count), std::vector<std::int64_t>(count)});
    }
    const std::int64_t untilMs = fromMs + spanMs * spans;
    Result<void> done;
    if (fromMs % STEP != 0 || spanMs % STEP != 0) {
        done = countRequests(counting, fromMs, untilMs, ALL);
    } else {
        const Result<std::int64_t> firstSum = m_firstSum->value(-1);
        const Result<std::int64_t> firstSeq = m_firstSeq->value(ALL);
        if (!firstSum || !firstSeq)
            return fail(firstSum ? firstSeq.error() : firstSum.error());
        // Before the sums, and what was recorded before there were any, stands in the log alone.
        const std::int64_t sumsMs =
            *firstSum < 0 ? untilMs : std::clamp((*firstSum + 1) * STEP, fromMs, untilMs);
        done = countRequests(counting, fromMs, sumsMs, ALL);
        if (done)
            done = countRequests(counting, sumsMs, untilMs, *firstSeq);
        if (done)
            done = countSums(counting, sumsMs, untilMs);
    }
    if (!done)
        return fail(std::move(done.error()));
    return std::move(counting.histories);
}

/// Only requests with a seq under `endSeq`.
Result<void> KeyHistoryReader::countRequests(Counting &counting, std::int64_t fromMs, std::int64_t untilMs,
                                             std::int64_t endSeq)
{
    if (fromMs >= untilMs)
        return {};
    m_blocks->bind(0, static_cast<std::int64_t>(BlockKind::Minute));
    m_blocks->bind(1, fromMs / MS_PER_MINUTE);
    m_blocks->bind(2, (untilMs - 1) / MS_PER_MINUTE);
    Result<bool> found = m_blocks->step();
    const std::int64_t first = found && *found ? m_blocks->integer(0) << BlockRepository::BLOCK_BITS : 0;
    const std::int64_t end = found && *found ? (m_blocks->integer(1) + 1) << BlockRepository::BLOCK_BITS : 0;
    m_blocks->reset();
    if (!found)
        return fail(std::move(found.error()));
    if (first >= std::min(end, endSeq))
        return {};
    int at = 0;
    for (const std::int64_t number :
         {first, std::min(end, endSeq), counting.fromMs, counting.spanMs, fromMs, untilMs})
        m_requests->bind(at++, number);
    m_requests->bindText(at, counting.ids);
    return take(counting, *m_requests);
}

/// Both times are multiples of STEP.
Result<void> KeyHistoryReader::countSums(Counting &counting, std::int64_t fromMs, std::int64_t untilMs)
{
    std::vector<std::int64_t> steps;
    for (std::int64_t timeMs = fromMs; timeMs < untilMs; timeMs += STEP)
        steps.push_back(timeMs / STEP);
    if (steps.empty())
        return {};
    const std::string starts = jsonArray(steps);
    m_sums->bind(0, STEP);
    m_sums->bind(1, counting.fromMs);
    m_sums->bind(2, counting.spanMs);
    m_sums->bindText(3, starts);
    m_sums->bindText(4, counting.ids);
    return take(counting, *m_sums);
}

/// Adds rows of key, span, requests and failures.
Result<void> KeyHistoryReader::take(Counting &counting, Statement &rows)
{
    Result<bool> row = rows.step();
    for (; row && *row; row = rows.step()) {
        KeyHistory &history = counting.histories[counting.places.at(rows.integer(0))];
        const auto span = static_cast<std::size_t>(rows.integer(1));
        history.calls[span] += rows.integer(2);
        history.failed[span] += rows.integer(3);
    }
    rows.reset();
    if (!row)
        return fail(std::move(row.error()));
    return {};
}

} // namespace Gateway
