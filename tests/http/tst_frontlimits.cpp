#include <atomic>
#include <random>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include <QAbstractEventDispatcher>
#include <QFile>
#include <QTest>
#include <QTimer>

#include "tests/http/frontfixture.h"

using namespace Gateway;

namespace {

constexpr std::string_view GET_ECHO = "GET /echo?1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

HttpWorkerOptions hasty()
{
    HttpWorkerOptions options;
    options.limits.headerMs = 100;
    options.limits.bodyMs = 100;
    options.limits.bodyStride = 100;
    options.limits.idleMs = 100;
    options.limits.sendMs = 100;
    options.limits.lingerMs = 50;
    options.limits.bodyBytes = 1000;
    return options;
}

/// Longer than a deadline of 100 ms can be late.
constexpr int SURELY_MS = 3000;

} // namespace

class TstFrontLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesInTheDialectOfThePath_data();
    void refusesInTheDialectOfThePath();
    void refusesLargeBodiesBeforeTheyAreRead();
    void theRefusalIsSeenByAClientThatStillSends();
    void tellsSlowHeads();
    void tellsSlowBodies();
    void letsSteadyBodiesTakeTheirTime();
    void closesSilentConnections();
    void closesIdleConnections();
    void keepsIdleTimeFromBusyConnections();
    void limitsConnections();
    void survivesAFloodOverTheLimit();
    void survivesWithoutDescriptors();
    void survivesHostileBytes();
    void survivesTruncatedRequests();
    void answersNothingHiddenInABody();
    void opensAndClosesAThousandConnections();
    void holdsLittleMemoryWhileIdle();
};

void TstFrontLimits::refusesInTheDialectOfThePath_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("dialect");
    const auto row = [](const char *name, std::string bytes, int status, const char *dialect) {
        QTest::newRow(name) << std::move(bytes) << status << std::string(dialect);
    };
    const std::string post = "POST /v1beta/x HTTP/1.1\r\nHost: h\r\n";
    row("target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414, "openai");
    row("header", "GET /v1beta/x HTTP/1.1\r\nHost: h\r\nA: " + std::string(40000, 'a') + "\r\n\r\n", 431,
        "gemini");
    row(
        "many headers",
        post +
            [] {
                std::string many;
                for (int i = 0; i < 300; ++i)
                    many += "A: b\r\n";
                return many + "\r\n";
            }(),
        431, "gemini");
    row("body", post + "Content-Length: 1001\r\n\r\n", 413, "gemini");
    row("chunked body", post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n", 413, "gemini");
    row("both framings", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "gemini");
    row("lengths differ", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n", 400, "gemini");
    row("encoding", post + "Transfer-Encoding: gzip\r\n\r\n", 501, "gemini");
    row("expectation", "POST /v1/messages HTTP/1.1\r\nHost: h\r\nExpect: x\r\n\r\n", 417, "anthropic");
    row("version", "GET /api/chat HTTP/2.0\r\nHost: h\r\n\r\n", 505, "ollama");
    row("no host", "GET /v1beta/x HTTP/1.1\r\n\r\n", 400, "gemini");
    row("folded", "GET /admin/x HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", 400, "admin");
    row("garbage", "\x16\x03\x01\x02", 400, "openai");
}

void TstFrontLimits::refusesInTheDialectOfThePath()
{
    QFETCH(const std::string, bytes);
    QFETCH(const int, status);
    QFETCH(const std::string, dialect);
    FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    client.send(bytes);
    const RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.starts_with(dialect), answer.body.c_str());
    QCOMPARE(answer.header("connection"), std::string_view("close"));
    QVERIFY(answer.header("x-request-id").starts_with("req_"));
    QCOMPARE(answer.header("access-control-allow-origin").empty(), dialect == "admin");
    client.send(GET_ECHO); // nothing more is answered
    const auto rest = client.readUntilClosed();
    QVERIFY(rest.has_value() && rest->empty());
    QVERIFY(front.isAlive());
    QTRY_COMPARE(front.connectionCount(), 0u);
}

void TstFrontLimits::refusesLargeBodiesBeforeTheyAreRead()
{
    const FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
    QCOMPARE(client.readAnswer().status, 413); // and no 100 before it
}

void TstFrontLimits::theRefusalIsSeenByAClientThatStillSends()
{
    HttpWorkerOptions options = hasty();
    options.limits.lingerMs = 2000;
    const FrontFixture front(echoRoutes(), std::move(options));
    for (int round = 0; round < 5; ++round) {
        RawClient client = front.client();
        client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n");
        client.send(std::string(3'000'000, 'x')); // without looking for the answer
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 413);
        QVERIFY(answer.complete);
        QVERIFY(!client.wasReset());
    }
}

void TstFrontLimits::tellsSlowHeads()
{
    const FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    RawAnswer answer;
    std::thread dripping([&] {
        for (int i = 0; i < 40; ++i) { // each byte is soon enough; the whole is not
            client.send(i < 4 ? std::string_view("GET ").substr(static_cast<std::size_t>(i), 1) : "/");
            QThread::msleep(30);
        }
    });
    answer = client.readAnswer();
    dripping.join();
    QCOMPARE(answer.status, 408);
    QVERIFY(front.isAlive());
}

void TstFrontLimits::tellsSlowBodies()
{
    const FrontFixture front(echoRoutes(), hasty());
    for (const char *framing :
         {"Content-Length: 900\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n384\r\nabc"}) {
        RawClient client = front.client();
        client.send(std::string("POST /v1beta/x HTTP/1.1\r\nHost: h\r\n") + framing);
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 408);
        QVERIFY(answer.body.starts_with("gemini request_timeout"));
    }
}

void TstFrontLimits::letsSteadyBodiesTakeTheirTime()
{
    const FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n");
    for (int i = 0; i < 9; ++i) { // several times bodyMs, but always fast enough
        QThread::msleep(60);
        client.send(std::string(100, 'x'));
    }
    QCOMPARE(client.readAnswer().status, 200);
}

void TstFrontLimits::closesSilentConnections()
{
    const FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    const auto rest = client.readUntilClosed();
    QVERIFY(rest.has_value() && rest->empty()); // without a word, since no request has begun
}

void TstFrontLimits::closesIdleConnections()
{
    FrontFixture front(echoRoutes(), hasty());
    RawClient client = front.client();
    client.send(GET_ECHO);
    QCOMPARE(client.readAnswer().status, 200);
    QVERIFY(client.waitClosed(SURELY_MS));
    QVERIFY(!client.wasReset());
    QTRY_COMPARE(front.connectionCount(), 0u);
}

void TstFrontLimits::keepsIdleTimeFromBusyConnections()
{
    Router router = echoRoutes();
    router.add("GET", "/late", Dialect::OpenAi,
               [](const ClientRequest &, std::unique_ptr<Exchange> exchange) {
                   QTimer::singleShot(1200, QAbstractEventDispatcher::instance(),
                                      [kept = std::shared_ptr<Exchange>(std::move(exchange))] {
                                          kept->send(200, "text/plain", {}, "late");
                                      });
               });
    const FrontFixture front(std::move(router), hasty());
    QCOMPARE(front.get("/late").body, std::string("late"));
}

void TstFrontLimits::limitsConnections()
{
    HttpWorkerOptions options;
    options.limits.connections = 3;
    FrontFixture front(echoRoutes(), std::move(options));
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(front.client());
        clients.back().send(GET_ECHO);
        QCOMPARE(clients.back().readAnswer().status, 200);
    }
    RawClient fourth = front.client();
    fourth.send("POST /v1beta/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n");
    const RawAnswer refused = fourth.readAnswer();
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.body.starts_with("gemini too_many_connections"));
    QCOMPARE(refused.header("retry-after"), std::string_view("1"));
    clients.pop_back();
    QTRY_VERIFY(front.isAlive()); // there is room again
}

void TstFrontLimits::survivesAFloodOverTheLimit()
{
    HttpWorkerOptions options;
    options.limits.connections = 10;
    FrontFixture front(echoRoutes(), std::move(options));
    {
        std::vector<RawClient> flood;
        for (int i = 0; i < 200; ++i)
            flood.push_back(front.client(50));
        int bare = 0;
        for (RawClient &client : flood)
            bare += client.readAnswer().status == 503;
        QVERIFY2(bare > 50, qPrintable(QString::number(bare)));
        QVERIFY(front.connectionCount() <= 10 + 64);
    }
    QTRY_VERIFY(front.isAlive());
}

void TstFrontLimits::survivesWithoutDescriptors()
{
    const FrontFixture front(echoRoutes());
    QVERIFY(front.isAlive());
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    RawClient first;
    RawClient second;
    {
        // The clients' own descriptors come out of the same pool: make them, then leave none for accept().
        QVERIFY(first.connect(front.port()));
        first.send(GET_ECHO);
        QCOMPARE(first.readAnswer().status, 200);
        const rlimit none{static_cast<rlim_t>(first.descriptor()) + 2, before.rlim_max};
        std::vector<int> fillers;
        for (int fd = dup(0); fd >= 0 && fd < first.descriptor() + 1; fd = dup(0))
            fillers.push_back(fd);
        setrlimit(RLIMIT_NOFILE, &none);
        second.connect(front.port()); // may have got the last one, which then is missing over there
        second.send(GET_ECHO);
        QTest::qWait(100);
        setrlimit(RLIMIT_NOFILE, &before);
        for (const int fd : fillers)
            ::close(fd);
    }
    QTRY_VERIFY(front.isAlive());
}

void TstFrontLimits::survivesHostileBytes()
{
    FrontFixture front(echoRoutes());
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
        RawClient client = front.client(2000);
        std::string bytes =
            round % 2 ? "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n" : "";
        for (unsigned i = 0; i < random() % 200; ++i)
            bytes += static_cast<char>(random());
        client.send(bytes);
        if (round % 3 == 0)
            client.reset();
        else if (round % 3 == 1)
            client.shutdownWrite();
    }
    QVERIFY(front.isAlive());
    QTRY_COMPARE(front.connectionCount(), 0u);
}

void TstFrontLimits::survivesTruncatedRequests()
{
    FrontFixture front(echoRoutes());
    const std::string request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\n0\r\n\r\n";
    for (std::size_t size = 0; size < request.size(); ++size) {
        RawClient client = front.client();
        client.send(std::string_view(request).substr(0, size));
        client.shutdownWrite();
        const auto rest = client.readUntilClosed();
        QVERIFY(rest.has_value());
        QVERIFY2(size == 0 ? rest->empty() : rest->starts_with("HTTP/1.1 400"), rest->c_str());
    }
    QVERIFY(front.isAlive());
    QTRY_COMPARE(front.connectionCount(), 0u);
}

void TstFrontLimits::answersNothingHiddenInABody()
{
    // Each of these hides a second request where a laxer reader would begin one.
    const std::string hidden = "GET /admin/echo HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const std::string start = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
    const std::string length = "Content-Length: " + std::to_string(hidden.size()) + "\r\n";
    const FrontFixture front(echoRoutes());
    const auto answersTo = [&front](const std::string &bytes) {
        RawClient client = front.client(300);
        client.send(bytes);
        client.shutdownWrite();
        return client.readUntilClosed().value_or("open");
    };
    const std::string sound = answersTo(start + length + "\r\n" + hidden);
    QVERIFY(sound.find("POST /echo") != std::string::npos); // the body is a body
    QCOMPARE(sound.find("HTTP/1.1 200", 1), std::string::npos);
    const std::vector<std::string> ambiguous = {length + "Transfer-Encoding: chunked\r\n",
                                                "Transfer-Encoding: chunked\r\n" + length,
                                                "Transfer-Encoding : chunked\r\n" + length,
                                                "Transfer-Encoding: chunked, identity\r\n",
                                                "Transfer-Encoding:\x0b"
                                                "chunked\r\n" +
                                                    length,
                                                "X: y\nTransfer-Encoding: chunked\r\n" + length,
                                                "X: y\rTransfer-Encoding: chunked\r\n" + length,
                                                length + "Content-Length: 0\r\n",
                                                std::string("Content-Length: 0, 5\r\n"),
                                                std::string("Content-Length: 0\x0b\r\n")};
    for (const std::string &headers : ambiguous) {
        const std::string got = answersTo(start + headers + "\r\n0\r\n\r\n" + hidden);
        QVERIFY2(got.starts_with("HTTP/1.1 400") || got.starts_with("HTTP/1.1 501"), headers.c_str());
        QVERIFY2(got.find("HTTP/1.1 200") == std::string::npos, headers.c_str());
    }
}

void TstFrontLimits::opensAndClosesAThousandConnections()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    FrontFixture front(echoRoutes());
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 1000; ++i) {
            clients.push_back(front.client());
            QVERIFY(clients.back().send(GET_ECHO));
        }
        for (RawClient &client : clients)
            QCOMPARE(client.readAnswer().status, 200);
        QCOMPARE(front.connectionCount(), 1000u);
        for (std::size_t i = 0; i < clients.size(); i += 2)
            clients[i].reset();
    }
    QTRY_COMPARE(front.connectionCount(), 0u);
    QVERIFY(front.isAlive());
}

void TstFrontLimits::holdsLittleMemoryWhileIdle()
{
    const auto residentKib = [] {
        QFile status(QStringLiteral("/proc/self/statm"));
        if (!status.open(QIODevice::ReadOnly))
            return -1LL;
        return status.readAll().split(' ').value(1).toLongLong() * (sysconf(_SC_PAGESIZE) / 1024);
    };
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("A sanitizer's memory says nothing.");
#endif
    if (residentKib() < 0)
        QSKIP("There is no /proc here.");
    HttpWorkerOptions options;
    options.limits.bodyBytes = 4'000'000;
    const FrontFixture front(echoRoutes(), std::move(options));
    std::vector<RawClient> clients;
    const auto ask = [&front, &clients](int count, std::size_t size) {
        for (int i = 0; i < count; ++i) {
            clients.push_back(front.client());
            clients.back().send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                                std::to_string(size) + "\r\n\r\n" + std::string(size, 'x'));
            if (clients.back().readAnswer().status != 200)
                QFAIL("not answered");
        }
    };
    ask(20, 100'000); // warms allocator and buffers
    const qint64 before = residentKib();
    ask(400, 100'000);
    const qint64 each = (residentKib() - before) / 400;
    QVERIFY2(each < 16, qPrintable(QString::number(each))); // both ends of the connection are in this process
}

QTEST_GUILESS_MAIN(TstFrontLimits)
#include "tst_frontlimits.moc"
