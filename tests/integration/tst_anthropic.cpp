#include <QTest>

#include "gateway/common/json.h"
#include "tests/dialects/messagejoin.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// Anthropic's dialect through the program, as Claude Code and Anthropic's SDKs speak it.
class TstAnthropic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void answersOnItsPaths_data();
    void answersOnItsPaths();
    void takesBothKindsOfCredentials();
    void streams();
    void stopsAtSequences_data();
    void stopsAtSequences();
    void standsForClaudesNames();
    void remembersSignatures();
    void countsTokens();
    void listsModelsInItsShape();
    void answersProbesOfTheRoot();
    void tellsErrorsInItsShape_data();
    void tellsErrorsInItsShape();
    void tellsABreakInTheStream();
    void pingsWhileNothingFlows();

private:
    json::object ask(const std::string &path, const std::string &body, int status = 200) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *MESSAGES = "/v1/messages";
constexpr const char *VERSION = "anthropic-version: 2023-06-01\r\n";

std::string bodyWith(const std::string &text, const std::string &more = "",
                     const std::string &model = "gemini-3.6-flash")
{
    std::string body = R"({"model":")" + model + R"(","max_tokens":1000,)" + more +
                       R"("messages":[{"role":"user","content":)";
    appendJsonString(body, text);
    return body + "}]}";
}

RawAnswer send(const Stage &stage, const std::string &request)
{
    RawClient client(20'000);
    if (!client.connect(const_cast<Stage &>(stage).gateway().port()) || !client.send(request))
        return {};
    return client.readAnswer();
}

} // namespace

void TstAnthropic::init()
{
    m_stage = std::make_unique<Stage>(2);
    QVERIFY(m_stage->start({{"MAX_RETRIES", "1"}, {"HEARTBEAT_INTERVAL", "1"}}));
}

json::object TstAnthropic::ask(const std::string &path, const std::string &body, int status) const
{
    const RawAnswer answer = m_stage->ask(path, body, VERSION);
    const Result<json::object> parsed = parseJsonObject(answer.body);
    if (answer.status != status || !parsed)
        qWarning("%d: %s", answer.status, answer.body.c_str());
    return answer.status == status && parsed ? *parsed : json::object();
}

void TstAnthropic::answersOnItsPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/v1/messages", "/v1/messages?beta=true", "/anthropic/v1/messages", "/messages",
                             "/v1/v1/messages", "//anthropic/v1/messages/", "/anthropic/messages"})
        QTest::newRow(path) << QByteArray(path);
}

void TstAnthropic::answersOnItsPaths()
{
    QFETCH(QByteArray, path);
    const json::object message = ask(path.toStdString(), bodyWith("Hello"));
    QCOMPARE(stringAt(message, "type"), std::string_view("message"));
    QCOMPARE(stringAt(message, "model"), std::string_view("gemini-3.6-flash"));
    QCOMPARE(stringAt(message, "stop_reason"), std::string_view("end_turn"));
    QVERIFY(toJson(message.at("content")).find(R"(said \"Hello\")") != std::string::npos);
    QVERIFY(integerAt(message.at("usage").as_object(), "output_tokens", 0) > 0);
}

void TstAnthropic::takesBothKindsOfCredentials()
{
    const std::string body = bodyWith("x");
    const auto with = [&](const std::string &credential) {
        return send(*m_stage, "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n" + credential +
                                  "\r\nContent-Type: application/json\r\nContent-Length: " +
                                  std::to_string(body.size()) + "\r\n\r\n" + body)
            .status;
    };
    QCOMPARE(with("x-api-key: " + std::string(CLIENT_TOKEN)), 200);
    QCOMPARE(with("Authorization: Bearer " + std::string(CLIENT_TOKEN)), 200);
    QCOMPARE(with("x-api-key: wrong"), 401);
}

void TstAnthropic::streams()
{
    const std::string more = R"("stream":true,"thinking":{"type":"adaptive"},)";
    const RawAnswer answer = m_stage->ask(MESSAGES, bodyWith("Hello [[chunks=5]]", more), VERSION);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").starts_with("text/event-stream"));
    QVERIFY(!answer.header("request-id").empty());
    const json::object message = MessageJoin(answer.body).message();
    const json::array &content = message.at("content").as_array();
    QCOMPARE(content.size(), std::size_t{2});
    QVERIFY(stringAt(content[0].as_object(), "thinking").find("Thinking") != std::string_view::npos);
    QVERIFY(stringAt(content[1].as_object(), "text").find("said \"Hello") != std::string_view::npos);
    QCOMPARE(stringAt(message, "stop_reason"), std::string_view("end_turn"));
}

void TstAnthropic::stopsAtSequences_data()
{
    QTest::addColumn<bool>("streamed");
    QTest::newRow("whole") << false;
    QTest::newRow("streamed") << true;
}

/// Gemini is left in the midst of its answer: what is cut off need not be made.
void TstAnthropic::stopsAtSequences()
{
    QFETCH(bool, streamed);
    const RawAnswer answer = m_stage->ask(MESSAGES,
                                          bodyWith("[[text=chunk-1chunk-2chunk-3 chunks=9 delay=50]]",
                                                   R"("stop_sequences":["never","chunk-2"],)" +
                                                       std::string(streamed ? R"("stream":true,)" : "")),
                                          VERSION);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").starts_with(streamed ? "text/event-stream" : "application/json"));
    const json::object message =
        streamed ? MessageJoin(answer.body).message() : parseJsonObject(answer.body).value();
    QCOMPARE(stringAt(message, "stop_reason"), std::string_view("stop_sequence"));
    QCOMPARE(stringAt(message, "stop_sequence"), std::string_view("chunk-2"));
    QCOMPARE(stringAt(message.at("content").at(0).as_object(), "text"), std::string_view("chunk-1"));
    QTRY_VERIFY_WITH_TIMEOUT(m_stage->fake().requests().back().closedEarly, 3000);
    const std::string asked = m_stage->fake().requests().back().request.body;
    QVERIFY2(asked.find("stopSequences") == std::string::npos, asked.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT status || ' ' || streamed FROM requests"),
                              std::vector<std::string>{streamed ? "200 1" : "200 0"}, 2000);
}

void TstAnthropic::standsForClaudesNames()
{
    for (const auto &[asked, used] : {std::pair("claude-haiku-4-5-20251001", "gemini-3.5-flash-lite"),
                                      std::pair("claude-sonnet-4-5", "gemini-3.8-flash"),
                                      std::pair("claude-opus-4-1-20250805", "gemini-3.1-pro-preview")}) {
        const RawAnswer answer = m_stage->ask(MESSAGES, bodyWith("x", "", asked), VERSION);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("x-gateway-model"), std::string_view(used));
        QCOMPARE(stringAt(parseJsonObject(answer.body).value(), "model"), std::string_view(used));
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT asked.text || ' by ' || used.text FROM requests "
                                             "JOIN names asked ON asked.id = requests.model_asked "
                                             "JOIN names used ON used.id = requests.model_used "
                                             "ORDER BY requests.seq LIMIT 1"),
                              std::vector<std::string>{"claude-haiku-4-5-20251001 by gemini-3.5-flash-lite"},
                              2000);
    ask(MESSAGES, bodyWith("x", "", "no-such-model"), 404);
}

/// A client that sends back only what Anthropic's API has a place for: the fake refuses a call without its
/// signature, and one that it has not given.
void TstAnthropic::remembersSignatures()
{
    const std::string tools =
        R"("tools":[{"name":"look","input_schema":{"type":"object","properties":{"at":{"type":"string"}}}}],)";
    for (const char *thinking : {"", R"("thinking":{"type":"enabled","budget_tokens":2000},)"}) {
        for (const bool streamed : {false, true}) {
            const std::string more = tools + thinking;
            const std::string body = bodyWith(R"(Please call tool look with {"at":"x"})",
                                              more + (streamed ? R"("stream":true,)" : ""));
            const RawAnswer answer = m_stage->ask(MESSAGES, body, VERSION);
            QCOMPARE(answer.status, 200);
            const json::object message =
                streamed ? MessageJoin(answer.body).message() : parseJsonObject(answer.body).value();
            QCOMPARE(stringAt(message, "stop_reason"), std::string_view("tool_use"));
            const json::array &content = message.at("content").as_array();
            QCOMPARE(content.size(), std::size_t{*thinking ? 2u : 1u});
            json::object next =
                parseJsonObject(bodyWith(R"(Please call tool look with {"at":"x"})", more)).value();
            json::array &messages = next.at("messages").as_array();
            messages.push_back(json::object{{"role", "assistant"}, {"content", content}});
            messages.push_back(
                json::object{{"role", "user"},
                             {"content", json::array{json::object{{"type", "tool_result"},
                                                                  {"tool_use_id", content.back().at("id")},
                                                                  {"content", "seen"}}}}});
            QCOMPARE(stringAt(ask(MESSAGES, toJson(next)), "stop_reason"), std::string_view("end_turn"));
            const std::string asked = m_stage->fake().requests().back().request.body;
            QVERIFY2(asked.find("thoughtSignature") != std::string::npos, asked.c_str());
            QVERIFY2(asked.find("skip_thought") == std::string::npos, asked.c_str());
        }
    }
}

void TstAnthropic::countsTokens()
{
    const json::object counted =
        ask("/v1/messages/count_tokens?beta=true",
            R"({"model":"claude-sonnet-4-5","system":"S","messages":[{"role":"user","content":"Hello"}]})");
    QVERIFY(integerAt(counted, "input_tokens", 0) > 0);
    const std::string path = m_stage->fake().requests().back().request.path;
    QVERIFY2(path.find("gemini-3.8-flash:countTokens") != std::string::npos, path.c_str());
}

void TstAnthropic::listsModelsInItsShape()
{
    const std::string token = "x-api-key: " + std::string(CLIENT_TOKEN) + "\r\n";
    for (const std::string &head : {"GET /v1/models?limit=1000 HTTP/1.1\r\n" + std::string(VERSION),
                                    std::string("GET /anthropic/v1/models HTTP/1.1\r\n")}) {
        const json::object list =
            parseJsonObject(send(*m_stage, head + "Host: localhost\r\n" + token + "\r\n").body).value();
        QCOMPARE(boolAt(list, "has_more", true), false);
        QCOMPARE(stringAt(list.at("data").at(0).as_object(), "type"), std::string_view("model"));
    }
    const json::object one =
        parseJsonObject(send(*m_stage, "GET /anthropic/v1/models/gemini-3.6-flash HTTP/1.1\r\n"
                                       "Host: localhost\r\n" +
                                           token + "\r\n")
                            .body)
            .value();
    QCOMPARE(stringAt(one, "id"), std::string_view("gemini-3.6-flash"));
    const RawAnswer refused = send(*m_stage, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" +
                                                 std::string(VERSION) + "x-api-key: wrong\r\n\r\n");
    QCOMPARE(refused.status, 401);
    QVERIFY2(refused.body.find("authentication_error") != std::string::npos, refused.body.c_str());
}

void TstAnthropic::answersProbesOfTheRoot()
{
    QCOMPARE(send(*m_stage, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
    RawClient client(5000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    QCOMPARE(client.readAnswer(true).status, 200);
}

void TstAnthropic::tellsErrorsInItsShape_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const QByteArray good = QByteArray::fromStdString(bodyWith("x"));
    QTest::newRow("bad JSON") << QByteArray("{") << -1 << 400 << QByteArray("invalid_request_error");
    QTest::newRow("a field") << QByteArray(R"({"model":"m"})") << -1 << 400
                             << QByteArray("invalid_request_error");
    QTest::newRow("a model") << QByteArray::fromStdString(bodyWith("x", "", "nothing")) << -1 << 404
                             << QByteArray("not_found_error");
    QTest::newRow("a quota") << good << static_cast<int>(Fault::MinuteQuota) << 429
                             << QByteArray("rate_limit_error");
    QTest::newRow("overload") << good << static_cast<int>(Fault::Overloaded) << 529
                              << QByteArray("overloaded_error");
}

void TstAnthropic::tellsErrorsInItsShape()
{
    QFETCH(QByteArray, body);
    QFETCH(int, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    if (fault >= 0)
        m_stage->script("*", static_cast<Fault>(fault), -1, 40);
    const json::object error = ask(MESSAGES, body.toStdString(), status);
    QCOMPARE(stringAt(error, "type"), std::string_view("error"));
    QCOMPARE(stringAt(error.at("error").as_object(), "type"), std::string_view(type.constData()));
    QVERIFY(!stringAt(error.at("error").as_object(), "message").empty());
    QVERIFY(!stringAt(error, "request_id").empty());
}

void TstAnthropic::tellsABreakInTheStream()
{
    m_stage->script("*", Fault::ErrorEvent, 1);
    const RawAnswer answer =
        m_stage->ask(MESSAGES, bodyWith("Broken [[chunks=4]]", R"("stream":true,)"), VERSION);
    QCOMPARE(answer.status, 200);
    const std::size_t error =
        answer.body.find("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":");
    QVERIFY2(error != std::string::npos, answer.body.c_str());
    QVERIFY(answer.body.find("text_delta") < error);
    QVERIFY(answer.body.find("message_stop") == std::string::npos);
}

void TstAnthropic::pingsWhileNothingFlows()
{
    const RawAnswer answer =
        m_stage->ask(MESSAGES, bodyWith("Slow [[chunks=2 delay=2500]]", R"("stream":true,)"), VERSION);
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.find("event: ping\ndata: {\"type\": \"ping\"}\n\n") != std::string::npos,
             answer.body.c_str());
    QVERIFY(answer.body.find("heartbeat") == std::string::npos);
    QVERIFY(answer.body.find("message_stop") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstAnthropic)
#include "tst_anthropic.moc"
