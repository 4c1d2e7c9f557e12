#include "gateway/store/requestwhere.h"

#include <bit>

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_MINUTE = 60'000;
constexpr std::int64_t LAST_DURATION = 64; // bits

/// For LIKE … ESCAPE '\'.
std::string likePattern(std::string_view text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

} // namespace

RequestWhere::RequestWhere(const RequestFilter &filter, std::int64_t model, std::int64_t token)
{
    if (filter.fromMs > 0 || filter.untilMs > 0) {
        const std::int64_t untilMs = filter.untilMs > 0 ? filter.untilMs : INT64_MAX;
        m_ranges.push_back({BlockKind::Minute, filter.fromMs / MS_PER_MINUTE, (untilMs - 1) / MS_PER_MINUTE});
        test("time_ms >= ? AND time_ms < ?", {filter.fromMs, untilMs});
    }
    if (filter.statusFrom > 0) {
        m_ranges.push_back({BlockKind::Status, filter.statusFrom, filter.statusTo});
        test("status BETWEEN ? AND ?", {filter.statusFrom, filter.statusTo});
    }
    if (!filter.model.empty()) {
        m_ranges.push_back({BlockKind::Model, model, model});
        test("(model_asked = ? OR model_used = ?)", {model, model});
    }
    if (!filter.token.empty()) {
        m_ranges.push_back({BlockKind::Token, token, token});
        test("token = ?", {token});
    }
    if (filter.keyId != 0) {
        m_ranges.push_back({BlockKind::Key, filter.keyId, filter.keyId});
        test("key_id = ?", {filter.keyId});
    }
    if (filter.dialect) {
        const auto dialect = static_cast<std::int64_t>(*filter.dialect);
        m_ranges.push_back({BlockKind::Dialect, dialect, dialect});
        test("dialect = ?", {dialect});
    }
    if (filter.minDurationMs > 0) {
        const int bits = std::bit_width(static_cast<std::uint64_t>(filter.minDurationMs));
        m_ranges.push_back({BlockKind::Duration, bits, LAST_DURATION});
        test("duration_ms >= ?", {filter.minDurationMs});
    }
    if (filter.failedOnly || !filter.errorText.empty())
        m_ranges.push_back({BlockKind::Failed, 1, 1});
    if (filter.failedOnly)
        test("(status >= 400 OR error IS NOT NULL)", {});
    if (filter.retriedOnly)
        test("attempts IS NOT NULL AND json_array_length(attempts) > 1", {});
    if (!filter.errorText.empty()) {
        m_errorPattern = likePattern(filter.errorText);
        test("error LIKE ? ESCAPE '\\'", {});
    }
}

void RequestWhere::test(std::string_view condition, std::initializer_list<std::int64_t> parameters)
{
    m_sql += " AND ";
    m_sql += condition;
    m_parameters.insert(m_parameters.end(), parameters);
}

/// The pattern is the last parameter, since its test is added last.
int RequestWhere::bind(Statement &statement, int first) const
{
    for (const std::int64_t parameter : m_parameters)
        statement.bind(first++, parameter);
    if (!m_errorPattern.empty())
        statement.bindText(first++, m_errorPattern);
    return first;
}

} // namespace Gateway
