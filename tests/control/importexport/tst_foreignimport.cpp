#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "gateway/control/importexport/import.h"
#include "gateway/store/foreignimport.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;
using namespace Qt::StringLiterals;

class TstForeignImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheNextDatabase();
    void readsThePythonDatabase();
    void readsBesideAWriter();
    void changesNothing();
    void otherFilesAreRefused();

private:
    QString path() const { return m_folder.filePath(u"foreign.db"_s); }
    void make(const QStringList &statements);

    QTemporaryDir m_folder;
};

void TstForeignImport::make(const QStringList &statements)
{
    QFile::remove(path());
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"make"_s);
        database.setDatabaseName(path());
        QVERIFY(database.open());
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"make"_s);
}

void TstForeignImport::readsTheNextDatabase()
{
    // As Prisma makes it for SQLite.
    make({u"CREATE TABLE \"ApiKey\" (\"id\" TEXT NOT NULL PRIMARY KEY, \"key\" TEXT NOT NULL, \"createdAt\" "
          u"DATETIME "
          "NOT NULL DEFAULT CURRENT_TIMESTAMP, \"lastUsed\" DATETIME, \"lastChecked\" DATETIME, "
          "\"failCount\" INTEGER "
          "NOT NULL DEFAULT 0, \"enabled\" BOOLEAN NOT NULL DEFAULT true)"_s,
          u"CREATE TABLE \"Setting\" (\"key\" TEXT NOT NULL PRIMARY KEY, \"value\" TEXT NOT NULL)"_s,
          u"INSERT INTO ApiKey (id, key, enabled) VALUES ('a', '%1', 1), ('b', '%2', 0)"_s.arg(
              QString::fromStdString(oldKey(1)), QString::fromStdString(newKey(2))),
          u"INSERT INTO Setting VALUES ('ALLOWED_TOKENS', 'one-token\ntwo-token'), ('MAX_FAILURES', '4')"_s});
    const Result<ForeignData> data = readForeignDatabase(path().toStdString());
    QVERIFY(data);
    QCOMPARE(data->keys.size(), std::size_t{2});
    QVERIFY(!data->keys[1].enabled);
    const ImportResult result = readImport(*data);
    QCOMPARE(result.newKeys().size(), std::size_t{2});
    QCOMPARE(result.tokens.size(), std::size_t{2});
    QCOMPARE(result.settings.size(), std::size_t{1});
}

void TstForeignImport::readsThePythonDatabase()
{
    make({u"CREATE TABLE t_settings (id INTEGER NOT NULL PRIMARY KEY, \"key\" VARCHAR(100) NOT NULL UNIQUE, "
          u"value "
          "TEXT, description VARCHAR(255), created_at DATETIME, updated_at DATETIME)"_s,
          u"INSERT INTO t_settings (key, value) VALUES ('API_KEYS', '[\"%1\", \"%2\"]'), ('ALLOWED_TOKENS', "
          "'[\"sk-team\"]'), ('MAX_RETRIES', '3'), ('AUTH_TOKEN', 'sk-admin'), ('TEST_MODEL', NULL)"_s.arg(
              QString::fromStdString(oldKey(1)), QString::fromStdString(newKey(2)))});
    const Result<ForeignData> data = readForeignDatabase(path().toStdString());
    QVERIFY(data);
    const ImportResult result = readImport(*data, [](std::string_view key) { return key == oldKey(1); });
    QCOMPARE(result.count(ImportVerdict::Known), std::size_t{1});
    QCOMPARE(result.newKeys().size(), std::size_t{1});
    QCOMPARE(result.tokens.size(), std::size_t{1});
    QCOMPARE(result.settings, (std::vector<std::pair<std::string, std::string>>{{"MAX_RETRIES", "2"},
                                                                                {"AUTH_TOKEN", "sk-admin"}}));
}

void TstForeignImport::readsBesideAWriter()
{
    readsThePythonDatabase();
    {
        QSqlDatabase writer = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"writer"_s);
        writer.setDatabaseName(path());
        QVERIFY(writer.open());
        QVERIFY(QSqlQuery(writer).exec(u"PRAGMA journal_mode = WAL"_s));
        QVERIFY(QSqlQuery(writer).exec(u"BEGIN IMMEDIATE"_s));
        QVERIFY(readForeignDatabase(path().toStdString()));
    }
    QSqlDatabase::removeDatabase(u"writer"_s);
}

void TstForeignImport::changesNothing()
{
    readsTheNextDatabase();
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    QVERIFY(readForeignDatabase(path().toStdString()));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), before);
}

void TstForeignImport::otherFilesAreRefused()
{
    const Result<ForeignData> missing = readForeignDatabase(m_folder.filePath(u"missing.db"_s).toStdString());
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, std::string("foreign_database"));
    QVERIFY(!QFile::exists(m_folder.filePath(u"missing.db"_s)));

    make({u"CREATE TABLE other (id INTEGER)"_s});
    const Result<ForeignData> other = readForeignDatabase(path().toStdString());
    QVERIFY(!other);
    QCOMPARE(other.error().code, std::string("not_foreign_database"));

    QFile text(path());
    QVERIFY(text.open(QIODevice::WriteOnly | QIODevice::Truncate));
    text.write(QByteArray(4096, 'x'));
    text.close();
    QVERIFY(!readForeignDatabase(path().toStdString()));
}

QTEST_GUILESS_MAIN(TstForeignImport)
#include "tst_foreignimport.moc"
