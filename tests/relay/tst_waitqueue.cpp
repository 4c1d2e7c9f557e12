#include <atomic>
#include <thread>

#include <QTest>
#include <QThread>

#include "gateway/relay/waitqueue.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

class TstWaitQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyWaitsAtFirst();
    void theFirstToComeIsFirst();
    void whoCameEarlierStandsInFront();
    void theNextIsToldWhenTheFirstLeaves();
    void whoLeavesFromTheMiddleTellsNobody();
    void linesAreApart();
    void aFullQueueTakesNobody();
    void lengthAndAgeAreSeenByModel();
    void twoThreadsKeepOneOrder();

private:
    FakeClock m_clock;
};

void TstWaitQueue::nobodyWaitsAtFirst()
{
    WaitQueue queue(m_clock, 10);
    QVERIFY(!queue.isWaitedFor("m"));
    QCOMPARE(queue.waiting(), 0u);
    QVERIFY(queue.lengths().empty());
}

void TstWaitQueue::theFirstToComeIsFirst()
{
    WaitQueue queue(m_clock, 10);
    auto first = queue.join("m", "m", 1, this, [] {});
    const auto second = queue.join("m", "m", 2, this, [] {});
    QVERIFY(queue.isWaitedFor("m"));
    QVERIFY(first->isFirst());
    QVERIFY(!second->isFirst());
    first.reset();
    QVERIFY(second->isFirst());
    QCOMPARE(queue.waiting(), 1u);
}

void TstWaitQueue::whoCameEarlierStandsInFront()
{
    WaitQueue queue(m_clock, 10);
    const auto late = queue.join("m", "m", 20, this, [] {});
    const auto early = queue.join("m", "m", 10, this, [] {});
    const auto later = queue.join("m", "m", 20, this, [] {});
    QVERIFY(early->isFirst());
    QVERIFY(!late->isFirst());
}

void TstWaitQueue::theNextIsToldWhenTheFirstLeaves()
{
    WaitQueue queue(m_clock, 10);
    int told = 0;
    auto first = queue.join("m", "m", 1, this, [&] { told = 1; });
    auto second = queue.join("m", "m", 2, this, [&] { told = 2; });
    const auto third = queue.join("m", "m", 3, this, [&] { told = 3; });
    first.reset();
    QCOMPARE(told, 0); // later, in the thread of its context
    QCoreApplication::processEvents();
    QCOMPARE(told, 2);
    second.reset();
    QCoreApplication::processEvents();
    QCOMPARE(told, 3);
}

void TstWaitQueue::whoLeavesFromTheMiddleTellsNobody()
{
    WaitQueue queue(m_clock, 10);
    int told = 0;
    const auto first = queue.join("m", "m", 1, this, [] {});
    auto second = queue.join("m", "m", 2, this, [] {});
    const auto third = queue.join("m", "m", 3, this, [&] { ++told; });
    second.reset();
    QCoreApplication::processEvents();
    QCOMPARE(told, 0);
    QVERIFY(first->isFirst());
    QVERIFY(!third->isFirst());
}

void TstWaitQueue::linesAreApart()
{
    WaitQueue queue(m_clock, 10);
    const auto one = queue.join("a", "a", 1, this, [] {});
    const auto other = queue.join("b", "b", 2, this, [] {});
    QVERIFY(one->isFirst());
    QVERIFY(other->isFirst());
    QVERIFY(!queue.isWaitedFor("c"));
}

void TstWaitQueue::aFullQueueTakesNobody()
{
    WaitQueue queue(m_clock, 2);
    auto one = queue.join("a", "a", 1, this, [] {});
    const auto two = queue.join("b", "b", 1, this, [] {});
    QVERIFY(!queue.join("a", "a", 1, this, [] {}));
    one.reset();
    QVERIFY(queue.join("a", "a", 1, this, [] {}));
    queue.setLimit(0);
    QVERIFY(!queue.join("a", "a", 1, this, [] {}));
}

void TstWaitQueue::lengthAndAgeAreSeenByModel()
{
    WaitQueue queue(m_clock, 10);
    const auto a = queue.join("m", "m", 1, this, [] {});
    m_clock.advance(300);
    const auto b = queue.join("m\ntag", "m", 1, this, [] {});
    const auto c = queue.join("other", "other", 1, this, [] {});
    m_clock.advance(200);
    const std::vector<WaitQueue::Length> lengths = queue.lengths();
    QCOMPARE(lengths.size(), 2u);
    QCOMPARE(lengths[0].model, std::string("m"));
    QCOMPARE(lengths[0].waiting, 2);
    QCOMPARE(static_cast<qint64>(lengths[0].oldestMs), 500);
    QCOMPARE(lengths[1].waiting, 1);
    QCOMPARE(static_cast<qint64>(lengths[1].oldestMs), 200);
}

/// Each that becomes first leaves and so lets the next one go: they must go in the order in which they came,
/// whichever thread they wait in.
void TstWaitQueue::twoThreadsKeepOneOrder()
{
    constexpr int COUNT = 200;
    WaitQueue queue(m_clock, COUNT + 1);
    std::array<QThread, 2> threads;
    std::array<QObject, 2> contexts;
    for (std::size_t i = 0; i < 2; ++i) {
        contexts[i].moveToThread(&threads[i]);
        threads[i].start();
    }
    std::vector<std::unique_ptr<WaitQueue::Place>> places(COUNT);
    std::vector<int> order;
    std::atomic<int> gone = 0;
    auto gate = queue.join("m", "m", 0, this, [] {});
    for (int i = 0; i < COUNT; ++i) {
        const auto number = static_cast<std::size_t>(i);
        places[number] = queue.join("m", "m", 1 + i, &contexts[number % 2], [&, number] {
            order.push_back(
                static_cast<int>(number)); // one at a time: the next is told by this one's leaving
            ++gone;
            places[number].reset();
        });
    }
    gate.reset();
    QTRY_COMPARE_WITH_TIMEOUT(gone.load(), COUNT, 5000);
    QTRY_COMPARE(queue.waiting(), 0u);
    for (std::size_t i = 0; i < 2; ++i) {
        threads[i].quit();
        threads[i].wait();
        contexts[i].moveToThread(nullptr);
    }
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

QTEST_GUILESS_MAIN(TstWaitQueue)
#include "tst_waitqueue.moc"
