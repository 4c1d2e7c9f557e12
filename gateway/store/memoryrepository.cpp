#include "gateway/store/memoryrepository.h"

namespace Gateway {

namespace {

/// `pattern` with $K, $V and $T replaced by the table's key column, value column and name.
std::string sqlFor(const MemoryRepository::Table &table, std::string_view pattern)
{
    std::string sql;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '$') {
            sql += pattern[i];
            continue;
        }
        const char place = pattern[++i];
        sql += place == 'K' ? table.keyColumn : place == 'V' ? table.valueColumn : table.name;
    }
    return sql;
}

constexpr std::string_view FIND =
    "SELECT $V, expires_ms FROM $T WHERE $K = ? AND (expires_ms = 0 OR expires_ms > ?)";
constexpr std::string_view PUT =
    "INSERT INTO $T ($K, $V, expires_ms) VALUES (?, ?, ?) "
    "ON CONFLICT ($K) DO UPDATE SET $V = excluded.$V, expires_ms = excluded.expires_ms";
constexpr std::string_view REMOVE = "DELETE FROM $T WHERE $K = ?";
constexpr std::string_view DROP = "DELETE FROM $T WHERE $K IN "
                                  "(SELECT $K FROM $T WHERE expires_ms > 0 AND expires_ms <= ? LIMIT ?)";

} // namespace

MemoryRepository::MemoryRepository(Database &database, const Table &table)
    : m_find(database.prepare(sqlFor(table, FIND)))
    , m_put(database.prepare(sqlFor(table, PUT)))
    , m_remove(database.prepare(sqlFor(table, REMOVE)))
    , m_drop(database.prepare(sqlFor(table, DROP)))
{
}

Result<std::optional<MemoryRepository::Entry>> MemoryRepository::find(std::string_view key,
                                                                      std::int64_t nowMs)
{
    m_find->bindText(0, key);
    m_find->bind(1, nowMs);
    const Result<bool> row = m_find->step();
    std::optional<Entry> entry;
    if (row && *row)
        entry = Entry{m_find->text(0), m_find->integer(1)};
    m_find->reset();
    if (!row)
        return fail(row.error());
    return entry;
}

Result<void> MemoryRepository::put(std::string_view key, const Entry &entry)
{
    m_put->bindText(0, key);
    m_put->bindText(1, entry.value);
    m_put->bind(2, entry.expiresMs);
    return m_put->run();
}

Result<void> MemoryRepository::remove(std::string_view key)
{
    m_remove->bindText(0, key);
    return m_remove->run();
}

Result<std::int64_t> MemoryRepository::dropExpired(std::int64_t nowMs, std::int64_t limit)
{
    m_drop->bind(0, nowMs);
    m_drop->bind(1, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

} // namespace Gateway
