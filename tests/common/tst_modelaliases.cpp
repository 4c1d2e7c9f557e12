#include <QTest>

#include "gateway/common/modelaliases.h"

using namespace Gateway;

class TstModelAliases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstMatchCounts();
    void aModelIsNoAliasOfItself();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TstModelAliases::theFirstMatchCounts()
{
    const Result<ModelAliases> read = ModelAliases::parse(
        " claude-*haiku* = models/gemini-a ,claude-*=gemini-b,\n gpt-4o:latest=gemini-c,");
    QVERIFY(read);
    QCOMPARE(read->modelFor("claude-haiku-4-5-20251001"), std::optional<std::string>("gemini-a"));
    QCOMPARE(read->modelFor("claude-3-5-haiku-latest"), std::optional<std::string>("gemini-a"));
    QCOMPARE(read->modelFor("claude-opus-4-1"), std::optional<std::string>("gemini-b"));
    QCOMPARE(read->modelFor("gpt-4o:latest"), std::optional<std::string>("gemini-c"));
    QCOMPARE(read->modelFor("gemini-3.6-flash"), std::nullopt);
    QCOMPARE(ModelAliases().modelFor("claude-opus-4-1"), std::nullopt);
    QVERIFY(ModelAliases::parse(""));
}

void TstModelAliases::aModelIsNoAliasOfItself()
{
    QCOMPARE(ModelAliases::parse("*=gemini-a")->modelFor("gemini-a"), std::nullopt);
}

void TstModelAliases::saysWhatIsWrong_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("part");
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(text) << std::string(text) << std::string(part);
    };
    row("claude", "no '='");
    row("=gemini-a", "before '='");
    row("a b=gemini-a", "before '='");
    row("a=", "after '='");
    row("a=gemini-*", "after '='");
    row("a=b=c", "after '='");
    row("a=b,a=c", "has a rule already");
}

void TstModelAliases::saysWhatIsWrong()
{
    QFETCH(std::string, text);
    QFETCH(std::string, part);
    const Result<ModelAliases> read = ModelAliases::parse(text);
    QVERIFY(!read);
    QVERIFY2(read.error().text.find(part) != std::string::npos, read.error().text.c_str());
}

QTEST_APPLESS_MAIN(TstModelAliases)
#include "tst_modelaliases.moc"
