#include <QTest>

#include "gateway/settings/envfile.h"

using namespace Gateway;

class TstEnvFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues_data();
    void readsValues();
    void readsSeveralLines();
    void namesTheBrokenLine_data();
    void namesTheBrokenLine();
};

void TstEnvFile::readsValues_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const char *line, const char *value) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(value);
    };
    row("plain", "A=b", "b");
    row("export", "export A=b", "b");
    row("blanks", "  A =  b c  ", "b c");
    row("empty", "A=", "");
    row("equals inside", "A=b=c", "b=c");
    row("comment after a blank", "A=b # c", "b");
    row("comment at once", "A=# c", "");
    row("hash inside a word", "A=b#c", "b#c");
    row("single quotes are literal", R"(A='b\n# "c"')", R"(b\n# "c")");
    row("double quotes have escapes", R"(A="b\n\"c\" \\ \$ \x")", "b\n\"c\" \\ $ \\x");
    row("comment after quotes", "A=\"b\"  # c", "b");
    row("several lines in double quotes", "A=\"b\nc\"", "b\nc");
    row("several lines in single quotes", "A='b\nc'", "b\nc");
    row("continued line", "A=\"b\\\nc\"", "bc");
    row("line ends of Windows", "A=b\r\n", "b");
    row("line ends of Windows in quotes", "A=\"b\r\nc\"\r\n", "b\nc");
    row("byte order mark",
        "\xef\xbb\xbf"
        "A=b",
        "b");
    row("no expansion", "A=$HOME", "$HOME");
}

void TstEnvFile::readsValues()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, value);
    const Result<SettingTexts> texts = parseEnvFile(line.toStdString());
    QVERIFY(texts);
    QCOMPARE(*texts, (SettingTexts{{"A", value.toStdString()}}));
}

void TstEnvFile::readsSeveralLines()
{
    const Result<SettingTexts> texts =
        parseEnvFile("# first\n\nA=1\n  # second\nB=\"2\n3\"\n\nexport C='4'\nA=5");
    QVERIFY(texts);
    QCOMPARE(*texts, (SettingTexts{{"A", "1"}, {"B", "2\n3"}, {"C", "4"}, {"A", "5"}}));
    QVERIFY(parseEnvFile("").value().empty());
}

void TstEnvFile::namesTheBrokenLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("no equals") << QByteArray("A=1\nsecret words\n") << QByteArray("line 2:");
    QTest::newRow("no name") << QByteArray("\n\n=secret") << QByteArray("line 3:");
    QTest::newRow("open quote") << QByteArray("A=1\nB=\"secret\n\n") << QByteArray("line 2:");
    QTest::newRow("text after quote") << QByteArray("A=\"x\ny\" secret") << QByteArray("line 2:");
}

void TstEnvFile::namesTheBrokenLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, start);
    const Result<SettingTexts> texts = parseEnvFile(text.toStdString());
    QVERIFY(!texts);
    QVERIFY(texts.error().text.starts_with(start.toStdString()));
    QVERIFY(texts.error().text.find("secret") == std::string::npos);
}

QTEST_APPLESS_MAIN(TstEnvFile)
#include "tst_envfile.moc"
