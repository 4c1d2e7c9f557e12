#include <deque>

#include <QRandomGenerator>
#include <QTest>

#include "gateway/access/slidingminute.h"

using namespace Gateway;

class TstSlidingMinute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAMinute();
    void saysWhenItIsFree();
    void forgetsALongPause();
    void aClockThatStepsBackIsHarmless();
    void agreesWithAList();
};

void TstSlidingMinute::countsAMinute()
{
    SlidingMinute minute;
    minute.add(1'000'500, 3);
    QCOMPARE(minute.sum(1'000'500), std::int64_t{3});
    QCOMPARE(minute.sum(1'060'500), std::int64_t{3});
    QCOMPARE(minute.sum(1'061'000), std::int64_t{0});
}

void TstSlidingMinute::saysWhenItIsFree()
{
    SlidingMinute minute;
    minute.add(1'000'000, 5);
    minute.add(1'010'000, 5);
    QCOMPARE(minute.waitMs(1'020'000, 11), std::int64_t{0});
    QCOMPARE(minute.waitMs(1'020'000, 10), std::int64_t{41'000}); // the first five go
    QCOMPARE(minute.waitMs(1'020'000, 5), std::int64_t{51'000});  // all must go
    QCOMPARE(minute.waitMs(1'061'000, 10), std::int64_t{0});
}

void TstSlidingMinute::forgetsALongPause()
{
    SlidingMinute minute;
    for (int second = 0; second < 200; ++second)
        minute.add(1'000'000 + second * 1000, 1);
    QCOMPARE(minute.sum(1'199'000), std::int64_t{61});
    QCOMPARE(minute.sum(9'000'000'000), std::int64_t{0});
}

void TstSlidingMinute::aClockThatStepsBackIsHarmless()
{
    SlidingMinute minute;
    minute.add(1'000'000, 1);
    minute.add(999'000, 1);
    QCOMPARE(minute.sum(998'000), std::int64_t{2});
}

void TstSlidingMinute::agreesWithAList()
{
    QRandomGenerator random(7);
    SlidingMinute minute;
    std::deque<std::pair<std::int64_t, std::int64_t>> list; // second, amount
    std::int64_t nowMs = 5'000;
    for (int step = 0; step < 20'000; ++step) {
        nowMs += random.bounded(10) == 0 ? random.bounded(90'000) : random.bounded(1'500);
        const std::int64_t amount = random.bounded(5);
        minute.add(nowMs, amount);
        list.emplace_back(nowMs / 1000, amount);
        std::int64_t sum = 0;
        while (list.front().first + 61 <= nowMs / 1000)
            list.pop_front();
        for (const auto &[second, added] : list)
            sum += added;
        QCOMPARE(minute.sum(nowMs), sum);
        const std::int64_t limit = 1 + random.bounded(40);
        const std::int64_t waitMs = minute.waitMs(nowMs, limit);
        SlidingMinute later = minute;
        QVERIFY(later.sum(nowMs + waitMs) < limit);
        if (waitMs > 0) {
            later = minute;
            QVERIFY(later.sum(nowMs + waitMs - 1) >= limit);
        }
    }
}

QTEST_APPLESS_MAIN(TstSlidingMinute)
#include "tst_slidingminute.moc"
