#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/openai/openai.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// Answers that were cut or broke off, and go on with a further attempt.
class TstRelayRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCutStreamGoesOn_data();
    void aCutStreamGoesOn();
    void aCutWholeAnswerGoesOn();
    void aFakedStreamGoesOn();
    void theLimitOfRoundsHolds();
    void theClientsLimitHolds();
    void aRestThatCannotBeHadEndsAsCut_data();
    void aRestThatCannotBeHadEndsAsCut();
    void aRestIsAskedForAgain();
    void aBrokenStreamGoesOn_data();
    void aBrokenStreamGoesOn();
    void aBrokenStreamGoesOnWithAnotherKey();
    void aSmoothedStreamGoesOn();
    void aBreakWithoutARestIsTold();
    void aBreakAfterACallIsTold();
    void aStreamWithoutAnEndGoesOn();
    void nothingGoesOnWhenAllIsOff();
};

namespace {

const std::string CUT = "Hello [[finish=MAX_TOKENS]]";

std::string quoted(const std::string &text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

std::string nativePath(const std::string &method, const std::string &model = "gemini-3.6-flash")
{
    return "/v1beta/models/" + model + ":" + method;
}

std::string nativeBody(const std::string &text, const std::string &more = "")
{
    return R"({"contents":[{"role":"user","parts":[{"text":)" + quoted(text) + "}]}]" + more + "}";
}

std::string chatBody(const std::string &text, const std::string &more = R"("stream":true)",
                     const std::string &model = "gemini-3.6-flash")
{
    return R"({"model":")" + model + R"(","messages":[{"role":"user","content":)" + quoted(text) + "}]," +
           more + "}";
}

RelayHarness harnessWith(int truncated, int broken, int keys = 2)
{
    return RelayHarness(keys, [=](RelayOptions &options) {
        options.streams.truncatedRounds = truncated;
        options.streams.brokenRounds = broken;
    });
}

struct Way
{
    Dialect dialect;
    MakeTranslation make; ///< Null: native.
    std::string more;     ///< Members of the request.
    std::string goodEnd;
    std::string cutEnd;
};

void addWays()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("native") << Way{Dialect::Gemini, nullptr, "", R"("finishReason":"STOP")",
                                   R"("finishReason":"MAX_TOKENS")"};
    QTest::newRow("OpenAI") << Way{Dialect::OpenAi, openAiChat, R"("stream":true)",
                                   R"("finish_reason":"stop")", R"("finish_reason":"length")"};
    QTest::newRow("Anthropic") << Way{Dialect::Anthropic, anthropicMessages,
                                      R"("stream":true,"max_tokens":60000)", R"("stop_reason":"end_turn")",
                                      R"("stop_reason":"max_tokens")"};
    QTest::newRow("Ollama") << Way{Dialect::Ollama, ollamaChat, R"("stream":true,"think":false)",
                                   R"("done_reason":"stop")", R"("done_reason":"length")"};
}

ClientView ask(RelayHarness &harness, const Way &way, const std::string &text)
{
    if (!way.make)
        return harness.native(nativePath("streamGenerateContent"), nativeBody(text), "alt=sse");
    return harness.translated(chatBody(text, way.more), way.dialect, way.make);
}

std::size_t countOf(const std::string &text, const std::string &word)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++count;
    return count;
}

json::array contentsOf(const SeenRequest &seen)
{
    return parseJsonObject(seen.request.body).value_or(json::object()).at("contents").as_array();
}

std::string firstTextOf(const json::value &turn)
{
    return std::string(turn.at("parts").as_array().front().at("text").as_string());
}

} // namespace

Q_DECLARE_METATYPE(Way)

void TstRelayRest::aCutStreamGoesOn_data()
{
    addWays();
}

void TstRelayRest::aCutStreamGoesOn()
{
    QFETCH(Way, way);
    RelayHarness harness = harnessWith(2, 0);
    const ClientView view = ask(harness, way, CUT);
    QCOMPARE(view.status, 200);
    QVERIFY2(view.body.find(way.goodEnd) != std::string::npos, view.body.c_str());
    QCOMPARE(countOf(view.body, way.cutEnd), std::size_t{0});
    QCOMPARE(countOf(view.body, "1 turn;") + countOf(view.body, "3 turns;"), std::size_t{2});
    QVERIFY(view.ended && !view.aborted);
    QCOMPARE(harness.fake.requests().size(), std::size_t{2});
    const json::array contents = contentsOf(harness.fake.requests().back());
    QCOMPARE(contents.size(), std::size_t{3});
    QVERIFY(firstTextOf(contents[1]).find("said \"Hello") != std::string::npos);
    QCOMPARE(harness.records.size(), std::size_t{1});
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.status, 200);
    QVERIFY(record.error.empty());
    QCOMPARE(record.attempts.size(), std::size_t{2});
    QVERIFY(record.attempts.front().error.starts_with("CONTINUED"));
    QVERIFY(record.attempts.back().error.empty());
    QVERIFY(record.tokens.prompt > 60); // of both
    QCOMPARE(record.tokens.total, record.tokens.prompt + record.tokens.candidates +
                                      std::max<std::int64_t>(record.tokens.thoughts, 0));
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayRest::aCutWholeAnswerGoesOn()
{
    RelayHarness harness = harnessWith(2, 0);
    const ClientView view = harness.native(nativePath("generateContent"), nativeBody(CUT));
    QCOMPARE(view.status, 200);
    const json::object answer = parseJsonObject(view.body).value_or(json::object());
    const json::value &candidate = answer.at("candidates").as_array().front();
    QCOMPARE(std::string_view(candidate.at("finishReason").as_string()), std::string_view("STOP"));
    const json::array &parts = candidate.at("content").at("parts").as_array();
    QCOMPARE(parts.size(), std::size_t{1});
    const std::string text(parts.front().at("text").as_string());
    QVERIFY2(text.find("\".Echo from") != std::string::npos, text.c_str());
    const ClientView chat = harness.chat(chatBody(CUT, R"("stream":false)"));
    QVERIFY2(chat.body.find(R"(\".Echo from)") != std::string::npos, chat.body.c_str());
    QVERIFY(chat.body.find(R"("finish_reason":"stop")") != std::string::npos);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayRest::aFakedStreamGoesOn()
{
    RelayHarness harness(2, [](RelayOptions &options) {
        options.streams.truncatedRounds = 1;
        options.streams.fakeModels = {"*"};
    });
    const ClientView view = harness.chat(chatBody(CUT));
    QCOMPARE(countOf(view.body, "Echo from"), std::size_t{2});
    QVERIFY(view.body.find(R"("finish_reason":"stop")") != std::string::npos);
}

void TstRelayRest::theLimitOfRoundsHolds()
{
    RelayHarness harness = harnessWith(2, 0, 1);
    // A model that takes its own turn as the last one hears the same order again.
    const ClientView view =
        harness.native(nativePath("streamGenerateContent", "gemini-2.5-flash"), nativeBody(CUT), "alt=sse");
    QCOMPARE(harness.fake.requests().size(), std::size_t{3});
    const json::array contents = contentsOf(harness.fake.requests().back());
    QCOMPARE(contents.size(), std::size_t{2});
    QCOMPARE(countOf(view.body, "MAX_TOKENS"), std::size_t{1});
    QVERIFY(view.body.rfind("MAX_TOKENS") > view.body.rfind("Echo from"));
    QVERIFY(harness.records.front().error.empty());
}

void TstRelayRest::theClientsLimitHolds()
{
    RelayHarness harness = harnessWith(2, 0);
    const ClientView view =
        harness.native(nativePath("streamGenerateContent"),
                       nativeBody("Hello", R"(,"generationConfig":{"maxOutputTokens":5})"), "alt=sse");
    QCOMPARE(harness.fake.requests().size(), std::size_t{1});
    QVERIFY(view.body.find("MAX_TOKENS") != std::string::npos);
    harness.chat(chatBody("Hello", R"("stream":true,"max_tokens":5)"));
    QCOMPARE(harness.fake.requests().size(), std::size_t{2});
}

void TstRelayRest::aRestThatCannotBeHadEndsAsCut_data()
{
    addWays();
}

void TstRelayRest::aRestThatCannotBeHadEndsAsCut()
{
    QFETCH(Way, way);
    RelayHarness harness = harnessWith(2, 0);
    harness.script(0, Fault::None, 1);
    harness.script(0, Fault::DayQuota);
    const ClientView view = ask(harness, way, CUT);
    QCOMPARE(view.status, 200);
    QVERIFY2(view.body.find(way.cutEnd) != std::string::npos, view.body.c_str());
    QCOMPARE(countOf(view.body, "1 turn;"), std::size_t{1});
    QVERIFY(view.body.find("\"error\"") == std::string::npos);
    QVERIFY(view.ended && !view.aborted);
    QVERIFY(harness.records.front().error.empty());
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayRest::aRestIsAskedForAgain()
{
    RelayHarness harness = harnessWith(2, 0);
    harness.script(0, Fault::None, 1);
    harness.script(0, Fault::InternalError, 1);
    harness.script(0, Fault::MinuteQuota, 1);
    const ClientView view = harness.chat(chatBody(CUT));
    QVERIFY2(view.body.find("3 turns;") != std::string::npos, view.body.c_str());
    QVERIFY(view.body.find(R"("finish_reason":"stop")") != std::string::npos);
    QCOMPARE(harness.records.front().attempts.size(), std::size_t{4});
}

void TstRelayRest::aBrokenStreamGoesOn_data()
{
    addWays();
}

void TstRelayRest::aBrokenStreamGoesOn()
{
    QFETCH(Way, way);
    for (const Fault fault :
         {Fault::ResetMidEvent, Fault::TruncatedBody, Fault::ErrorEvent, Fault::RawErrorTail}) {
        RelayHarness harness = harnessWith(0, 2);
        harness.script(0, fault, 1);
        const ClientView view = ask(harness, way, "Hello there");
        QCOMPARE(view.status, 200);
        QVERIFY2(view.body.find(way.goodEnd) != std::string::npos, view.body.c_str());
        QVERIFY2(view.body.find("\"error\"") == std::string::npos, view.body.c_str());
        QVERIFY(view.ended && !view.aborted);
        QCOMPARE(harness.fake.requests().size(), std::size_t{2});
        const json::array contents = contentsOf(harness.fake.requests().back());
        QCOMPARE(contents.size(), std::size_t{3});
        QVERIFY(firstTextOf(contents[1]).starts_with("Echo from"));
        const RequestRecord &record = harness.records.front();
        QVERIFY(record.error.empty());
        QCOMPARE(record.attempts.size(), std::size_t{2});
        QVERIFY2(record.attempts.front().error.find("CONTINUED") != std::string::npos,
                 record.attempts.front().error.c_str());
        QCOMPARE(harness.pool.openLeases(), 0);
    }
}

void TstRelayRest::aBrokenStreamGoesOnWithAnotherKey()
{
    RelayHarness harness = harnessWith(0, 1);
    harness.script(0, Fault::ResetMidEvent, 1);
    harness.chat(chatBody("Hello"));
    QVERIFY(harness.fake.requests()[0].key != harness.fake.requests()[1].key);
    RelayHarness single = harnessWith(0, 1, 1);
    single.script(0, Fault::ResetMidEvent, 1);
    const ClientView view = single.chat(chatBody("Hello"));
    QVERIFY(view.body.find(R"("finish_reason":"stop")") != std::string::npos);
}

void TstRelayRest::aSmoothedStreamGoesOn()
{
    RelayHarness harness(2, [](RelayOptions &options) {
        options.streams.truncatedRounds = 1;
        options.streams.brokenRounds = 1;
        options.streams.smooths = true;
        options.streams.pace = {5, 2, 100};
    });
    harness.script(0, Fault::ResetMidEvent, 1);
    const ClientView broken = harness.chat(chatBody("Hello"));
    QVERIFY2(broken.body.find(R"("finish_reason":"stop")") != std::string::npos, broken.body.c_str());
    const ClientView cut = harness.chat(chatBody(CUT));
    QVERIFY2(cut.body.find(R"("finish_reason":"stop")") != std::string::npos, cut.body.c_str());
    QVERIFY(cut.body.find("\"error\"") == std::string::npos);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayRest::aBreakWithoutARestIsTold()
{
    RelayHarness harness = harnessWith(0, 1);
    harness.script(0, Fault::ResetMidEvent, 1);
    harness.script(0, Fault::DayQuota);
    const ClientView view =
        harness.native(nativePath("streamGenerateContent"), nativeBody("Hello"), "alt=sse");
    QVERIFY2(view.body.find("broke off") != std::string::npos, view.body.c_str()); // the break, not the quota
    QVERIFY(view.ended);
    QVERIFY(!harness.records.front().error.empty());
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayRest::aBreakAfterACallIsTold()
{
    RelayHarness harness = harnessWith(2, 2);
    harness.script(0, Fault::ResetMidEvent, 1);
    const std::string tools = R"("stream":true,"tools":[{"type":"function","function":{"name":"look",)"
                              R"("parameters":{"type":"object","properties":{"q":{"type":"string"}}}}}])";
    const ClientView view =
        harness.chat(chatBody(R"(call tool look with {"q":"a"} and call tool look with {"q":"b"})", tools));
    QVERIFY2(view.body.find(R"("name":"look")") != std::string::npos, view.body.c_str());
    QVERIFY(view.body.find("\"error\"") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), std::size_t{1});
}

void TstRelayRest::aStreamWithoutAnEndGoesOn()
{
    RelayHarness harness = harnessWith(0, 1);
    harness.script(0, Fault::ResetMidBody, 1);
    const ClientView view =
        harness.native(nativePath("streamGenerateContent"), nativeBody("Hello"), "alt=sse");
    QCOMPARE(countOf(view.body, R"("finishReason":"STOP")"), std::size_t{1});
}

void TstRelayRest::nothingGoesOnWhenAllIsOff()
{
    RelayHarness harness(2);
    const ClientView cut = harness.chat(chatBody(CUT));
    QVERIFY(cut.body.find(R"("finish_reason":"length")") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), std::size_t{1});
    harness.script(0, Fault::ResetMidEvent, 1);
    const ClientView broken = harness.chat(chatBody("Hello"));
    QVERIFY(broken.body.find("\"error\"") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TstRelayRest)
#include "tst_relayrest.moc"
