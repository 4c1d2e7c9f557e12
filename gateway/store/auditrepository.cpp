#include "gateway/store/auditrepository.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::string_view APPEND =
    "INSERT INTO audit (time_ms, actor, action, object, detail) VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view READ =
    "SELECT id, time_ms, actor, action, object, detail FROM audit WHERE id < ?1 "
    "AND (?2 = '' OR action = ?2) AND (?3 = '' OR object = ?3) ORDER BY id DESC LIMIT ?4";
// Ids have no gaps but for what was dropped at the old end, so they tell how many rows there are.
constexpr std::string_view DROP = "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE time_ms < ?1 "
                                  "OR id <= (SELECT max(id) FROM audit) - ?2 ORDER BY id LIMIT ?3)";

constexpr int MAX_ROWS = 1000;

} // namespace

AuditRepository::AuditRepository(Database &database)
    : m_append(database.prepare(APPEND))
    , m_read(database.prepare(READ))
    , m_drop(database.prepare(DROP))
{
}

Result<void> AuditRepository::append(const AuditRow &row, std::int64_t nowMs)
{
    m_append->bind(0, row.timeMs != 0 ? row.timeMs : nowMs);
    m_append->bindText(1, row.actor);
    m_append->bindText(2, row.action);
    m_append->bindText(3, row.object);
    m_append->bindText(4, row.detail);
    return m_append->run();
}

Result<std::vector<AuditRow>> AuditRepository::read(const AuditQuery &query)
{
    m_read->bind(0, query.before > 0 ? query.before : INT64_MAX);
    m_read->bindText(1, query.action);
    m_read->bindText(2, query.object);
    m_read->bind(3, std::clamp(query.limit, 1, MAX_ROWS));
    return m_read->collect<AuditRow>([](Statement &statement) {
        return AuditRow{statement.integer(0), statement.integer(1), statement.text(2),
                        statement.text(3),    statement.text(4),    statement.text(5)};
    });
}

Result<std::int64_t> AuditRepository::drop(std::int64_t timeMs, std::int64_t rows, std::int64_t limit)
{
    m_drop->bind(0, timeMs);
    m_drop->bind(1, rows);
    m_drop->bind(2, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

} // namespace Gateway
