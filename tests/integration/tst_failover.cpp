#include <map>

#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

// Which key gets a request, seen from Google's side.
class TstFailover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(); }
    void cleanup() { m_stage.reset(); }

    void takesTurns();
    void keepsAConversationOnItsKey();
    void asksEveryKeyBeforeOneTwice();
    void asksABlamedKeyOnlyOnce();
    void obeysTheLimitOfRetries();
    void makesNoRetryWhenToldSo();
    void passesACallersFaultBackOnce();
    void sendsOneCredentialOnly();
    void countsUnclearFailuresInARow();
    void tellsTheShortestWait();
    void tellsWhyNoKeyIsLeft();
    void restsOneModelOnly();

private:
    int asked(const std::string &key) const;
    std::unique_ptr<Stage> m_stage;
};

int TstFailover::asked(const std::string &key) const
{
    int count = 0;
    for (const SeenRequest &seen : m_stage->fake().requests())
        count += seen.key == key ? 1 : 0;
    return count;
}

void TstFailover::takesTurns()
{
    QVERIFY(m_stage->start({{"AFFINITY", "off"}}));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    for (const std::string &key : m_stage->keys())
        QCOMPARE(asked(key), 10);
}

void TstFailover::keepsAConversationOnItsKey()
{
    QVERIFY(m_stage->start());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x")).status, 200);
    const std::string first = m_stage->fake().requests().front().key;
    QCOMPARE(asked(first), 5);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(
            m_stage->ask(GENERATE_PATH, nativeBody("x"), "x-gateway-affinity: " + std::to_string(i) + "\r\n")
                .status,
            200);
    for (const std::string &key : m_stage->keys())
        QVERIFY(asked(key) > 1);
}

void TstFailover::asksEveryKeyBeforeOneTwice()
{
    QVERIFY(m_stage->start({{"MAX_RETRIES", "3"}}));
    m_stage->script("*", Fault::Overloaded);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 503);
    const auto seen = m_stage->fake().requests();
    QCOMPARE(seen.size(), 4u);
    for (const std::string &key : m_stage->keys())
        QVERIFY(seen[0].key == key || seen[1].key == key || seen[2].key == key);
}

void TstFailover::asksABlamedKeyOnlyOnce()
{
    QVERIFY(m_stage->start({{"MAX_RETRIES", "6"}}));
    m_stage->script(m_stage->keys()[0], Fault::BareQuota);
    m_stage->script(m_stage->keys()[1], Fault::RegionRefused);
    m_stage->script(m_stage->keys()[2], Fault::Overloaded);
    QVERIFY(m_stage->ask(GENERATE_PATH, nativeBody("x")).status >= 400);
    QCOMPARE(asked(m_stage->keys()[0]), 1);
    QCOMPARE(asked(m_stage->keys()[1]), 1);
}

void TstFailover::obeysTheLimitOfRetries()
{
    QVERIFY(m_stage->start({{"MAX_RETRIES", "1"}}));
    m_stage->script("*", Fault::InternalError);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 500);
    QCOMPARE(m_stage->fake().requests().size(), 2u);
}

void TstFailover::makesNoRetryWhenToldSo()
{
    QVERIFY(m_stage->start({{"MAX_RETRIES", "0"}}));
    m_stage->script("*", Fault::Overloaded, 1);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 503);
    QCOMPARE(m_stage->fake().requests().size(), 1u);
}

void TstFailover::passesACallersFaultBackOnce()
{
    QVERIFY(m_stage->start());
    const auto answer = m_stage->ask(GENERATE_PATH, R"({"contents":[]})");
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.find("contents is not specified") != std::string::npos);
    QCOMPARE(m_stage->fake().requests().size(), 1u);
    QCOMPARE(m_stage->query("SELECT count(*) FROM keys WHERE state != 0 OR failures != 0"),
             std::vector<std::string>{"0"});
}

void TstFailover::sendsOneCredentialOnly()
{
    QVERIFY(m_stage->start());
    const std::string token = CLIENT_TOKEN;
    QCOMPARE(m_stage
                 ->ask(std::string(GENERATE_PATH) + "?key=" + token, nativeBody("x"),
                       "x-goog-api-key: " + token + "\r\nx-api-key: " + token + "\r\nCookie: a=b\r\n")
                 .status,
             200);
    const SeenRequest seen = m_stage->fake().requests().at(0);
    QCOMPARE(seen.keyPlace, "header");
    QVERIFY(seen.request.query.empty());
    for (const auto &[name, value] : seen.request.headers)
        QVERIFY2(value.find(token) == std::string::npos, name.c_str());
}

void TstFailover::countsUnclearFailuresInARow()
{
    m_stage = std::make_unique<Stage>(1);
    QVERIFY(m_stage->start({{"MAX_RETRIES", "0"}, {"MAX_FAILURES", "2"}}));
    const std::string &key = m_stage->keys()[0];
    // The region's refusal is not the caller's fault, and not surely the key's.
    for (int i = 0; i < 2; ++i) {
        m_stage->script(key, Fault::RegionRefused, 1);
        QVERIFY(m_stage->ask(GENERATE_PATH, nativeBody("x")).status >= 400);
        QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    }
    m_stage->script(key, Fault::RegionRefused, 2);
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_stage->ask(GENERATE_PATH, nativeBody("x")).status >= 400);
    QCOMPARE(m_stage->fake().requests().size(), 6u);
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT state FROM keys"), std::vector<std::string>{"1"}, 1000);
}

void TstFailover::tellsTheShortestWait()
{
    QVERIFY(m_stage->start());
    const auto &keys = m_stage->keys();
    m_stage->script(keys[0], Fault::MinuteQuota, -1, 50);
    m_stage->script(keys[1], Fault::MinuteQuota, -1, 20);
    m_stage->script(keys[2], Fault::MinuteQuota, -1, 40);
    for (const char *path : {GENERATE_PATH, CHAT_PATH}) {
        const bool isChat = path == CHAT_PATH;
        const auto answer = m_stage->ask(path, isChat ? chatBody("x") : nativeBody("x"));
        QCOMPARE(answer.status, 429);
        const int wait = std::stoi("0" + std::string(answer.header("retry-after")));
        QVERIFY2(wait >= 18 && wait <= 20, std::to_string(wait).c_str());
    }
    QCOMPARE(m_stage->fake().requests().size(), 3u);
}

void TstFailover::tellsWhyNoKeyIsLeft()
{
    QVERIFY(m_stage->start());
    m_stage->script(m_stage->keys()[0], Fault::LeakedKey);
    m_stage->script(m_stage->keys()[1], Fault::InvalidKey);
    m_stage->script(m_stage->keys()[2], Fault::ServiceDisabled);
    m_stage->ask(GENERATE_PATH, nativeBody("x"));
    const auto answer = m_stage->ask(GENERATE_PATH, nativeBody("x"));
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.find("3 invalid") != std::string::npos, answer.body.c_str());
    QCOMPARE(m_stage->fake().requests().size(), 3u);
}

void TstFailover::restsOneModelOnly()
{
    QVERIFY(m_stage->start());
    m_stage->script("*", Fault::DayQuota, -1, 0, "gemini-3.6-flash");
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 429);
    QCOMPARE(m_stage->ask("/v1beta/models/gemini-3.8-flash:generateContent", nativeBody("x")).status, 200);
    QCOMPARE(m_stage->query("SELECT count(*) FROM keys WHERE state != 0"), std::vector<std::string>{"0"});
}

QTEST_GUILESS_MAIN(TstFailover)
#include "tst_failover.moc"
