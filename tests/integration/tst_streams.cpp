#include <QElapsedTimer>
#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// The settings of streams through the program: what goes over the wire, and when.
class TstStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFakedStreamBeatsUntilItsAnswerComes_data();
    void aFakedStreamBeatsUntilItsAnswerComes();
    void aFakedStreamIsMendedAfterItsHead();
    void aSmoothedStreamFlows();
    void aBrokenStreamBecomesWhole_data();
    void aBrokenStreamBecomesWhole();
    void aCutAnswerBecomesWhole();
};

namespace {

struct Request
{
    std::string path;
    std::string body;
    std::string beat; ///< What its dialect says while nothing flows.
    std::string end;  ///< What its stream's good end has.
};

std::vector<std::pair<const char *, Request>> requestsFor(const std::string &text)
{
    const std::string messages = R"("messages":[{"role":"user","content":")" + text + R"("}])";
    return {
        {"native", {STREAM_PATH, nativeBody(text), ": heartbeat\n\n", R"("finishReason":"STOP")"}},
        {"OpenAI", {CHAT_PATH, chatBody(text, true), ": heartbeat\n\n", "data: [DONE]"}},
        {"Anthropic",
         {"/v1/messages", R"({"model":"gemini-3.6-flash","max_tokens":60000,"stream":true,)" + messages + "}",
          "event: ping\n", "message_stop"}},
        {"Ollama",
         {"/api/chat", R"({"model":"gemini-3.6-flash",)" + messages + "}", R"("content":"")",
          R"("done_reason":"stop")"}},
    };
}

void addRequests(const std::string &text)
{
    QTest::addColumn<Request>("request");
    for (const auto &[name, request] : requestsFor(text))
        QTest::newRow(name) << request;
}

bool contains(const std::string &where, const std::string &what)
{
    return where.find(what) != std::string::npos;
}

} // namespace

Q_DECLARE_METATYPE(Request)

void TstStreams::aFakedStreamBeatsUntilItsAnswerComes_data()
{
    addRequests("Hello");
}

void TstStreams::aFakedStreamBeatsUntilItsAnswerComes()
{
    QFETCH(Request, request);
    Stage stage(2);
    QVERIFY(stage.start({{"FAKE_STREAM", "on"},
                         {"HEARTBEAT_INTERVAL", "1"},
                         {"UPSTREAM_FIRST_BYTE_TIMEOUT", "3"},
                         {"MAX_RETRIES", "1"}}));
    stage.script("*", Fault::StallHead, 1); // three seconds of nothing, then another key
    RawClient client(15'000);
    QVERIFY(client.connect(stage.gateway().port()));
    QVERIFY(client.send(stage.post(request.path, request.body)));
    QElapsedTimer timer;
    timer.start();
    const std::string head = client.readUntil("\r\n\r\n");
    QVERIFY2(head.starts_with("HTTP/1.1 200"), head.c_str());
    QVERIFY(timer.elapsed() < 2500);
    const std::string before = client.readUntil("Echo from");
    QVERIFY2(contains(before, request.beat), before.c_str());
    QVERIFY(timer.elapsed() > 2500);
    const std::string rest = client.readUntil("\r\n0\r\n\r\n");
    QVERIFY2(contains(rest, request.end), rest.c_str());
    QVERIFY(contains(stage.fake().requests().back().request.path, ":generateContent"));
}

void TstStreams::aFakedStreamIsMendedAfterItsHead()
{
    Stage stage(3);
    QVERIFY(stage.start({{"FAKE_STREAM", "on"}, {"MAX_RETRIES", "3"}}));
    stage.script("*", Fault::ResetMidBody, 1);
    stage.script("*", Fault::EmptyCandidate, 1);
    const RawAnswer answer = stage.ask(CHAT_PATH, chatBody("Hello", true));
    QCOMPARE(answer.status, 200);
    QVERIFY2(contains(streamedText(answer.body), "said \"Hello\""), answer.body.c_str());
    QCOMPARE(stage.fake().requests().size(), std::size_t{3});
}

void TstStreams::aSmoothedStreamFlows()
{
    Stage stage(1);
    QVERIFY(stage.start({{"STREAM_SMOOTHING", "on"}, {"STREAM_SMOOTHING_LAG", "500"}}));
    QElapsedTimer timer;
    timer.start();
    const RawAnswer answer = stage.ask(CHAT_PATH, chatBody("[[size=3000 chunks=1]]", true));
    QCOMPARE(answer.status, 200);
    QVERIFY(timer.elapsed() > 300);
    QCOMPARE(streamedText(answer.body).size(), std::size_t{3000});
    const auto events = static_cast<int>(QByteArray::fromStdString(answer.body).count("data: "));
    QVERIFY2(events > 15, std::to_string(events).c_str());
    const RawAnswer fast = stage.ask(CHAT_PATH, chatBody("[[size=50000 chunks=20]]", true)); // back-pressure
    QCOMPARE(streamedText(fast.body).size(), std::size_t{1'000'000});
}

void TstStreams::aBrokenStreamBecomesWhole_data()
{
    addRequests("Hello");
}

void TstStreams::aBrokenStreamBecomesWhole()
{
    QFETCH(Request, request);
    Stage stage(2);
    QVERIFY(stage.start({{"CONTINUE_BROKEN_STREAMS", "1"}}));
    stage.script("*", Fault::ResetMidEvent, 1);
    const RawAnswer answer = stage.ask(request.path, request.body);
    QCOMPARE(answer.status, 200);
    QVERIFY2(contains(answer.body, request.end), answer.body.c_str());
    QVERIFY(!contains(answer.body, "\"error\""));
    QCOMPARE(stage.fake().requests().size(), std::size_t{2});
    QVERIFY(stage.fake().requests()[0].key != stage.fake().requests()[1].key);
    QTRY_VERIFY_WITH_TIMEOUT(stage.query("SELECT count(*) FROM requests WHERE attempts LIKE '%CONTINUED%'") ==
                                 std::vector<std::string>{"1"},
                             3000);
}

void TstStreams::aCutAnswerBecomesWhole()
{
    Stage stage(2);
    QVERIFY(stage.start({{"CONTINUE_TRUNCATED", "1"}}));
    const RawAnswer whole = stage.ask(CHAT_PATH, chatBody("Hello [[finish=MAX_TOKENS]]", false));
    QVERIFY2(contains(whole.body, R"("finish_reason":"stop")"), whole.body.c_str());
    const RawAnswer stream = stage.ask(CHAT_PATH, chatBody("Hello [[finish=MAX_TOKENS]]", true));
    QVERIFY2(contains(stream.body, R"("finish_reason":"stop")"), stream.body.c_str());
    QVERIFY(contains(streamedText(stream.body), "\".Echo from"));
    QCOMPARE(stage.fake().requests().size(), std::size_t{4});
}

QTEST_GUILESS_MAIN(TstStreams)
#include "tst_streams.moc"
