#include <atomic>
#include <thread>

#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

namespace {

constexpr int STREAMS = 200;
constexpr int SLOW_CLIENTS = 12;
constexpr long SLOW_CLIENT_KIB = 512; ///< 256 KiB are promised for the stream; the rest is the connection.

} // namespace

// Many streams, and clients that do not read.
class TstLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(); }
    void cleanup() { m_stage.reset(); }

    void keepsManyStreamsIntact_data();
    void keepsManyStreamsIntact();
    void holdsBackForASlowClient();

private:
    std::unique_ptr<Stage> m_stage;
};

void TstLoad::keepsManyStreamsIntact_data()
{
    QTest::addColumn<bool>("chat");
    QTest::newRow("native") << false;
    QTest::newRow("chat") << true;
}

void TstLoad::keepsManyStreamsIntact()
{
    QFETCH(bool, chat);
    QVERIFY(m_stage->start());
    std::atomic<int> intact = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < STREAMS; ++i) {
        // Another length for each, so that a mix-up shows.
        const int chunks = 20 + i % 7;
        const int size = 1000 + i;
        const std::string text =
            "[[chunks=" + std::to_string(chunks) + " size=" + std::to_string(size) + " delay=5]]";
        clients.emplace_back([this, chat, text, total = chunks * size, &intact] {
            const Gateway::RawAnswer answer =
                m_stage->ask(chat ? CHAT_PATH : STREAM_PATH, chat ? chatBody(text, true) : nativeBody(text));
            if (answer.status == 200 && answer.complete &&
                streamedText(answer.body) == fillerText(static_cast<std::size_t>(total)))
                ++intact;
        });
    }
    for (std::thread &client : clients)
        client.join();
    QCOMPARE(intact.load(), STREAMS);
}

void TstLoad::holdsBackForASlowClient()
{
    if (*GW_SANITIZE_KIND)
        QSKIP("The memory of a program with sanitizers says nothing");
    QVERIFY(m_stage->start());
    // So that code and caches are in memory before it is measured.
    QCOMPARE(m_stage->ask(STREAM_PATH, nativeBody("[[chunks=50 size=20000]]")).status, 200);
    const long before = m_stage->gateway().rssKib();
    constexpr std::size_t CHUNKS = 500; // with SIZE more than all buffers of the kernel hold
    constexpr std::size_t SIZE = 50'000;
    std::vector<Gateway::RawClient> clients;
    for (int i = 0; i < SLOW_CLIENTS; ++i) {
        Gateway::RawClient &client = clients.emplace_back(30'000);
        QVERIFY(client.connect(m_stage->gateway().port(), 8192));
        QVERIFY(client.send(m_stage->post(STREAM_PATH, nativeBody("[[chunks=500 size=50000]]"))));
    }
    QTest::qWait(1500);
    const long grown = m_stage->gateway().rssKib() - before;
    QVERIFY2(grown < SLOW_CLIENTS * SLOW_CLIENT_KIB, std::to_string(grown).c_str());
    for (const SeenRequest &seen : m_stage->fake().requests())
        QVERIFY(seen.endedNs == 0 || seen.number == 0);
    const Gateway::RawAnswer answer = clients.front().readAnswer();
    QVERIFY(answer.complete);
    QVERIFY(streamedText(answer.body) == fillerText(CHUNKS * SIZE));
}

QTEST_GUILESS_MAIN(TstLoad)
#include "tst_load.moc"
