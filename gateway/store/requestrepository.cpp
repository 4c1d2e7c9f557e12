#include "gateway/store/requestrepository.h"

#include <bit>
#include <utility>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::string_view LAST_SEQ = "SELECT max(seq) FROM requests";
constexpr std::string_view FIRST_SEQ = "SELECT min(seq) FROM requests";
constexpr std::string_view INSERT =
    "INSERT INTO requests (seq, id, time_ms, token, dialect, method, model_asked, model_used, key_id, "
    "status, "
    "error, streamed, first_byte_ms, duration_ms, prompt_tokens, candidate_tokens, thought_tokens, "
    "cached_tokens, tool_tokens, total_tokens, bytes_in, bytes_out, attempts, cost_micro) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view INSERT_BODIES = "INSERT INTO request_bodies (seq, request, response, "
                                           "request_head, response_head, sent) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view OLDEST = "SELECT seq, time_ms FROM requests ORDER BY seq LIMIT ?";
constexpr std::string_view DROP = "DELETE FROM requests WHERE seq <= ?";
constexpr std::string_view DROP_BODIES = "DELETE FROM request_bodies WHERE seq <= ?";
constexpr std::string_view DROP_ONE = "DELETE FROM requests WHERE seq = ?";
constexpr std::string_view DROP_ONE_BODIES = "DELETE FROM request_bodies WHERE seq = ?";
constexpr std::string_view TALLY = "SELECT value FROM tallies WHERE name = 'request_rows'";
constexpr std::string_view ADD_TALLY = "UPDATE tallies SET value = value + ? WHERE name = 'request_rows'";

constexpr int FIRST_FAILED_STATUS = 400;
constexpr std::int64_t MS_PER_MINUTE = 60'000;

bool isPlain(const RequestRecord &record)
{
    if (record.attempts.empty())
        return record.keyId == 0;
    const AttemptRecord &first = record.attempts.front();
    return record.attempts.size() == 1 && first.error.empty() && first.keyId == record.keyId &&
           first.status == record.status;
}

bool hasKeptParts(const RequestRecord &record)
{
    return !(record.requestHead.empty() && record.requestBody.empty() && record.responseBody.empty());
}

void appendMember(std::string &out, std::string_view name, std::int64_t value)
{
    out += out.back() == '{' ? "\"" : ",\"";
    out += name;
    out += "\":";
    out += std::to_string(value);
}

void bindText(Statement &statement, int index, const std::string &text)
{
    if (text.empty())
        statement.bindNull(index);
    else
        statement.bindText(index, text);
}

void bindTold(Statement &statement, int index, std::int64_t value)
{
    if (value < 0)
        statement.bindNull(index);
    else
        statement.bind(index, value);
}

} // namespace

void appendAttempts(std::string &out, const RequestRecord &record)
{
    if (isPlain(record))
        return;
    out += '[';
    for (const AttemptRecord &attempt : record.attempts) {
        out += out.back() == '[' ? "{" : ",{";
        appendMember(out, "key", attempt.keyId);
        appendMember(out, "status", attempt.status);
        appendMember(out, "start", attempt.startMs);
        appendMember(out, "ms", attempt.durationMs);
        if (!attempt.error.empty()) {
            out += ",\"error\":";
            appendJsonString(out, attempt.error);
        }
        out += '}';
    }
    out += ']';
}

RequestRepository::RequestRepository(Database &database)
    : m_nameRepository(database)
    , m_blocks(database)
    , m_usage(database)
    , m_keyUsage(database)
    , m_lastSeq(database.prepare(LAST_SEQ))
    , m_firstSeq(database.prepare(FIRST_SEQ))
    , m_insert(database.prepare(INSERT))
    , m_insertBodies(database.prepare(INSERT_BODIES))
    , m_oldest(database.prepare(OLDEST))
    , m_drop(database.prepare(DROP))
    , m_dropBodies(database.prepare(DROP_BODIES))
    , m_dropOne(database.prepare(DROP_ONE))
    , m_dropOneBodies(database.prepare(DROP_ONE_BODIES))
    , m_tally(database.prepare(TALLY))
    , m_addTally(database.prepare(ADD_TALLY))
{
}

Result<void> RequestRepository::append(std::span<const RequestRecord> records)
{
    // Asked each time, since another process may write to the same file.
    const Result<std::int64_t> last = m_lastSeq->value(0);
    if (!last)
        return fail(last.error());
    std::int64_t seq = *last;
    for (const RequestRecord &record : records) {
        ++seq;
        Result<void> done = takeNames(record);
        if (done)
            done = insert(record, seq);
        if (done)
            done = note(record, seq);
        if (done && hasKeptParts(record))
            done = insertBodies(record, seq);
        if (!done)
            return done;
        m_usage.add(record, m_names.modelUsed != 0 ? m_names.modelUsed : m_names.modelAsked);
        m_keyUsage.add(record);
    }
    return addToTally(static_cast<std::int64_t>(records.size()));
}

Result<void> RequestRepository::writeSums()
{
    Result<void> done = m_usage.write();
    return done ? m_keyUsage.write() : done;
}

void RequestRepository::forgetCache()
{
    m_nameRepository.forgetCache();
    m_blocks.forgetCache();
    m_usage.forget();
    m_keyUsage.forget();
}

Result<void> RequestRepository::takeNames(const RequestRecord &record)
{
    const std::pair<std::int64_t *, const std::string *> pairs[] = {
        {&m_names.token, &record.token},
        {&m_names.method, &record.method},
        {&m_names.modelAsked, &record.modelAsked},
        {&m_names.modelUsed, &record.modelUsed},
    };
    for (const auto &[id, text] : pairs) {
        const Result<std::int64_t> found = m_nameRepository.idOf(*text);
        if (!found)
            return fail(found.error());
        *id = *found;
    }
    return {};
}

Result<void> RequestRepository::insert(const RequestRecord &record, std::int64_t seq)
{
    m_attempts.clear();
    appendAttempts(m_attempts, record);
    Statement &row = *m_insert;
    int column = 0;
    row.bind(column++, seq);
    row.bindText(column++, record.id);
    row.bind(column++, record.timeMs);
    row.bind(column++, m_names.token);
    row.bind(column++, static_cast<std::int64_t>(record.dialect));
    row.bind(column++, m_names.method);
    row.bind(column++, m_names.modelAsked);
    row.bind(column++, m_names.modelUsed);
    row.bind(column++, record.keyId);
    row.bind(column++, record.status);
    bindText(row, column++, record.error);
    row.bind(column++, record.streamed);
    bindTold(row, column++, record.firstByteMs);
    row.bind(column++, record.durationMs);
    for (const std::int64_t count : {record.tokens.prompt, record.tokens.candidates, record.tokens.thoughts,
                                     record.tokens.cached, record.tokens.toolUse, record.tokens.total})
        bindTold(row, column++, count);
    row.bind(column++, record.bytesIn);
    row.bind(column++, record.bytesOut);
    bindText(row, column++, m_attempts);
    bindTold(row, column, record.costMicro);
    return row.run();
}

Result<void> RequestRepository::insertBodies(const RequestRecord &record, std::int64_t seq)
{
    m_insertBodies->bind(0, seq);
    m_insertBodies->bindBlob(1, record.requestBody);
    m_insertBodies->bindBlob(2, record.responseBody);
    m_insertBodies->bindText(3, record.requestHead);
    m_insertBodies->bindText(4, record.responseHead);
    m_insertBodies->bindBlob(5, record.sentBody);
    return m_insertBodies->run();
}

Result<void> RequestRepository::note(const RequestRecord &record, std::int64_t seq)
{
    const bool hasFailed = record.status >= FIRST_FAILED_STATUS || !record.error.empty();
    const auto duration = static_cast<std::uint64_t>(record.durationMs < 0 ? 0 : record.durationMs);
    const std::pair<BlockKind, std::int64_t> values[] = {
        {BlockKind::Token, m_names.token},
        {BlockKind::Dialect, static_cast<std::int64_t>(record.dialect)},
        {BlockKind::Method, m_names.method},
        {BlockKind::Model, m_names.modelAsked},
        {BlockKind::Model, m_names.modelUsed},
        {BlockKind::Key, record.keyId},
        {BlockKind::Status, record.status},
        {BlockKind::Duration, std::bit_width(duration)},
        {BlockKind::Minute, record.timeMs / MS_PER_MINUTE},
    };
    for (const auto &[kind, value] : values) {
        if (Result<void> done = m_blocks.note(kind, value, seq); !done)
            return done;
    }
    return hasFailed ? m_blocks.note(BlockKind::Failed, 1, seq) : Result<void>();
}

Result<std::int64_t> RequestRepository::rows()
{
    return m_tally->value(0);
}

Result<std::int64_t> RequestRepository::dropOldest(std::int64_t limit)
{
    return dropOlderThan(INT64_MAX, limit);
}

Result<std::int64_t> RequestRepository::dropOlderThan(std::int64_t timeMs, std::int64_t limit)
{
    std::int64_t last = 0;
    std::int64_t count = 0;
    m_oldest->bind(0, limit);
    Result<bool> row = m_oldest->step();
    for (; row && *row && m_oldest->integer(1) < timeMs; row = m_oldest->step()) {
        last = m_oldest->integer(0);
        ++count;
    }
    m_oldest->reset();
    if (!row)
        return fail(std::move(row.error()));
    if (count == 0)
        return 0;
    return dropUpTo(last, count);
}

Result<std::int64_t> RequestRepository::dropUpTo(std::int64_t seq, std::int64_t count)
{
    for (Statement *statement : {m_drop.get(), m_dropBodies.get()}) {
        statement->bind(0, seq);
        if (Result<void> done = statement->run(); !done)
            return fail(std::move(done.error()));
    }
    if (Result<void> done = addToTally(-count); !done)
        return fail(std::move(done.error()));
    return count;
}

Result<bool> RequestRepository::drop(std::int64_t seq)
{
    bool wasThere = false;
    for (Statement *statement : {m_dropOneBodies.get(), m_dropOne.get()}) {
        statement->bind(0, seq);
        if (Result<void> done = statement->run(); !done)
            return fail(std::move(done.error()));
        wasThere = statement->changes() > 0;
    }
    if (!wasThere)
        return false;
    if (Result<void> done = addToTally(-1); !done)
        return fail(std::move(done.error()));
    return true;
}

Result<std::int64_t> RequestRepository::dropSums(std::int64_t minutesBeforeMs, std::int64_t hoursBeforeMs,
                                                 std::int64_t limit)
{
    const Result<std::int64_t> ofKeys = m_keyUsage.drop(minutesBeforeMs, limit);
    if (!ofKeys)
        return ofKeys;
    return m_usage.drop(minutesBeforeMs, hoursBeforeMs, limit).map([&](std::int64_t others) {
        return *ofKeys + others;
    });
}

Result<bool> RequestRepository::tidyBlocks(std::int64_t limit)
{
    const Result<std::int64_t> first = m_firstSeq->value(INT64_MAX);
    if (!first)
        return fail(first.error());
    return m_blocks.dropBefore(*first >> BlockRepository::BLOCK_BITS, limit);
}

Result<void> RequestRepository::addToTally(std::int64_t rows)
{
    m_addTally->bind(0, rows);
    return m_addTally->run();
}

} // namespace Gateway
