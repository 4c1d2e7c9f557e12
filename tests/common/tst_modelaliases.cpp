#include <QTest>

#include "gateway/common/modelaliases.h"

using namespace Gateway;

namespace {

std::string targetOf(const ModelAliases &aliases, std::string_view name)
{
    const ModelAlias *found = aliases.find(name);
    return found ? found->target : std::string();
}

} // namespace

class TstModelAliases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstMatchCounts();
    void aNameCountsBeforePatterns();
    void readsParameters();
    void readsTextsInQuotes();
    void vendorsNamesHaveKinds_data();
    void vendorsNamesHaveKinds();
    void vendorsVectorsKeepTheirLength();
    void readsHeaders();
    void repeatsNoHeadersValue();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TstModelAliases::theFirstMatchCounts()
{
    const Result<ModelAliases> read = ModelAliases::parse(
        " claude-*haiku* = models/gemini-a ,claude-*=gemini-b,\n gpt-4o:latest=gemini-c,");
    QVERIFY(read);
    QCOMPARE(targetOf(*read, "claude-haiku-4-5-20251001"), std::string("gemini-a"));
    QCOMPARE(targetOf(*read, "claude-3-5-haiku-latest"), std::string("gemini-a"));
    QCOMPARE(targetOf(*read, "claude-opus-4-1"), std::string("gemini-b"));
    QCOMPARE(targetOf(*read, "gpt-4o:latest"), std::string("gemini-c"));
    QVERIFY(!read->find("gemini-3.6-flash"));
    QVERIFY(!read->find("gpt-4o"));
    QVERIFY(!ModelAliases().find("claude-opus-4-1"));
    QVERIFY(ModelAliases::parse(""));
}

void TstModelAliases::aNameCountsBeforePatterns()
{
    const Result<ModelAliases> read = ModelAliases::parse("a*=gemini-a,abc=gemini-b");
    QVERIFY(read);
    QCOMPARE(targetOf(*read, "abc"), std::string("gemini-b"));
    QCOMPARE(targetOf(*read, "abcd"), std::string("gemini-a"));
    QVERIFY(!read->findExact("abcd"));
    QVERIFY(!read->find("abc")->parameters);
}

void TstModelAliases::readsParameters()
{
    const Result<ModelAliases> read = ModelAliases::parse(
        "fast = @flash-lite; thinking = low!; search; temperature=0.25 ;top-p=0.5;top_k=3; max_tokens=9!;"
        "url_context=on; code_execution=off; safety=none,\nnext=gemini-b; thinking=1024");
    QVERIFY2(read, read ? "" : read.error().text.c_str());
    const ModelAlias *fast = read->find("fast");
    QVERIFY(fast && fast->parameters);
    QCOMPARE(fast->target, std::string("@flash-lite"));
    ModelParameters expected;
    expected.thinking = Wish<ThinkingWish>{{ThinkingWish::Effort::Low, 0}, true};
    expected.search = true;
    expected.temperature = Wish<double>{0.25, false};
    expected.topP = Wish<double>{0.5, false};
    expected.topK = Wish<std::int64_t>{3, false};
    expected.maxTokens = Wish<std::int64_t>{9, true};
    expected.urlContext = true;
    expected.codeExecution = false;
    expected.safety = Wish<std::string>{"BLOCK_NONE", false};
    QVERIFY(*fast->parameters == expected);
    const ModelAlias *next = read->find("next");
    QVERIFY(next && next->parameters);
    QCOMPARE(next->parameters->thinking->value.tokens, std::int64_t{1024});
}

void TstModelAliases::readsTextsInQuotes()
{
    const Result<ModelAliases> read = ModelAliases::parse(
        R"(a=gemini-a; system_before="Be brief, \"short\"; clear.\nTwo"; system_after="End", b=gemini-b)");
    QVERIFY2(read, read ? "" : read.error().text.c_str());
    QCOMPARE(*read->find("a")->parameters->systemBefore, std::string("Be brief, \"short\"; clear.\nTwo"));
    QCOMPARE(*read->find("a")->parameters->systemAfter, std::string("End"));
    QCOMPARE(targetOf(*read, "b"), std::string("gemini-b"));
}

void TstModelAliases::vendorsNamesHaveKinds_data()
{
    QTest::addColumn<std::string>("target");
    const auto row = [](const char *name, const char *target) { QTest::newRow(name) << std::string(target); };
    row("claude-opus-4-1-20250805", "@pro");
    row("claude-sonnet-4-5", "@flash");
    row("claude-3-5-sonnet@20241022", "@flash");
    row("us.anthropic.claude-opus-4-20250514-v1:0", "@pro");
    row("claude-haiku-4-5", "@flash-lite");
    row("claude-3-haiku-20240307", "@flash-lite");
    row("gpt-4o", "@flash");
    row("gpt-4o-2024-08-06", "@flash");
    row("gpt-4o-mini", "@flash-lite");
    row("gpt-4o-mini-2024-07-18", "@flash-lite");
    row("gpt-4.1-nano", "@flash-lite");
    row("gpt-5", "@flash");
    row("gpt-5-pro", "@pro");
    row("chatgpt-4o-latest", "@flash");
    row("gpt-image-1", "@image");
    row("o1", "@pro");
    row("o3-mini", "@flash");
    row("o4-mini-2025-04-16", "@flash");
    row("o3-pro", "@pro");
    row("codex-mini-latest", "@flash");
    row("text-embedding-3-small", "@embedding");
    row("text-embedding-ada-002", "@embedding");
    row("llama3.2", "");
    row("gemini-3.8-flash", "");
    row("o2", "");
}

void TstModelAliases::vendorsNamesHaveKinds()
{
    QFETCH(std::string, target);
    QCOMPARE(targetOf(ModelAliases::vendors(), QTest::currentDataTag()), target);
}

void TstModelAliases::vendorsVectorsKeepTheirLength()
{
    const auto length = [](const char *name) {
        return ModelAliases::vendors().find(name)->parameters->dimensions->value;
    };
    QCOMPARE(length("text-embedding-3-small"), std::int64_t{1536});
    QCOMPARE(length("text-embedding-3-large"), std::int64_t{3072});
    QCOMPARE(length("text-embedding-ada-002"), std::int64_t{1536});
}

void TstModelAliases::readsHeaders()
{
    const Result<ModelAliases> read =
        ModelAliases::parse(R"(a=gemini-a; headers="X-Team: b, c; X-Stage: d"; search, b=gemini-b)");
    QVERIFY2(read, read ? "" : read.error().text.c_str());
    QCOMPARE(read->find("a")->parameters->headers, (Headers{{"X-Team", "b, c"}, {"X-Stage", "d"}}));
    QCOMPARE(read->find("a")->parameters->search, std::optional(true));
    QCOMPARE(targetOf(*read, "b"), std::string("gemini-b"));
}

void TstModelAliases::repeatsNoHeadersValue()
{
    const Result<ModelAliases> read = ModelAliases::parse("mine=gemini-a; headers=\"Authorization: sesame\"");
    QVERIFY(!read);
    QVERIFY2(read.error().text.find("\"mine=gemini-a\"") != std::string::npos, read.error().text.c_str());
    QVERIFY(read.error().text.find("sesame") == std::string::npos);
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
    row("a=@best", "@flash-lite");
    row("a=b; thinking=much", "off, minimal, low");
    row("a=b; thinking=-5", "number of tokens");
    row("a=b; temperature=3", "from 0 to 2");
    row("a=b; temperature=warm", "from 0 to 2");
    row("a=b; search=maybe", "on or off");
    row("a=b; safety=loose", "off, none");
    row("a=b; loud", "no parameter \"loud\"");
    row("a=b; system_before=", "a text");
    row("a=b; system_before=\"x", "two quotes");
    row("a=b; top_k=0", "from 1");
    row("a=b; headers=\"Cookie: a\"", "is a credential");
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
