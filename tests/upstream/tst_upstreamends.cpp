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

class TstUpstreamEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsAResetBeforeTheHead();
    void tellsAResetInTheMidst();
    void tellsACutAnswer();
    void sendsAgainOnAConnectionThatHadDied();
    void sendsNothingAgainThatGoogleIsWorkingOn();
    void endsWithoutAHeadInTime();
    void endsAStalledAnswer();
    void countsNoIdleTimeWhilePaused();
    void waitsForALongBodyToBeSent();
};

void TstUpstreamEnds::tellsAResetBeforeTheHead()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::reset(socket); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startPost(client, recorder, server.url());
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.heads, 0);
    QVERIFY(!recorder.end.complete && !recorder.end.timedOut && !recorder.end.error.empty());
    QCOMPARE(server.requests.size(), std::size_t(1));
}

void TstUpstreamEnds::tellsAResetInTheMidst()
{
    QPointer<QTcpSocket> socket;
    ScriptedServer server([&](QTcpSocket &from, const auto &) {
        socket = &from;
        ScriptedServer::write(from, CHUNKED + ScriptedServer::chunk("first"));
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startPost(client, recorder, server.url());
    QTRY_COMPARE(recorder.body, std::string("first"));
    ScriptedServer::reset(*socket);
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(!recorder.end.complete && !recorder.end.timedOut && !recorder.end.error.empty());
}

void TstUpstreamEnds::tellsACutAnswer()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        socket.disconnectFromHost();
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startPost(client, recorder, server.url());
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.body, std::string("half"));
    QVERIFY(!recorder.end.complete && !recorder.end.error.empty());
}

void TstUpstreamEnds::sendsAgainOnAConnectionThatHadDied()
{
    int count = 0;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        if (++count == 2) // the second request crosses with the closing of its connection
            ScriptedServer::reset(socket);
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder first;
    startPost(client, first, server.url());
    QTRY_VERIFY(first.isOver());
    CallRecorder second;
    startPost(client, second, server.url());
    QTRY_VERIFY(second.isOver());
    QVERIFY(second.end.complete);
    QCOMPARE(server.requests.size(), std::size_t(3));
    QCOMPARE(server.requests.back().body, std::string("body"));
}

void TstUpstreamEnds::sendsNothingAgainThatGoogleIsWorkingOn()
{
    QPointer<QTcpSocket> working;
    int count = 0;
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        if (++count == 2)
            working = &socket;
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder first;
    startPost(client, first, server.url());
    QTRY_VERIFY(first.isOver());
    CallRecorder second;
    startPost(client, second, server.url());
    QTRY_VERIFY(working);
    QTest::qWait(1'100);
    ScriptedServer::reset(*working);
    QTRY_VERIFY(second.isOver());
    QVERIFY(!second.end.complete && !second.end.error.empty());
    QCOMPARE(server.requests.size(), std::size_t(2));
}

void TstUpstreamEnds::endsWithoutAHeadInTime()
{
    ScriptedServer server([](QTcpSocket &, const auto &) {});
    MovableClock clock;
    UpstreamOptions options;
    options.firstByteTimeoutMs = 30'000;
    UpstreamClient client(clock, options);
    CallRecorder early;
    startPost(client, early, server.url());
    clock.ms += 20'000;
    CallRecorder late;
    startPost(client, late, server.url());
    clock.ms += 9'999;
    QTest::qWait(300);
    QVERIFY(!early.isOver());
    clock.ms += 1;
    QTRY_VERIFY(early.isOver());
    QVERIFY(early.end.timedOut && !early.end.complete);
    QCOMPARE(early.end.error, std::string("No answer came within 30 s."));
    QVERIFY(!late.isOver());
    QTRY_COMPARE(server.open, 1); // the overdue one is closed
    clock.ms += 20'000;
    QTRY_VERIFY(late.isOver());
}

void TstUpstreamEnds::endsAStalledAnswer()
{
    QPointer<QTcpSocket> socket;
    ScriptedServer server([&](QTcpSocket &from, const auto &) {
        socket = &from;
        ScriptedServer::write(from, CHUNKED);
    });
    MovableClock clock;
    UpstreamOptions options;
    options.idleTimeoutMs = 10'000;
    UpstreamClient client(clock, options);
    CallRecorder recorder;
    startPost(client, recorder, server.url());
    QTRY_COMPARE(recorder.heads, 1);
    for (int i = 1; i <= 3; ++i) { // every piece counts anew
        clock.ms += 9'000;
        ScriptedServer::write(*socket, ScriptedServer::chunk("x"));
        QTRY_COMPARE(recorder.pieces, i);
    }
    QTest::qWait(300);
    QVERIFY(!recorder.isOver());
    clock.ms += 10'000;
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(recorder.end.timedOut);
    QCOMPARE(recorder.end.error, std::string("The answer stood still for 10 s."));
}

void TstUpstreamEnds::countsNoIdleTimeWhilePaused()
{
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, CHUNKED + ScriptedServer::chunk("x"));
    });
    MovableClock clock;
    UpstreamOptions options;
    options.idleTimeoutMs = 10'000;
    UpstreamClient client(clock, options);
    CallRecorder recorder;
    startPost(client, recorder, server.url());
    QTRY_COMPARE(recorder.pieces, 1);
    recorder.call->pause();
    clock.ms += 100'000;
    QTest::qWait(300);
    QVERIFY(!recorder.isOver());
    recorder.call->resume();
    QTest::qWait(300);
    QVERIFY(!recorder.isOver()); // counted from the resume
    clock.ms += 10'000;
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(recorder.end.timedOut);
}

void TstUpstreamEnds::waitsForALongBodyToBeSent()
{
    class SlowReader : public QTcpServer
    {
    public:
        SlowReader() { listen(QHostAddress::LocalHost); }
    };
    SlowReader server; // accepts in the kernel only; nothing is read yet
    MovableClock clock;
    UpstreamOptions options;
    options.firstByteTimeoutMs = 10'000;
    UpstreamClient client(clock, options);
    const std::string body(64 * 1024 * 1024, 'x');
    const std::string url = "http://127.0.0.1:" + std::to_string(server.serverPort());
    UpstreamRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.hasBody = true;
    CallRecorder recorder;
    recorder.call = client.start(request, recorder);
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *socket = server.nextPendingConnection();
    socket->setReadBufferSize(1024 * 1024);
    QTest::qWait(300);
    clock.ms += 10'000;
    QTest::qWait(300);
    QVERIFY(!recorder.isOver()); // body went out since the start
    qint64 read = 0;
    while (read < 16 * 1024 * 1024) {
        read += socket->readAll().size();
        QTest::qWait(1);
    }
    clock.ms += 10'000;
    QTest::qWait(300);
    QVERIFY(!recorder.isOver()); // and again
    clock.ms += 20'000;
    QTest::qWait(300);
    clock.ms += 20'000;
    QTRY_VERIFY(recorder.isOver()); // but then the line stood still
    QVERIFY(recorder.end.timedOut);
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamEnds>(argc, argv);
}

#include "tst_upstreamends.moc"
