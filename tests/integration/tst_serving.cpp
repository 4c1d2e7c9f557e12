#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

// Requests that the key at hand cannot serve now, but that something else can.
class TstServing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workersShareOneLine();
    void anotherModelStandsIn();
    void anEmptyAnswerIsAskedForAgain();
    void aDeadProxyIsTold();
    void wrongRulesStopTheStart();
};

/// Eight clients on the sockets of both workers while the only key rests: none is refused, and Google sees no
/// more than the one call that met the limit.
void TstServing::workersShareOneLine()
{
    Stage stage(1);
    QVERIFY(stage.start());
    stage.script(stage.keys()[0], Fault::MinuteQuota, 1, 2);
    std::vector<Gateway::RawClient> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back(20'000);
        QVERIFY(clients.back().connect(stage.gateway().port()));
        const bool isChat = i % 2 == 1;
        QVERIFY(clients.back().send(
            stage.post(isChat ? CHAT_PATH : GENERATE_PATH, isChat ? chatBody("x") : nativeBody("x"))));
        if (i == 0)
            QVERIFY(stage.fake().waitForEnd(0, 2000));
    }
    for (Gateway::RawClient &client : clients)
        QCOMPARE(client.readAnswer().status, 200);
    QCOMPARE(stage.fake().requests().size(), 9u);
}

void TstServing::anotherModelStandsIn()
{
    Stage stage(2);
    QVERIFY(stage.start({{"MODEL_FALLBACKS", "gemini-3.6-* > gemini-3.5-flash"}, {"MAX_RETRIES", "1"}}));
    stage.script("*", Fault::Overloaded, -1, 0, "gemini-3.6-flash");
    for (const char *path : {GENERATE_PATH, STREAM_PATH, CHAT_PATH}) {
        const bool isChat = path == CHAT_PATH;
        const auto answer = stage.ask(path, isChat ? chatBody("x") : nativeBody("x"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("x-gateway-model"), std::string_view("gemini-3.5-flash"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(stage.query("SELECT asked.text || ' by ' || used.text FROM requests "
                                          "JOIN names asked ON asked.id = requests.model_asked "
                                          "JOIN names used ON used.id = requests.model_used"),
                              std::vector<std::string>(3, "gemini-3.6-flash by gemini-3.5-flash"), 2000);
}

void TstServing::anEmptyAnswerIsAskedForAgain()
{
    Stage stage(2);
    QVERIFY(stage.start());
    stage.script("*", Fault::EmptyCandidate, 1);
    const auto answer = stage.ask(STREAM_PATH, nativeBody("Hello"));
    QCOMPARE(answer.status, 200);
    QVERIFY(!streamedText(answer.body).empty());
    QCOMPARE(stage.fake().requests().size(), 2u);
}

void TstServing::aDeadProxyIsTold()
{
    Stage stage(2);
    QVERIFY(stage.start({{"PROXIES", "http://user:hidden-word@127.0.0.1:1"}, {"MAX_RETRIES", "1"}}));
    stage.ask(GENERATE_PATH, nativeBody("x"));
    const auto answer = stage.ask(GENERATE_PATH, nativeBody("x"));
    QCOMPARE(answer.status, 502);
    QVERIFY2(answer.body.find("The proxy cannot be reached") != std::string::npos, answer.body.c_str());
    QVERIFY(answer.body.find("hidden-word") == std::string::npos);
    QVERIFY(stage.gateway().output().find("hidden-word") == std::string::npos);
    QVERIFY(stage.fake().requests().empty());
    QCOMPARE(stage.query("SELECT count(*) FROM keys WHERE state != 0 OR failures != 0"),
             std::vector<std::string>{"0"});
}

void TstServing::wrongRulesStopTheStart()
{
    Stage stage(1);
    QVERIFY(!stage.start({{"MODEL_FALLBACKS", "a, b"}}));
    QVERIFY2(stage.gateway().output().find("there is no '>'") != std::string::npos,
             stage.gateway().output().c_str());
}

QTEST_GUILESS_MAIN(TstServing)
#include "tst_serving.moc"
