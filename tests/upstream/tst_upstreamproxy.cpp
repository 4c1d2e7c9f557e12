#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

std::string portOf(const QTcpServer &server)
{
    return std::to_string(server.serverPort());
}

/// An HTTP proxy that lets everyone through, to itself.
void answerAsTunnel(QTcpSocket &socket, const ScriptedServer::Request &request)
{
    if (request.method == "CONNECT")
        ScriptedServer::write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
    else
        ScriptedServer::answer(socket, "proxied");
}

UpstreamOptions through(const std::string &proxyUrl)
{
    UpstreamOptions options;
    options.proxyUrl = proxyUrl;
    return options;
}

} // namespace

class TstUpstreamProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAnHttpProxyWithItsPassword();
    void usesTheProxyForLoopbackToo();
    void keepsTheKeyFromAProxyThatRefuses();
    void goesThroughSocks_data();
    void goesThroughSocks();
    void tellsThatSocksRefusedThePassword();
    void tellsADeadProxyFromADeadServer();
    void takesANewProxyForTheNextCall();
    void goesThroughTheProxyOfTheCall();
};

void TstUpstreamProxy::asksAnHttpProxyWithItsPassword()
{
    ScriptedServer proxy(answerAsTunnel);
    UpstreamClient client(CLOCK, through("http://user:pass%20word@127.0.0.1:" + portOf(proxy)));
    CallRecorder recorder;
    startPost(client, recorder, "http://gemini.invalid/v1beta/x?y=1");
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.body, std::string("proxied"));
    const ScriptedServer::Request &asked = proxy.requests.front();
    QCOMPARE(asked.method, std::string("CONNECT"));
    QCOMPARE(asked.target, std::string("gemini.invalid:80"));
    QCOMPARE(headerValue(asked.headers, "Proxy-Authorization"),
             std::string_view("Basic dXNlcjpwYXNzIHdvcmQ="));
    const ScriptedServer::Request &seen = proxy.requests.back();
    QCOMPARE(seen.target, std::string("/v1beta/x?y=1"));
    QCOMPARE(seen.headers, (Headers{{"Host", "gemini.invalid"}, {"Content-Length", "4"}}));
    QCOMPARE(seen.body, std::string("body"));
}

void TstUpstreamProxy::usesTheProxyForLoopbackToo()
{
    qputenv("no_proxy", "127.0.0.1,localhost");
    ScriptedServer proxy(answerAsTunnel);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "direct"); });
    UpstreamClient client(CLOCK, through("http://127.0.0.1:" + portOf(proxy)));
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    QTRY_VERIFY(recorder.isOver());
    qunsetenv("no_proxy");
    QCOMPARE(recorder.body, std::string("proxied"));
}

void TstUpstreamProxy::keepsTheKeyFromAProxyThatRefuses()
{
    ScriptedServer proxy([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "", "HTTP/1.1 407 Proxy Authentication Required");
    });
    UpstreamClient client(CLOCK, through("http://user:secret@127.0.0.1:" + portOf(proxy)));
    CallRecorder recorder;
    UpstreamRequest request;
    request.method = "GET";
    request.url = "https://gemini.invalid/";
    request.apiKey = "key-1";
    recorder.call = client.start(request, recorder);
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.heads, 0);
    QCOMPARE(recorder.end.error, std::string("The proxy refused the connection with status 407."));
    QVERIFY(recorder.end.proxyFailed);
    const ScriptedServer::Request &seen = proxy.requests.front();
    QCOMPARE(seen.method, std::string("CONNECT"));
    QCOMPARE(seen.target, std::string("gemini.invalid:443"));
    QVERIFY(headerValue(seen.headers, "x-goog-api-key").empty());
}

void TstUpstreamProxy::goesThroughSocks_data()
{
    QTest::addColumn<std::string>("scheme");
    QTest::addColumn<std::string>("host");
    QTest::addColumn<std::string>("asked");
    QTest::newRow("socks5h asks by name")
        << std::string("socks5h") << std::string("gemini.invalid") << std::string("gemini.invalid");
    QTest::newRow("socks5 resolves itself")
        << std::string("socks5") << std::string("127.0.0.1") << std::string("127.x");
}

void TstUpstreamProxy::goesThroughSocks()
{
    QFETCH(std::string, scheme);
    QFETCH(std::string, host);
    QFETCH(std::string, asked);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "far"); });
    SocksProxy proxy(server.serverPort());
    UpstreamClient client(CLOCK, through(scheme + "://user:pass%20word@127.0.0.1:" + portOf(proxy)));
    CallRecorder recorder;
    startPost(client, recorder, "http://" + host + ":" + portOf(server) + "/x");
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.end.error, std::string());
    QCOMPARE(recorder.body, std::string("far"));
    QCOMPARE(proxy.hosts, std::vector<std::string>{asked});
    QCOMPARE(server.requests.front().body, std::string("body"));
}

void TstUpstreamProxy::tellsThatSocksRefusedThePassword()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "far"); });
    SocksProxy proxy(server.serverPort());
    UpstreamClient client(CLOCK, through("socks5h://user:wrong@127.0.0.1:" + portOf(proxy)));
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(!recorder.end.complete);
    QVERIFY(!recorder.end.error.empty());
    QVERIFY2(recorder.end.error.find("wrong") == std::string::npos, recorder.end.error.c_str());
    QVERIFY(recorder.end.proxyFailed);
    QVERIFY(server.requests.empty());
}

void TstUpstreamProxy::tellsADeadProxyFromADeadServer()
{
    std::string deadPort;
    {
        const ScriptedServer closed(answerAsTunnel);
        deadPort = portOf(closed);
    }
    for (const std::string scheme : {"http", "socks5h"}) {
        UpstreamClient client(CLOCK, through(scheme + "://127.0.0.1:" + deadPort));
        CallRecorder recorder;
        startGet(client, recorder, "http://gemini.invalid/");
        QTRY_VERIFY(recorder.isOver());
        QVERIFY2(recorder.end.proxyFailed, scheme.c_str());
    }
    UpstreamClient direct(CLOCK, {});
    CallRecorder recorder;
    startGet(direct, recorder, "http://127.0.0.1:" + deadPort + "/");
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(!recorder.end.complete);
    QVERIFY(!recorder.end.proxyFailed);
    ScriptedServer breaking([](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.method == "CONNECT")
            ScriptedServer::write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
        else
            socket.abort();
    });
    UpstreamClient client(CLOCK, through("http://127.0.0.1:" + portOf(breaking)));
    CallRecorder broken;
    startPost(client, broken, "http://gemini.invalid/");
    QTRY_VERIFY(broken.isOver());
    QVERIFY(!broken.end.complete);
    QVERIFY(!broken.end.proxyFailed); // it had let the call through
}

void TstUpstreamProxy::takesANewProxyForTheNextCall()
{
    ScriptedServer proxy(answerAsTunnel);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "direct"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder first;
    startGet(client, first, server.url());
    QTRY_COMPARE(first.body, std::string("direct"));
    QTRY_VERIFY(first.isOver());
    client.setOptions(through("http://127.0.0.1:" + portOf(proxy)));
    CallRecorder second;
    startGet(client, second, server.url());
    QTRY_VERIFY(second.isOver());
    QCOMPARE(second.body, std::string("proxied"));
    client.setOptions({});
    CallRecorder third;
    startGet(client, third, server.url());
    QTRY_VERIFY(third.isOver());
    QCOMPARE(third.body, std::string("direct"));
}

void TstUpstreamProxy::goesThroughTheProxyOfTheCall()
{
    ScriptedServer proxy(answerAsTunnel);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "direct"); });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    const std::string proxyUrl = "http://127.0.0.1:" + portOf(proxy);
    for (int i = 0; i < 3; ++i) {
        UpstreamRequest request = get(url);
        CallRecorder direct;
        ask(client, direct, request);
        QCOMPARE(direct.body, std::string("direct"));
        request.proxyUrl = proxyUrl;
        CallRecorder proxied;
        ask(client, proxied, request);
        QCOMPARE(proxied.body, std::string("proxied"));
    }
    QCOMPARE(server.connections, 1); // each way keeps its own
    QCOMPARE(proxy.connections, 1);
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamProxy>(argc, argv);
}

#include "tst_upstreamproxy.moc"
