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

QTEST_APPLESS_MAIN(TstText)
#include "tst_text.moc"
