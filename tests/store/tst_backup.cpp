#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "gateway/store/backup.h"
#include "gateway/store/database.h"
#include "gateway/store/migrations.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

class TstBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copiesAndPutsBack();
    void copiesWhileTheStoreIsOpen();
    void refusesWhatIsThere();
    void refusesWhatIsNoBackup();

private:
    std::string path(const QString &name) const { return m_place->filePath(name).toStdString(); }
    void note(const std::string &text) const
    {
        const auto database = Database::open(path(u"store.db"_s));
        QVERIFY(database);
        QVERIFY((*database)->execute("INSERT OR REPLACE INTO notes VALUES ('note', '" + text + "')"));
    }
    QString noted(const QString &name = u"store.db"_s) const
    {
        const auto database = Database::open(path(name));
        if (!database)
            return {};
        const StatementPtr statement = (*database)->prepare("SELECT value FROM notes WHERE name = 'note'");
        const Result<bool> row = statement->step();
        return row && *row ? QString::fromUtf8(statement->text(0)) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

void TstBackup::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    const auto database = Database::open(path(u"store.db"_s));
    QVERIFY(database);
    QVERIFY(migrate(**database, *loadMigrations()));
    QVERIFY((*database)->execute("CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT)"));
}

void TstBackup::copiesAndPutsBack()
{
    note("before");
    QVERIFY(backUpDatabase(path(u"store.db"_s), path(u"copy's.db"_s)));
    QCOMPARE(QFile(m_place->filePath(u"copy's.db"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    note("after");
    QVERIFY(restoreDatabase(path(u"store.db"_s), path(u"copy's.db"_s)));
    QCOMPARE(noted(), u"before"_s);
    QCOMPARE(noted(u"store.db.before-restore"_s), u"after"_s);
    // Also where there is no store yet.
    QVERIFY(restoreDatabase(path(u"new.db"_s), path(u"copy's.db"_s)));
    QCOMPARE(noted(u"new.db"_s), u"before"_s);
}

void TstBackup::copiesWhileTheStoreIsOpen()
{
    note("open");
    const auto database = Database::open(path(u"store.db"_s));
    QVERIFY(database);
    QVERIFY(backUpDatabase(path(u"store.db"_s), path(u"copy.db"_s)));
    QCOMPARE(noted(u"copy.db"_s), u"open"_s);
}

void TstBackup::refusesWhatIsThere()
{
    QVERIFY(backUpDatabase(path(u"store.db"_s), path(u"copy.db"_s)));
    const Result<void> again = backUpDatabase(path(u"store.db"_s), path(u"copy.db"_s));
    QVERIFY(!again);
    QCOMPARE(again.error().code, std::string("file_exists"));
    QCOMPARE(backUpDatabase(path(u"none.db"_s), path(u"other.db"_s)).error().code,
             std::string("no_database"));
}

void TstBackup::refusesWhatIsNoBackup()
{
    note("kept");
    QFile text(m_place->filePath(u"text.db"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(QByteArray(4096, 'x'));
    text.close();
    QVERIFY(!restoreDatabase(path(u"store.db"_s), path(u"text.db"_s)));
    QVERIFY(!restoreDatabase(path(u"store.db"_s), path(u"missing.db"_s)));
    QVERIFY(backUpDatabase(path(u"store.db"_s), path(u"newer.db"_s)));
    {
        const auto newer = Database::open(path(u"newer.db"_s));
        QVERIFY((*newer)->execute("PRAGMA user_version = 999"));
    }
    QCOMPARE(restoreDatabase(path(u"store.db"_s), path(u"newer.db"_s)).error().code,
             std::string("store_newer"));
    QCOMPARE(noted(), u"kept"_s);
    QVERIFY(!QFile::exists(m_place->filePath(u"store.db.incoming"_s)));
}

QTEST_GUILESS_MAIN(TstBackup)
#include "tst_backup.moc"
