#include <QPointer>
#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

} // namespace

class TstUpstreamCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelsInside_data();
    void cancelsInside();
    void cancelsAnotherInside();
    void cancelsWhileResuming();
    void closesTheConnectionOfACancelledCall();
    void cancelsBeforeAnythingWasSent();
    void startsInside_data();
    void startsInside();
    void outlivesItsClient();
};

void TstUpstreamCancel::cancelsInside_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("head") << QStringLiteral("head");
    QTest::newRow("body") << QStringLiteral("body");
    QTest::newRow("end") << QStringLiteral("end");
}

void TstUpstreamCancel::cancelsInside()
{
    QFETCH(QString, where);
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, CHUNKED + ScriptedServer::chunk("one") + ScriptedServer::chunk("two") +
                                          (where == QStringLiteral("end") ? "0\r\n\r\n" : ""));
    });
    UpstreamClient client(CLOCK, {});
    auto recorder = std::make_unique<CallRecorder>();
    int seen = 0;
    const auto vanish = [&] {
        seen = recorder->heads * 100 + recorder->pieces * 10 + recorder->ends;
        recorder.reset(); // the listener goes with its call, as a relay does
    };
    (where == QStringLiteral("head")   ? recorder->onHead
     : where == QStringLiteral("body") ? recorder->onBody
                                       : recorder->onEnd) = vanish;
    startGet(client, *recorder, server.url());
    QTRY_VERIFY(!recorder);
    QCOMPARE(seen, where == QStringLiteral("head") ? 100 : where == QStringLiteral("body") ? 110 : 121);
    if (where != QStringLiteral("end"))
        QTRY_COMPARE(server.open, 0);
    CallRecorder next; // and the client is as good as before
    next.onBody = [&] { next.call.reset(); };
    startGet(client, next, server.url());
    QTRY_COMPARE(next.pieces, 1);
    QTest::qWait(20);
    QCOMPARE(next.pieces, 1);
    QCOMPARE(next.ends, 0);
}

void TstUpstreamCancel::cancelsAnotherInside()
{
    QPointer<QTcpSocket> waiting;
    ScriptedServer server([&](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.target == "/wait")
            waiting = &socket;
        else
            ScriptedServer::answer(socket, "ok");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder other;
    startGet(client, other, server.url("/wait"));
    QTRY_VERIFY(waiting);
    CallRecorder recorder;
    recorder.onBody = [&] { other.call.reset(); };
    startGet(client, recorder, server.url());
    QTRY_VERIFY(recorder.isOver());
    QVERIFY(recorder.end.complete);
    QTRY_VERIFY(!waiting);
    QCOMPARE(other.ends, 0);
}

void TstUpstreamCancel::cancelsWhileResuming()
{
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, CHUNKED + ScriptedServer::chunk("one") + ScriptedServer::chunk("two"));
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    recorder.onBody = [&] {
        if (recorder.pieces == 1)
            recorder.call->pause();
        else
            recorder.call.reset(); // from inside the delivery of held back bytes
    };
    startGet(client, recorder, server.url());
    QTRY_COMPARE(recorder.pieces, 1);
    recorder.call->resume();
    QTRY_COMPARE(recorder.pieces, 2);
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(recorder.ends, 0);

    CallRecorder gone;
    gone.onBody = [&] { gone.call->pause(); };
    startGet(client, gone, server.url());
    QTRY_COMPARE(gone.pieces, 1);
    gone.call->resume();
    gone.call.reset(); // between the resume and its turn
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(gone.pieces, 1);
}

void TstUpstreamCancel::closesTheConnectionOfACancelledCall()
{
    ScriptedServer server([&](QTcpSocket &socket, const auto &) { ScriptedServer::write(socket, CHUNKED); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    QTRY_COMPARE(recorder.heads, 1);
    recorder.call.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.open, 0, 500);
    QCOMPARE(recorder.ends, 0);
}

void TstUpstreamCancel::cancelsBeforeAnythingWasSent()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    recorder.call.reset();
    QTest::qWait(50);
    QCOMPARE(recorder.heads + recorder.ends, 0);
    QVERIFY(server.requests.empty());
}

void TstUpstreamCancel::startsInside_data()
{
    cancelsInside_data();
}

void TstUpstreamCancel::startsInside()
{
    QFETCH(QString, where);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder first;
    CallRecorder second;
    CallRecorder third;
    const auto startBoth = [&] {
        startGet(client, second, server.url());
        startGet(client, third, server.url());
        third.call.reset(); // started and cancelled inside
    };
    (where == QStringLiteral("head")   ? first.onHead
     : where == QStringLiteral("body") ? first.onBody
                                       : first.onEnd) = startBoth;
    startGet(client, first, server.url());
    QTRY_VERIFY(first.isOver() && second.isOver());
    QVERIFY(first.end.complete && second.end.complete);
    QTest::qWait(20);
    QCOMPARE(third.heads + third.ends, 0);
    QCOMPARE(server.requests.size(), std::size_t(2));
}

void TstUpstreamCancel::outlivesItsClient()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::write(socket, CHUNKED); });
    CallRecorder recorder;
    CallRecorder paused;
    {
        UpstreamClient client(CLOCK, {});
        startGet(client, recorder, server.url());
        startGet(client, paused, server.url());
        QTRY_COMPARE(recorder.heads + paused.heads, 2);
        paused.call->pause();
        paused.call->resume();
    }
    recorder.call->pause();
    recorder.call->resume();
    recorder.call.reset();
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(recorder.ends + paused.ends, 0);
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamCancel>(argc, argv);
}

#include "tst_upstreamcancel.moc"
