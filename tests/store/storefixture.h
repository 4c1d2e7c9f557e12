#pragma once

#include <memory>
#include <string>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QVariant>

#include "gateway/store/store.h"
#include "tests/support/fakeclock.h"

namespace Gateway {

/// A store in a temporary folder, and a look at its file from outside.
class StoreFixture
{
public:
    QString path() const { return m_folder.filePath(QStringLiteral("data/store.db")); }
    std::string url() const { return "sqlite:" + path().toStdString(); }

    /// Null when it cannot be opened; `options` need no URL.
    std::unique_ptr<Store> open(StoreOptions options = {}) const
    {
        options.databaseUrl = url();
        Result<std::unique_ptr<Store>> store = Store::open(options, clock);
        if (!store)
            qWarning("%s", store.error().text.c_str());
        return store ? std::move(*store) : nullptr;
    }

    /// Rows of a statement, columns joined by '|', through a connection of its own.
    QStringList rows(const QString &sql) const
    {
        QStringList found;
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
            database.setDatabaseName(path());
            if (!database.open())
                return {QStringLiteral("cannot open")};
            QSqlQuery query(database);
            if (!query.exec(sql))
                found << QStringLiteral("cannot run");
            while (query.next()) {
                QStringList columns;
                for (int i = 0; query.value(i).isValid(); ++i)
                    columns << (query.isNull(i) ? QStringLiteral("null") : query.value(i).toString());
                found << columns.join(u'|');
            }
            query.finish();
            database.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("outside"));
        return found;
    }

    FakeClock clock;

private:
    QTemporaryDir m_folder;
};

} // namespace Gateway
