#include <QPointer>
#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

class MovableClock final : public Clock
{
public:
    std::int64_t nowMs() const override { return ms; }
    std::int64_t monotonicMs() const override { return ms; }
    std::int64_t ms = 1'000'000;
};

} // namespace

class TstUpstreamIdle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dropsOneThatThePeerCloses();
    void dropsOneThatBringsMore_data();
    void dropsOneThatBringsMore();
    void closesAfterAWhile();
    void takesTheLastUsedFirst();
    void keepsNoneOfOlderOptions();
    void keepsNoneAfterClose();
    void sendsAgainOnlyOnce();
    void sendsNothingAgainOnANewConnection();
    void sendsNothingAgainAfterAByte();
    void readsAnAnswerThatComesEarly_data();
    void readsAnAnswerThatComesEarly();
};

void TstUpstreamIdle::dropsOneThatThePeerCloses()
{
    QPointer<QTcpSocket> last;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        last = &socket;
        ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    for (int i = 1; i <= 3; ++i) {
        CallRecorder recorder;
        ask(client, recorder, post(url, "body"));
        QVERIFY(recorder.end.complete);
        QCOMPARE(server.connections, i);
        last->disconnectFromHost();
        QTRY_COMPARE(server.open, 0); // both ends are closed, with no request to find that out
    }
    QCOMPARE(server.requests.size(), std::size_t(3));
}

void TstUpstreamIdle::dropsOneThatBringsMore_data()
{
    QTest::addColumn<bool>("isAtOnce");
    QTest::newRow("with the answer") << true;
    QTest::newRow("later") << false;
}

void TstUpstreamIdle::dropsOneThatBringsMore()
{
    QFETCH(bool, isAtOnce);
    const std::string forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    QPointer<QTcpSocket> last;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        last = &socket;
        ScriptedServer::write(socket,
                              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + (isAtOnce ? forged : ""));
    });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    CallRecorder first;
    ask(client, first, get(url));
    QVERIFY(first.end.complete);
    QCOMPARE(first.body, std::string("ok"));
    if (!isAtOnce)
        ScriptedServer::write(*last, forged);
    QTRY_COMPARE(server.open, 0);
    CallRecorder second;
    ask(client, second, get(url));
    QCOMPARE(second.body, std::string("ok"));
    QCOMPARE(server.connections, 2);
}

void TstUpstreamIdle::closesAfterAWhile()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    MovableClock clock;
    UpstreamClient client(clock, {});
    const std::string url = server.url();
    CallRecorder first;
    ask(client, first, get(url));
    clock.ms += 89'999;
    CallRecorder second;
    ask(client, second, get(url));
    QCOMPARE(server.connections, 1);
    clock.ms += 90'000;
    CallRecorder third;
    ask(client, third, get(url));
    QCOMPARE(server.connections, 2);
    QTRY_COMPARE(server.open, 1);
    clock.ms += 90'000;
    QTRY_COMPARE(server.open, 0); // without a call
    CallRecorder fourth;
    ask(client, fourth, get(url));
    QVERIFY(fourth.end.complete);
}

void TstUpstreamIdle::takesTheLastUsedFirst()
{
    std::vector<QPointer<QTcpSocket>> waiting;
    ScriptedServer server([&](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.target == "/wait")
            waiting.emplace_back(&socket);
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    std::vector<CallRecorder> recorders(3);
    for (CallRecorder &recorder : recorders)
        startGet(client, recorder, server.url("/wait"));
    QTRY_COMPARE(waiting.size(), std::size_t(3));
    for (const int i : {2, 0, 1}) {
        ScriptedServer::answer(*waiting[static_cast<std::size_t>(i)], "ok");
        const auto isOver = [](const CallRecorder &recorder) { return recorder.isOver(); };
        const auto over = std::count_if(recorders.begin(), recorders.end(), isOver);
        QTRY_COMPARE(std::count_if(recorders.begin(), recorders.end(), isOver), over + 1);
    }
    CallRecorder next;
    const std::string url = server.url("/now");
    ask(client, next, get(url));
    QCOMPARE(server.requests.back().connection, server.requests[1].connection);
    QCOMPARE(server.connections, 3);
}

void TstUpstreamIdle::keepsNoneOfOlderOptions()
{
    QPointer<QTcpSocket> waiting;
    ScriptedServer server([&](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.target == "/wait")
            waiting = &socket;
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder slow;
    startGet(client, slow, server.url("/wait"));
    QTRY_VERIFY(waiting);
    CallRecorder quick;
    const std::string url = server.url();
    ask(client, quick, get(url));
    QCOMPARE(server.open, 2);
    client.setOptions({});
    QTRY_COMPARE(server.open, 1);
    ScriptedServer::answer(*waiting, "ok");
    QTRY_VERIFY(slow.isOver());
    QVERIFY(slow.end.complete);
    QTRY_COMPARE(server.open, 0);
}

void TstUpstreamIdle::keepsNoneAfterClose()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "ok", "HTTP/1.1 200 OK\r\nConnection: close");
    });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    CallRecorder recorder;
    ask(client, recorder, get(url));
    QVERIFY(recorder.end.complete);
    QTRY_COMPARE(server.open, 0);
}

void TstUpstreamIdle::sendsAgainOnlyOnce()
{
    bool dies = false;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        if (dies)
            ScriptedServer::reset(socket);
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    CallRecorder first;
    ask(client, first, get(url));
    dies = true;
    CallRecorder second;
    ask(client, second, get(url));
    QVERIFY(!second.end.complete);
    QCOMPARE(second.ends, 1);
    QCOMPARE(server.requests.size(), std::size_t(3));
}

void TstUpstreamIdle::sendsNothingAgainOnANewConnection()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::reset(socket); });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    CallRecorder recorder;
    ask(client, recorder, get(url));
    QVERIFY(!recorder.end.complete);
    QCOMPARE(recorder.end.error, std::string("The connection broke."));
    QCOMPARE(server.requests.size(), std::size_t(1));
}

void TstUpstreamIdle::sendsNothingAgainAfterAByte()
{
    int count = 0;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        if (++count == 1) {
            ScriptedServer::answer(socket, "ok");
            return;
        }
        ScriptedServer::write(socket, "H");
        socket.disconnectFromHost();
    });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    CallRecorder first;
    ask(client, first, get(url));
    CallRecorder second;
    ask(client, second, get(url));
    QVERIFY(!second.end.complete);
    QCOMPARE(second.end.error, std::string("The connection closed before an answer came."));
    QCOMPARE(server.requests.size(), std::size_t(2));
}

void TstUpstreamIdle::readsAnAnswerThatComesEarly_data()
{
    QTest::addColumn<bool>("closes");
    QTest::newRow("and the peer closes") << true;
    QTest::newRow("and the peer stays") << false;
}

/// A server may refuse a long body before it has read it.
void TstUpstreamIdle::readsAnAnswerThatComesEarly()
{
    QFETCH(bool, closes);
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    QPointer<QTcpSocket> peer;
    bool hasClosed = false;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        peer = socket;
        socket->setReadBufferSize(1000); // the rest stays in the kernel
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [&] { hasClosed = true; });
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [socket, closes, answered = false]() mutable {
                             if (std::exchange(answered, true))
                                 return;
                             ScriptedServer::answer(*socket, "too long", "HTTP/1.1 413 Content Too Large");
                             if (closes)
                                 socket->disconnectFromHost();
                         });
    });
    UpstreamClient client(CLOCK, {});
    const std::string body(32 * 1024 * 1024, 'x');
    const std::string url = "http://127.0.0.1:" + std::to_string(server.serverPort());
    CallRecorder recorder;
    ask(client, recorder, post(url, body));
    QCOMPARE(recorder.status, 413);
    QCOMPARE(recorder.body, std::string("too long"));
    QVERIFY(recorder.end.complete);
    peer->setReadBufferSize(0);
    QTRY_VERIFY((peer->readAll(), hasClosed)); // half a request went down it: it carries no other
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamIdle>(argc, argv);
}

#include "tst_upstreamidle.moc"
