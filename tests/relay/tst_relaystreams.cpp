#include <QElapsedTimer>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/dialects/responses/responses.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// Streams that are asked as whole answers, whole answers that are asked as streams, and smoothed ones.
class TstRelayStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFakedStreamSaysTheSame_data();
    void aFakedStreamSaysTheSame();
    void aFakedStreamIsAskedWhole();
    void aFakedArrayIsAnArray();
    void aFakedStreamIsMendedByAnotherKey_data();
    void aFakedStreamIsMendedByAnotherKey();
    void aFakedStreamHasItsHeadEarly();
    void aRefusalAtOnceKeepsItsStatus();
    void aFailureAfterTheHeadIsToldAsAnEvent();
    void otherModelsAreNotFaked();
    void callsAndPicturesComeThrough();
    void aWholeAnswerIsGathered();
    void aGatheredAnswerIsMendedByAnotherKey();
    void smoothedStreamsSayTheSame_data();
    void smoothedStreamsSayTheSame();
    void aSmoothedStreamComesInManyPieces();
    void aBreakComesAfterAllThatWasHeard();
    void aClientThatLeavesASmoothedStreamIsSeen();
    void nothingChangesWhenAllIsOff();
};

namespace {

const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";

void fakes(RelayOptions &options)
{
    options.streams.fakeModels = {"*"};
}

void gathers(RelayOptions &options)
{
    options.streams.gathers = true;
}

void smooths(RelayOptions &options)
{
    options.streams.smooths = true;
    options.streams.pace = {5, 2, 100};
}

std::string quoted(const std::string &text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

std::string nativeBody(const std::string &text)
{
    return R"({"contents":[{"role":"user","parts":[{"text":)" + quoted(text) + "}]}]}";
}

std::string chatBody(const std::string &text, bool stream = true)
{
    return R"({"model":"gemini-3.6-flash","max_tokens":900,"stream":)" +
           std::string(stream ? "true" : "false") + R"(,"messages":[{"role":"user","content":)" +
           quoted(text) + "}]}";
}

std::string inputBody(const std::string &text)
{
    return R"({"model":"gemini-3.6-flash","stream":true,"input":)" + quoted(text) + "}";
}

/// Texts of any dialect's stream, put together.
std::string saidIn(const std::string &body)
{
    std::string said;
    for (const QByteArray &raw : QByteArray::fromStdString(body).split('\n')) {
        const QByteArray line = raw.startsWith("data: ") ? raw.mid(6) : raw;
        const Result<json::object> event = parseJsonObject(line.trimmed().toStdString());
        if (!event)
            continue;
        if (const json::array *candidates = arrayAt(*event, "candidates")) {
            const json::object *content = objectAt(candidates->front().get_object(), "content");
            const json::array *parts = content ? arrayAt(*content, "parts") : nullptr;
            for (std::size_t i = 0; parts && i < parts->size(); ++i)
                said += stringAt((*parts)[i].get_object(), "text");
        } else if (const json::array *choices = arrayAt(*event, "choices")) {
            if (!choices->empty())
                said += stringAt(*objectAt(choices->front().get_object(), "delta"), "content");
        } else if (stringAt(*event, "type") == "content_block_delta") {
            said += stringAt(*objectAt(*event, "delta"), "text");
        } else if (stringAt(*event, "type") == "response.output_text.delta") {
            said += stringAt(*event, "delta");
        } else if (const json::object *message = objectAt(*event, "message")) {
            said += stringAt(*message, "content");
        }
    }
    return said;
}

struct Way
{
    Dialect dialect;
    MakeTranslation make; ///< Null: native.
    std::string end;      ///< Of the stream.
};

void addWays()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("native") << Way{Dialect::Gemini, nullptr, "\r\n\r\n"};
    QTest::newRow("OpenAI") << Way{Dialect::OpenAi, openAiChat, "data: [DONE]\n\n"};
    QTest::newRow("Responses") << Way{Dialect::OpenAi, openAiResponses, "\n\n"};
    QTest::newRow("Anthropic") << Way{Dialect::Anthropic, anthropicMessages, "\"message_stop\"}\n\n"};
    QTest::newRow("Ollama") << Way{Dialect::Ollama, ollamaChat, "}\n"};
}

ClientView ask(RelayHarness &harness, const Way &way, const std::string &text)
{
    if (!way.make)
        return harness.native(STREAM, nativeBody(text), "alt=sse");
    if (way.make == openAiResponses)
        return harness.translated(inputBody(text), way.dialect, way.make);
    return harness.translated(chatBody(text), way.dialect, way.make);
}

std::string callOf(const SeenRequest &seen)
{
    return seen.request.query.empty() ? seen.request.path : seen.request.path + "?" + seen.request.query;
}

} // namespace

Q_DECLARE_METATYPE(Way)

void TstRelayStreams::aFakedStreamSaysTheSame_data()
{
    addWays();
}

void TstRelayStreams::aFakedStreamSaysTheSame()
{
    QFETCH(Way, way);
    RelayHarness plain(1);
    RelayHarness faked(1, fakes);
    const std::string text = "Say h\xC3\xA9llo to \xE4\xB8\x96\xE7\x95\x8C [[chunks=5]]";
    const ClientView usual = ask(plain, way, text);
    const ClientView view = ask(faked, way, text);
    QCOMPARE(view.status, 200);
    QCOMPARE(view.contentType, usual.contentType);
    QVERIFY(saidIn(usual.body).size() > 20);
    QCOMPARE(saidIn(view.body), saidIn(usual.body));
    QVERIFY2(QByteArray::fromStdString(view.body).endsWith(way.end.c_str()), view.body.c_str());
    QVERIFY(view.ended && !view.aborted);
    QCOMPARE(faked.records.size(), std::size_t{1});
    QCOMPARE(faked.records.front().tokens.total, plain.records.front().tokens.total);
    QVERIFY(faked.records.front().streamed);
    QCOMPARE(faked.pool.openLeases(), 0);
}

void TstRelayStreams::aFakedStreamIsAskedWhole()
{
    RelayHarness harness(1, fakes);
    harness.native(STREAM, nativeBody("Hello"), "alt=sse&x=1");
    harness.chat(chatBody("Hello"));
    QCOMPARE(callOf(harness.fake.requests()[0]), GENERATE + "?x=1");
    QCOMPARE(callOf(harness.fake.requests()[1]), GENERATE);
}

void TstRelayStreams::aFakedArrayIsAnArray()
{
    RelayHarness harness(1, fakes);
    const ClientView view = harness.native(STREAM, nativeBody("Hello"));
    QCOMPARE(view.status, 200);
    const Result<json::value> answer = parseJson(view.body);
    QVERIFY2(answer && answer->is_array() && answer->get_array().size() == 1, view.body.c_str());
    QVERIFY(view.contentType.starts_with("application/json"));
}

void TstRelayStreams::aFakedStreamIsMendedByAnotherKey_data()
{
    QTest::addColumn<int>("fault");
    for (const Fault fault :
         {Fault::ResetMidBody, Fault::TruncatedBody, Fault::EmptyBody, Fault::EmptyCandidate,
          Fault::InvalidKey, Fault::InternalError, Fault::CloseBeforeHead, Fault::MinuteQuota})
        QTest::newRow(std::string(faultName(fault)).c_str()) << static_cast<int>(fault);
}

void TstRelayStreams::aFakedStreamIsMendedByAnotherKey()
{
    QFETCH(int, fault);
    RelayHarness harness(2, fakes);
    harness.script(0, static_cast<Fault>(fault), 1);
    const ClientView view = harness.chat(chatBody("Hello"));
    QCOMPARE(view.status, 200);
    QVERIFY2(saidIn(view.body).find("said \"Hello\"") != std::string::npos, view.body.c_str());
    QVERIFY(view.body.find("\"error\"") == std::string::npos);
    QCOMPARE(harness.records.front().attempts.size(), std::size_t{2});
}

void TstRelayStreams::aFakedStreamHasItsHeadEarly()
{
    RelayHarness harness(1, fakes);
    harness.script(1, Fault::StallHead, 1);
    QElapsedTimer timer;
    timer.start();
    const ClientView view = harness.nativeLeaving(STREAM, nativeBody("Hello"), "alt=sse",
                                                  [](const ClientView &seen) { return seen.begun; });
    QVERIFY(timer.elapsed() < 2500);
    QCOMPARE(view.status, 200);
    QCOMPARE(view.contentType, std::string("text/event-stream"));
    QVERIFY(view.body.empty());
}

void TstRelayStreams::aRefusalAtOnceKeepsItsStatus()
{
    RelayHarness harness(1, fakes);
    harness.script(1, Fault::RegionRefused, 1);
    QVERIFY(harness.native(STREAM, R"({"contents":[]})", "alt=sse").status >= 400);
}

void TstRelayStreams::aFailureAfterTheHeadIsToldAsAnEvent()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        fakes(options);
        options.maxRetries = 1;
        options.waitLimitMs = 3000;
    });
    harness.script(1, Fault::MinuteQuota, 1, 2);
    harness.script(1, Fault::InternalError, 1);
    const ClientView view = harness.chat(chatBody("Hello"));
    QCOMPARE(view.status, 200);
    QVERIFY2(view.body.find("\"error\"") != std::string::npos, view.body.c_str());
    QVERIFY(view.ended);
}

void TstRelayStreams::otherModelsAreNotFaked()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.streams.fakeModels = {"gemini-2.5-*"}; });
    harness.native(STREAM, nativeBody("Hello"), "alt=sse");
    QCOMPARE(callOf(harness.fake.requests().front()), STREAM + "?alt=sse");
}

void TstRelayStreams::callsAndPicturesComeThrough()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        fakes(options);
        smooths(options);
    });
    const std::string tools = R"({"model":"gemini-3.6-flash","stream":true,"tools":[{"type":"function",)"
                              R"("function":{"name":"look","parameters":{"type":"object","properties":)"
                              R"({"q":{"type":"string"}}}}}],"messages":[{"role":"user","content":)" +
                              quoted(R"(call tool look with {"q":"x y"})") + "}]}";
    const ClientView called = harness.chat(tools);
    QVERIFY2(called.body.find(R"("name":"look")") != std::string::npos, called.body.c_str());
    QVERIFY(called.body.find(R"("finish_reason":"tool_calls")") != std::string::npos);
    const ClientView drawn = harness.native(STREAM, nativeBody("Draw [[image]]"), "alt=sse");
    QVERIFY2(drawn.body.find("\"inlineData\"") != std::string::npos, drawn.body.c_str());
    QVERIFY(drawn.body.find("\"inlineData\"") > drawn.body.find("\"text\":\"Ec"));
}

void TstRelayStreams::aWholeAnswerIsGathered()
{
    RelayHarness plain(1);
    RelayHarness gathered(1, gathers);
    const std::string text = "Say hello [[chunks=7]]";
    const json::object usual =
        parseJsonObject(plain.native(GENERATE, nativeBody(text)).body).value_or(json::object());
    const ClientView view = gathered.native(GENERATE, nativeBody(text));
    QCOMPARE(view.status, 200);
    QVERIFY(view.contentType.starts_with("application/json"));
    QVERIFY(headerValue(view.headers, "content-disposition").empty());
    const json::object answer = parseJsonObject(view.body).value_or(json::object());
    QCOMPARE(callOf(gathered.fake.requests().front()), STREAM + "?alt=sse");
    QVERIFY2(answer.at("candidates") == usual.at("candidates"), view.body.c_str());
    QVERIFY2(answer.at("usageMetadata") == usual.at("usageMetadata"), view.body.c_str());
    const ClientView chat = gathered.chat(chatBody(text, false));
    QVERIFY2(chat.body.find(R"(said \"Say hello)") != std::string::npos, chat.body.c_str());
    QVERIFY(chat.body.find(R"("finish_reason":"stop")") != std::string::npos);
}

void TstRelayStreams::aGatheredAnswerIsMendedByAnotherKey()
{
    for (const Fault fault : {Fault::ResetMidEvent, Fault::ErrorEvent, Fault::RawErrorTail}) {
        RelayHarness harness(2, gathers);
        harness.script(0, fault, 1);
        const ClientView view = harness.chat(chatBody("Hello", false));
        QCOMPARE(view.status, 200);
        QVERIFY(view.body.find(R"(said \"Hello\")") != std::string::npos);
        QCOMPARE(harness.fake.requests().size(), std::size_t{2});
    }
}

void TstRelayStreams::smoothedStreamsSayTheSame_data()
{
    addWays();
}

void TstRelayStreams::smoothedStreamsSayTheSame()
{
    QFETCH(Way, way);
    RelayHarness plain(1);
    const std::string text = "Say h\xC3\xA9llo to \xE4\xB8\x96\xE7\x95\x8C [[chunks=2]]";
    const std::string usual = saidIn(ask(plain, way, text).body);
    for (const bool isFaked : {false, true}) {
        RelayHarness harness(1, [isFaked](RelayOptions &options) {
            smooths(options);
            if (isFaked)
                fakes(options);
        });
        const ClientView view = ask(harness, way, text);
        QCOMPARE(view.status, 200);
        QCOMPARE(saidIn(view.body), usual);
        QVERIFY2(QByteArray::fromStdString(view.body).endsWith(way.end.c_str()), view.body.c_str());
        QVERIFY(view.writes > 8);
        QCOMPARE(harness.records.front().tokens.total, plain.records.front().tokens.total);
        QCOMPARE(harness.pool.openLeases(), 0);
    }
}

void TstRelayStreams::aSmoothedStreamComesInManyPieces()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        smooths(options);
        options.streams.pace = {10, 5, 300};
    });
    QElapsedTimer timer;
    timer.start();
    const ClientView view = harness.native(STREAM, nativeBody("[[size=2000 chunks=1]]"), "alt=sse");
    QCOMPARE(saidIn(view.body).size(), std::size_t{2000});
    QVERIFY2(view.writes >= 15, std::to_string(view.writes).c_str());
    QVERIFY(timer.elapsed() >= 200);
    QVERIFY(timer.elapsed() < 1500);
}

void TstRelayStreams::aBreakComesAfterAllThatWasHeard()
{
    RelayHarness plain(1);
    RelayHarness harness(1, [](RelayOptions &options) {
        smooths(options);
        options.streams.pace = {20, 1, 5000};
    });
    for (RelayHarness *one : {&plain, &harness})
        one->script(1, Fault::ResetMidEvent, 1);
    const std::string heard = saidIn(plain.native(STREAM, nativeBody("Hello there"), "alt=sse").body);
    const ClientView view = harness.native(STREAM, nativeBody("Hello there"), "alt=sse");
    QVERIFY(!heard.empty());
    QCOMPARE(saidIn(view.body), heard);
    QVERIFY(view.body.rfind("\"error\"") > view.body.rfind("\"text\""));
    QVERIFY(view.ended);
}

void TstRelayStreams::aClientThatLeavesASmoothedStreamIsSeen()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        smooths(options);
        options.streams.pace = {20, 1, 5000};
    });
    harness.nativeLeaving(STREAM, nativeBody("[[size=2000 chunks=1]]"), "alt=sse",
                          [](const ClientView &view) { return view.writes > 3; });
    QCOMPARE(harness.records.size(), std::size_t{1});
    QCOMPARE(harness.records.front().status, 499);
    QCOMPARE(harness.pool.openLeases(), 0);
    QTest::qWait(60); // its timer finds nothing to do
}

void TstRelayStreams::nothingChangesWhenAllIsOff()
{
    RelayHarness harness(1);
    harness.native(STREAM, nativeBody("Hello"), "alt=sse");
    harness.native(GENERATE, nativeBody("Hello"));
    QCOMPARE(callOf(harness.fake.requests()[0]), STREAM + "?alt=sse");
    QCOMPARE(callOf(harness.fake.requests()[1]), GENERATE);
}

QTEST_GUILESS_MAIN(TstRelayStreams)
#include "tst_relaystreams.moc"
