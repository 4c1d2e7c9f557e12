#pragma once

#include <string>

#include "gateway/store/statement.h"

struct sqlite3;
struct sqlite3_stmt;

namespace Gateway {

/// A statement on the sqlite3 handle of a QSqlDatabase connection (QSqlDriver::handle()). QSqlQuery costs
/// 0.25 µs a parameter, four times what SQLite needs for the row itself, so this is what the request log
/// uses.
class SqliteStatement final : public Statement
{
public:
    SqliteStatement(sqlite3 *handle, std::string_view sql, std::string path);
    ~SqliteStatement() override;
    SqliteStatement(const SqliteStatement &) = delete;
    SqliteStatement &operator=(const SqliteStatement &) = delete;

    /// Whether the library this program is linked to is the one Qt's driver runs, given the driver's
    /// `sourceId` (SELECT sqlite_source_id()): only then may a handle be shared.
    static bool isSameLibrary(std::string_view sourceId);

    void bind(int index, std::int64_t value) override;
    void bindText(int index, std::string_view value) override;
    void bindBlob(int index, std::string_view value) override;
    void bindNull(int index) override;
    Result<bool> step() override;
    bool isNull(int column) override;
    std::int64_t integer(int column) override;
    std::string text(int column) override;
    void reset() override;
    std::int64_t changes() override;

private:
    Error lastError() const;

    sqlite3 *m_handle;
    sqlite3_stmt *m_statement = nullptr;
    std::string m_path;
    Error m_unprepared;
};

} // namespace Gateway
