#include <QTest>

#include "gateway/control/importexport/import.h"
#include "gateway/control/importexport/sqldump.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

class TstSqlDump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMysqldump();
    void readsColumnsInAnyOrder();
    void readsSqliteDump();
    void otherTablesAreNone();
    void brokenDumpsEnd_data();
    void brokenDumpsEnd();
    void isImported();
};

void TstSqlDump::readsMysqldump()
{
    const auto texts =
        settingsInDump("-- MySQL dump\nCREATE TABLE `t_settings` (`id` int);\n"
                       "INSERT INTO `t_settings` VALUES (1,'API_KEYS','[\\\"one\\\", \\\"two\\\"]','the "
                       "keys','2025-01-01 00:00:00',NULL),"
                       "(2,'NOTE','it\\'s\\na \\\\ test','',NULL,NULL);\n"
                       "INSERT INTO `t_settings` VALUES (3,'MAX_FAILURES','3',NULL,NULL,NULL);\n");
    QVERIFY(texts);
    QCOMPARE(*texts,
             (ImportedTexts{
                 {"API_KEYS", "[\"one\", \"two\"]"}, {"NOTE", "it's\na \\ test"}, {"MAX_FAILURES", "3"}}));
}

void TstSqlDump::readsColumnsInAnyOrder()
{
    const auto texts = settingsInDump(
        "INSERT INTO `t_settings` (`value`, `id`, `key`) VALUES\n('3', 7, 'MAX_FAILURES'),\n('x', 8, 'Y');");
    QVERIFY(texts);
    QCOMPARE(*texts, (ImportedTexts{{"MAX_FAILURES", "3"}, {"Y", "x"}}));
}

void TstSqlDump::readsSqliteDump()
{
    const auto texts =
        settingsInDump("BEGIN;\nINSERT INTO t_settings VALUES(1,'API_KEYS','[\"a\\\"b\"]','it''s',0,0);\n"
                       "INSERT INTO \"t_settings\" VALUES(2,'X','y''z','',0,0);");
    QVERIFY(texts);
    QCOMPARE(*texts, (ImportedTexts{{"API_KEYS", "[\"a\\\"b\"]"}, {"X", "y'z"}}));
}

void TstSqlDump::otherTablesAreNone()
{
    QVERIFY(!settingsInDump("INSERT INTO `t_error_logs` VALUES (1,'API_KEYS','x');"));
    QVERIFY(!settingsInDump("no dump at all"));
}

void TstSqlDump::brokenDumpsEnd_data()
{
    QTest::addColumn<QByteArray>("rest");
    for (const char *rest :
         {"", " VALUES", " VALUES (", " VALUES (1", " VALUES (1,'", " VALUES (1,'a\\", " VALUES (1,'a' 'b')",
          " (", " (`key`", " VALUES ()", " VALUES (1,'k')", " VALUES (,,,,", " VALUES )(,('"})
        QTest::newRow(rest) << QByteArray(rest);
}

void TstSqlDump::brokenDumpsEnd()
{
    QFETCH(QByteArray, rest);
    settingsInDump("INSERT INTO `t_settings`" + rest.toStdString());
    settingsInDump("INSERT INTO t_settings" + rest.toStdString());
}

void TstSqlDump::isImported()
{
    const std::string text = "INSERT INTO `t_settings` VALUES (1,'API_KEYS','[\\\"" + oldKey(1) +
                             "\\\", \\\"" + newKey(2) +
                             "\\\"]','',NULL,NULL),\n(2,'ALLOWED_TOKENS','[\\\"sk-team\\\"]','',NULL,NULL),"
                             "(3,'AUTH_TOKEN','sk-admin','',NULL,NULL);\nINSERT INTO `t_request_log` VALUES "
                             "(1,'2025-01-01','gemini','" +
                             oldKey(9) + "',1,200,5);\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::SqlDump);
    QCOMPARE(result.keys[0].secret.reveal(), oldKey(1));
    QCOMPARE(result.keys[1].secret.reveal(), newKey(2));
    QCOMPARE(result.tokens.size(), std::size_t{1});
    QCOMPARE(result.settings.size(), std::size_t{1});
    QCOMPARE(result.keys[0].place.line, 1);
}

QTEST_APPLESS_MAIN(TstSqlDump)
#include "tst_sqldump.moc"
