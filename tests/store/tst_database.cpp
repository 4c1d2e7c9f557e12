#include <sys/stat.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "gateway/store/database.h"
#include "gateway/store/transaction.h"

using namespace Gateway;

class TstDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filesBelongToTheirOwner();
    void narrowsAWiderMode();
    void refusesAFolder();
    void refusesWhatIsNoDatabase();
    void refusesAnotherProgramsDatabase();
    void tellsWhenLocked();
    void statementsGiveBackWhatWasBound_data();
    void statementsGiveBackWhatWasBound();
    void aBrokenStatementSaysSo_data();
    void aBrokenStatementSaysSo();
    void rollsBackUnlessCommitted();

private:
    std::string pathOf(const char *name) const
    {
        return m_folder->filePath(QString::fromUtf8(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

int modeOf(const std::string &path)
{
    struct stat info = {};
    return stat(path.c_str(), &info) == 0 ? static_cast<int>(info.st_mode & 0777) : -1;
}

void accessRows()
{
    QTest::addColumn<int>("access");
    QTest::newRow("fast") << static_cast<int>(Database::Access::Fast);
    QTest::newRow("portable") << static_cast<int>(Database::Access::Portable);
}

} // namespace

void TstDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstDatabase::filesBelongToTheirOwner()
{
    const mode_t mask = umask(0);
    const std::string path = pathOf("a/b/store.db");
    const auto database = Database::open(path);
    umask(mask);
    QVERIFY(database);
    QVERIFY((*database)->execute("CREATE TABLE t (x INTEGER)"));
    QCOMPARE(modeOf(path), 0600);
    QCOMPARE(modeOf(path + "-wal"), 0600);
    QCOMPARE(modeOf(path + "-shm"), 0600);
    QCOMPARE(modeOf(pathOf("a/b")), 0700);
    QCOMPARE(modeOf(pathOf("a")), 0700);
}

void TstDatabase::narrowsAWiderMode()
{
    const std::string path = pathOf("store.db");
    {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QFile::WriteOnly));
    }
    QCOMPARE(chmod(path.c_str(), 0644), 0);
    QVERIFY(Database::open(path));
    QCOMPARE(modeOf(path), 0600);
}

void TstDatabase::refusesAFolder()
{
    const auto database = Database::open(m_folder->path().toStdString());
    QVERIFY(!database);
    QCOMPARE(database.error().code, std::string("store_unavailable"));
    QVERIFY(database.error().text.find("it is a folder") != std::string::npos);
}

void TstDatabase::refusesWhatIsNoDatabase()
{
    const std::string path = pathOf("notes.txt");
    {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray(5000, 'x'));
    }
    const auto database = Database::open(path);
    QVERIFY(!database);
    QCOMPARE(database.error().code, std::string("store_not_database"));
    QVERIFY(database.error().text.find(path) != std::string::npos);
}

void TstDatabase::refusesAnotherProgramsDatabase()
{
    const std::string path = pathOf("other.db");
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(QString::fromStdString(path));
        QVERIFY(other.open());
        QSqlQuery(other).exec(QStringLiteral("CREATE TABLE songs (title TEXT)"));
        other.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    const auto database = Database::open(path);
    QVERIFY(!database);
    QCOMPARE(database.error().code, std::string("store_not_database"));
    QVERIFY(database.error().text.find("another program") != std::string::npos);
}

void TstDatabase::tellsWhenLocked()
{
    const std::string path = pathOf("store.db");
    const auto first = Database::open(path);
    QVERIFY(first);
    QVERIFY((*first)->execute("CREATE TABLE t (x INTEGER)"));
    const auto second = Database::open(path);
    QVERIFY(second);
    QVERIFY((*second)->execute("PRAGMA busy_timeout = 10"));
    Transaction holder(**first);
    QVERIFY(holder.begun());
    const Transaction waiting(**second);
    QVERIFY(!waiting.begun());
    QCOMPARE(waiting.begun().error().code, std::string("store_locked"));
    QVERIFY(waiting.begun().error().text.find("locked by another process") != std::string::npos);
}

void TstDatabase::statementsGiveBackWhatWasBound_data()
{
    accessRows();
}

void TstDatabase::statementsGiveBackWhatWasBound()
{
    QFETCH(int, access);
    const auto database = Database::open(pathOf("store.db"), static_cast<Database::Access>(access));
    QVERIFY(database);
    QVERIFY((*database)->execute("CREATE TABLE t (n INTEGER, s TEXT, b BLOB, e TEXT, z TEXT)"));
    const std::string bytes("\0\xff\x01", 3);
    const StatementPtr insert = (*database)->prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
    for (std::int64_t number : {INT64_MIN, std::int64_t{0}, INT64_MAX}) {
        insert->bind(0, number);
        insert->bindText(1, "grüße");
        insert->bindBlob(2, bytes);
        insert->bindText(3, {});
        insert->bindNull(4);
        QVERIFY(insert->run());
        QCOMPARE(insert->changes(), 1);
    }
    const StatementPtr read = (*database)->prepare("SELECT n, s, b, e, z FROM t ORDER BY n");
    for (int round = 0; round < 2; ++round) {
        for (std::int64_t number : {INT64_MIN, std::int64_t{0}, INT64_MAX}) {
            QCOMPARE(read->step().value(), true);
            QCOMPARE(read->integer(0), number);
            QCOMPARE(read->text(1), std::string("grüße"));
            QCOMPARE(read->text(2), bytes);
            QVERIFY(!read->isNull(3));
            QCOMPARE(read->text(3), std::string());
            QVERIFY(read->isNull(4));
        }
        QCOMPARE(read->step().value(), false);
        read->reset();
    }
    QCOMPARE((*database)->value("SELECT n FROM t WHERE n > 0").value(), INT64_MAX);
    QCOMPARE((*database)->value("SELECT n FROM t WHERE s = ''", 7).value(), 7);
}

void TstDatabase::aBrokenStatementSaysSo_data()
{
    accessRows();
}

void TstDatabase::aBrokenStatementSaysSo()
{
    QFETCH(int, access);
    const auto database = Database::open(pathOf("store.db"), static_cast<Database::Access>(access));
    QVERIFY(database);
    const Result<void> missing = (*database)->execute("SELECT * FROM nowhere");
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, std::string("store_failed"));
    QVERIFY((*database)->execute("CREATE TABLE t (x INTEGER PRIMARY KEY)"));
    QVERIFY((*database)->execute("INSERT INTO t VALUES (1)"));
    QVERIFY(!(*database)->execute("INSERT INTO t VALUES (1)"));
}

void TstDatabase::rollsBackUnlessCommitted()
{
    const auto database = Database::open(pathOf("store.db"));
    QVERIFY(database);
    QVERIFY((*database)->execute("CREATE TABLE t (x INTEGER)"));
    {
        const Transaction dropped(**database);
        QVERIFY((*database)->execute("INSERT INTO t VALUES (1)"));
    }
    {
        Transaction kept(**database, true);
        QVERIFY((*database)->execute("INSERT INTO t VALUES (2)"));
        QVERIFY(kept.commit());
    }
    QCOMPARE((*database)->value("SELECT sum(x) FROM t").value(), 2);
}

QTEST_GUILESS_MAIN(TstDatabase)
#include "tst_database.moc"
