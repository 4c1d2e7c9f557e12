#include "gateway/store/requestlogreader.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Gateway {

namespace {

constexpr std::string_view NAME_ID = "SELECT id FROM names WHERE text = ?";
constexpr std::string_view FIRST_SEQ = "SELECT min(seq) FROM requests";
constexpr std::string_view LAST_SEQ = "SELECT max(seq) FROM requests";
constexpr std::string_view BLOCKS = "SELECT DISTINCT block FROM request_blocks WHERE kind = ? "
                                    "AND value BETWEEN ? AND ? AND block BETWEEN ? AND ?";
constexpr std::string_view BODIES =
    "SELECT request, response, request_head, response_head, sent FROM request_bodies WHERE seq = ?";

constexpr int MAX_ROWS = 1000;
constexpr int BITS = BlockRepository::BLOCK_BITS;

std::string select(std::string_view rest)
{
    return "SELECT " + std::string(RequestColumns::NAMES) + " FROM requests WHERE " + std::string(rest);
}

} // namespace

RequestLogReader::RequestLogReader(Database &database, std::chrono::milliseconds budget)
    : m_database(database)
    , m_budget(budget)
    , m_columns(database)
    , m_nameId(database.prepare(NAME_ID))
    , m_firstSeq(database.prepare(FIRST_SEQ))
    , m_lastSeq(database.prepare(LAST_SEQ))
    , m_blocks(database.prepare(BLOCKS))
    , m_find(database.prepare(select("seq = ?")))
    , m_findById(database.prepare(select("id = ? ORDER BY seq DESC LIMIT 1")))
    , m_bodies(database.prepare(BODIES))
{
}

/// Nothing: no request ever had the word.
Result<std::optional<std::int64_t>> RequestLogReader::nameId(const std::string &text)
{
    if (text.empty())
        return 0;
    m_nameId->bindText(0, text);
    const Result<std::int64_t> id = m_nameId->value(0);
    if (!id)
        return fail(id.error());
    return *id == 0 ? std::nullopt : std::optional(*id);
}

Result<RequestPage> RequestLogReader::page(const RequestQuery &query)
{
    const auto model = nameId(query.filter.model);
    const auto token = nameId(query.filter.token);
    if (!model || !token)
        return fail(model ? token.error() : model.error());
    if (!*model || !*token)
        return RequestPage();
    const RequestWhere where(query.filter, **model, **token);
    const Result<Plan> planned = plan(query, where);
    if (!planned)
        return fail(planned.error());
    return walk(*planned, where, static_cast<std::size_t>(std::clamp(query.limit, 1, MAX_ROWS)));
}

Result<RequestLogReader::Plan> RequestLogReader::plan(const RequestQuery &query, const RequestWhere &where)
{
    const Result<std::int64_t> first = m_firstSeq->value(0);
    const Result<std::int64_t> last = m_lastSeq->value(-1);
    if (!first || !last)
        return fail(first ? last.error() : first.error());
    Plan plan;
    plan.isForward = query.after > 0;
    plan.first = plan.isForward ? std::max(*first, query.after + 1) : *first;
    plan.last = !plan.isForward && query.before > 0 ? std::min(*last, query.before - 1) : *last;
    plan.isEveryBlock = where.ranges().empty();
    bool isFirst = true;
    for (const RequestWhere::Range &range : where.ranges()) {
        Result<std::vector<std::int64_t>> blocks = blocksOf(range, plan);
        if (!blocks)
            return fail(std::move(blocks.error()));
        if (isFirst) {
            plan.blocks = std::move(*blocks);
        } else {
            std::vector<std::int64_t> both;
            std::ranges::set_intersection(plan.blocks, *blocks, std::back_inserter(both));
            plan.blocks = std::move(both);
        }
        isFirst = false;
        if (plan.blocks.empty())
            break;
    }
    return plan;
}

/// In order.
Result<std::vector<std::int64_t>> RequestLogReader::blocksOf(const RequestWhere::Range &range,
                                                             const Plan &plan)
{
    int at = 0;
    for (const std::int64_t number : {static_cast<std::int64_t>(range.kind), range.first, range.last,
                                      plan.first >> BITS, plan.last >> BITS})
        m_blocks->bind(at++, number);
    Result<std::vector<std::int64_t>> blocks =
        m_blocks->collect<std::int64_t>([](Statement &statement) { return statement.integer(0); });
    if (blocks)
        std::ranges::sort(*blocks);
    return blocks;
}

/// Block after block, from where the page begins, until it is full, all are read or the time is up.
Result<RequestPage> RequestLogReader::walk(const Plan &plan, const RequestWhere &where, std::size_t limit)
{
    RequestPage page;
    if (plan.last < plan.first)
        return page;
    const std::int64_t firstBlock = plan.first >> BITS;
    const std::int64_t count = plan.isEveryBlock ? (plan.last >> BITS) - firstBlock + 1
                                                 : static_cast<std::int64_t>(plan.blocks.size());
    const StatementPtr rows =
        m_database.prepare(select("seq BETWEEN ? AND ?" + where.sql() + " ORDER BY seq" +
                                  (plan.isForward ? "" : " DESC") + " LIMIT ?"));
    const auto until = std::chrono::steady_clock::now() + m_budget;
    for (std::int64_t number = 0; number < count; ++number) {
        const std::int64_t place = plan.isForward ? number : count - 1 - number;
        const std::int64_t block =
            plan.isEveryBlock ? firstBlock + place : plan.blocks[static_cast<std::size_t>(place)];
        const std::int64_t first = std::max(plan.first, block << BITS);
        const std::int64_t last = std::min(plan.last, ((block + 1) << BITS) - 1);
        // One more than asked for tells whether there is a next page.
        if (Result<void> done = readBlock(*rows, where, first, last, limit + 1, page.rows); !done)
            return fail(std::move(done.error()));
        if (page.rows.size() > limit) {
            page.rows.pop_back();
            page.next = page.rows.back().seq;
            break;
        }
        if (number + 1 < count && std::chrono::steady_clock::now() >= until) {
            page.next = plan.isForward ? last : first;
            break;
        }
    }
    if (plan.isForward)
        std::ranges::reverse(page.rows);
    return page;
}

/// Adds rows up to `limit` in all.
Result<void> RequestLogReader::readBlock(Statement &rows, const RequestWhere &where, std::int64_t first,
                                         std::int64_t last, std::size_t limit, std::vector<RequestRow> &found)
{
    rows.bind(0, first);
    rows.bind(1, last);
    rows.bind(where.bind(rows, 2), static_cast<std::int64_t>(limit - found.size()));
    Result<bool> row = rows.step();
    for (; row && *row; row = rows.step())
        found.push_back(m_columns.read(rows));
    rows.reset();
    if (!row)
        return fail(std::move(row.error()));
    return {};
}

Result<std::optional<RequestRow>> RequestLogReader::find(std::int64_t seq)
{
    m_find->bind(0, seq);
    Result<std::vector<RequestRow>> rows =
        m_find->collect<RequestRow>([this](Statement &row) { return m_columns.read(row); });
    if (!rows)
        return fail(std::move(rows.error()));
    if (rows->empty())
        return std::optional<RequestRow>();
    if (Result<void> done = readBodies(rows->front()); !done)
        return fail(std::move(done.error()));
    return std::optional(std::move(rows->front()));
}

Result<std::optional<RequestRow>> RequestLogReader::findById(const std::string &id)
{
    m_findById->bindText(0, id);
    Result<std::vector<RequestRow>> rows =
        m_findById->collect<RequestRow>([this](Statement &row) { return m_columns.read(row); });
    if (!rows)
        return fail(std::move(rows.error()));
    if (rows->empty())
        return std::optional<RequestRow>();
    return find(rows->front().seq);
}

Result<void> RequestLogReader::readBodies(RequestRow &row)
{
    m_bodies->bind(0, row.seq);
    const Result<bool> found = m_bodies->step();
    if (found && *found) {
        row.record.requestBody = m_bodies->text(0);
        row.record.responseBody = m_bodies->text(1);
        row.record.requestHead = m_bodies->text(2);
        row.record.responseHead = m_bodies->text(3);
        row.record.sentBody = m_bodies->text(4);
    }
    m_bodies->reset();
    if (!found)
        return fail(found.error());
    return {};
}

} // namespace Gateway
