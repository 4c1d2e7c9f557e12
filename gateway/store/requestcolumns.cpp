#include "gateway/store/requestcolumns.h"

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::string_view NAME = "SELECT text FROM names WHERE id = ?";
constexpr std::size_t MAX_CACHED = 10'000;

std::int64_t told(Statement &row, int column)
{
    return row.isNull(column) ? -1 : row.integer(column);
}

/// See appendAttempts(): a single attempt in which nothing went wrong is not written.
std::vector<AttemptRecord> attemptsOf(Statement &row, int column, const RequestRecord &record)
{
    std::vector<AttemptRecord> attempts;
    if (row.isNull(column)) {
        if (record.keyId != 0)
            attempts.push_back({record.keyId, record.status, 0, record.durationMs, {}});
        return attempts;
    }
    const Result<json::value> value = parseJson(row.text(column));
    const json::array *array = value ? value->if_array() : nullptr;
    if (!array)
        return attempts;
    for (const json::value &entry : *array) {
        const json::object *object = entry.if_object();
        if (!object)
            continue;
        attempts.push_back({integerAt(*object, "key", 0), static_cast<int>(integerAt(*object, "status", 0)),
                            integerAt(*object, "start", 0), integerAt(*object, "ms", 0),
                            std::string(stringAt(*object, "error"))});
    }
    return attempts;
}

} // namespace

RequestColumns::RequestColumns(Database &database)
    : m_name(database.prepare(NAME))
{
}

std::string RequestColumns::nameOf(std::int64_t id)
{
    if (id == 0)
        return {};
    const auto known = m_names.find(id);
    if (known != m_names.end())
        return known->second;
    m_name->bind(0, id);
    const Result<bool> row = m_name->step();
    std::string text = row && *row ? m_name->text(0) : std::string();
    m_name->reset();
    if (m_names.size() >= MAX_CACHED)
        m_names.clear();
    if (!text.empty())
        m_names.emplace(id, text);
    return text;
}

RequestRow RequestColumns::read(Statement &row)
{
    RequestRow result;
    RequestRecord &record = result.record;
    int column = 0;
    result.seq = row.integer(column++);
    record.id = row.text(column++);
    record.timeMs = row.integer(column++);
    record.token = nameOf(row.integer(column++));
    record.dialect = static_cast<Dialect>(row.integer(column++));
    for (std::string *name : {&record.method, &record.modelAsked, &record.modelUsed})
        *name = nameOf(row.integer(column++));
    record.keyId = row.integer(column++);
    record.status = static_cast<int>(row.integer(column++));
    record.error = row.text(column++);
    record.streamed = row.integer(column++) != 0;
    record.firstByteMs = told(row, column++);
    record.durationMs = row.integer(column++);
    TokenCounts &tokens = record.tokens;
    for (std::int64_t *count : {&tokens.prompt, &tokens.candidates, &tokens.thoughts, &tokens.cached,
                                &tokens.toolUse, &tokens.total})
        *count = told(row, column++);
    record.bytesIn = row.integer(column++);
    record.bytesOut = row.integer(column++);
    record.attempts = attemptsOf(row, column++, record);
    record.costMicro = told(row, column);
    return result;
}

} // namespace Gateway
