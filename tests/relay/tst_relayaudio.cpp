#include <QTest>
#include <QTimer>

#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// Speech through the relay: what takes long is done a piece at a time.
class TstRelayAudio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void encodesInTurns();
    void waitsForSlowClients();
    void stopsWithTheClient();
    void givesOthersTheKeyAfterwards();
};

namespace {

/// What the encoders were given, and in which turn of the loop.
struct Work
{
    std::vector<std::size_t> bytes;
    std::vector<int> turns;
    int turn = 0;
    bool isDone = false;
};
Work g_work;

class WatchedEncoder final : public AudioEncoder
{
public:
    Result<void> encode(std::string_view samples, std::string &out) override
    {
        g_work.bytes.push_back(samples.size());
        g_work.turns.push_back(g_work.turn);
        out += "piece ";
        return {};
    }
    Result<void> finish(std::string &out) override
    {
        g_work.isDone = true;
        out += "end";
        return {};
    }
};

class WatchedLibrary final : public AudioLibrary
{
public:
    Result<std::unique_ptr<AudioEncoder>> encoder(const AudioTarget &) const override
    {
        return std::make_unique<WatchedEncoder>();
    }
    std::optional<double> duration(std::string_view) const override { return std::nullopt; }
};

const AudioLibrary *watchedLibrary()
{
    static const WatchedLibrary one;
    return &one;
}

/// What a client gets.
struct Heard
{
    int status = 0;
    std::string type;
    std::string body;
    bool isOver = false;
    bool isCut = false;
    bool isSlow = false;
    DownstreamListener *listener = nullptr;
};

class HeardDown final : public Downstream
{
public:
    explicit HeardDown(std::shared_ptr<Heard> heard)
        : m_heard(std::move(heard))
    {
    }
    void setListener(DownstreamListener *listener) override { m_heard->listener = listener; }
    void send(int status, std::string_view type, const Headers &, std::string_view body) override
    {
        m_heard->status = status;
        m_heard->type = type;
        m_heard->body = body;
        m_heard->isOver = true;
    }
    void begin(int status, std::string_view type, const Headers &, std::int64_t) override
    {
        m_heard->status = status;
        m_heard->type = type;
    }
    bool write(std::string_view bytes) override
    {
        m_heard->body += bytes;
        return !m_heard->isSlow;
    }
    void end() override { m_heard->isOver = true; }
    void abort() override { m_heard->isOver = m_heard->isCut = true; }

private:
    std::shared_ptr<Heard> m_heard;
};

constexpr std::size_t SECOND = 48'000; // bytes

std::shared_ptr<Heard> speak(RelayHarness &harness, Relay &relay, const std::string &text)
{
    ClientRequest request;
    request.id = "req_1";
    request.method = "POST";
    request.path = "/v1/audio/speech";
    request.body = R"({"model":"gemini-3.8-flash-tts","voice":"alloy","input":")" + text + "\"}";
    request.arrivedMs = harness.clock.monotonicMs();
    auto heard = std::make_shared<Heard>();
    relay.openAiSpeech(std::move(request), std::make_unique<HeardDown>(heard));
    return heard;
}

/// The harness's own relay has no codecs.
std::unique_ptr<Relay> relayWithCodecs(RelayHarness &harness)
{
    RelayParts parts = harness.parts();
    parts.audio = watchedLibrary;
    RelayOptions options;
    options.googleHost = harness.fake.url();
    return std::make_unique<Relay>(parts, options);
}

} // namespace

void TstRelayAudio::init()
{
    g_work = {};
}

void TstRelayAudio::encodesInTurns()
{
    RelayHarness harness(1);
    const auto relay = relayWithCodecs(harness);
    QTimer turns;
    QObject::connect(&turns, &QTimer::timeout, &turns, [] { ++g_work.turn; });
    turns.start(0);
    const auto heard = speak(harness, *relay, "Hello [[seconds=6 chunks=1]]");
    QVERIFY(RelayHarness::turnUntil([&] { return heard->isOver; }));
    QCOMPARE(heard->status, 200);
    QCOMPARE(heard->type, std::string("audio/mpeg"));
    QVERIFY(!heard->isCut);
    QCOMPARE(heard->body, std::string("piece piece piece piece piece piece end"));
    QCOMPARE(g_work.bytes, std::vector<std::size_t>(6, SECOND));
    for (std::size_t i = 1; i < g_work.turns.size(); ++i)
        QVERIFY2(g_work.turns[i] > g_work.turns[i - 1], "another timer had its turn");
}

void TstRelayAudio::waitsForSlowClients()
{
    RelayHarness harness(1);
    const auto relay = relayWithCodecs(harness);
    const auto heard = speak(harness, *relay, "Hello [[seconds=6 chunks=1]]");
    heard->isSlow = true;
    QVERIFY(RelayHarness::turnUntil([&] { return !g_work.bytes.empty(); }));
    QTest::qWait(100);
    QCOMPARE(g_work.bytes.size(), std::size_t{1});
    heard->listener->drained();
    QVERIFY(RelayHarness::turnUntil([&] { return g_work.bytes.size() == 2; }));
    QTest::qWait(100);
    QCOMPARE(g_work.bytes.size(), std::size_t{2});
    heard->isSlow = false;
    heard->listener->drained();
    QVERIFY(RelayHarness::turnUntil([&] { return heard->isOver; }));
    QCOMPARE(g_work.bytes.size(), std::size_t{6});
    QVERIFY(g_work.isDone && !heard->isCut);
}

void TstRelayAudio::stopsWithTheClient()
{
    RelayHarness harness(1);
    const auto relay = relayWithCodecs(harness);
    const auto heard = speak(harness, *relay, "Hello [[seconds=6 chunks=1]]");
    QVERIFY(RelayHarness::turnUntil([&] { return !g_work.bytes.empty(); }));
    heard->listener->clientGone();
    const std::size_t done = g_work.bytes.size();
    QTest::qWait(100);
    QCOMPARE(g_work.bytes.size(), done);
    QVERIFY(!g_work.isDone);
    QCOMPARE(relay->running(), std::size_t{0});
}

void TstRelayAudio::givesOthersTheKeyAfterwards()
{
    RelayHarness harness(1);
    const auto relay = relayWithCodecs(harness);
    const auto first = speak(harness, *relay, "Hello [[seconds=2 chunks=3]]");
    QVERIFY(RelayHarness::turnUntil([&] { return first->isOver; }));
    const auto second = speak(harness, *relay, "Hello [[block=SAFETY]]");
    QVERIFY(RelayHarness::turnUntil([&] { return second->isOver; }));
    QCOMPARE(second->status, 400);
    QVERIFY(second->body.find("content_filter") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), std::size_t{2}); // nothing was asked twice
}

QTEST_GUILESS_MAIN(TstRelayAudio)
#include "tst_relayaudio.moc"
