#include <memory>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include "gateway/common/eventend.h"
#include "gateway/common/iowatch.h"
#include "tests/support/workerthread.h"

using namespace Gateway;

class TstIoWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsReadableAndWritable_data();
    void tellsReadableAndWritable();
    void staysQuietWithoutInterest_data();
    void staysQuietWithoutInterest();
    void callbackMayDestroyItsWatch_data();
    void callbackMayDestroyItsWatch();
    void callbackMayDestroyOtherWatches_data();
    void callbackMayDestroyOtherWatches();
    void descriptorNumberIsUsedAnew_data();
    void descriptorNumberIsUsedAnew();
    void abandonedDescriptorNumberIsUsedAnew_data();
    void abandonedDescriptorNumberIsUsedAnew();
    void tellsFinBehindUnreadBytes();
    void tellsHangup();
    void outlivesItsThread();
    void eventEndComesOnceAndRightAfter_data();
    void eventEndComesOnceAndRightAfter();

private:
    void loops();
};

namespace {

struct Pair
{
    Pair() { [[maybe_unused]] const int made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends); }
    ~Pair()
    {
        for (int &end : ends)
            close(end);
    }
    static void close(int &end)
    {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
    void put() const { [[maybe_unused]] const ssize_t put = ::write(ends[1], "x", 1); }
    void take() const
    {
        char byte = 0;
        [[maybe_unused]] const ssize_t got = ::read(ends[0], &byte, 1);
    }
    int ends[2] = {-1, -1};
};

void spin(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

void TstIoWatch::loops()
{
    QTest::addColumn<bool>("own");
    QTest::newRow("own loop") << true;
    QTest::newRow("Qt's loop") << false;
}

void TstIoWatch::tellsReadableAndWritable_data()
{
    loops();
}

void TstIoWatch::tellsReadableAndWritable()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    int reads = 0;
    int writes = 0;
    worker.run([&] {
        const Pair pair;
        std::unique_ptr<IoWatch> watch;
        watch = std::make_unique<IoWatch>(pair.ends[0], [&](int events) {
            if (events & IoWatch::Read) {
                ++reads;
                pair.take();
            }
            if (events & IoWatch::Write) {
                ++writes;
                watch->setEvents(IoWatch::Read);
            }
        });
        spin(10);
        watch->setEvents(IoWatch::Read | IoWatch::Write);
        pair.put();
        spin(20);
        pair.put();
        spin(20);
        watch.reset();
    });
    QCOMPARE(reads, 2);
    QCOMPARE(writes, 1);
}

void TstIoWatch::staysQuietWithoutInterest_data()
{
    loops();
}

void TstIoWatch::staysQuietWithoutInterest()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    QList<int> seen;
    worker.run([&] {
        const Pair pair;
        int reads = 0;
        IoWatch watch(pair.ends[0], [&](int) {
            ++reads;
            pair.take();
        });
        const auto round = [&](int interest) {
            watch.setEvents(interest);
            pair.put();
            spin(15);
            seen.append(reads);
        };
        round(IoWatch::Read);
        round(IoWatch::None);
        round(IoWatch::None); // the kernel has been told by now
        watch.setEvents(IoWatch::Read);
        spin(15);
        seen.append(reads);
        watch.setEvents(IoWatch::None);
    });
    QCOMPARE(seen, (QList<int>{1, 1, 1, 3}));
}

void TstIoWatch::callbackMayDestroyItsWatch_data()
{
    loops();
}

void TstIoWatch::callbackMayDestroyItsWatch()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    int calls = 0;
    std::string after;
    worker.run([&] {
        const Pair pair;
        std::unique_ptr<IoWatch> watch;
        const std::string text(100, 't');
        watch = std::make_unique<IoWatch>(pair.ends[0], [&, text](int) {
            ++calls;
            watch.reset();
            after = text; // the callback's own captures are alive until it returns
        });
        watch->setEvents(IoWatch::Read);
        pair.put();
        spin(20);
    });
    QCOMPARE(calls, 1);
    QCOMPARE(after, std::string(100, 't'));
}

void TstIoWatch::callbackMayDestroyOtherWatches_data()
{
    loops();
}

void TstIoWatch::callbackMayDestroyOtherWatches()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    int calls = 0;
    worker.run([&] {
        const std::vector<Pair> pairs(8);
        std::vector<std::unique_ptr<IoWatch>> watches;
        for (const Pair &pair : pairs) {
            watches.push_back(std::make_unique<IoWatch>(pair.ends[0], [&](int) {
                ++calls;
                watches.clear();
            }));
            watches.back()->setEvents(IoWatch::Read);
            pair.put();
        }
        spin(20);
    });
    QCOMPARE(calls, 1);
}

void TstIoWatch::descriptorNumberIsUsedAnew_data()
{
    loops();
}

void TstIoWatch::descriptorNumberIsUsedAnew()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    int calls = 0;
    worker.run([&] {
        for (int round = 0; round < 3; ++round) {
            const Pair pair;
            IoWatch watch(pair.ends[0], [&](int) {
                ++calls;
                pair.take();
            });
            watch.setEvents(IoWatch::Read);
            pair.put();
            spin(15);
            watch.setEvents(IoWatch::None); // still known to the kernel when the watch goes
        }
    });
    QCOMPARE(calls, 3);
}

void TstIoWatch::abandonedDescriptorNumberIsUsedAnew_data()
{
    loops();
}

void TstIoWatch::abandonedDescriptorNumberIsUsedAnew()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    int calls = 0;
    worker.run([&] {
        for (int round = 0; round < 3; ++round) {
            Pair pair;
            IoWatch watch(pair.ends[0], [&](int) {
                ++calls;
                pair.take();
            });
            watch.setEvents(IoWatch::Read);
            pair.put();
            spin(15);
            watch.setEvents(IoWatch::None);
            if (!own)
                continue; // Qt's notifiers must go before the descriptor
            Pair::close(pair.ends[0]);
            watch.abandon();
        }
    });
    QCOMPARE(calls, 3);
}

void TstIoWatch::tellsFinBehindUnreadBytes()
{
    WorkerThread worker;
    int told = 0;
    worker.run([&] {
        const Pair pair;
        std::unique_ptr<IoWatch> watch;
        watch = std::make_unique<IoWatch>(pair.ends[0], [&](int events) {
            told |= events;
            watch.reset();
        });
        watch->setEvents(IoWatch::PeerClosed);
        pair.put();
        spin(10);
        if (told == 0)
            ::shutdown(pair.ends[1], SHUT_WR);
        spin(20);
    });
    QCOMPARE(told, int(IoWatch::PeerClosed));
}

void TstIoWatch::tellsHangup()
{
    WorkerThread worker;
    int told = 0;
    worker.run([&] {
        Pair pair;
        std::unique_ptr<IoWatch> watch;
        watch = std::make_unique<IoWatch>(pair.ends[0], [&](int events) {
            told |= events;
            watch.reset();
        });
        watch->setEvents(IoWatch::Hangup);
        spin(10);
        if (told == 0)
            Pair::close(pair.ends[1]);
        spin(20);
        watch.reset();
    });
    QCOMPARE(told, int(IoWatch::Hangup));
}

void TstIoWatch::outlivesItsThread()
{
    const Pair pair;
    std::unique_ptr<IoWatch> watch;
    {
        WorkerThread worker;
        worker.run([&] {
            watch = std::make_unique<IoWatch>(pair.ends[0], [](int) {});
            watch->setEvents(IoWatch::Read);
        });
    }
    watch->setEvents(IoWatch::Read | IoWatch::Write); // reaches an epoll set that is still there
    watch.reset();
    QCOMPARE(watch, nullptr);
}

void TstIoWatch::eventEndComesOnceAndRightAfter_data()
{
    loops();
}

void TstIoWatch::eventEndComesOnceAndRightAfter()
{
    QFETCH(const bool, own);
    WorkerThread worker(own);
    QStringList steps;
    worker.run([&] {
        const Pair pair;
        EventEnd end([&] { steps.append(QStringLiteral("end")); });
        IoWatch watch(pair.ends[0], [&](int) {
            pair.take();
            end.request();
            end.request();
            steps.append(QStringLiteral("event"));
        });
        watch.setEvents(IoWatch::Read);
        pair.put();
        spin(15);
        pair.put();
        spin(15);
    });
    const QString all = steps.join(QLatin1Char(' '));
    QCOMPARE(all, QStringLiteral("event end event end"));
}

QTEST_GUILESS_MAIN(TstIoWatch)
#include "tst_iowatch.moc"
