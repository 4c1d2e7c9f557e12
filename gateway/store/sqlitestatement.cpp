#include "gateway/store/sqlitestatement.h"

#include <sqlite3.h>

#include "gateway/store/storeerror.h"

namespace Gateway {

SqliteStatement::SqliteStatement(sqlite3 *handle, std::string_view sql, std::string path)
    : m_handle(handle)
    , m_path(std::move(path))
{
    const int length = static_cast<int>(sql.size());
    if (sqlite3_prepare_v3(handle, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr) !=
        SQLITE_OK)
        m_unprepared = lastError();
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

bool SqliteStatement::isSameLibrary(std::string_view sourceId)
{
    return sourceId == sqlite3_sourceid();
}

void SqliteStatement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, index + 1, value);
}

void SqliteStatement::bindText(int index, std::string_view value)
{
    // A null pointer would bind NULL, and an empty view may have one.
    const char *start = value.data() ? value.data() : "";
    sqlite3_bind_text64(m_statement, index + 1, start, value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bindBlob(int index, std::string_view value)
{
    const char *start = value.data() ? value.data() : "";
    sqlite3_bind_blob64(m_statement, index + 1, start, value.size(), SQLITE_STATIC);
}

void SqliteStatement::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index + 1);
}

Result<bool> SqliteStatement::step()
{
    if (!m_statement)
        return fail(m_unprepared);
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return fail(lastError());
    }
}

bool SqliteStatement::isNull(int column)
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column)
{
    return sqlite3_column_int64(m_statement, column);
}

std::string SqliteStatement::text(int column)
{
    const void *bytes = sqlite3_column_blob(m_statement, column);
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return bytes ? std::string(static_cast<const char *>(bytes), length) : std::string();
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement);
}

std::int64_t SqliteStatement::changes()
{
    return sqlite3_changes64(m_handle);
}

Error SqliteStatement::lastError() const
{
    return storeError(sqlite3_errcode(m_handle), m_path, sqlite3_errmsg(m_handle));
}

} // namespace Gateway
