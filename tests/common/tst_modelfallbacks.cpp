#include <QTest>

#include "gateway/common/modelfallbacks.h"

using namespace Gateway;

class TstModelFallbacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRules();
    void theFirstMatchCounts();
    void aModelIsNotItsOwnStandIn();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TstModelFallbacks::readsRules()
{
    const Result<ModelFallbacks> read = ModelFallbacks::parse(
        " gemini-3.6-flash > gemini-3.5-flash , models/gemini-3.5-flash-lite;\n*-pro* > gemini-3.6-flash ; ");
    QVERIFY(read);
    const std::vector<std::string> expected{"gemini-3.5-flash", "gemini-3.5-flash-lite"};
    QCOMPARE(read->after("gemini-3.6-flash"), expected);
    QCOMPARE(read->after("gemini-3.1-pro-preview"), std::vector<std::string>{"gemini-3.6-flash"});
    QVERIFY(read->after("gemini-3.5-flash").empty());
    QVERIFY(ModelFallbacks::parse("")->isEmpty());
}

void TstModelFallbacks::theFirstMatchCounts()
{
    const Result<ModelFallbacks> read = ModelFallbacks::parse("a-b > c; a* > d; * > e");
    QVERIFY(read);
    QCOMPARE(read->after("a-b"), std::vector<std::string>{"c"});
    QCOMPARE(read->after("a-c"), std::vector<std::string>{"d"});
    QCOMPARE(read->after("x"), std::vector<std::string>{"e"});
}

void TstModelFallbacks::aModelIsNotItsOwnStandIn()
{
    QCOMPARE(ModelFallbacks::parse("* > a, b")->after("a"), std::vector<std::string>{"b"});
}

void TstModelFallbacks::saysWhatIsWrong_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("part");
    const auto row = [](const char *name, const char *text, const char *part) {
        QTest::newRow(name) << std::string(text) << std::string(part);
    };
    row("no arrow", "a, b", "In \"a, b\" there is no '>'");
    row("nothing before", "> b", "has to stand before");
    row("blank inside", "a b > c", "has to stand before");
    row("nothing after", "a >", "no model stands after");
    row("pattern after", "a > b*", "\"b*\" is no model's name");
    row("two arrows", "a > b > c", "two '>'");
    row("twice", "a > b, b", "\"b\" stands twice");
    row("two rules for one", "a > b; a > c", "\"a\" has a rule already");
    row("too many", "a > b1,b2,b3,b4,b5,b6,b7,b8,b9", "more than 8 models");
    row("the second rule", "a > b; c", "In \"c\"");
}

void TstModelFallbacks::saysWhatIsWrong()
{
    QFETCH(std::string, text);
    QFETCH(std::string, part);
    const Result<ModelFallbacks> read = ModelFallbacks::parse(text);
    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("invalid_fallbacks"));
    QVERIFY2(read.error().text.find(part) != std::string::npos, read.error().text.c_str());
}

QTEST_APPLESS_MAIN(TstModelFallbacks)
#include "tst_modelfallbacks.moc"
