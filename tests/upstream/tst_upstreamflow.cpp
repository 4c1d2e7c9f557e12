#include <QPointer>
#include <QTest>
#include <QTimer>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

/// A text in which every place is different.
std::string longText(std::size_t size)
{
    std::string text;
    text.reserve(size + 16);
    for (std::size_t i = 0; text.size() < size; ++i)
        text += std::to_string(i) + " ";
    text.resize(size);
    return text;
}

} // namespace

class TstUpstreamFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsBytesWhilePaused();
    void pausesBeforeTheHead();
    void resumesInsideACallback();
    void endsAfterResumeOnly();
    void carriesManyAtOnce();
    void keepsConnectionsWhenTheLoadFalls();
};

void TstUpstreamFlow::holdsBytesWhilePaused()
{
    const std::string text = longText(48 * 1024 * 1024);
    QPointer<QTcpSocket> socket;
    ScriptedServer server([&](QTcpSocket &from, const auto &) {
        socket = &from;
        ScriptedServer::answer(from, text);
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    recorder.onBody = [&] {
        if (recorder.pieces % 1000 == 1)
            recorder.call->pause();
    };
    startGet(client, recorder, server.url());
    for (;;) {
        QTRY_VERIFY(recorder.pieces % 1000 == 1 || recorder.isOver());
        if (recorder.isOver())
            break;
        const int pieces = recorder.pieces;
        QTest::qWait(20);
        QCOMPARE(recorder.pieces, pieces);
        // what is on its way lies in the kernel's buffers, not here
        if (pieces == 1)
            QVERIFY(socket->bytesToWrite() > 24 * 1024 * 1024);
        recorder.call->resume();
        QCOMPARE(recorder.pieces, pieces); // never from inside resume()
        QTRY_VERIFY(recorder.pieces > pieces);
    }
    QVERIFY(recorder.end.complete);
    QVERIFY(recorder.body == text);
}

void TstUpstreamFlow::pausesBeforeTheHead()
{
    ScriptedServer server([&](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    startGet(client, recorder, server.url());
    recorder.call->pause();
    QTRY_COMPARE(server.requests.size(), std::size_t(1));
    QTest::qWait(50);
    QCOMPARE(recorder.heads, 0);
    recorder.call->resume();
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.end.error, std::string());
    QCOMPARE(recorder.heads, 1);
    QCOMPARE(headerValue(recorder.headers, "Content-Length"), std::string_view("2"));
    QCOMPARE(recorder.body, std::string("ok"));
}

void TstUpstreamFlow::resumesInsideACallback()
{
    const std::string text = longText(4 * 1024 * 1024);
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        std::string body = CHUNKED;
        for (std::size_t at = 0; at < text.size(); at += 1000)
            body += ScriptedServer::chunk(text.substr(at, 1000));
        ScriptedServer::write(socket, body + "0\r\n\r\n");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    int depth = 0;
    bool nested = false;
    recorder.onBody = [&] {
        nested = nested || depth > 0;
        ++depth;
        recorder.call->pause();
        recorder.call->resume();
        if (recorder.pieces % 3 == 0) {
            recorder.call->pause();
            recorder.call->pause();
            recorder.call->resume();
            recorder.call->resume();
        }
        --depth;
    };
    startGet(client, recorder, server.url());
    QTRY_VERIFY_WITH_TIMEOUT(recorder.isOver(), 20'000);
    QVERIFY(!nested);
    QVERIFY(recorder.body == text);
}

void TstUpstreamFlow::endsAfterResumeOnly()
{
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, CHUNKED + ScriptedServer::chunk("one") + ScriptedServer::chunk("two") +
                                          "0\r\n\r\n");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    recorder.onBody = [&] { recorder.call->pause(); };
    startGet(client, recorder, server.url());
    QTRY_COMPARE(recorder.body, std::string("one"));
    QTest::qWait(50);
    QCOMPARE(recorder.body, std::string("one"));
    QVERIFY(!recorder.isOver());
    recorder.onBody = {};
    recorder.call->resume();
    QTRY_VERIFY(recorder.isOver());
    QCOMPARE(recorder.body, std::string("onetwo"));
    QVERIFY(recorder.end.complete);
}

void TstUpstreamFlow::carriesManyAtOnce()
{
    constexpr int calls = 300;
    constexpr int events = 20;
    ScriptedServer server([](QTcpSocket &socket, const ScriptedServer::Request &request) {
        ScriptedServer::write(socket, CHUNKED);
        auto *timer = new QTimer(&socket);
        QObject::connect(timer, &QTimer::timeout, &socket, [&socket, timer, request, sent = 0]() mutable {
            ScriptedServer::write(socket, ScriptedServer::chunk(request.target + std::to_string(sent) + " "));
            if (++sent < events)
                return;
            ScriptedServer::write(socket, "0\r\n\r\n");
            timer->stop();
            timer->deleteLater();
        });
        timer->start(5);
    });
    UpstreamClient client(CLOCK, {});
    std::vector<CallRecorder> recorders(calls);
    for (int i = 0; i < calls; ++i)
        startGet(client, recorders[static_cast<std::size_t>(i)], server.url("/" + std::to_string(i) + "-"));
    const auto isOver = [](const CallRecorder &recorder) { return recorder.isOver(); };
    QTRY_VERIFY_WITH_TIMEOUT(std::all_of(recorders.begin(), recorders.end(), isOver), 30'000);
    for (int i = 0; i < calls; ++i) {
        std::string expected;
        for (int event = 0; event < events; ++event)
            expected += "/" + std::to_string(i) + "-" + std::to_string(event) + " ";
        QCOMPARE(recorders[static_cast<std::size_t>(i)].body, expected);
    }
    QCOMPARE(server.connections, calls);
}

void TstUpstreamFlow::keepsConnectionsWhenTheLoadFalls()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    for (int round = 0; round < 3; ++round) {
        std::vector<CallRecorder> recorders(100);
        for (CallRecorder &recorder : recorders)
            startGet(client, recorder, server.url());
        const auto isOver = [](const CallRecorder &recorder) { return recorder.isOver(); };
        QTRY_VERIFY(std::all_of(recorders.begin(), recorders.end(), isOver));
        CallRecorder lonely; // one call alone, and all others idle
        startGet(client, lonely, server.url());
        QTRY_VERIFY(lonely.isOver());
    }
    QCOMPARE(server.connections, 100);
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamFlow>(argc, argv);
}

#include "tst_upstreamflow.moc"
