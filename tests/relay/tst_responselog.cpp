#include <atomic>
#include <thread>

#include <QTest>
#include <QThread>

#include "gateway/relay/runningresponses.h"

using namespace Gateway;

class TstResponseLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWholeEvents();
    void readsFromAnyEvent();
    void wakesWhenThereIsMore();
    void wakesAtTheEnd();
    void wakesNobodyWhoLeft();
    void keepsNoStreamThatIsTooLong();
    void followersSeeAllOfIt();
    void knowsWhatRuns();
};

namespace {

constexpr std::size_t ALL = 1u << 20;

} // namespace

/// However the bytes come in pieces.
void TstResponseLog::readsWholeEvents()
{
    const std::string text = "a\n\nbb\n\nc\nc\n\nrest";
    for (unsigned cuts = 0; cuts < 1U << (text.size() - 1); cuts += 7) {
        ResponseLog log;
        std::size_t from = 0;
        for (std::size_t to = 1; to <= text.size(); ++to) {
            if (to < text.size() && (cuts >> (to - 1) & 1U) == 0)
                continue;
            log.add(std::string_view(text).substr(from, to - from));
            from = to;
        }
        const ResponseLog::Piece piece = log.read(0, ALL);
        QCOMPARE(piece.text, std::string("a\n\nbb\n\nc\nc\n\n"));
        QCOMPARE(piece.next, std::size_t{3});
        QVERIFY(!piece.isOver);
        QCOMPARE(log.whole(), text);
    }
}

void TstResponseLog::readsFromAnyEvent()
{
    ResponseLog log;
    log.add("a\n\nbb\n\nccc\n\n");
    QCOMPARE(log.read(1, ALL).text, std::string("bb\n\nccc\n\n"));
    QCOMPARE(log.read(0, 1).text, std::string("a\n\n")); // one at least
    QCOMPARE(log.read(0, 7).text, std::string("a\n\nbb\n\n"));
    QCOMPARE(log.read(0, 7).next, std::size_t{2});
    for (const std::size_t beyond : {3u, 9u}) {
        QVERIFY(log.read(beyond, ALL).text.empty());
        QCOMPARE(log.read(beyond, ALL).next, beyond);
        QVERIFY(!log.read(beyond, ALL).isOver);
    }
    log.end();
    QVERIFY(!log.read(0, 7).isOver);
    QVERIFY(log.read(0, ALL).isOver);
    QVERIFY(log.read(9, ALL).isOver);
}

void TstResponseLog::wakesWhenThereIsMore()
{
    ResponseLog log;
    QObject context;
    int woken = 0;
    log.wait(1, &context, [&] { ++woken; });
    log.add("a\n\nb\n");
    QCoreApplication::processEvents();
    QCOMPARE(woken, 0); // event 1 is not whole
    log.add("\n");
    QCOMPARE(woken, 0); // later, not from inside
    QCoreApplication::processEvents();
    QCOMPARE(woken, 1);
    log.add("c\n\n");
    QCoreApplication::processEvents();
    QCOMPARE(woken, 1); // once
    log.wait(2, &context, [&] { ++woken; });
    QCoreApplication::processEvents();
    QCOMPARE(woken, 2); // it was there
}

void TstResponseLog::wakesAtTheEnd()
{
    ResponseLog log;
    QObject context;
    int woken = 0;
    log.wait(7, &context, [&] { ++woken; });
    log.end();
    log.wait(7, &context, [&] { ++woken; });
    QCoreApplication::processEvents();
    QCOMPARE(woken, 2);
}

void TstResponseLog::wakesNobodyWhoLeft()
{
    ResponseLog log;
    int woken = 0;
    QObject other;
    {
        QObject context;
        log.wait(0, &context, [&] { ++woken; });
        log.wait(0, &other, [&] { woken += 10; });
        log.forget(&context);
    }
    log.add("a\n\n");
    QCoreApplication::processEvents();
    QCOMPARE(woken, 10);
}

void TstResponseLog::keepsNoStreamThatIsTooLong()
{
    ResponseLog log;
    log.add("a\n\n");
    log.add(std::string(ResponseLog::MAX_BYTES, 'x'));
    log.add("b\n\n");
    QCOMPARE(log.read(0, ALL).text, std::string("a\n\n"));
    QVERIFY(log.whole().empty());
    QVERIFY(!log.read(1, ALL).isOver);
    log.end();
    QVERIFY(log.read(1, ALL).isOver);
}

/// One thread writes, others follow with waits; under a sanitizer a race would show.
void TstResponseLog::followersSeeAllOfIt()
{
    constexpr std::size_t EVENTS = 500;
    RunningResponses running;
    const std::shared_ptr<ResponseLog> log = running.begin("resp_a");
    std::atomic<int> good = 0;
    std::vector<std::thread> followers;
    for (int i = 0; i < 3; ++i) {
        followers.emplace_back([&] {
            QEventLoop loop;
            QObject context;
            std::size_t next = 0;
            std::string seen;
            std::function<void()> goOn = [&] {
                while (true) {
                    const ResponseLog::Piece piece = log->read(next, 64);
                    next = piece.next;
                    seen += piece.text;
                    if (piece.isOver) {
                        loop.quit();
                        return;
                    }
                    if (piece.text.empty()) {
                        log->wait(next, &context, goOn);
                        return;
                    }
                }
            };
            QMetaObject::invokeMethod(&context, goOn, Qt::QueuedConnection);
            loop.exec();
            log->forget(&context);
            good += next == EVENTS && seen == log->whole();
        });
    }
    for (std::size_t i = 0; i < EVENTS; ++i) {
        log->add("event " + std::to_string(i));
        log->add("\n\n");
        if (i % 50 == 0)
            QThread::msleep(1);
    }
    running.end("resp_a");
    for (std::thread &follower : followers)
        follower.join();
    QCOMPARE(good.load(), 3);
}

void TstResponseLog::knowsWhatRuns()
{
    RunningResponses running;
    QVERIFY(!running.find("resp_a"));
    const std::shared_ptr<ResponseLog> log = running.begin("resp_a");
    QCOMPARE(running.find("resp_a"), log);
    QVERIFY(!running.find("resp_b"));
    running.end("resp_b");
    running.end("resp_a");
    QVERIFY(!running.find("resp_a"));
    QVERIFY(log->read(0, ALL).isOver);
    running.end("resp_a");
}

QTEST_GUILESS_MAIN(TstResponseLog)
#include "tst_responselog.moc"
