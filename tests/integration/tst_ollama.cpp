#include <QTest>

#include "gateway/common/dialect.h"
#include "gateway/common/json.h"
#include "tests/integration/adminclient.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// Ollama's dialect through the program, as its clients and VS Code's provider speak it.
class TstOllama : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void answersOnItsPaths_data();
    void answersOnItsPaths();
    void streamsLines();
    void answersAtTheRoot();
    void remembersSignaturesWithoutIds();
    void goesOnFromAContext();
    void standsForOtherNames();
    void shakesHandsWithVsCode();
    void namesWhatItIgnores();
    void tellsErrorsInItsShape_data();
    void tellsErrorsInItsShape();
    void tellsABreakInTheStream();
    void keepsASilentStreamWhole();
    void opensToThisComputerAsTold();
    void takesTheTokenOfAnAddress();

private:
    json::object ask(const std::string &path, const std::string &body, int status = 200) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *CHAT = "/api/chat";

std::string chatOf(const std::string &text, const std::string &more = "",
                   const std::string &model = "gemini-3.6-flash")
{
    std::string body = R"({"model":")" + model + R"(",)" + more + R"("messages":[{"role":"user","content":)";
    appendJsonString(body, text);
    return body + "}]}";
}

std::vector<json::object> linesOf(const std::string &stream)
{
    std::vector<json::object> lines;
    for (const QByteArray &line : QByteArray::fromStdString(stream).split('\n')) {
        if (!line.isEmpty())
            lines.push_back(parseJsonObject(line.toStdString()).value_or(json::object()));
    }
    return lines;
}

RawAnswer send(const Stage &stage, const std::string &request, bool isHead = false)
{
    RawClient client(20'000);
    if (!client.connect(const_cast<Stage &>(stage).gateway().port()) || !client.send(request))
        return {};
    return client.readAnswer(isHead);
}

RawAnswer get(const Stage &stage, const std::string &path, const std::string &headers = "")
{
    return send(stage, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
}

} // namespace

void TstOllama::init()
{
    m_stage = std::make_unique<Stage>(2);
    QVERIFY(m_stage->start(
        {{"MAX_RETRIES", "1"}, {"HEARTBEAT_INTERVAL", "1"}, {"MODEL_ALIASES", "llama3*=gemini-3.5-flash"}}));
}

json::object TstOllama::ask(const std::string &path, const std::string &body, int status) const
{
    const RawAnswer answer = m_stage->ask(path, body);
    const Result<json::object> parsed = parseJsonObject(answer.body);
    if (answer.status != status || !parsed)
        qWarning("%d: %s", answer.status, answer.body.c_str());
    return answer.status == status && parsed ? *parsed : json::object();
}

void TstOllama::answersOnItsPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/api/chat", "//api/chat/", "/ollama/api/chat", "/v1/api/chat", "/api/api/chat"})
        QTest::newRow(path) << QByteArray(path);
}

void TstOllama::answersOnItsPaths()
{
    QFETCH(QByteArray, path);
    const json::object answer = ask(path.toStdString(), chatOf("Hello", R"("stream":false,)"));
    QCOMPARE(stringAt(answer, "model"), std::string_view("gemini-3.6-flash"));
    QCOMPARE(stringAt(answer, "done_reason"), std::string_view("stop"));
    QVERIFY(toJson(answer.at("message")).find(R"(said \"Hello\")") != std::string::npos);
    QVERIFY(integerAt(answer, "eval_count", 0) > 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT requests.dialect || ' ' || methods.text FROM requests "
                                             "JOIN names methods ON methods.id = requests.method"),
                              std::vector{std::to_string(static_cast<int>(Dialect::Ollama)) + " chat"}, 2000);
}

void TstOllama::streamsLines()
{
    const RawAnswer answer = m_stage->ask(CHAT, chatOf("Hello [[chunks=5]]"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), std::string_view("application/x-ndjson"));
    const std::vector<json::object> lines = linesOf(answer.body);
    QCOMPARE(lines.size(), std::size_t{7}); // thoughts, five pieces, the end
    std::string text;
    for (const json::object &line : lines) {
        QCOMPARE(boolAt(line, "done", true), &line == &lines.back());
        text += stringAt(line.at("message").as_object(), "content");
    }
    QVERIFY(text.find("said \"Hello") != std::string::npos);
}

void TstOllama::answersAtTheRoot()
{
    const RawAnswer words = get(*m_stage, "/");
    QCOMPARE(words.status, 200);
    QCOMPARE(words.body, std::string("Ollama is running"));
    QCOMPARE(send(*m_stage, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", true).status,
             200);
    const std::string ours = R"({"service":"gemini-balance","status":"ok"})";
    QCOMPARE(get(*m_stage, "/", "Accept: application/json\r\n").body, ours);
    QCOMPARE(get(*m_stage, "/", "Accept: text/html,*/*;q=0.8\r\n").body, ours);
}

/// A client that knows neither ids nor thoughts: the fake refuses a call without its signature.
void TstOllama::remembersSignaturesWithoutIds()
{
    const std::string tools = R"("tools":[{"type":"function","function":{"name":"look","parameters":)"
                              R"({"type":"object","properties":{"at":{"type":"string"}}}}}],)";
    const std::string order = R"(Please call tool look with {"at":"x"} then call tool look with {"at":"y"})";
    for (const bool streamed : {false, true}) {
        const std::string form = streamed ? "" : R"("stream":false,)";
        json::object next = parseJsonObject(chatOf(order, tools + form)).value();
        for (int round = 0; round < 2; ++round) {
            const RawAnswer answer = m_stage->ask(CHAT, toJson(next));
            QCOMPARE(answer.status, 200);
            json::array calls;
            for (const json::object &line : linesOf(answer.body)) {
                const json::array *more = arrayAt(line.at("message").as_object(), "tool_calls");
                for (std::size_t i = 0; more && i < more->size(); ++i)
                    calls.push_back(json::object{
                        {"function",
                         json::object{{"name", (*more)[i].at("function").at("name")},
                                      {"arguments", (*more)[i].at("function").at("arguments")}}}});
            }
            QCOMPARE(calls.size(), std::size_t{1});
            json::array &messages = next.at("messages").as_array();
            messages.push_back(json::object{{"role", "assistant"}, {"content", ""}, {"tool_calls", calls}});
            messages.push_back(json::object{{"role", "tool"}, {"content", "seen"}});
        }
        next["stream"] = false;
        const json::object last = ask(CHAT, toJson(next));
        QVERIFY(!last.at("message").as_object().contains("tool_calls"));
        const std::string asked = m_stage->fake().requests().back().request.body;
        QVERIFY2(asked.find("skip_thought") == std::string::npos, asked.c_str());
        QVERIFY2(asked.find("thoughtSignature") != asked.rfind("thoughtSignature"), asked.c_str());
    }
}

void TstOllama::goesOnFromAContext()
{
    const std::string head = R"({"model":"gemini-3.6-flash","stream":false,)";
    const json::object first = ask("/api/generate", head + R"("prompt":"one","system":"Be brief."})");
    const json::object second =
        ask("/api/generate", head + R"("prompt":"two","context":)" + toJson(first.at("context")) + "}");
    QVERIFY2(stringAt(second, "response").find("3 turns; system \"Be brief.\"") != std::string_view::npos,
             toJson(second.at("response")).c_str());
    const json::object other = ask("/api/generate", head + R"("prompt":"two","context":[1,2,3]})", 400);
    QVERIFY(stringAt(other, "error").find("another server") != std::string_view::npos);
}

void TstOllama::standsForOtherNames()
{
    const RawAnswer answer = m_stage->ask(CHAT, chatOf("x", R"("stream":false,)", "llama3.2:latest"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("x-gateway-model"), std::string_view("gemini-3.5-flash"));
    ask(CHAT, chatOf("x", R"("stream":false,)", "gemini-3.6-flash:latest"));
    const std::string path = m_stage->fake().requests().back().request.path;
    QVERIFY2(path.find("gemini-3.6-flash:generateContent") != std::string::npos, path.c_str());
}

void TstOllama::shakesHandsWithVsCode()
{
    const json::object version = parseJsonObject(get(*m_stage, "/api/version").body).value();
    QVERIFY(stringAt(version, "version") >= "0.10");
    const std::string token = "Authorization: Bearer " + std::string(CLIENT_TOKEN) + "\r\n";
    const json::object tags = parseJsonObject(get(*m_stage, "/api/tags", token).body).value();
    QVERIFY(tags.at("models").as_array().size() > 5);
    const std::string model(stringAt(tags.at("models").as_array().front().as_object(), "model"));
    const json::object shown = ask("/api/show", R"({"model":")" + model + R"("})");
    QVERIFY(toJson(shown.at("capabilities")).find("\"tools\"") != std::string::npos);
    QCOMPARE(integerAt(shown.at("model_info").as_object(), "gemini.context_length", 0),
             std::int64_t{1048576});
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x", true, model + ":latest")).status, 200);
    QCOMPARE(get(*m_stage, "/api/ps", token).body, std::string(R"({"models":[]})"));
}

void TstOllama::namesWhatItIgnores()
{
    const RawAnswer answer = m_stage->ask(
        CHAT, chatOf("x", R"("options":{"num_ctx":8192,"repeat_penalty":1.1,"bad\r\nname":1,"top_p":0.9},)"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("x-gateway-ignored"), std::string_view("num_ctx, repeat_penalty"));
}

void TstOllama::tellsErrorsInItsShape_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("status");
    const QByteArray good = QByteArray::fromStdString(chatOf("x"));
    QTest::newRow("bad JSON") << QByteArray(CHAT) << QByteArray("{") << -1 << 400;
    QTest::newRow("no model") << QByteArray(CHAT) << QByteArray("{}") << -1 << 400;
    QTest::newRow("a model") << QByteArray(CHAT) << QByteArray::fromStdString(chatOf("x", "", "nothing"))
                             << -1 << 404;
    QTest::newRow("a model that is shown")
        << QByteArray("/api/show") << QByteArray(R"({"name":"nothing"})") << -1 << 404;
    QTest::newRow("a model that is loaded")
        << QByteArray("/api/generate") << QByteArray(R"({"model":"nothing"})") << -1 << 404;
    QTest::newRow("a quota") << QByteArray(CHAT) << good << static_cast<int>(Fault::MinuteQuota) << 429;
    QTest::newRow("overload") << QByteArray(CHAT) << good << static_cast<int>(Fault::Overloaded) << 503;
    QTest::newRow("a pull") << QByteArray("/api/pull") << QByteArray(R"({"model":"m"})") << -1 << 501;
    QTest::newRow("a path") << QByteArray("/api/nothing") << QByteArray("{}") << -1 << 404;
}

void TstOllama::tellsErrorsInItsShape()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, fault);
    QFETCH(int, status);
    if (fault >= 0)
        m_stage->script("*", static_cast<Fault>(fault), -1, 40);
    const json::object error = ask(path.toStdString(), body.toStdString(), status);
    QCOMPARE(error.size(), std::size_t{1});
    QVERIFY(!stringAt(error, "error").empty());
}

void TstOllama::tellsABreakInTheStream()
{
    m_stage->script("*", Fault::ErrorEvent, 1);
    const RawAnswer answer = m_stage->ask(CHAT, chatOf("Broken [[chunks=4]]", R"("think":false,)"));
    QCOMPARE(answer.status, 200);
    const std::vector<json::object> lines = linesOf(answer.body);
    QVERIFY(lines.size() > 1);
    QVERIFY(!stringAt(lines.front().at("message").as_object(), "content").empty());
    QVERIFY(!stringAt(lines.back(), "error").empty());
    QVERIFY(answer.body.find("\"done\":true") == std::string::npos);
}

/// Lines are all that its clients read: what keeps a silent stream alive is one with no words.
void TstOllama::keepsASilentStreamWhole()
{
    const RawAnswer answer = m_stage->ask(CHAT, chatOf("Slow [[chunks=2 delay=2500]]"));
    QCOMPARE(answer.status, 200);
    std::size_t silent = 0;
    for (const json::object &line : linesOf(answer.body)) {
        QVERIFY2(line.contains("done"), answer.body.c_str());
        silent += line.contains("response") ? 1 : 0;
    }
    QVERIFY2(silent > 0, answer.body.c_str());
    QVERIFY(boolAt(linesOf(answer.body).back(), "done", false));
}

void TstOllama::opensToThisComputerAsTold()
{
    const RawAnswer refused = get(*m_stage, "/api/tags");
    QCOMPARE(refused.status, 401);
    QVERIFY2(refused.body.find("OLLAMA_OPEN") != std::string::npos, refused.body.c_str());
    // The setting counts at once, without a restart.
    QCOMPARE(AdminClient(*m_stage).ask("PATCH", "/settings/OLLAMA_OPEN", R"({"value":true})").status, 200);
    QTRY_COMPARE(get(*m_stage, "/api/tags").status, 200);
    QCOMPARE(get(*m_stage, "/api/tags", "Authorization: Bearer ollama\r\n").status, 200);
    QCOMPARE(get(*m_stage, "/api/tags", "Authorization: Bearer wrong\r\n").status, 401);
    QCOMPARE(get(*m_stage, "/api/tags", "Origin: https://page.example\r\n").status, 401);
    QCOMPARE(get(*m_stage, "/v1/models").status, 200);
    QCOMPARE(get(*m_stage, "/v1beta/models").status, 401);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_stage->query(
            "SELECT DISTINCT tokens.text FROM requests JOIN names tokens ON tokens.id = requests.token "
            "WHERE requests.status = 200"),
        std::vector<std::string>{"without token"}, 2000);
}

void TstOllama::takesTheTokenOfAnAddress()
{
    const QByteArray basic = QByteArray("any:" + QByteArray(CLIENT_TOKEN)).toBase64();
    const std::string header = "Authorization: Basic " + basic.toStdString() + "\r\n";
    QCOMPARE(get(*m_stage, "/api/tags", header).status, 200);
    QCOMPARE(get(*m_stage, "/v1/models", header).status, 401);
}

QTEST_GUILESS_MAIN(TstOllama)
#include "tst_ollama.moc"
