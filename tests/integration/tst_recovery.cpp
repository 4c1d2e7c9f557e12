#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

namespace {

constexpr int CLIENTS = 8;
constexpr int LOAD_MS = 1500;
constexpr std::int64_t RECORD_LIMIT_NS = 250'000'000;

struct Acknowledged
{
    std::string id;
    std::int64_t ns = 0;
};

} // namespace

// kill -9 under load, and orderly ends.
class TstRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(4); }
    void cleanup() { m_stage.reset(); }

    void losesNothingWhenKilled();
    void finishesRunningAnswersOnTerm();
    void saysThatThePortIsTaken();

private:
    std::unique_ptr<Stage> m_stage;
};

void TstRecovery::losesNothingWhenKilled()
{
    QVERIFY(m_stage->start());
    const auto &keys = m_stage->keys();
    m_stage->script(keys[0], Fault::LeakedKey);
    m_stage->script(keys[1], Fault::MinuteQuota, -1, 600, "gemini-3.6-flash");

    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::vector<Acknowledged> acknowledged;
    std::vector<std::thread> clients;
    for (int i = 0; i < CLIENTS; ++i) {
        clients.emplace_back([&, i] {
            while (!stop) {
                const auto answer = i % 2 ? m_stage->ask(CHAT_PATH, chatBody("x", i % 4 == 1))
                                          : m_stage->ask(GENERATE_PATH, nativeBody("x"));
                const std::lock_guard lock(mutex);
                if (answer.complete && answer.status == 200)
                    acknowledged.push_back({std::string(answer.header("x-request-id")), monotonicNs()});
            }
        });
    }
    QTest::qWait(LOAD_MS);
    const std::int64_t killed = monotonicNs();
    m_stage->gateway().kill();
    stop = true;
    for (std::thread &client : clients)
        client.join();
    QVERIFY(acknowledged.size() > 50);

    QVERIFY(m_stage->restart());
    QCOMPARE(m_stage->query("PRAGMA integrity_check"), std::vector<std::string>{"ok"});
    const auto rows = m_stage->query("SELECT id FROM requests");
    const std::set<std::string> recorded(rows.begin(), rows.end());
    QCOMPARE(recorded.size(), rows.size());
    for (const Acknowledged &one : acknowledged) {
        if (one.ns < killed - RECORD_LIMIT_NS)
            QVERIFY2(recorded.contains(one.id), one.id.c_str());
    }

    m_stage->fake().reset();
    for (int i = 0; i < 8; ++i)
        QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    for (const SeenRequest &seen : m_stage->fake().requests()) {
        QVERIFY(seen.key != keys[0]);
        QVERIFY(seen.key != keys[1]);
    }
}

void TstRecovery::finishesRunningAnswersOnTerm()
{
    QVERIFY(m_stage->start());
    Gateway::RawClient client(10'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(m_stage->post(STREAM_PATH, nativeBody("[[chunks=10 delay=60 size=100]]"))));
    QVERIFY(!client.readHead().statusLine.empty());
    m_stage->gateway().askToStop();
    QTest::qWait(100);
    Gateway::RawClient late;
    QVERIFY(!late.connect(m_stage->gateway().port()) || late.waitClosed(500));
    std::string rest;
    for (std::string more = client.read(); !more.empty(); more = client.read())
        rest += more;
    QVERIFY(rest.find("\"finishReason\":\"STOP\"") != std::string::npos);
    QCOMPARE(m_stage->gateway().waitForExit(5000), 0);
    QCOMPARE(m_stage->query("SELECT count(*) FROM requests WHERE status = 200"),
             std::vector<std::string>{"1"});
}

void TstRecovery::saysThatThePortIsTaken()
{
    QVERIFY(m_stage->start());
    QTemporaryDir other;
    auto environment = m_stage->environment();
    environment["PORT"] = std::to_string(m_stage->gateway().port());
    environment["DATA_DIR"] = other.path().toStdString();
    GatewayProcess second;
    QVERIFY(!second.start(environment));
    QCOMPARE(second.waitForExit(5000), 2);
    QVERIFY(second.output().find(environment["PORT"]) != std::string::npos);
}

QTEST_GUILESS_MAIN(TstRecovery)
#include "tst_recovery.moc"
