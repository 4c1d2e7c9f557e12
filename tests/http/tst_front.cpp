#include <atomic>
#include <thread>

#include <QAbstractEventDispatcher>
#include <QTest>
#include <QTimer>

#include "tests/http/frontfixture.h"

using namespace Gateway;

namespace {

constexpr std::string_view GET_ECHO = "GET /echo?1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string posted(std::string_view body)
{
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

} // namespace

class TstFront : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersInBothLoops();
    void answersRequestsCutAtEveryByte();
    void keepsTheConnection();
    void answersPipelinedRequestsInOrder();
    void answersPipelinedRequestsOfSlowHandlersInOrder();
    void holdsManyPipelinedRequests();
    void speaksHttp10();
    void closesWhenAsked();
    void answersHead();
    void answersOptions();
    void answersPreflights();
    void narrowsOrigins();
    void keepsAdminFromOtherOrigins();
    void namesEveryAnswer();
    void checksTheHost();
    void tellsUnknownPathsAndMethodsInTheirDialect();
    void refusesDotSegments();
    void tellsTheOrigin();
    void continuesWhenAwaited();
    void readsLargeBodies();
    void finishesForClientsThatShutTheirSide();
    void answersHealth();
    void drainsGently();
    void survivesDestructionWhileAnswering();
};

void TstFront::answersInBothLoops()
{
    for (const bool own : {true, false}) {
        const FrontFixture front(echoRoutes(), {}, own);
        const RawAnswer answer = front.get("/echo?a=b");
        QCOMPARE(answer.statusLine, std::string("HTTP/1.1 200 OK"));
        QCOMPARE(answer.body, std::string("GET /echo?a=b "));
        QCOMPARE(answer.header("content-type"), std::string_view("text/plain"));
        QVERIFY(answer.header("date").ends_with(" GMT"));
        QVERIFY(answer.complete);
    }
}

void TstFront::answersRequestsCutAtEveryByte()
{
    const FrontFixture front(echoRoutes());
    const std::string request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
    RawClient client = front.client();
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        QVERIFY(client.send(request.substr(0, cut)));
        QVERIFY(client.send(request.substr(cut)));
        const RawAnswer answer = client.readAnswer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("POST /echo? abcde"));
    }
}

void TstFront::keepsTheConnection()
{
    FrontFixture front(echoRoutes());
    RawClient client = front.client();
    for (int i = 0; i < 20; ++i) {
        client.send(i % 2 ? std::string(GET_ECHO) : posted("body " + std::to_string(i)));
        QCOMPARE(client.readAnswer().status, 200);
    }
    QCOMPARE(front.connectionCount(), 1u);
}

void TstFront::answersPipelinedRequestsInOrder()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client();
    std::string requests;
    for (int i = 0; i < 50; ++i)
        requests += posted(std::to_string(i));
    client.send(requests);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(client.readAnswer().body, "POST /echo? " + std::to_string(i));
}

void TstFront::answersPipelinedRequestsOfSlowHandlersInOrder()
{
    Router router = echoRoutes();
    router.add("GET", "/slow/**", Dialect::OpenAi,
               [](const ClientRequest &request, std::unique_ptr<Exchange> exchange) {
                   // the first is the slowest: an answer that does not wait would overtake
                   const int ms = std::stoi(request.path.substr(6));
                   QTimer::singleShot(ms, QAbstractEventDispatcher::instance(),
                                      [kept = std::shared_ptr<Exchange>(std::move(exchange)),
                                       path = request.path] { kept->send(200, "text/plain", {}, path); });
               });
    const FrontFixture front(std::move(router));
    RawClient client = front.client();
    std::string requests;
    for (const char *path : {"/slow/80", "/slow/1", "/slow/30"})
        requests += std::string("GET ") + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    client.send(requests + std::string(GET_ECHO));
    QCOMPARE(client.readAnswer().body, std::string("/slow/80"));
    client.send(GET_ECHO); // while the second is being answered
    QCOMPARE(client.readAnswer().body, std::string("/slow/1"));
    QCOMPARE(client.readAnswer().body, std::string("/slow/30"));
    QCOMPARE(client.readAnswer().status, 200);
    QCOMPARE(client.readAnswer().status, 200);
}

void TstFront::holdsManyPipelinedRequests()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client(20000);
    constexpr int COUNT = 5000; // far more bytes than are held at once, in both directions
    const std::string request = posted(std::string(500, 'x'));
    std::string requests;
    for (int i = 0; i < COUNT; ++i)
        requests += request;
    std::thread sender([&] { client.send(requests); });
    int answered = 0;
    while (answered < COUNT && client.readAnswer().body.size() == 512)
        ++answered;
    sender.join();
    QCOMPARE(answered, COUNT);
}

void TstFront::speaksHttp10()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client();
    client.send("GET /echo HTTP/1.0\r\n\r\n");
    const RawAnswer closing = client.readAnswer();
    QCOMPARE(closing.status, 200);
    QCOMPARE(closing.header("connection"), std::string_view("close"));
    QVERIFY(client.waitClosed(1000));
    client = front.client();
    for (int i = 0; i < 3; ++i) {
        client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        const RawAnswer kept = client.readAnswer();
        QCOMPARE(kept.status, 200);
        QCOMPARE(kept.header("connection"), std::string_view("keep-alive"));
    }
}

void TstFront::closesWhenAsked()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client();
    client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + std::string(GET_ECHO));
    const RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.header("connection"), std::string_view("close"));
    const auto rest = client.readUntilClosed(); // the second request is not answered
    QVERIFY(rest.has_value());
    QCOMPARE(*rest, std::string());
    QVERIFY(!client.wasReset());
}

void TstFront::answersHead()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client();
    client.send("HEAD /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const RawAnswer head = client.readAnswer(true);
    QCOMPARE(head.status, 200);
    QCOMPARE(head.header("content-length"), std::string_view("11")); // as long as GET's
    client.send(GET_ECHO);                                           // no body was left in between
    QCOMPARE(client.readAnswer().body, std::string("GET /echo?1 "));
    client.send("HEAD /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(client.readAnswer(true).status, 404);
    client.send(GET_ECHO);
    QCOMPARE(client.readAnswer().status, 200);
}

void TstFront::answersOptions()
{
    const FrontFixture front(echoRoutes());
    const RawAnswer answer = front.ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.header("allow"), std::string_view("GET, POST, HEAD, OPTIONS"));
    QCOMPARE(front.ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 204);
    QCOMPARE(front.ask("OPTIONS /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
}

void TstFront::answersPreflights()
{
    const FrontFixture front(echoRoutes());
    const RawAnswer answer =
        front.ask("OPTIONS /v1beta/models/m:generateContent HTTP/1.1\r\nHost: localhost\r\n"
                  "Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n"
                  "Access-Control-Request-Headers: x-goog-api-key,content-type\r\n"
                  "Access-Control-Request-Private-Network: true\r\n\r\n");
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.header("access-control-allow-origin"), std::string_view("*"));
    QVERIFY(answer.header("access-control-allow-methods").find("POST") != std::string_view::npos);
    QCOMPARE(answer.header("access-control-allow-headers"), std::string_view("x-goog-api-key,content-type"));
    QCOMPARE(answer.header("access-control-allow-private-network"), std::string_view("true"));
    QVERIFY(!answer.header("access-control-max-age").empty());
    QVERIFY(answer.header("access-control-allow-credentials").empty());
    const RawAnswer get = front.get("/echo", "Origin: https://app.example\r\n");
    QCOMPARE(get.header("access-control-allow-origin"), std::string_view("*"));
    QCOMPARE(get.header("access-control-expose-headers"), std::string_view("*"));
}

void TstFront::narrowsOrigins()
{
    HttpWorkerOptions options;
    options.corsOrigins = {"https://app.example"};
    const FrontFixture front(echoRoutes(), std::move(options));
    const RawAnswer mine = front.get("/echo", "Origin: https://app.example\r\n");
    QCOMPARE(mine.header("access-control-allow-origin"), std::string_view("https://app.example"));
    QCOMPARE(mine.header("vary"), std::string_view("Origin"));
    const RawAnswer other = front.get("/echo", "Origin: https://evil.example\r\n");
    QCOMPARE(other.status, 200);
    QVERIFY(other.header("access-control-allow-origin").empty());
}

void TstFront::keepsAdminFromOtherOrigins()
{
    const FrontFixture front(echoRoutes());
    const std::string origin = "Origin: https://evil.example\r\n";
    QVERIFY(front.get("/admin/echo", origin).header("access-control-allow-origin").empty());
    QVERIFY(front.get("/admin/nothing", origin).header("access-control-allow-origin").empty());
    const RawAnswer preflight = front.ask("OPTIONS /admin/echo HTTP/1.1\r\nHost: localhost\r\n" + origin +
                                          "Access-Control-Request-Method: GET\r\n\r\n");
    QVERIFY(preflight.header("access-control-allow-origin").empty());
    QVERIFY(preflight.header("access-control-allow-methods").empty());
}

void TstFront::namesEveryAnswer()
{
    const FrontFixture front(echoRoutes());
    QCOMPARE(front.get("/echo", "X-Request-Id: my-id_1.2\r\n").header("x-request-id"),
             std::string_view("my-id_1.2"));
    for (const std::string &bad : {std::string(), std::string("a b"), std::string(129, 'a'),
                                   std::string("a;b"), std::string("\xc3\xa4")}) {
        const RawAnswer answer = front.get("/echo", "X-Request-Id: " + bad + "\r\n");
        QVERIFY(answer.header("x-request-id").starts_with("req_"));
    }
    QVERIFY(front.get("/nothing").header("x-request-id").starts_with("req_"));
    QVERIFY(front.ask("GET /nothing HTTP/1.1\r\n\r\n").header("x-request-id").starts_with("req_"));
}

void TstFront::checksTheHost()
{
    const FrontFixture front(echoRoutes());
    const auto statusFor = [&front](const std::string &host) {
        return front.ask("GET /v1beta/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status;
    };
    QCOMPARE(statusFor("localhost:4364"), 200);
    QCOMPARE(statusFor("[::1]:4364"), 200);
    QCOMPARE(statusFor("evil.example"), 403);
    const RawAnswer refused =
        front.ask("GET http://evil.example/v1beta/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.body.starts_with("gemini host_not_allowed"));
    HttpWorkerOptions open;
    open.isLoopback = false;
    QCOMPARE(FrontFixture(echoRoutes(), std::move(open))
                 .ask("GET /echo HTTP/1.1\r\nHost: e.example\r\n\r\n")
                 .status,
             200);
}

void TstFront::tellsUnknownPathsAndMethodsInTheirDialect()
{
    const FrontFixture front(echoRoutes());
    const RawAnswer unknown = front.get("/gemini/v1/nothing");
    QCOMPARE(unknown.status, 404);
    QVERIFY(unknown.body.starts_with("gemini not_found"));
    QVERIFY(front.get("/v1/nothing").body.starts_with("openai not_found"));
    QVERIFY(front.get("/v1/messages").body.starts_with("anthropic not_found"));
    QVERIFY(front.get("/admin/nothing").body.starts_with("admin not_found"));
    const RawAnswer wrong = front.ask("DELETE /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.header("allow"), std::string_view("GET, POST, HEAD, OPTIONS"));
    QVERIFY(wrong.body.starts_with("openai method_not_allowed"));
}

void TstFront::refusesDotSegments()
{
    const FrontFixture front(echoRoutes());
    QCOMPARE(front.get("/v1beta/../admin/echo").status, 400);
    QCOMPARE(front.get("/v1beta/%2e%2e/x").status, 400);
    QCOMPARE(front.get("/v1beta/a..b").status, 200);
}

void TstFront::tellsTheOrigin()
{
    Router router;
    router.add("GET", "/origin", Dialect::OpenAi,
               [](const ClientRequest &request, std::unique_ptr<Exchange> exchange) {
                   exchange->send(200, "text/plain", {}, request.origin);
               });
    const FrontFixture front(std::move(router));
    QCOMPARE(front.get("/origin").body, std::string("http://localhost"));
    QCOMPARE(front.get("/origin", "X-Forwarded-Proto: https\r\n").body, std::string("https://localhost"));
}

void TstFront::continuesWhenAwaited()
{
    const FrontFixture front(echoRoutes());
    RawClient client = front.client();
    const std::string head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                             "Content-Length: 3\r\n\r\n";
    client.send(head);
    QCOMPARE(client.readAnswer().status, 100);
    client.send("abc");
    QCOMPARE(client.readAnswer().body, std::string("POST /echo? abc"));
    client.send(head + "abc"); // did not wait
    QCOMPARE(client.readAnswer().status, 200);
}

void TstFront::readsLargeBodies()
{
    const FrontFixture front(echoRoutes());
    std::string body(5'000'000, 'b');
    for (std::size_t i = 0; i < body.size(); i += 997)
        body[i] = static_cast<char>('a' + i % 26);
    RawClient client = front.client(20000);
    std::thread sender([&] { client.send(posted(body)); });
    const RawAnswer answer = client.readAnswer();
    sender.join();
    QVERIFY(answer.complete);
    QVERIFY(answer.body == "POST /echo? " + body);
}

void TstFront::finishesForClientsThatShutTheirSide()
{
    const FrontFixture front(echoRoutes());
    for (int i = 0; i < 20; ++i) {
        RawClient client = front.client();
        client.send(std::string(GET_ECHO) + std::string(GET_ECHO));
        client.shutdownWrite();
        QCOMPARE(client.readAnswer().status, 200);
        QCOMPARE(client.readAnswer().status, 200);
        QVERIFY(client.waitClosed(1000));
        QVERIFY(!client.wasReset());
    }
}

void TstFront::answersHealth()
{
    Router router;
    addHealthRoutes(router, [] { return Readiness{false, "no \"usable\" key"}; });
    const FrontFixture front(std::move(router));
    QCOMPARE(front.get("/healthz").status, 200);
    QCOMPARE(front.get("/health").body, std::string("{\"status\":\"healthy\"}"));
    const RawAnswer notReady = front.get("/readyz");
    QCOMPARE(notReady.status, 503);
    QCOMPARE(notReady.body, std::string("{\"status\":\"not ready\",\"reason\":\"no \\\"usable\\\" key\"}"));
}

void TstFront::drainsGently()
{
    Router router = echoRoutes();
    std::unique_ptr<Exchange> running;
    router.add("GET", "/hang", Dialect::OpenAi,
               [&running](const ClientRequest &, std::unique_ptr<Exchange> exchange) {
                   exchange->begin(200, "text/plain", {}, -1);
                   running = std::move(exchange);
               });
    FrontFixture front(std::move(router));
    RawClient idle = front.client();
    idle.send(GET_ECHO);
    idle.readAnswer();
    RawClient busy = front.client();
    busy.send("GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(busy.readHead().status, 200);

    std::atomic<bool> drained = false;
    front.worker().run([&] { front.server().drain([&] { drained = true; }); });
    QVERIFY(idle.waitClosed(1000));
    QVERIFY(!drained);
    RawClient late = front.client(300);
    late.send(GET_ECHO);
    QCOMPARE(late.readAnswer().status, 0); // nobody accepts any more
    front.worker().run([&] {
        running->write("last");
        running->end();
        running.reset();
    });
    QCOMPARE(busy.readUntil("0\r\n\r\n"), std::string("4\r\nlast\r\n0\r\n\r\n"));
    QVERIFY(busy.waitClosed(1000));
    busy.close();
    QTRY_VERIFY(drained);
}

void TstFront::survivesDestructionWhileAnswering()
{
    std::unique_ptr<Exchange> running;
    std::vector<RawClient> clients;
    {
        Router router;
        router.add("GET", "/hang", Dialect::OpenAi,
                   [&running](const ClientRequest &, std::unique_ptr<Exchange> exchange) {
                       running = std::move(exchange);
                   });
        const FrontFixture front(std::move(router));
        for (const char *request : {"GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /ha", ""}) {
            clients.push_back(front.client());
            clients.back().send(request);
        }
        QTest::qWait(50);
    }
    QVERIFY(running);
    running->send(200, {}, {}, "nobody hears this"); // the connection is gone, and it knows
    running.reset();
    for (RawClient &client : clients)
        QVERIFY(client.waitClosed(1000));
}

QTEST_GUILESS_MAIN(TstFront)
#include "tst_front.moc"
