#include "gateway/store/database.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include "gateway/store/qtstatement.h"
#include "gateway/store/storeerror.h"
#include "gateway/store/storefile.h"
#ifdef GW_SQLITE
#include "gateway/store/sqlitestatement.h"
#endif

namespace Gateway {

namespace {

/// Marks a file as ours in its header: "GwBl".
constexpr std::int64_t APPLICATION_ID = 0x4777426c;

/// In this order: auto_vacuum counts only before the first page is written, which journal_mode does.
constexpr std::string_view PRAGMAS[] = {
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8000",            // KiB; the log is written at its end and read by ranges
    "PRAGMA wal_autocheckpoint = 4000",     // pages; fewer, larger checkpoints under load
    "PRAGMA journal_size_limit = 33554432", // bytes the -wal file keeps once it has been that large
    "PRAGMA secure_delete = FAST",
};

constexpr QLatin1String BUSY_OPTION("QSQLITE_BUSY_TIMEOUT=3000"); // ms

} // namespace

Database::Database(std::string path, QString connection)
    : m_path(std::move(path))
    , m_connection(std::move(connection))
{
}

Database::~Database()
{
    {
        QSqlDatabase database = QSqlDatabase::database(m_connection, false);
        database.close();
    }
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>> Database::open(const std::string &path, Access access)
{
    const std::string absolute = QFileInfo(QString::fromStdString(path)).absoluteFilePath().toStdString();
    if (Result<void> prepared = prepareStoreFile(absolute); !prepared)
        return fail(std::move(prepared.error()));
    std::unique_ptr<Database> database(new Database(absolute, QString()));
    database->m_connection =
        QStringLiteral("gateway.store.%1").arg(reinterpret_cast<quintptr>(database.get()), 0, 16);
    if (Result<void> connected = database->connect(access); !connected)
        return fail(std::move(connected.error()));
    return database;
}

Result<void> Database::connect(Access access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    database.setDatabaseName(QString::fromStdString(m_path));
    database.setConnectOptions(BUSY_OPTION);
    if (!database.open()) {
        const QSqlError error = database.lastError();
        return fail(storeError(database.isValid() ? 14 : 1, m_path, error.text().toStdString()));
    }
    if (Result<void> owned = checkOwner(); !owned)
        return owned;
    for (const std::string_view pragma : PRAGMAS) {
        if (Result<void> done = execute(pragma); !done)
            return done;
    }
    if (access == Access::Fast)
        takeHandle();
    // After the change to WAL, where it costs no waiting for the disk.
    const Result<std::int64_t> id = value("PRAGMA application_id");
    if (!id || *id == APPLICATION_ID)
        return id.map([](std::int64_t) {});
    return execute("PRAGMA application_id = " + std::to_string(APPLICATION_ID));
}

Result<void> Database::checkOwner() const
{
    const Result<std::int64_t> id = value("PRAGMA application_id");
    const Result<std::int64_t> tables = value("SELECT count(*) FROM sqlite_master");
    if (!id || !tables)
        return fail(id ? tables.error() : id.error());
    if (*id != APPLICATION_ID && (*id != 0 || *tables != 0))
        return fail(503, "store_not_database",
                    "The database " + m_path + " belongs to another program. Name another file.");
    return {};
}

void Database::takeHandle()
{
#ifdef GW_SQLITE
    StatementPtr source = prepare("SELECT sqlite_source_id()");
    const Result<bool> row = source->step();
    if (!row || !*row || !SqliteStatement::isSameLibrary(source->text(0)))
        return;
    const QVariant handle = QSqlDatabase::database(m_connection, false).driver()->handle();
    if (handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0)
        m_handle = *static_cast<sqlite3 *const *>(handle.constData());
#endif
}

StatementPtr Database::prepare(std::string_view sql) const
{
#ifdef GW_SQLITE
    if (m_handle)
        return std::make_unique<SqliteStatement>(m_handle, sql, m_path);
#endif
    return std::make_unique<QtStatement>(QSqlDatabase::database(m_connection, false), sql, m_path);
}

Result<void> Database::execute(std::string_view sql) const
{
    return prepare(sql)->run();
}

Result<std::int64_t> Database::value(std::string_view sql, std::int64_t otherwise) const
{
    return prepare(sql)->value(otherwise);
}

void Database::setSynced(bool isSynced)
{
    if (m_isSynced == isSynced)
        return;
    if (execute(isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"))
        m_isSynced = isSynced;
}

} // namespace Gateway
