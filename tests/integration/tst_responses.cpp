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

QTEST_GUILESS_MAIN(TstResponses)
#include "tst_responses.moc"
