#include <QTest>

#include "gateway/common/text.h"

using namespace Gateway;

class TstText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndRemovesQueryParameters();
    void comparesWithoutCase();
    void decodesPercentEscapes();
    void splitsLists();
    void matchesPatterns_data();
    void matchesPatterns();
};

void TstText::readsAndRemovesQueryParameters()
{
    QCOMPARE(queryValue("alt=sse&key=a%2Bb&keys=x", "key"), std::string("a+b"));
    QCOMPARE(queryValue("keys=x", "key"), std::string());
    QCOMPARE(queryWithout("alt=sse&key=secret&pageSize=5", "key"), std::string("alt=sse&pageSize=5"));
    QCOMPARE(queryWithout("key=secret", "key"), std::string());
    QCOMPARE(queryWithout("key&keys=1", "key"), std::string("keys=1"));
}

void TstText::comparesWithoutCase()
{
    QVERIFY(equalsIgnoreCase("Content-Type", "content-type"));
    QVERIFY(!equalsIgnoreCase("Content-Type", "content-typ"));
    QCOMPARE(headerValue({{"A", "1"}, {"X-Goog-Api-Key", "k"}}, "x-goog-api-key"), std::string_view("k"));
}

void TstText::decodesPercentEscapes()
{
    QCOMPARE(percentDecoded("a%20b%zz%4"), std::string("a b%zz%4"));
    QCOMPARE(percentDecoded(percentEncoded("ä/ ?&=~")), std::string("ä/ ?&=~"));
}

void TstText::splitsLists()
{
    QCOMPARE(splitList(" a,b\n\n c ,", ",\n"), (std::vector<std::string>{"a", "b", "c"}));
}

void TstText::matchesPatterns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("fits");
    QTest::newRow("the same") << QByteArray("abc") << QByteArray("abc") << true;
    QTest::newRow("a part") << QByteArray("abc") << QByteArray("ab") << false;
    QTest::newRow("longer") << QByteArray("ab") << QByteArray("abc") << false;
    QTest::newRow("other case") << QByteArray("abc") << QByteArray("ABC") << false;
    QTest::newRow("star alone") << QByteArray() << QByteArray("*") << true;
    QTest::newRow("star at the end") << QByteArray("gemini-3") << QByteArray("gemini*") << true;
    QTest::newRow("star in the middle")
        << QByteArray("api_key_x_blocked") << QByteArray("api_*_blocked") << true;
    QTest::newRow("parts may not overlap") << QByteArray("aba") << QByteArray("ab*ba") << false;
    QTest::newRow("two stars") << QByteArray("a-pro-b-pro-c") << QByteArray("*pro*c") << true;
    QTest::newRow("the last star goes on") << QByteArray("xaxb") << QByteArray("*xb") << true;
    QTest::newRow("nothing fits") << QByteArray("xyz") << QByteArray("*a*") << false;
}

void TstText::matchesPatterns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pattern);
    QTEST(matchesPattern(text.toStdString(), pattern.toStdString()), "fits");
}

QTEST_APPLESS_MAIN(TstText)
#include "tst_text.moc"
