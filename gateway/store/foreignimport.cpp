#include "gateway/store/foreignimport.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace Gateway {

namespace {

constexpr QLatin1String READ_ONLY("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=3000"); // ms

constexpr QLatin1String NEXT_KEYS("SELECT key, enabled FROM ApiKey ORDER BY id");
constexpr QLatin1String NEXT_SETTINGS("SELECT key, value FROM Setting");
constexpr QLatin1String PYTHON_SETTINGS("SELECT key, value FROM t_settings ORDER BY id");

/// A connection that goes with its scope.
class Connection
{
public:
    explicit Connection(const std::string &path)
        : m_name(QStringLiteral("gateway.foreign.%1").arg(reinterpret_cast<quintptr>(this), 0, 16))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(QString::fromStdString(path));
        database.setConnectOptions(READ_ONLY);
    }
    ~Connection()
    {
        database().close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }

private:
    QString m_name;
};

Error unreadable(const QSqlError &error)
{
    return {400, "foreign_database", "The database cannot be read: " + error.text().toStdString(), {}, 0};
}

/// Calls `row` with each row; the error of the database, if any.
template <typename Row>
Result<void> each(const QSqlDatabase &database, QLatin1String sql, Row row)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return fail(unreadable(query.lastError()));
    while (query.next())
        row(query);
    return {};
}

Result<void> readSettings(const QSqlDatabase &database, QLatin1String sql, ForeignData &data)
{
    return each(database, sql, [&data](const QSqlQuery &query) {
        data.settings.emplace_back(query.value(0).toString().toStdString(),
                                   query.value(1).toString().toStdString());
    });
}

Result<void> readKeys(const QSqlDatabase &database, ForeignData &data)
{
    return each(database, NEXT_KEYS, [&data](const QSqlQuery &query) {
        data.keys.push_back({Secret(query.value(0).toString().toStdString()), query.value(1).toBool()});
    });
}

} // namespace

Result<ForeignData> readForeignDatabase(const std::string &path)
{
    const Connection connection(path);
    QSqlDatabase database = connection.database();
    if (!database.open())
        return fail(unreadable(database.lastError()));
    const QStringList tables = database.tables();
    if (database.lastError().isValid())
        return fail(unreadable(database.lastError()));
    ForeignData data;
    Result<void> done;
    if (tables.contains(QStringLiteral("t_settings"))) {
        done = readSettings(database, PYTHON_SETTINGS, data);
    } else if (tables.contains(QStringLiteral("ApiKey"))) {
        done = readKeys(database, data);
        if (done)
            done = readSettings(database, NEXT_SETTINGS, data);
    } else {
        return fail(400, "not_foreign_database",
                    "This is no database of gemini-balance or gemini-balance-nextjs.");
    }
    if (!done)
        return fail(std::move(done.error()));
    return data;
}

} // namespace Gateway
