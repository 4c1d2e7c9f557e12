#include <atomic>

#include <sys/socket.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSemaphore>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include "tests/support/workerthread.h"

using namespace Gateway;

class TstEpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wakesForPostedEvents();
    void runsPostedEventsThatPostMore();
    void firesTimersInOrderAndOnTime();
    void keepsRepeatedTimersApartFromZeroTimers();
    void timerMayRemoveItselfAndOthers();
    void timerMayRunALoopOfItsOwn();
    void tellsRemainingTimeAndRegisteredTimers();
    void notifiersOfBothKindsShareADescriptor();
    void notifierMayDeleteItsPartner();
    void closedDescriptorNumberIsUsedAnew();
    void excludedNotifiersStayQuiet();
    void carriesQtSockets();
    void quitsFromAnotherThread();
    void survivesManyThreadsPosting();
};

namespace {

struct Pair
{
    Pair() { [[maybe_unused]] const int made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends); }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    void put() const { [[maybe_unused]] const ssize_t put = ::write(ends[1], "x", 1); }
    void take() const
    {
        char byte = 0;
        [[maybe_unused]] const ssize_t got = ::read(ends[0], &byte, 1);
    }
    int ends[2] = {-1, -1};
};

/// Runs the loop of the calling thread for `ms`.
void spin(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

void TstEpollDispatcher::wakesForPostedEvents()
{
    WorkerThread worker;
    QThread::msleep(30); // let it wait without a time limit
    QElapsedTimer time;
    time.start();
    bool ran = false;
    worker.run([&] { ran = true; });
    QVERIFY(ran);
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
}

void TstEpollDispatcher::runsPostedEventsThatPostMore()
{
    WorkerThread worker;
    QSemaphore done;
    std::function<void(int)> step = [&](int left) {
        if (left == 0)
            done.release();
        else
            worker.post([&step, left] { step(left - 1); }); // from the loop's own thread
    };
    worker.post([&] { step(1000); });
    QVERIFY(done.tryAcquire(1, 5000));
}

void TstEpollDispatcher::firesTimersInOrderAndOnTime()
{
    WorkerThread worker;
    QList<int> order;
    qint64 elapsed = 0;
    worker.run([&] {
        QElapsedTimer time;
        time.start();
        QEventLoop loop;
        for (const int ms : {60, 20, 40, 20})
            QTimer::singleShot(ms, Qt::PreciseTimer, &loop, [&order, ms] { order.append(ms); });
        QTimer::singleShot(80, Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
        elapsed = time.elapsed();
    });
    QCOMPARE(order, (QList<int>{20, 20, 40, 60}));
    QVERIFY2(elapsed >= 79 && elapsed < 2000, qPrintable(QString::number(elapsed)));
}

void TstEpollDispatcher::keepsRepeatedTimersApartFromZeroTimers()
{
    WorkerThread worker;
    int zero = 0;
    int repeated = 0;
    worker.run([&] {
        QTimer busy;
        QObject::connect(&busy, &QTimer::timeout, &busy, [&] { ++zero; });
        busy.start(0);
        QTimer slow;
        QObject::connect(&slow, &QTimer::timeout, &slow, [&] { ++repeated; });
        slow.start(10);
        spin(105);
    });
    QVERIFY(zero > repeated);
    QVERIFY2(repeated >= 2 && repeated <= 11, qPrintable(QString::number(repeated)));
}

void TstEpollDispatcher::timerMayRemoveItselfAndOthers()
{
    WorkerThread worker;
    int firedA = 0;
    int firedB = 0;
    worker.run([&] {
        auto *a = new QTimer;
        auto *b = new QTimer;
        const auto drop = [&a, &b](int &count) {
            ++count;
            delete std::exchange(a, nullptr);
            delete std::exchange(b, nullptr);
        };
        QObject::connect(a, &QTimer::timeout, a, [&] { drop(firedA); });
        QObject::connect(b, &QTimer::timeout, b, [&] { drop(firedB); });
        a->start(5);
        b->start(5);
        QThread::msleep(10); // both are due in the same turn
        spin(30);
    });
    QCOMPARE(firedA + firedB, 1);
}

void TstEpollDispatcher::timerMayRunALoopOfItsOwn()
{
    WorkerThread worker;
    int outer = 0;
    int inner = 0;
    int deepest = 0;
    int depth = 0;
    worker.run([&] {
        QTimer first;
        QTimer second;
        QObject::connect(&first, &QTimer::timeout, &first, [&] {
            deepest = std::max(deepest, ++depth);
            ++outer;
            spin(30);
            --depth;
        });
        QObject::connect(&second, &QTimer::timeout, &second, [&] { inner += depth > 0; });
        first.start(5);
        second.start(5);
        spin(100);
    });
    QVERIFY(outer >= 1);
    QVERIFY(inner >= 1);
    QCOMPARE(deepest, 1); // a timer never interrupts itself
}

void TstEpollDispatcher::tellsRemainingTimeAndRegisteredTimers()
{
    WorkerThread worker;
    int remaining = -5;
    int unknown = 0;
    qsizetype count = 0;
    worker.run([&] {
        QObject owner;
        const int id = owner.startTimer(60000);
        auto *dispatcher = QAbstractEventDispatcher::instance();
        remaining = dispatcher->remainingTime(id);
        unknown = dispatcher->remainingTime(id + 1000);
        count = dispatcher->registeredTimers(&owner).size();
        owner.killTimer(id);
        count += 10 * dispatcher->registeredTimers(&owner).size();
    });
    QVERIFY(remaining > 59000 && remaining <= 60000);
    QCOMPARE(unknown, -1);
    QCOMPARE(count, 1);
}

void TstEpollDispatcher::notifiersOfBothKindsShareADescriptor()
{
    WorkerThread worker;
    const Pair pair;
    int reads = 0;
    int writes = 0;
    worker.run([&] {
        QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
        QSocketNotifier writer(pair.ends[0], QSocketNotifier::Write);
        QObject::connect(&reader, &QSocketNotifier::activated, &reader, [&] {
            ++reads;
            pair.take();
        });
        QObject::connect(&writer, &QSocketNotifier::activated, &writer, [&] {
            ++writes;
            writer.setEnabled(false);
        });
        pair.put();
        spin(30);
        pair.put();
        spin(30);
    });
    QCOMPARE(reads, 2);
    QCOMPARE(writes, 1);
}

void TstEpollDispatcher::notifierMayDeleteItsPartner()
{
    WorkerThread worker;
    const Pair pair;
    int calls = 0;
    worker.run([&] {
        auto *reader = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read);
        auto *writer = new QSocketNotifier(pair.ends[0], QSocketNotifier::Write);
        const auto drop = [&] {
            ++calls;
            delete std::exchange(writer, nullptr);
            if (reader)
                std::exchange(reader, nullptr)->deleteLater();
        };
        QObject::connect(reader, &QSocketNotifier::activated, reader, drop);
        QObject::connect(writer, &QSocketNotifier::activated, writer, drop);
        pair.put();
        QThread::msleep(5);
        spin(30);
    });
    QVERIFY(calls >= 1);
}

void TstEpollDispatcher::closedDescriptorNumberIsUsedAnew()
{
    WorkerThread worker;
    int calls = 0;
    worker.run([&] {
        for (int round = 0; round < 3; ++round) {
            const Pair pair; // the kernel hands out the same numbers again
            QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
            QObject::connect(&reader, &QSocketNotifier::activated, &reader, [&] {
                ++calls;
                pair.take();
            });
            pair.put();
            spin(20);
            reader.setEnabled(false);
        }
    });
    QCOMPARE(calls, 3);
}

void TstEpollDispatcher::excludedNotifiersStayQuiet()
{
    WorkerThread worker;
    const Pair pair;
    int during = 0;
    int after = 0;
    worker.run([&] {
        QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(&reader, &QSocketNotifier::activated, &reader, [&] {
            ++after;
            pair.take();
        });
        pair.put();
        QEventLoop loop;
        QTimer::singleShot(30, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::ExcludeSocketNotifiers);
        during = after;
        spin(20);
    });
    QCOMPARE(during, 0);
    QCOMPARE(after, 1);
}

void TstEpollDispatcher::carriesQtSockets()
{
    WorkerThread worker;
    QByteArray echoed;
    worker.run([&] {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
        });
        QTcpSocket client;
        QEventLoop loop;
        const QByteArray sent(300'000, 'q');
        QObject::connect(&client, &QTcpSocket::connected, &client, [&] { client.write(sent); });
        QObject::connect(&client, &QTcpSocket::readyRead, &client, [&] {
            echoed += client.readAll();
            if (echoed.size() == sent.size())
                loop.quit();
        });
        QTimer::singleShot(5000, &loop, &QEventLoop::quit);
        client.connectToHost(QHostAddress::LocalHost, server.serverPort());
        loop.exec();
    });
    QCOMPARE(echoed.size(), 300'000);
}

void TstEpollDispatcher::quitsFromAnotherThread()
{
    for (int round = 0; round < 50; ++round) {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        thread.start();
        thread.quit();
        QVERIFY(thread.wait(5000));
    }
}

void TstEpollDispatcher::survivesManyThreadsPosting()
{
    WorkerThread worker;
    std::atomic<int> seen = 0;
    QSemaphore done;
    constexpr int THREADS = 4;
    constexpr int POSTS = 5000;
    std::vector<std::thread> threads;
    for (int i = 0; i < THREADS; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < POSTS; ++n)
                worker.post([&] {
                    if (++seen == THREADS * POSTS)
                        done.release();
                });
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(done.tryAcquire(1, 20000));
}

QTEST_GUILESS_MAIN(TstEpollDispatcher)
#include "tst_epolldispatcher.moc"
