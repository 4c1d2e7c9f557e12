#include <atomic>
#include <thread>
#include <vector>

#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// OpenAI's Responses API through the program: what is kept, for whom, and for how long.
class TstResponses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_stage.reset(); }
    void answersOnItsPaths_data();
    void answersOnItsPaths();
    void keepsForTheOwnTokenOnly();
    void keepsForItsTime();
    void keepsNothingWhenTurnedOff();
    void tellsABreakInTheStream();
    void warnsOfWhatWasLeftOut();
    void recordsOneRequest();
    void tellsAtOnceWhatARestartCutOff();
    void tellsEventsAgain();
    void followsWhatRuns();
    void tellsEventsOfWhatWasNotStreamed();
    void refusesAPlaceThatIsNone();
    void losesNoAdditionToAConversation();
    void findsALongChainTogether();

private:
    void start(const GatewayProcess::Environment &settings = {});
    RawAnswer send(const std::string &method, const std::string &path, const std::string &body = {},
                   const std::string &token = CLIENT_TOKEN) const;
    json::object ask(const std::string &members, int status = 200) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *RESPONSES = "/v1/responses";
constexpr const char *OTHER_TOKEN = "another-token-of-the-tests";

std::string bodyWith(const std::string &members)
{
    return R"({"model":"gemini-3.6-flash",)" + members + '}';
}

} // namespace

void TstResponses::start(const GatewayProcess::Environment &settings)
{
    m_stage = std::make_unique<Stage>(1);
    GatewayProcess::Environment all = settings;
    all["ALLOWED_TOKENS"] = std::string(CLIENT_TOKEN) + ',' + OTHER_TOKEN;
    all["MAX_RETRIES"] = "0";
    QVERIFY(m_stage->start(all));
}

RawAnswer TstResponses::send(const std::string &method, const std::string &path, const std::string &body,
                             const std::string &token) const
{
    RawClient client(20'000);
    const std::string request =
        method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
        body;
    if (!client.connect(m_stage->gateway().port()) || !client.send(request))
        return {};
    return client.readAnswer();
}

json::object TstResponses::ask(const std::string &members, int status) const
{
    const RawAnswer answer = send("POST", RESPONSES, bodyWith(members));
    const Result<json::object> parsed = parseJsonObject(answer.body);
    if (answer.status != status || !parsed)
        qWarning("%d: %s", answer.status, answer.body.c_str());
    return answer.status == status && parsed ? *parsed : json::object();
}

void TstResponses::answersOnItsPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/v1/responses", "/responses", "/v1/v1/responses", "//openai/v1/responses/"})
        QTest::newRow(path) << QByteArray(path);
}

void TstResponses::answersOnItsPaths()
{
    QFETCH(QByteArray, path);
    start();
    const RawAnswer answer = send("POST", path.toStdString(), bodyWith(R"("input":"Hello")"));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.find(R"("object":"response")") != std::string::npos);
}

void TstResponses::keepsForTheOwnTokenOnly()
{
    start();
    const std::string id(stringAt(ask(R"("input":"Hello")"), "id"));
    const std::string path = std::string(RESPONSES) + '/' + id;
    QCOMPARE(send("GET", path).status, 200);
    QCOMPARE(send("GET", path, {}, OTHER_TOKEN).status, 404);
    QCOMPARE(send("DELETE", path, {}, OTHER_TOKEN).status, 404);
    const std::string next = bodyWith(R"("input":"x","previous_response_id":")" + id + '"');
    QCOMPARE(send("POST", RESPONSES, next, OTHER_TOKEN).status, 400);
    QCOMPARE(send("POST", RESPONSES, next).status, 200);
    QCOMPARE(send("POST", path + "/cancel").status, 400);
    QCOMPARE(send("GET", path + "/input_items?limit=0").status, 400);
    QCOMPARE(send("DELETE", path).status, 200);
    QCOMPARE(send("GET", path).status, 404);
}

void TstResponses::keepsForItsTime()
{
    start({{"RESPONSE_RETENTION_DAYS", "2"}});
    const std::string id(stringAt(ask(R"("input":"Hello")"), "id"));
    ask(R"("input":"Not kept","store":false)");
    QTRY_COMPARE_WITH_TIMEOUT(
        m_stage->query("SELECT id FROM objects WHERE expires_ms BETWEEN (unixepoch() + 172000) * 1000 "
                       "AND (unixepoch() + 172900) * 1000"),
        std::vector<std::string>{id}, 3000);
}

void TstResponses::keepsNothingWhenTurnedOff()
{
    start({{"RESPONSE_RETENTION_DAYS", "0"}});
    const json::object response = ask(R"("input":"Hello")");
    QVERIFY(!boolAt(response, "store", true));
    QCOMPARE(send("GET", std::string(RESPONSES) + '/' + std::string(stringAt(response, "id"))).status, 404);
    ask(R"("input":"x","background":true)", 400);
    QCOMPARE(send("POST", "/v1/conversations", "{}").status, 400);
}

void TstResponses::tellsABreakInTheStream()
{
    start();
    m_stage->script("*", Fault::ErrorEvent, 1);
    const RawAnswer answer =
        send("POST", RESPONSES, bodyWith(R"("input":"Hello [[chunks=5]]","stream":true)"));
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.find("event: response.failed\n") != std::string::npos, answer.body.c_str());
    QVERIFY(answer.body.find("response.completed") == std::string::npos);
}

void TstResponses::warnsOfWhatWasLeftOut()
{
    start();
    const RawAnswer answer = send(
        "POST", RESPONSES,
        R"({"model":"gemini-2.5-flash","input":"x","tools":[{"type":"web_search"},{"type":"function","name":"f"}]})");
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.header("x-gateway-warning").empty());
}

void TstResponses::recordsOneRequest()
{
    start();
    ask(R"("input":"Hello","background":true)");
    ask(R"("input":[{"type":"computer_call"}])", 400);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT count(*) FROM requests"), std::vector<std::string>{"2"},
                              5000);
}

void TstResponses::tellsAtOnceWhatARestartCutOff()
{
    start();
    m_stage->script("*", Fault::StallHead, 1);
    const std::string id(stringAt(ask(R"("input":"Hello","background":true)"), "id"));
    const std::string path = std::string(RESPONSES) + '/' + id;
    QCOMPARE(stringAt(parseJsonObject(send("GET", path).body).value(), "status"),
             std::string_view("in_progress"));
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT count(*) FROM objects"), std::vector<std::string>{"1"},
                              3000);
    m_stage->gateway().kill();
    QVERIFY(m_stage->restart());
    const RawAnswer answer = send("GET", path);
    QVERIFY2(answer.status == 200, answer.body.c_str());
    const json::object cut = parseJsonObject(answer.body).value();
    QCOMPARE(stringAt(cut, "status"), std::string_view("failed"));
    QVERIFY(stringAt(cut.at("error").as_object(), "message").find("stopped") != std::string_view::npos);
    const std::string told = send("GET", path + "?stream=true").body;
    QVERIFY2(told.find("event: response.failed\n") != std::string::npos, told.c_str());
}

/// From any event on, as they were told.
void TstResponses::tellsEventsAgain()
{
    start();
    const RawAnswer first =
        send("POST", RESPONSES, bodyWith(R"("input":"Hello [[chunks=6]]","stream":true,"background":true)"));
    QCOMPARE(first.status, 200);
    const std::size_t at = first.body.find("resp_");
    const std::string path =
        std::string(RESPONSES) + '/' + first.body.substr(at, first.body.find('"', at) - at);
    const RawAnswer again = send("GET", path + "?stream=true");
    QCOMPARE(again.status, 200);
    QVERIFY(again.header("content-type").starts_with("text/event-stream"));
    QCOMPARE(QByteArray::fromStdString(again.body), QByteArray::fromStdString(first.body));
    std::size_t from = 0;
    for (int number = 0; (from = first.body.find("\n\n", from)) != std::string::npos; ++number) {
        from += 2;
        if (from == first.body.size())
            break; // the end, which is told in any case
        const RawAnswer rest = send("GET", path + "?stream=true&starting_after=" + std::to_string(number));
        QCOMPARE(QByteArray::fromStdString(rest.body), QByteArray::fromStdString(first.body.substr(from)));
    }
    QCOMPARE(send("GET", path + "?stream=true", {}, OTHER_TOKEN).status, 404);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT count(*) FROM objects WHERE id LIKE 'events:%'"),
                              std::vector<std::string>{"1"}, 3000);
    QVERIFY(m_stage->restart());
    QCOMPARE(QByteArray::fromStdString(send("GET", path + "?stream=true").body),
             QByteArray::fromStdString(first.body));
    QCOMPARE(send("DELETE", path).status, 200);
    QCOMPARE(send("GET", path + "?stream=true").status, 404);
}

/// By two clients at once, while the first has left.
void TstResponses::followsWhatRuns()
{
    start();
    RawClient first(20'000);
    const std::string body =
        bodyWith(R"("input":"Hello [[chunks=10 delay=200]]","stream":true,"background":true)");
    QVERIFY(first.connect(m_stage->gateway().port()));
    QVERIFY(first.send("POST " + std::string(RESPONSES) +
                       " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CLIENT_TOKEN +
                       "\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body));
    std::vector<std::string> ids;
    QTRY_VERIFY_WITH_TIMEOUT(!(ids = m_stage->query("SELECT id FROM objects WHERE id LIKE 'resp_%'")).empty(),
                             3000);
    first.close();
    const std::string path = std::string(RESPONSES) + '/' + ids.front() + "?stream=true";
    RawAnswer other;
    std::thread second([&] { other = send("GET", path + "&starting_after=1"); });
    const RawAnswer whole = send("GET", path);
    second.join();
    QCOMPARE(whole.status, 200);
    QVERIFY2(whole.body.starts_with("event: response.created\n"), whole.body.c_str());
    QVERIFY2(whole.body.find("event: response.completed\n") != std::string::npos, whole.body.c_str());
    QVERIFY(whole.body.size() > other.body.size());
    QVERIFY(whole.body.ends_with(other.body));
    QVERIFY2(other.body.starts_with("event: response.output_item.added\n"), other.body.c_str());
}

void TstResponses::tellsEventsOfWhatWasNotStreamed()
{
    start();
    const json::object response = ask(R"("input":"Hello")");
    const std::string path = std::string(RESPONSES) + '/' + std::string(stringAt(response, "id"));
    const std::string told = send("GET", path + "?stream=true").body;
    QVERIFY2(told.starts_with("event: response.created\ndata: {\"type\":\"response.created\","
                              "\"sequence_number\":0,"),
             told.c_str());
    QVERIFY(told.find("event: response.output_text.delta\n") != std::string::npos);
    QVERIFY(told.find("\"response\":" + toJson(response)) != std::string::npos);
    const std::string id(stringAt(ask(R"("input":"Hello [[chunks=4 delay=300]]","background":true)"), "id"));
    const std::string running = send("GET", std::string(RESPONSES) + '/' + id + "?stream=true").body;
    QVERIFY2(running.starts_with("event: response.created\n"), running.c_str());
    QVERIFY2(running.find("event: response.completed\n") != std::string::npos, running.c_str());
}

void TstResponses::refusesAPlaceThatIsNone()
{
    start();
    const std::string path =
        std::string(RESPONSES) + '/' + std::string(stringAt(ask(R"("input":"x")"), "id"));
    for (const char *place : {"x", "-1", "1x", "99999999999999999999"})
        QCOMPARE(send("GET", path + "?stream=true&starting_after=" + place).status, 400);
}

void TstResponses::losesNoAdditionToAConversation()
{
    start({{"WORKERS", "4"}});
    const std::string id(
        stringAt(parseJsonObject(send("POST", "/v1/conversations", "{}").body).value(), "id"));
    const std::string path = "/v1/conversations/" + id + "/items";
    constexpr int THREADS = 6;
    constexpr int ADDITIONS = 8;
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < THREADS; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < ADDITIONS; ++i)
                good += send("POST", path, R"({"items":[{"role":"user","content":"x"}]})").status == 200;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), THREADS * ADDITIONS);
    const json::object page = parseJsonObject(send("GET", path + "?limit=100").body).value();
    QCOMPARE(page.at("data").as_array().size(), std::size_t{THREADS * ADDITIONS});
}

void TstResponses::findsALongChainTogether()
{
    start();
    std::string last;
    for (int i = 0; i < 6; ++i) {
        const std::string before = last.empty() ? "" : R"(,"previous_response_id":")" + last + '"';
        last = stringAt(ask("\"input\":\"turn " + std::to_string(i) + '"' + before), "id");
        QVERIFY(!last.empty());
    }
    const std::string asked = m_stage->fake().requests().back().request.body;
    std::size_t at = 0;
    for (int i = 0; i < 6; ++i) {
        at = asked.find("turn " + std::to_string(i), at);
        QVERIFY2(at != std::string::npos, asked.c_str());
    }
    QTRY_VERIFY_WITH_TIMEOUT(
        !m_stage->query("SELECT 1 FROM objects WHERE id = '" + last + "' AND length(body) > 0").empty(),
        3000);
    QVERIFY(m_stage->restart());
    QVERIFY(!ask(R"("input":"more","previous_response_id":")" + last + '"').empty());
    const std::string again = m_stage->fake().requests().back().request.body;
    QVERIFY2(again.find("turn 0") < again.find("more"), again.c_str());
}

QTEST_GUILESS_MAIN(TstResponses)
#include "tst_responses.moc"
