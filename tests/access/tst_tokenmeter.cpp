#include <atomic>
#include <thread>
#include <vector>

#include <QTest>

#include "gateway/access/tokenmeter.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

class TstTokenMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void minuteRequestsComeBack();
    void minuteTokensComeBack();
    void dayLimitsEndAtMidnightUtc();
    void moneyComesBackNextMonth();
    void theFurthestLimitIsTold();
    void aRefusedRequestIsNotCounted();
    void settlingCountsWhatIsTold();
    void countsSurviveARestart();
    void anOldDayIsLeftBehind();
    void aClockSetBackGivesNothingTwice();
    void changesAreToldOnce();
    void threadsShareOneLimit();
};

namespace {

constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::int64_t HOUR_MS = 3'600'000;

TokenLimits limit(std::int64_t TokenLimits::*member, std::int64_t size)
{
    TokenLimits limits;
    limits.*member = size;
    return limits;
}

} // namespace

void TstTokenMeter::minuteRequestsComeBack()
{
    FakeClock clock;
    TokenCounters counters(1, clock);
    const TokenLimits limits = limit(&TokenLimits::minuteRequests, 2);
    QVERIFY(!counters.admit(limits));
    clock.advance(10'000);
    QVERIFY(!counters.admit(limits));
    const std::optional<LimitHit> hit = counters.admit(limits);
    QVERIFY(hit);
    QCOMPARE(hit->limit, TokenLimit::MinuteRequests);
    QVERIFY(hit->waitMs > 49'000 && hit->waitMs <= 51'000);
    clock.advance(hit->waitMs);
    QVERIFY(!counters.admit(limits));
    QVERIFY(counters.admit(limits));
}

void TstTokenMeter::minuteTokensComeBack()
{
    FakeClock clock;
    TokenCounters counters(1, clock);
    const TokenLimits limits = limit(&TokenLimits::minuteTokens, 1000);
    QVERIFY(!counters.admit(limits));
    counters.settle(999, -1);
    QVERIFY(!counters.admit(limits));
    counters.settle(1, -1);
    const std::optional<LimitHit> hit = counters.admit(limits);
    QVERIFY(hit);
    QCOMPARE(hit->limit, TokenLimit::MinuteTokens);
    clock.advance(MINUTE_MS + 1000);
    QVERIFY(!counters.admit(limits));
}

void TstTokenMeter::dayLimitsEndAtMidnightUtc()
{
    for (const bool byTokens : {false, true}) {
        FakeClock clock; // noon UTC
        TokenCounters counters(1, clock);
        const TokenLimits limits =
            byTokens ? limit(&TokenLimits::dayTokens, 10) : limit(&TokenLimits::dayRequests, 1);
        QVERIFY(!counters.admit(limits));
        counters.settle(10, -1);
        const std::optional<LimitHit> hit = counters.admit(limits);
        QVERIFY(hit);
        QCOMPARE(hit->limit, byTokens ? TokenLimit::DayTokens : TokenLimit::DayRequests);
        QCOMPARE(hit->waitMs, 12 * HOUR_MS);
        clock.advance(hit->waitMs - 1);
        QVERIFY(counters.admit(limits));
        clock.advance(1);
        QVERIFY(!counters.admit(limits));
    }
}

void TstTokenMeter::moneyComesBackNextMonth()
{
    FakeClock clock; // 1 September
    TokenCounters counters(1, clock);
    const TokenLimits limits = limit(&TokenLimits::monthMicroUsd, 5'000'000);
    QVERIFY(!counters.admit(limits));
    counters.settle(100, 5'000'000);
    std::optional<LimitHit> hit = counters.admit(limits);
    QVERIFY(hit);
    QCOMPARE(hit->limit, TokenLimit::MonthSpend);
    QCOMPARE(hit->waitMs, (29 * 24 + 12) * HOUR_MS);
    clock.advance(24 * HOUR_MS); // another day of the same month
    QVERIFY(counters.admit(limits));
    clock.advance(hit->waitMs - 24 * HOUR_MS);
    QVERIFY(!counters.admit(limits));
    QCOMPARE(counters.use().monthMicroUsd, std::int64_t{0});
}

void TstTokenMeter::theFurthestLimitIsTold()
{
    FakeClock clock;
    TokenCounters counters(1, clock);
    TokenLimits limits = limit(&TokenLimits::minuteRequests, 1);
    limits.dayRequests = 1;
    QVERIFY(!counters.admit(limits));
    QCOMPARE(counters.admit(limits)->limit, TokenLimit::DayRequests);
}

void TstTokenMeter::aRefusedRequestIsNotCounted()
{
    FakeClock clock;
    TokenCounters counters(1, clock);
    const TokenLimits limits = limit(&TokenLimits::minuteRequests, 1);
    QVERIFY(!counters.admit(limits));
    for (int i = 0; i < 100; ++i) {
        clock.advance(600);
        QVERIFY(counters.admit(limits));
    }
    clock.advance(1000); // a client that asks all the time must not lock itself out
    QVERIFY(!counters.admit(limits));
    QCOMPARE(counters.use().dayRequests, std::int64_t{2});
}

void TstTokenMeter::settlingCountsWhatIsTold()
{
    FakeClock clock;
    TokenCounters counters(9, clock);
    counters.settle(-1, -1);
    QVERIFY(!counters.takeChange());
    counters.settle(70, -1);
    counters.settle(-1, 30);
    const TokenUse use = counters.use();
    QCOMPARE(use.id, TokenId{9});
    QCOMPARE(use.dayTokens, std::int64_t{70});
    QCOMPARE(use.monthMicroUsd, std::int64_t{30});
}

void TstTokenMeter::countsSurviveARestart()
{
    FakeClock clock;
    TokenMeter before(clock);
    const TokenLimits limits = limit(&TokenLimits::dayRequests, 2);
    QVERIFY(!before.counters(4)->admit(limits));
    before.counters(4)->settle(100, 200);
    const std::vector<TokenUse> stored = before.takeChanges();
    QCOMPARE(stored.size(), std::size_t{1});

    clock.advance(HOUR_MS);
    TokenMeter after(clock);
    after.load(stored);
    QCOMPARE(after.snapshot().front(), stored.front());
    QVERIFY(after.takeChanges().empty());
    QVERIFY(!after.counters(4)->admit(limits));
    QVERIFY(after.counters(4)->admit(limits));
}

void TstTokenMeter::anOldDayIsLeftBehind()
{
    FakeClock clock;
    TokenMeter before(clock);
    before.counters(4)->settle(100, 200);
    const std::vector<TokenUse> stored = before.takeChanges();
    clock.advance(24 * HOUR_MS);
    TokenMeter after(clock);
    after.load(stored);
    const TokenUse use = after.snapshot().front();
    QCOMPARE(use.dayTokens, std::int64_t{0});
    QCOMPARE(use.monthMicroUsd, std::int64_t{200});
    QCOMPARE(use.day, stored.front().day + 1);
}

void TstTokenMeter::aClockSetBackGivesNothingTwice()
{
    FakeClock clock;
    TokenCounters counters(1, clock);
    counters.settle(100, 200);
    clock.setWallMs(clock.nowMs() - 20 * HOUR_MS); // yesterday, and last month
    QCOMPARE(counters.use().dayTokens, std::int64_t{100});
    QCOMPARE(counters.use().monthMicroUsd, std::int64_t{200});
}

void TstTokenMeter::changesAreToldOnce()
{
    FakeClock clock;
    TokenMeter meter(clock);
    QVERIFY(!meter.counters(1)->admit({}));
    QVERIFY(!meter.counters(2)->admit({}));
    QCOMPARE(meter.takeChanges().size(), std::size_t{2});
    QVERIFY(meter.takeChanges().empty());
    meter.counters(2)->settle(1, 1);
    const std::vector<TokenUse> changes = meter.takeChanges();
    QCOMPARE(changes.size(), std::size_t{1});
    QCOMPARE(changes.front().id, TokenId{2});
    QCOMPARE(changes.front().lastUsedMs, clock.nowMs());
}

void TstTokenMeter::threadsShareOneLimit()
{
    FakeClock clock;
    TokenMeter meter(clock);
    const TokenLimits limits = limit(&TokenLimits::dayRequests, 5'000);
    std::atomic<int> admitted{0};
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1'000; ++i) {
                if (meter.counters(1)->admit(limits))
                    continue;
                ++admitted;
                meter.counters(1)->settle(2, 3);
            }
        });
    }
    std::int64_t told = 0;
    for (int i = 0; i < 100; ++i)
        told = std::max(told, meter.snapshot().empty() ? 0 : meter.snapshot().front().dayTokens);
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(admitted.load(), 5'000);
    QVERIFY(told <= 10'000);
    const TokenUse use = meter.snapshot().front();
    QCOMPARE(use.dayRequests, std::int64_t{5'000});
    QCOMPARE(use.dayTokens, std::int64_t{10'000});
    QCOMPARE(use.monthMicroUsd, std::int64_t{15'000});
}

QTEST_APPLESS_MAIN(TstTokenMeter)
#include "tst_tokenmeter.moc"
