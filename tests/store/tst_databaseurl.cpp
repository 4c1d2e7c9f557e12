#include <QTest>

#include "gateway/store/databaseurl.h"

using namespace Gateway;

class TstDatabaseUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAFile_data();
    void namesAFile();
    void refuses_data();
    void refuses();
    void neverRepeatsAPassword();
};

void TstDatabaseUrl::namesAFile_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("path");

    QTest::newRow("sqlite, relative") << QByteArray("sqlite:data/store.db") << QByteArray("data/store.db");
    QTest::newRow("sqlite, absolute") << QByteArray("sqlite:/var/lib/x.db") << QByteArray("/var/lib/x.db");
    QTest::newRow("file, relative") << QByteArray("file:x.db") << QByteArray("x.db");
    QTest::newRow("three slashes") << QByteArray("sqlite:///var/x.db") << QByteArray("/var/x.db");
    QTest::newRow("file, three slashes") << QByteArray("file:///a%20b.db") << QByteArray("/a b.db");
    QTest::newRow("this machine") << QByteArray("file://localhost/x.db") << QByteArray("/x.db");
    QTest::newRow("capital scheme") << QByteArray("SQLite:x.db") << QByteArray("x.db");
    QTest::newRow("percent stays without slashes") << QByteArray("sqlite:a%20b") << QByteArray("a%20b");
    QTest::newRow("spaces around") << QByteArray(" sqlite:x.db\n") << QByteArray("x.db");
}

void TstDatabaseUrl::namesAFile()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, path);
    const Result<std::string> found = databasePath(url.toStdString());
    QVERIFY(found);
    QCOMPARE(*found, path.toStdString());
}

void TstDatabaseUrl::refuses_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("word");

    QTest::newRow("nothing") << QByteArray("") << QByteArray("no scheme");
    QTest::newRow("a bare path") << QByteArray("/x.db") << QByteArray("no scheme");
    QTest::newRow("no name") << QByteArray("sqlite:") << QByteArray("names no file");
    QTest::newRow("in memory") << QByteArray("sqlite::memory:") << QByteArray("names no file");
    QTest::newRow("a server") << QByteArray("mysql://h/db") << QByteArray("\"mysql\" is not supported");
    QTest::newRow("a host") << QByteArray("sqlite://data/x.db") << QByteArray("names a host");
    QTest::newRow("two slashes") << QByteArray("sqlite://x.db") << QByteArray("names a host");
    QTest::newRow("options") << QByteArray("file:x.db?mode=ro") << QByteArray("no options");
    QTest::newRow("null byte") << QByteArray("file:///x%00.db") << QByteArray("null byte");
}

void TstDatabaseUrl::refuses()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, word);
    const Result<std::string> found = databasePath(url.toStdString());
    QVERIFY(!found);
    QCOMPARE(found.error().code, std::string("bad_database_url"));
    QVERIFY2(found.error().text.find(word.toStdString()) != std::string::npos, found.error().text.c_str());
}

void TstDatabaseUrl::neverRepeatsAPassword()
{
    for (const char *url : {"postgresql://user:hunter2@host/db", "sqlite://user:hunter2@host/x.db"}) {
        const Result<std::string> found = databasePath(url);
        QVERIFY(!found);
        QVERIFY(found.error().text.find("hunter2") == std::string::npos);
    }
}

QTEST_APPLESS_MAIN(TstDatabaseUrl)
#include "tst_databaseurl.moc"
