#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <QString>

#include "gateway/common/result.h"
#include "gateway/store/statement.h"

struct sqlite3;

namespace Gateway {

/// One SQLite connection through QSqlDatabase. Made, used and destroyed in one thread, after its statements.
class Database
{
public:
    /// How statements reach the engine.
    enum class Access : std::uint8_t {
        Fast, ///< By the driver's own handle where that is safe, else as Portable.
        Portable
    };

    /// Opens or creates the file at `path` (UTF-8), ready for use but without tables. Fails with a text for
    /// people when it cannot be opened, is locked, is no database or another program's.
    static Result<std::unique_ptr<Database>> open(const std::string &path, Access access = Access::Fast);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Never null.
    StatementPtr prepare(std::string_view sql) const;
    /// Runs a statement without parameters.
    Result<void> execute(std::string_view sql) const;
    /// The first column of the first row, or `otherwise` without a row.
    Result<std::int64_t> value(std::string_view sql, std::int64_t otherwise = 0) const;

    /// Whether a commit waits until the disk has it (power loss) or only until the system has it (kill -9).
    /// Not inside a transaction.
    void setSynced(bool isSynced);

    const std::string &path() const { return m_path; }

private:
    Database(std::string path, QString connection);
    Result<void> connect(Access access);
    Result<void> checkOwner() const;
    void takeHandle();

    std::string m_path;
    QString m_connection;
    sqlite3 *m_handle = nullptr; ///< Borrowed from the driver; null: Portable.
    bool m_isSynced = false;
};

} // namespace Gateway
