#include <QTest>

#include "gateway/relay/itemlist.h"
#include "gateway/relay/responsehistory.h"

using namespace Gateway;

// Items of responses and conversations, and their pages.
class TstItemList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completesItems();
    void pages_data();
    void pages();
    void refusesBadPages_data();
    void refusesBadPages();
    void knowsAnItemsResponse();
};

namespace {

json::array items(int count)
{
    json::array list;
    for (int i = 0; i < count; ++i)
        list.push_back(json::object({{"id", "m" + std::to_string(i)}}));
    return list;
}

} // namespace

void TstItemList::completesItems()
{
    const Result<json::array> text = normalItems("Hi", "x", "input");
    const std::string expected =
        R"([{"role":"user","content":[{"type":"input_text","text":"Hi"}],"type":"message",)"
        R"("status":"completed","id":"msg_x_in0"}])";
    QCOMPARE(toJson(*text), expected);
    const json::value given =
        parseJson(R"([{"id":"own","type":"reasoning"},{"type":"function_call"}])").value();
    const std::string kept = toJson(*normalItems(given, "x", "input"));
    const std::string both = R"([{"id":"own","type":"reasoning"},{"type":"function_call","id":"fc_x_in1"}])";
    QCOMPARE(kept, both);
    QCOMPARE(normalItems(json::array({1}), "x", "input").error().param, std::string("input[0]"));
    QVERIFY(!normalItems(1, "x", "input"));
}

void TstItemList::pages_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("ids"); // and "+" where there is more
    const auto row = [](const char *query, const char *ids) {
        QTest::newRow(query) << QByteArray(query) << QByteArray(ids);
    };
    row("order=asc&limit=2", "m0 m1+");
    row("order=asc&limit=2&after=m1", "m2 m3+");
    row("order=asc&limit=2&after=m3", "m4");
    row("limit=2", "m4 m3+");
    row("limit=2&after=m1", "m0");
    row("after=m0", "");
    row("order=asc&limit=5", "m0 m1 m2 m3 m4");
}

void TstItemList::pages()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, ids);
    const json::object page = parseJsonObject(*itemPage(items(5), query.toStdString())).value();
    QByteArray told;
    for (const json::value &item : page.at("data").as_array())
        told +=
            (told.isEmpty() ? "" : " ") + QByteArray::fromStdString(toJson(item.at("id"))).replace('"', "");
    const QByteArray first = told.left(2);
    if (boolAt(page, "has_more", false))
        told += '+';
    QCOMPARE(told, ids);
    QCOMPARE(QByteArray::fromStdString(std::string(stringAt(page, "first_id"))), first);
}

void TstItemList::refusesBadPages_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("param");
    QTest::newRow("none") << QByteArray("limit=0") << QByteArray("limit");
    QTest::newRow("many") << QByteArray("limit=101") << QByteArray("limit");
    QTest::newRow("no number") << QByteArray("limit=2x") << QByteArray("limit");
    QTest::newRow("order") << QByteArray("order=up") << QByteArray("order");
    QTest::newRow("after") << QByteArray("after=m9") << QByteArray("after");
}

void TstItemList::refusesBadPages()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, param);
    const Result<std::string> page = itemPage(items(5), query.toStdString());
    QVERIFY(!page);
    QCOMPARE(page.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(page.error().param), param);
}

void TstItemList::knowsAnItemsResponse()
{
    QCOMPARE(responseOfItem("msg_abc_0"), std::string("resp_abc"));
    QCOMPARE(responseOfItem("msg_abc_in12"), std::string("resp_abc"));
    for (const char *foreign : {"", "msg", "msg_abc", "_"})
        QVERIFY2(responseOfItem(foreign).empty(), foreign);
}

QTEST_GUILESS_MAIN(TstItemList)
#include "tst_itemlist.moc"
