#include <QSslSocket>
#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/tlsserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

UpstreamOptions trusting()
{
    UpstreamOptions options;
    options.caFile = TlsServer::caFile();
    options.connectTimeoutMs = 60'000; // both ends of the handshake are in this thread
    return options;
}

std::string portOf(const QTcpServer &server)
{
    return std::to_string(server.serverPort());
}

void answerOk(QTcpSocket &socket, const ScriptedServer::Request &request)
{
    ScriptedServer::answer(socket, "ok " + request.body);
}

/// A text in which every place is different.
std::string longText(std::size_t size)
{
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
        text += std::to_string(i) + " ";
    return text;
}

} // namespace

class TstUpstreamTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usesAConnectionAgain();
    void trustsOnlyWhatItIsTold();
    void carriesLongBodies();
    void holdsBytesWhilePaused();
    void carriesManyAtOnce();
    void closesTheConnectionOfACancelledCall();
    void noticesThatAnIdleOneClosed();
    void goesThroughSocks();
    void goesThroughAnHttpsProxy();
};

void TstUpstreamTls::initTestCase()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("This Qt has no TLS for the server's side.");
}

void TstUpstreamTls::usesAConnectionAgain()
{
    TlsServer server(answerOk);
    UpstreamClient client(CLOCK, trusting());
    const std::string url = server.url("/v1beta/x");
    for (int i = 0; i < 10; ++i) {
        CallRecorder recorder;
        ask(client, recorder, post(url, "body"));
        QVERIFY2(recorder.end.error.empty(), recorder.end.error.c_str());
        QCOMPARE(recorder.body, std::string("ok body"));
    }
    QCOMPARE(server.connections, 1);
    QCOMPARE(headerValue(server.requests.front().headers, "Host"),
             std::string_view("127.0.0.1:" + portOf(server)));
}

void TstUpstreamTls::trustsOnlyWhatItIsTold()
{
    TlsServer server(answerOk);
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    QVERIFY(!recorder.end.complete && !recorder.end.error.empty());
    QVERIFY(server.requests.empty());
}

void TstUpstreamTls::carriesLongBodies()
{
    const std::string answer = longText(8 * 1024 * 1024);
    TlsServer server([&](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, answer); });
    UpstreamClient client(CLOCK, trusting());
    const std::string body = longText(5 * 1024 * 1024);
    const std::string url = server.url();
    for (int i = 0; i < 2; ++i) {
        CallRecorder recorder;
        recorder.call = client.start(post(url, body), recorder);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isOver(), 20'000);
        QVERIFY(recorder.end.complete);
        QVERIFY(recorder.body == answer);
        QVERIFY(server.requests.back().body == body);
    }
    QCOMPARE(server.connections, 1);
}

/// Bytes that TLS has read already are told by no event.
void TstUpstreamTls::holdsBytesWhilePaused()
{
    std::string events = CHUNKED;
    for (int i = 0; i < 100; ++i)
        events += ScriptedServer::chunk(std::to_string(i) + " ");
    TlsServer server(
        [&](QTcpSocket &socket, const auto &) { ScriptedServer::write(socket, events + "0\r\n\r\n"); });
    UpstreamClient client(CLOCK, trusting());
    CallRecorder recorder;
    recorder.onBody = [&] { recorder.call->pause(); };
    startGet(client, recorder, server.url());
    for (int i = 1; i <= 100; ++i) {
        QTRY_COMPARE(recorder.pieces, i);
        QVERIFY(!recorder.isOver());
        recorder.call->resume();
    }
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(recorder.end.complete);
}

void TstUpstreamTls::carriesManyAtOnce()
{
    TlsServer server(answerOk);
    UpstreamClient client(CLOCK, trusting());
    for (int round = 0; round < 3; ++round) {
        std::vector<CallRecorder> recorders(80);
        for (CallRecorder &recorder : recorders)
            startPost(client, recorder, server.url());
        for (CallRecorder &recorder : recorders) {
            QTRY_VERIFY_WITH_TIMEOUT(recorder.isOver(), 20'000);
            QVERIFY2(recorder.end.error.empty(), recorder.end.error.c_str());
            QCOMPARE(recorder.body, std::string("ok body"));
        }
    }
    QCOMPARE(server.connections, 80);
}

void TstUpstreamTls::closesTheConnectionOfACancelledCall()
{
    TlsServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::write(socket, CHUNKED); });
    UpstreamClient client(CLOCK, trusting());
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    QTRY_COMPARE(recorder.heads, 1);
    recorder.call.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.open, 0, 500);
    CallRecorder early; // while TLS is being agreed on
    startGet(client, early, server.url());
    QTRY_COMPARE(server.open, 1);
    early.call.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.open, 0, 500);
}

void TstUpstreamTls::noticesThatAnIdleOneClosed()
{
    TlsServer server([](QTcpSocket &socket, const auto &request) {
        answerOk(socket, request);
        socket.disconnectFromHost();
    });
    UpstreamClient client(CLOCK, trusting());
    const std::string url = server.url();
    for (int i = 1; i <= 3; ++i) {
        CallRecorder recorder;
        ask(client, recorder, post(url, "body"));
        QVERIFY(recorder.end.complete);
        QTRY_COMPARE(server.open, 0);
        QCOMPARE(server.connections, i);
    }
    QCOMPARE(server.requests.size(), std::size_t(3));
}

void TstUpstreamTls::goesThroughSocks()
{
    TlsServer server(answerOk);
    SocksProxy proxy(server.serverPort());
    UpstreamOptions options = trusting();
    options.proxyUrl = "socks5h://user:pass%20word@127.0.0.1:" + portOf(proxy);
    UpstreamClient client(CLOCK, options);
    CallRecorder recorder;
    ask(client, recorder, post("https://gemini.invalid/x", "far"));
    QVERIFY2(recorder.end.error.empty(), recorder.end.error.c_str());
    QCOMPARE(recorder.body, std::string("ok far"));
    QCOMPARE(headerValue(server.requests.front().headers, "Host"), std::string_view("gemini.invalid"));
}

void TstUpstreamTls::goesThroughAnHttpsProxy()
{
    TlsServer proxy([](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.method == "CONNECT")
            ScriptedServer::write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
        else
            answerOk(socket, request);
    });
    UpstreamOptions options = trusting();
    options.proxyUrl = proxy.url("");
    UpstreamClient client(CLOCK, options);
    for (int i = 0; i < 2; ++i) {
        CallRecorder recorder;
        ask(client, recorder, post("http://gemini.invalid/x", "far"));
        QVERIFY2(recorder.end.error.empty(), recorder.end.error.c_str());
        QCOMPARE(recorder.body, std::string("ok far"));
    }
    QCOMPARE(proxy.connections, 1);
    QCOMPARE(proxy.requests.front().target, std::string("gemini.invalid:80"));
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamTls>(argc, argv);
}

#include "tst_upstreamtls.moc"
