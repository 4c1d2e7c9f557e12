#include <QTest>

#include "gateway/common/pricetable.h"

using namespace Gateway;

class TstPriceTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBuiltInTableIsSound();
    void theLongestMatchWins();
    void aNameWinsOverItsPattern();
    void tokensArePriced();
    void thoughtsAndToolsArePaid();
    void cachedInputIsCheaper();
    void longPromptsCostMore();
    void unknownStaysUnknown();
    void centsAreRounded();
    void userRowsWin();
    void roundTrip();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
};

namespace {

PriceTable parsed(std::string_view json)
{
    return PriceTable(*parsePriceRows(json));
}

PriceTable table()
{
    return parsed(R"({"models": [
        {"model": "gemini-*", "input": 1, "output": 2},
        {"model": "gemini-3.5-flash*", "input": 1.5, "cached": 0.15, "output": 9},
        {"model": "gemini-3.5-flash-lite*", "input": 0.3, "output": 2.5},
        {"model": "gemini-3.1-pro*", "input": 2, "cached": 0.2, "output": 12,
         "longFrom": 200000, "longInput": 4, "longOutput": 18}]})");
}

TokenCounts counts(std::int64_t prompt, std::int64_t candidates)
{
    TokenCounts tokens;
    tokens.prompt = prompt;
    tokens.candidates = candidates;
    return tokens;
}

} // namespace

void TstPriceTable::theBuiltInTableIsSound()
{
    const PriceTable prices = PriceTable::builtIn();
    QVERIFY(prices.rows().size() >= 10);
    QCOMPARE(prices.costMicro("gemini-3.6-flash", counts(1'000'000, 0)), std::int64_t{1'500'000});
    QCOMPARE(prices.costMicro("gemini-3.6-flash", counts(0, 1'000'000)), std::int64_t{7'500'000});
    QCOMPARE(prices.costMicro("gemini-3.5-flash-lite", counts(1'000'000, 1'000'000)),
             std::int64_t{2'800'000});
    // A limit of money must hold for models that came after this file.
    QVERIFY(prices.costMicro("gemini-9-flash", counts(1'000'000, 0)) > 0);
}

void TstPriceTable::theLongestMatchWins()
{
    const PriceTable prices = table();
    QCOMPARE(prices.find("gemini-3.5-flash-lite")->model, std::string("gemini-3.5-flash-lite*"));
    QCOMPARE(prices.find("gemini-3.5-flash-001")->model, std::string("gemini-3.5-flash*"));
    QCOMPARE(prices.find("gemini-9")->model, std::string("gemini-*"));
    QVERIFY(!prices.find("gemma-4"));
}

void TstPriceTable::aNameWinsOverItsPattern()
{
    PriceRow row;
    row.model = "gemini-3.6-flash"; // built in is gemini-3.6-flash*
    const PriceTable table = PriceTable::withUserRows({row});
    QCOMPARE(table.find("gemini-3.6-flash")->model, std::string("gemini-3.6-flash"));
    QCOMPARE(table.find("gemini-3.6-flash-001")->model, std::string("gemini-3.6-flash*"));
}

void TstPriceTable::tokensArePriced()
{
    QCOMPARE(table().costMicro("gemini-3.5-flash", counts(1000, 100)), std::int64_t{1500 + 900});
}

void TstPriceTable::thoughtsAndToolsArePaid()
{
    TokenCounts tokens = counts(1000, 100);
    tokens.thoughts = 50;
    tokens.toolUse = 200;
    QCOMPARE(table().costMicro("gemini-3.5-flash", tokens), std::int64_t{1800 + 1350});
}

void TstPriceTable::cachedInputIsCheaper()
{
    TokenCounts tokens = counts(1000, 0);
    tokens.cached = 800;
    QCOMPARE(table().costMicro("gemini-3.5-flash", tokens), std::int64_t{300 + 120});
    // Without a price of its own it is input like any other.
    QCOMPARE(table().costMicro("gemini-3.5-flash-lite", tokens), std::int64_t{300});
    tokens.cached = 5000; // more than the prompt: nonsense must not make money
    QCOMPARE(table().costMicro("gemini-3.5-flash", tokens), std::int64_t{150});
}

void TstPriceTable::longPromptsCostMore()
{
    const PriceTable prices = table();
    QCOMPARE(prices.costMicro("gemini-3.1-pro-preview", counts(200'000, 1000)),
             std::int64_t{400'000 + 12'000});
    QCOMPARE(prices.costMicro("gemini-3.1-pro-preview", counts(200'001, 1000)),
             std::int64_t{800'004 + 18'000});
}

void TstPriceTable::unknownStaysUnknown()
{
    QCOMPARE(table().costMicro("gemma-4", counts(1000, 1000)), std::int64_t{-1});
    QCOMPARE(table().costMicro("gemini-3.5-flash", {}), std::int64_t{-1});
    QCOMPARE(PriceTable().costMicro("gemini-3.5-flash", counts(1, 1)), std::int64_t{-1});
}

void TstPriceTable::centsAreRounded()
{
    const PriceTable prices = parsed(R"({"models": [{"model": "m", "input": 0.1, "output": 0}]})");
    QCOMPARE(prices.costMicro("m", counts(4, 0)), std::int64_t{0});
    QCOMPARE(prices.costMicro("m", counts(5, 0)), std::int64_t{1});
}

void TstPriceTable::userRowsWin()
{
    const auto rows =
        parsePriceRows(R"({"models": [{"model": "gemini-3.6-flash*", "input": 7, "output": 8}]})");
    const PriceTable prices = PriceTable::withUserRows(*rows);
    QCOMPARE(prices.rows().size(), PriceTable::builtIn().rows().size());
    QCOMPARE(prices.costMicro("gemini-3.6-flash", counts(1'000'000, 0)), std::int64_t{7'000'000});
    QCOMPARE(prices.costMicro("gemini-3.5-flash", counts(1'000'000, 0)), std::int64_t{1'500'000});
}

void TstPriceTable::roundTrip()
{
    for (const PriceTable &prices : {table(), PriceTable::builtIn()}) {
        const auto again = parsePriceRows(prices.toJson());
        QVERIFY(again);
        QCOMPARE(*again, prices.rows());
    }
}

void TstPriceTable::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no JSON") << QByteArray("models");
    QTest::newRow("no list") << QByteArray(R"({"models": {}})");
    QTest::newRow("no name") << QByteArray(R"({"models": [{"input": 1, "output": 1}]})");
    QTest::newRow("no output") << QByteArray(R"({"models": [{"model": "m", "input": 1}]})");
    QTest::newRow("negative") << QByteArray(R"({"models": [{"model": "m", "input": -1, "output": 1}]})");
    QTest::newRow("text") << QByteArray(R"({"models": [{"model": "m", "input": "1", "output": 1}]})");
    QTest::newRow("huge") << QByteArray(R"({"models": [{"model": "m", "input": 1e30, "output": 1}]})");
}

void TstPriceTable::nonsenseIsRefused()
{
    QFETCH(QByteArray, text);
    const auto prices = parsePriceRows(text.toStdString());
    QVERIFY(!prices);
    QCOMPARE(prices.error().status, 400);
}

QTEST_APPLESS_MAIN(TstPriceTable)
#include "tst_pricetable.moc"
