#include <memory>

#include <QSslSocket>
#include <QTest>

#include "gateway/common/wsreader.h"
#include "gateway/upstream/origin.h"
#include "gateway/upstream/sockethandshake.h"
#include "gateway/upstream/upstreamsocket.h"
#include "tests/upstream/bothloops.h"
#include "tests/upstream/tlsserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

/// What a socket told.
struct Heard final : SocketListener
{
    void socketOpened() override { opened = true; }
    void socketMessage(bool isText, std::string payload) override
    {
        messages.push_back((isText ? "text:" : "binary:") + payload);
    }
    void socketClosed(const WsClose &told) override { close = told; }
    void socketFailed(const SocketFailure &told) override
    {
        failed = true;
        failure = told;
    }
    void socketDrained() override { ++drained; }
    bool isOver() const { return failed || close.code != 0; }

    bool opened = false;
    bool failed = false;
    int drained = 0;
    std::vector<std::string> messages;
    WsClose close{0, {}};
    SocketFailure failure;
};

/// Says back what it hears; "close" closes, "break" sends nonsense, "gone" resets.
void echo(QTcpSocket &socket, const ScriptedServer::Request &request)
{
    const std::string accept = wsAcceptFor(headerValue(request.headers, "sec-websocket-key"));
    ScriptedServer::write(socket, "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n"
                                  "connection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: " +
                                      accept + "\r\n\r\n");
    QObject::disconnect(&socket, &QTcpSocket::readyRead, nullptr, nullptr);
    auto reader = std::make_shared<WsReader>(WsReader::Sender::Client, 1u << 24);
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&socket, reader] {
        const std::string bytes = socket.readAll().toStdString();
        std::string_view left = bytes;
        std::string out;
        for (;;) {
            const WsReader::Event event = reader->next(left);
            if (event == WsReader::Event::More)
                break;
            const std::string said = reader->payload();
            if (event == WsReader::Event::Message && said == "close")
                appendWsClose(out, {1011, "enough"}, {});
            else if (event == WsReader::Event::Message && said == "break")
                out += "\x83\x01x";
            else if (event == WsReader::Event::Message && said == "gone")
                ScriptedServer::reset(socket);
            else if (event == WsReader::Event::Message)
                appendWsFrame(out, reader->isText() ? WsOpcode::Text : WsOpcode::Binary, said, {});
        }
        if (!out.empty())
            ScriptedServer::write(socket, out);
    });
}

} // namespace

/// WebSockets to Google, in both event loops.
class TstUpstreamSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesMessages_data();
    void carriesMessages();
    void sendsTheOpeningAsItShould();
    void tellsAnotherAnswer();
    void tellsHowItEnded_data();
    void tellsHowItEnded();
    void holdsBack();
    void givesUpAnOpening();
    void readsTheOpeningInEverySplit();
};

void TstUpstreamSocket::carriesMessages_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("plain") << QStringLiteral("plain");
    QTest::newRow("TLS") << QStringLiteral("tls");
    QTest::newRow("SOCKS") << QStringLiteral("socks");
}

void TstUpstreamSocket::carriesMessages()
{
    QFETCH(const QString, way);
    const bool isTls = way == u"tls";
    if (isTls && !QSslSocket::supportsSsl())
        QSKIP("This Qt has no TLS for the server's side.");
    ScriptedServer plain(echo);
    TlsServer tls(echo);
    SocksProxy proxy(plain.serverPort());
    UpstreamOptions options;
    options.caFile = isTls ? TlsServer::caFile() : std::string();
    options.connectTimeoutMs = 60'000;
    UpstreamClient client(CLOCK, options);
    const std::string proxyUrl =
        way == u"socks" ? "socks5h://user:pass%20word@127.0.0.1:" + std::to_string(proxy.serverPort())
                        : std::string();
    const std::string url = isTls ? tls.url("/ws/x") : plain.url("/ws/x");
    Heard heard;
    SocketRequest request;
    request.url = url;
    request.proxyUrl = proxyUrl;
    request.messageLimit = 1u << 24;
    const auto socket = client.openSocket(request, heard);
    QTRY_VERIFY2(heard.opened, heard.failure.end.error.c_str());
    const std::string large(3u << 20, 'l');
    socket->send(true, "hello");
    socket->send(false, large);
    socket->send(true, "");
    QTRY_COMPARE(heard.messages.size(), std::size_t{3});
    QCOMPARE(heard.messages[0], std::string("text:hello"));
    QVERIFY(heard.messages[1] == "binary:" + large);
    QCOMPARE(heard.messages[2], std::string("text:"));
    socket->send(true, "close");
    QTRY_COMPARE(heard.close.code, 1011);
    QCOMPARE(heard.close.reason, std::string("enough"));
    QCOMPARE(proxy.hosts.size(), std::size_t{way == u"socks" ? 1u : 0u});
}

void TstUpstreamSocket::sendsTheOpeningAsItShould()
{
    ScriptedServer server(echo);
    UpstreamClient client(CLOCK, {});
    Heard heard;
    const std::string url = server.url("/ws/x?y=1");
    const Headers headers = {{"User-Agent", "test"}, {"Connection", "close"}, {"x-goog-api-key", "another"}};
    SocketRequest request;
    request.url = url;
    request.apiKey = "key-1";
    request.headers = &headers;
    request.messageLimit = 1000;
    const auto socket = client.openSocket(request, heard);
    QTRY_VERIFY(heard.opened);
    const ScriptedServer::Request &seen = server.requests.front();
    QCOMPARE(seen.method, std::string("GET"));
    QCOMPARE(seen.target, std::string("/ws/x?y=1"));
    QVERIFY(isWsKey(headerValue(seen.headers, "sec-websocket-key")));
    Headers others = seen.headers;
    std::erase_if(others, [](const auto &header) { return header.first == "Sec-WebSocket-Key"; });
    QCOMPARE(others, (Headers{{"Host", server.url("").substr(7)},
                              {"x-goog-api-key", "key-1"},
                              {"User-Agent", "test"},
                              {"Connection", "Upgrade"},
                              {"Upgrade", "websocket"},
                              {"Sec-WebSocket-Version", "13"}}));
}

void TstUpstreamSocket::tellsAnotherAnswer()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, R"({"error":{"code":429}})",
                               "HTTP/1.1 429 Too Many\r\nRetry-After: 7");
    });
    UpstreamClient client(CLOCK, {});
    Heard heard;
    const std::string url = server.url("/ws/x");
    SocketRequest request;
    request.url = url;
    const auto socket = client.openSocket(request, heard);
    QTRY_VERIFY(heard.failed);
    QCOMPARE(heard.failure.status, 429);
    QCOMPARE(heard.failure.body, std::string(R"({"error":{"code":429}})"));
    QCOMPARE(headerValue(heard.failure.headers, "retry-after"), std::string_view("7"));
    QVERIFY(!heard.opened);
}

void TstUpstreamSocket::tellsHowItEnded_data()
{
    QTest::addColumn<std::string>("order");
    QTest::addColumn<bool>("fails");
    QTest::newRow("closed") << std::string("close") << false;
    QTest::newRow("nonsense") << std::string("break") << true;
    QTest::newRow("reset") << std::string("gone") << true;
    QTest::newRow("too large") << std::string(2000, 'x') << true;
}

void TstUpstreamSocket::tellsHowItEnded()
{
    QFETCH(const std::string, order);
    QFETCH(const bool, fails);
    ScriptedServer server(echo);
    UpstreamClient client(CLOCK, {});
    Heard heard;
    const std::string url = server.url("/ws/x");
    SocketRequest request;
    request.url = url;
    request.messageLimit = 1000;
    const auto socket = client.openSocket(request, heard);
    QTRY_VERIFY(heard.opened);
    socket->send(true, order);
    QTRY_VERIFY(heard.isOver());
    QCOMPARE(heard.failed, fails);
    QVERIFY(heard.failure.end.error.empty() != fails);
    QTRY_COMPARE(server.open, 0);
    QVERIFY(socket->send(true, "after the end"));
}

/// While paused nothing is read; what is too much to send is told.
void TstUpstreamSocket::holdsBack()
{
    ScriptedServer server(echo);
    UpstreamClient client(CLOCK, {});
    Heard heard;
    const std::string url = server.url("/ws/x");
    SocketRequest request;
    request.url = url;
    request.messageLimit = 1u << 24;
    const auto socket = client.openSocket(request, heard);
    QTRY_VERIFY(heard.opened);
    socket->pause();
    socket->send(true, "one");
    QTest::qWait(100);
    QVERIFY(heard.messages.empty());
    socket->resume();
    QTRY_COMPARE(heard.messages.size(), std::size_t{1});
    bool goesOn = true;
    int sent = 0;
    while (goesOn && sent < 1000) {
        goesOn = socket->send(false, std::string(256 * 1024, 'x'));
        ++sent;
    }
    QVERIFY(!goesOn);
    QTRY_COMPARE(heard.drained, 1);
    QTRY_COMPARE(static_cast<int>(heard.messages.size()), sent + 1);
}

void TstUpstreamSocket::givesUpAnOpening()
{
    ScriptedServer server([](QTcpSocket &, const auto &) {});
    UpstreamOptions options;
    options.connectTimeoutMs = 1000;
    UpstreamClient client(CLOCK, options);
    Heard heard;
    const std::string url = server.url("/ws/x");
    SocketRequest request;
    request.url = url;
    {
        const auto socket = client.openSocket(request, heard);
        QTRY_VERIFY(heard.failed);
        QVERIFY(heard.failure.end.timedOut);
    }
    Heard silent;
    client.openSocket(request, silent).reset(); // gone before it was there
    QTest::qWait(50);
    QVERIFY(!silent.failed);
    SocketRequest wrong;
    wrong.url = "ftp://x";
    const auto never = client.openSocket(wrong, silent);
    QVERIFY(!silent.failed); // never from inside
    QTRY_VERIFY(silent.failed);
}

void TstUpstreamSocket::readsTheOpeningInEverySplit()
{
    const Result<Origin> origin = makeOrigin("http://g", {});
    SocketRequest request;
    request.url = "http://g/ws";
    const auto told = [&](const std::string &answer, std::size_t cut) {
        SocketHandshake handshake;
        const std::string opening = *handshake.request(request, *origin);
        const std::size_t at = opening.find("Key: ") + 5;
        std::string bytes = answer;
        if (const std::size_t place = bytes.find("ACCEPT"); place != std::string::npos)
            bytes.replace(place, 6, wsAcceptFor(opening.substr(at, 24)));
        std::string log;
        for (std::string_view piece : {std::string_view(bytes).substr(0, cut),
                                       std::string_view(bytes).substr(std::min(cut, bytes.size()))}) {
            if (!log.empty()) {
                log += piece;
                continue;
            }
            switch (handshake.next(piece)) {
            case SocketHandshake::Step::More:
                break;
            case SocketHandshake::Step::Opened:
                log = "opened " + std::string(piece);
                break;
            case SocketHandshake::Step::Refused:
                log = "refused " + std::to_string(handshake.failure().status) + handshake.failure().body;
                break;
            case SocketHandshake::Step::Broken:
                log = "broken";
                break;
            }
        }
        return log;
    };
    const std::string head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    const std::vector<std::pair<std::string, std::string>> rows = {
        {head + "Sec-WebSocket-Accept: ACCEPT\r\n\r\nframes", "opened frames"},
        {head + "Sec-WebSocket-Accept: wrong\r\n\r\n", "broken"},
        {head + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Extensions: x\r\n\r\n", "broken"},
        {"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", "refused 403no"},
    };
    for (const auto &[answer, expected] : rows) {
        for (std::size_t cut = 0; cut <= answer.size() + 22; ++cut)
            QCOMPARE(told(answer, cut).substr(0, expected.size()), expected);
    }
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamSocket>(argc, argv);
}

#include "tst_upstreamsocket.moc"
