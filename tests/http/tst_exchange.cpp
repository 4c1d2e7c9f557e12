#include <atomic>
#include <vector>

#include <QElapsedTimer>
#include <QTest>

#include "tests/http/frontfixture.h"

using namespace Gateway;

namespace {

constexpr std::string_view ASK = "GET /ask HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view ASK_OLD = "GET /ask HTTP/1.0\r\n\r\n";

/// Keeps what a listener heard. Lives in the test; written in the worker.
class Hearer : public DownstreamListener
{
public:
    void clientGone() override { gone = true; }
    void drained() override { ++drains; }
    std::atomic<bool> gone = false;
    std::atomic<int> drains = 0;
};

/// A front whose one route hands its exchange to the test.
class Stage
{
public:
    explicit Stage(HttpWorkerOptions options = {})
        : front(routes(), std::move(options))
    {
    }
    ~Stage()
    {
        run([this] { exchanges.clear(); });
    }

    /// Waits until `count` requests have come.
    bool waitFor(std::size_t count)
    {
        return QTest::qWaitFor(
            [&] {
                std::size_t come = 0;
                run([&] { come = exchanges.size(); });
                return come >= count;
            },
            5000);
    }
    void run(const std::function<void()> &function) { front.worker().run(function); }
    Exchange &exchange(std::size_t index = 0) { return *exchanges.at(index); }

    Hearer hearer;
    std::vector<std::unique_ptr<Exchange>> exchanges;
    FrontFixture front;

private:
    Router routes()
    {
        Router router = echoRoutes();
        const auto keep = [this](const ClientRequest &, std::unique_ptr<Exchange> exchange) {
            exchange->setListener(&hearer);
            exchanges.push_back(std::move(exchange));
        };
        router.add("GET", "/ask", Dialect::OpenAi, keep);
        return router;
    }
};

bool heardWithin(const std::atomic<bool> &flag, int ms)
{
    QElapsedTimer time;
    time.start();
    while (!flag && time.elapsed() < ms)
        QThread::usleep(200);
    return flag;
}

} // namespace

class TstExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsInChunks();
    void whatOneEventWritesLeavesInOnePiece();
    void sendsTheHeadWithoutWaitingForTheBody();
    void streamsUntilCloseForHttp10();
    void keepsPromisedLengths();
    void headOfAStreamHasNoBody();
    void sendsLargeBodiesWhole();
    void leavesOutHeadersThatAreNotTheHandlers();
    void noticesClosingClients();
    void noticesResettingClients();
    void noticesClosingBehindPipelinedBytes();
    void goneClientsMayTakeTheExchangeWithThem();
    void holdsBackSlowClients();
    void cutsClientsThatTakeNothing();
    void tellsDroppedExchanges();
    void abortsInsteadOfPretending();
    void beatsInSilentEventStreams();
    void doesNotBeatInsideEvents();
    void beatsBetweenLines();
    void callsAfterTheEndDoNothing();
};

void TstExchange::streamsInChunks()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] { stage.exchange().begin(200, "text/plain", {{"X-A", "b"}}, -1); });
    const RawAnswer head = client.readHead();
    QCOMPARE(head.header("transfer-encoding"), std::string_view("chunked"));
    QCOMPARE(head.header("x-a"), std::string_view("b"));
    for (const char *piece : {"one", "two and more than sixteen bytes", "three"}) {
        stage.run([&] { QVERIFY(stage.exchange().write(piece)); });
        QVERIFY(client.readUntil(std::string(piece) + "\r\n").ends_with(std::string(piece) + "\r\n"));
    }
    stage.run([&] { stage.exchange().end(); });
    QCOMPARE(client.readUntil("\r\n\r\n"), std::string("0\r\n\r\n"));
    client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 200);
}

void TstExchange::whatOneEventWritesLeavesInOnePiece()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, -1);
        stage.exchange().write("abc");
        stage.exchange().write("defg");
        stage.exchange().end();
    });
    const std::string all = client.read(); // one recv
    QVERIFY(all.starts_with("HTTP/1.1 200"));
    QVERIFY(all.ends_with("\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"));
}

void TstExchange::sendsTheHeadWithoutWaitingForTheBody()
{
    Stage stage;
    RawClient client = stage.front.client(1000);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] { stage.exchange().begin(200, "text/plain", {}, 5); });
    QCOMPARE(client.readHead().header("content-length"), std::string_view("5"));
}

void TstExchange::streamsUntilCloseForHttp10()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK_OLD);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, -1);
        stage.exchange().write("abc");
        stage.exchange().end();
    });
    const RawAnswer answer = client.readAnswer();
    QVERIFY(answer.header("transfer-encoding").empty());
    QCOMPARE(answer.header("connection"), std::string_view("close"));
    QCOMPARE(answer.body, std::string("abc"));
    QVERIFY(answer.complete);
}

void TstExchange::keepsPromisedLengths()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, 6);
        stage.exchange().write("abc");
        stage.exchange().write("defgh"); // two too many
        stage.exchange().end();
    });
    QCOMPARE(client.readAnswer().body, std::string("abcdef"));
    client.send(ASK);
    QVERIFY(stage.waitFor(2));
    stage.run([&] {
        stage.exchange(1).begin(200, "text/plain", {}, 6);
        stage.exchange(1).write("abc");
        stage.exchange(1).end(); // three too few: the client must not wait for them
    });
    const RawAnswer cut = client.readAnswer();
    QVERIFY(!cut.complete);
    QVERIFY(client.waitClosed(1000));
}

void TstExchange::headOfAStreamHasNoBody()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send("HEAD /ask HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/event-stream", {}, -1);
        stage.exchange().write("data: x\n\n");
        stage.exchange().end();
    });
    QCOMPARE(client.readAnswer(true).status, 200);
    client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(client.readAnswer().body, std::string("GET /echo? "));
}

void TstExchange::sendsLargeBodiesWhole()
{
    Stage stage;
    RawClient client = stage.front.client(20000);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    std::string body(8'000'000, 'x');
    for (std::size_t i = 0; i < body.size(); i += 991)
        body[i] = static_cast<char>('a' + i % 26);
    stage.run([&] { stage.exchange().send(200, "application/json", {}, body); });
    const RawAnswer whole = client.readAnswer();
    QVERIFY(whole.body == body);
    client.send(ASK);
    QVERIFY(stage.waitFor(2));
    stage.run([&] {
        stage.exchange(1).begin(200, "application/json", {}, -1);
        for (std::size_t at = 0; at < body.size(); at += 100'000)
            stage.exchange(1).write(std::string_view(body).substr(at, 100'000));
        stage.exchange(1).end();
    });
    const RawAnswer chunked = client.readAnswer();
    QVERIFY(chunked.body == body);
    QVERIFY(chunked.complete);
}

void TstExchange::leavesOutHeadersThatAreNotTheHandlers()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().send(200, "text/plain",
                              {{"Content-Length", "999"},
                               {"transfer-encoding", "chunked"},
                               {"Connection", "close"},
                               {"Date", "then"},
                               {"Access-Control-Allow-Credentials", "true"},
                               {"X-Split", "a\r\nSet-Cookie: b"},
                               {"Server-Timing", "ok"}},
                              "abc");
    });
    const RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.body, std::string("abc"));
    QCOMPARE(answer.header("content-length"), std::string_view("3"));
    QCOMPARE(answer.header("server-timing"), std::string_view("ok"));
    for (const char *name :
         {"transfer-encoding", "connection", "set-cookie", "x-split", "access-control-allow-credentials"})
        QVERIFY2(answer.header(name).empty(), name);
    QVERIFY(answer.header("date") != "then");
}

void TstExchange::noticesClosingClients()
{
    Stage stage;
    for (const bool streaming : {false, true}) {
        stage.hearer.gone = false;
        RawClient client = stage.front.client();
        client.send(ASK);
        QVERIFY(stage.waitFor(1));
        if (streaming)
            stage.run([&] { stage.exchange().begin(200, "text/event-stream", {}, -1); });
        QVERIFY(!heardWithin(stage.hearer.gone, 20));
        client.close();
        QVERIFY(heardWithin(stage.hearer.gone, 100));
        stage.run([&] {
            QVERIFY(stage.exchange().write("nobody hears this"));
            stage.exchanges.clear();
        });
    }
    QVERIFY(stage.front.isAlive());
}

void TstExchange::noticesResettingClients()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    client.reset();
    QVERIFY(heardWithin(stage.hearer.gone, 100));
    QCOMPARE(stage.front.answerCount(), 0u);
}

void TstExchange::noticesClosingBehindPipelinedBytes()
{
    Stage stage;
    RawClient client = stage.front.client(300);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    client.send(std::string(100'000, 'x')); // more than is held, so that nobody reads on
    QVERIFY(!heardWithin(stage.hearer.gone, 20));
    client.close();
    QVERIFY(heardWithin(stage.hearer.gone, 100));
}

void TstExchange::goneClientsMayTakeTheExchangeWithThem()
{
    class Suicidal : public DownstreamListener
    {
    public:
        explicit Suicidal(Stage &stage)
            : m_stage(stage)
        {
        }
        void clientGone() override
        {
            m_stage.exchanges.clear();
            isGone = true;
        }
        void drained() override {}
        std::atomic<bool> isGone = false;

    private:
        Stage &m_stage;
    };
    Stage stage;
    Suicidal listener(stage);
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().setListener(&listener);
        stage.exchange().begin(200, "text/plain", {}, -1);
        stage.exchange().write("x");
    });
    client.reset();
    QVERIFY(heardWithin(listener.isGone, 100));
    QVERIFY(stage.front.isAlive());
}

void TstExchange::holdsBackSlowClients()
{
    Stage stage;
    RawClient client(20000);
    QVERIFY(client.connect(stage.front.port(), 4096));
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    std::size_t written = 0;
    const std::string piece(1000, 'p');
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, -1);
        while (stage.exchange().write(piece))
            written += piece.size();
        written += piece.size();
    });
    QVERIFY(written > 200'000); // up to the high mark, plus what the kernel took
    QVERIFY(written < 8'000'000);
    QCOMPARE(stage.hearer.drains, 0);
    std::size_t got = 0;
    while (got < written && stage.hearer.drains == 0)
        got += client.read().size();
    QTRY_COMPARE(stage.hearer.drains, 1);
    stage.run([&] { stage.exchange().end(); });
    std::string tail;
    while (!tail.ends_with("0\r\n\r\n")) {
        const std::string more = client.read();
        QVERIFY(!more.empty());
        got += more.size();
        tail = (tail + more).substr(std::max<std::size_t>((tail + more).size(), 10) - 10);
    }
    QVERIFY(got > written); // nothing was lost, framing came on top
}

void TstExchange::cutsClientsThatTakeNothing()
{
    HttpWorkerOptions options;
    options.limits.sendMs = 100;
    Stage stage(std::move(options));
    RawClient client;
    QVERIFY(client.connect(stage.front.port(), 4096));
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, -1);
        while (stage.exchange().write(std::string(100'000, 'p'))) {
        }
    });
    QVERIFY(heardWithin(stage.hearer.gone, 3000));
    QTRY_COMPARE(stage.front.connectionCount(), 0u);
}

void TstExchange::tellsDroppedExchanges()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] { stage.exchanges.clear(); });
    QCOMPARE(client.readAnswer().status, 500);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/plain", {}, -1);
        stage.exchange().write("abc");
        stage.exchanges.clear();
    });
    const RawAnswer cut = client.readAnswer();
    QCOMPARE(cut.body, std::string("abc"));
    QVERIFY(!cut.complete);
}

void TstExchange::abortsInsteadOfPretending()
{
    Stage stage;
    for (const std::string_view request : {ASK, ASK_OLD}) {
        RawClient client = stage.front.client();
        client.send(request);
        QVERIFY(stage.waitFor(1));
        stage.run([&] {
            stage.exchange().begin(200, "text/plain", {}, -1);
            stage.exchange().write("abc");
        });
        QCOMPARE(client.readHead().status, 200);
        stage.run([&] {
            stage.exchange().abort();
            stage.exchanges.clear();
        });
        QVERIFY(client.waitClosed(1000));
        QCOMPARE(client.wasReset(), request == ASK_OLD); // there, a FIN would mean that all has come
    }
}

void TstExchange::beatsInSilentEventStreams()
{
    HttpWorkerOptions options;
    options.limits.heartbeatMs = 100;
    Stage stage(std::move(options));
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] { stage.exchange().begin(200, "text/event-stream; charset=utf-8", {}, -1); });
    client.readHead();
    const std::string beat = "d\r\n: heartbeat\n\n\r\n";
    QCOMPARE(client.readUntil("\n\n\r\n"), beat);
    QCOMPARE(client.readUntil("\n\n\r\n"), beat);
    stage.run([&] {
        stage.exchange().write("data: x\n\n");
        stage.exchange().end();
    });
    QCOMPARE(client.readUntil("0\r\n\r\n"), std::string("9\r\ndata: x\n\n\r\n0\r\n\r\n"));
}

void TstExchange::doesNotBeatInsideEvents()
{
    HttpWorkerOptions options;
    options.limits.heartbeatMs = 100;
    Stage stage(std::move(options));
    RawClient client = stage.front.client(1500);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "text/event-stream", {}, -1);
        stage.exchange().write("data: half");
    });
    client.readHead();
    const std::string half = client.readUntil("heartbeat");
    QCOMPARE(half, std::string("a\r\ndata: half\r\n"));
    stage.run([&] { stage.exchange().write(" and half\n\n"); });
    QVERIFY(client.readUntil("heartbeat").ends_with(": heartbeat"));
}

void TstExchange::beatsBetweenLines()
{
    HttpWorkerOptions options;
    options.limits.heartbeatMs = 100;
    Stage stage(std::move(options));
    RawClient client = stage.front.client(1500);
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        stage.exchange().begin(200, "application/x-ndjson", {}, -1);
        stage.exchange().write("{\"half");
    });
    client.readHead();
    QCOMPARE(client.readUntil("heartbeat"), std::string("6\r\n{\"half\r\n"));
    stage.run([&] { stage.exchange().write("\":1}\n"); });
    QVERIFY(client.readUntil("heartbeat").ends_with(": heartbeat"));
}

void TstExchange::callsAfterTheEndDoNothing()
{
    Stage stage;
    RawClient client = stage.front.client();
    client.send(ASK);
    QVERIFY(stage.waitFor(1));
    stage.run([&] {
        Exchange &exchange = stage.exchange();
        exchange.send(200, "text/plain", {}, "once");
        exchange.send(200, "text/plain", {}, "twice");
        exchange.begin(200, "text/plain", {}, -1);
        exchange.write("thrice");
        exchange.end();
        exchange.abort();
    });
    QCOMPARE(client.readAnswer().body, std::string("once"));
    client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(client.readAnswer().body, std::string("GET /echo? "));
}

QTEST_GUILESS_MAIN(TstExchange)
#include "tst_exchange.moc"
