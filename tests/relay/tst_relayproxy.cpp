#include <set>

#include <QTest>

#include "gateway/common/json.h"
#include "gateway/relay/proxychecker.h"
#include "tests/relay/relayharness.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";

std::string urlOf(const ScriptedServer &server)
{
    return "http://u:secret@127.0.0.1:" + std::to_string(server.serverPort());
}

/// A proxy that lets everyone through, to an answer of its own.
void answerAsGoogle(QTcpSocket &socket, const ScriptedServer::Request &request)
{
    if (request.method == "CONNECT")
        ScriptedServer::write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
    else
        ScriptedServer::answer(socket, R"({"candidates":[{"content":{"parts":[{"text":"Hello"}]}}]})");
}

/// The URL of a proxy that is not there.
std::string deadUrl()
{
    const ScriptedServer closed(answerAsGoogle);
    return urlOf(closed);
}

} // namespace

class TstRelayProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysGoThroughTheirProxies();
    void aDeadProxyIsGoneRound();
    void whenAllAreDeadTheErrorSaysSo();
    void aKeyWithADeadProxyOfItsOwnIsPassedOver();
    void checksTellWhichProxiesWork();
};

void TstRelayProxy::keysGoThroughTheirProxies()
{
    RelayHarness harness(6, [](RelayOptions &options) { options.hasAffinity = false; });
    ScriptedServer one(answerAsGoogle);
    ScriptedServer two(answerAsGoogle);
    harness.proxies.setProxies({urlOf(one), urlOf(two)});
    for (int i = 0; i < 24; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QVERIFY(harness.fake.requests().empty());
    std::map<std::string, std::set<const ScriptedServer *>> byKey;
    for (const ScriptedServer *server : {&one, &two}) {
        for (const ScriptedServer::Request &request : server->requests) {
            if (request.method == "POST")
                byKey[std::string(headerValue(request.headers, "x-goog-api-key"))].insert(server);
        }
    }
    QCOMPARE(byKey.size(), 6u);
    for (const auto &[key, servers] : byKey)
        QVERIFY2(servers.size() == 1, key.c_str());
}

void TstRelayProxy::aDeadProxyIsGoneRound()
{
    RelayHarness harness(8);
    ScriptedServer alive(answerAsGoogle);
    harness.proxies.setProxies({deadUrl(), urlOf(alive)});
    for (int i = 0; i < 16; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    std::size_t attempts = 0;
    for (const RequestRecord &record : harness.records)
        attempts += record.attempts.size();
    QVERIFY2(attempts <= 17, std::to_string(attempts).c_str()); // it is met once, then it rests
    QCOMPARE(harness.pool.counts().invalid, 0);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayProxy::whenAllAreDeadTheErrorSaysSo()
{
    RelayHarness harness(2, 1);
    harness.proxies.setProxies({deadUrl(), deadUrl()});
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 502);
    const ClientView again = harness.native(GENERATE, HELLO);
    QCOMPARE(again.status, 502);
    QVERIFY2(again.body.find("be reached") != std::string::npos, again.body.c_str());
    QVERIFY(again.body.find("secret") == std::string::npos);
    for (const RequestRecord &record : harness.records) {
        QVERIFY(!record.attempts.empty());
        for (const AttemptRecord &attempt : record.attempts)
            QVERIFY(attempt.error.find("secret") == std::string::npos);
    }
    QCOMPARE(harness.pool.openLeases(), 0);
    QCOMPARE(harness.pool.counts().invalid, 0);
}

void TstRelayProxy::aKeyWithADeadProxyOfItsOwnIsPassedOver()
{
    RelayHarness harness(2);
    KeySettings settings;
    settings.proxy = deadUrl();
    QVERIFY(harness.pool.update(1, settings));
    for (int i = 0; i < 6; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    for (const SeenRequest &seen : harness.fake.requests())
        QCOMPARE(seen.key, RelayHarness::keyText(2));
    QCOMPARE(harness.fake.requests().size(), 6u);
}

void TstRelayProxy::checksTellWhichProxiesWork()
{
    RelayHarness harness(1);
    ScriptedServer alive(answerAsGoogle);
    ScriptedServer refusing([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "", "HTTP/1.1 407 Proxy Authentication Required");
    });
    ProxyChecker check(harness.parts(), harness.fake.url());
    std::vector<ProxyCheckResult> results;
    check.start({urlOf(alive), deadUrl(), urlOf(refusing)},
                [&](std::vector<ProxyCheckResult> told) { results = std::move(told); });
    QVERIFY(RelayHarness::turnUntil([&] { return !results.empty(); }));
    QCOMPARE(results.size(), 3u);
    QVERIFY2(results[0].isGood, results[0].error.c_str());
    QVERIFY(results[0].error.empty());
    for (const std::size_t bad : {1u, 2u}) {
        QVERIFY(!results[bad].isGood);
        QVERIFY(!results[bad].error.empty());
        QVERIFY(results[bad].error.find("secret") == std::string::npos);
    }
    QVERIFY(results[2].error.find("407") != std::string::npos);
    for (const ScriptedServer::Request &request : alive.requests)
        QVERIFY(headerValue(request.headers, "x-goog-api-key").empty());
}

QTEST_GUILESS_MAIN(TstRelayProxy)
#include "tst_relayproxy.moc"
