#include <algorithm>
#include <random>

#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Kind = OutcomeKind;

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t HOUR = 60 * MINUTE;
constexpr std::int64_t DAY = 24 * HOUR;
/// Steps back of up to this are taken for the clock's own jitter.
constexpr std::int64_t JITTER = 2'000;

std::int64_t utc(int month, int day, int hour)
{
    return QDateTime(QDate(2026, month, day), QTime(hour, 0), Qt::UTC).toMSecsSinceEpoch();
}

} // namespace

/// Wall clocks are set, and days are not all of 24 hours.
class TstClockJumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHourIsInItsPacificDay();
    void restsKeepTheirLength_data();
    void restsKeepTheirLength();
    void aRestartForgetsAClockThatWasAhead();
    void aLimitFromTheFutureIsOld();
};

/// A year hour by hour, against the rule itself: eight hours behind UTC, seven from the second Sunday of
/// March until the first of November, both at 02:00.
void TstClockJumps::everyHourIsInItsPacificDay()
{
    const std::int64_t summerMs = utc(3, 8, 10);
    const std::int64_t winterMs = utc(11, 1, 9);
    std::int64_t lastEndMs = 0;
    std::vector<std::int64_t> odd;
    for (std::int64_t nowMs = utc(1, 2, 0); nowMs < utc(12, 31, 0); nowMs += HOUR) {
        const std::int64_t offsetMs = nowMs >= summerMs && nowMs < winterMs ? -7 * HOUR : -8 * HOUR;
        const PacificDay day = pacificDay(nowMs);
        QCOMPARE(day.number, (nowMs + offsetMs) / DAY);
        QVERIFY(day.holds(nowMs));
        QVERIFY(!day.holds(day.endMs));
        QCOMPARE(nextPacificMidnightMs(nowMs), day.endMs);
        if (day.endMs == lastEndMs)
            continue;
        QVERIFY(lastEndMs == 0 || day.startMs == lastEndMs);
        lastEndMs = day.endMs;
        if (day.endMs - day.startMs != DAY)
            odd.push_back(day.endMs - day.startMs);
    }
    QCOMPARE(odd, (std::vector<std::int64_t>{23 * HOUR, 25 * HOUR}));
}

void TstClockJumps::restsKeepTheirLength_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

/// Whatever the wall clock does: a rest never lasts longer than it was meant to, but for jitter, and ends
/// early only by as much as the clock was set forward meanwhile.
void TstClockJumps::restsKeepTheirLength()
{
    QFETCH(int, seed);
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    const auto pick = [&random](std::int64_t below) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(below));
    };
    PoolFixture f(1);
    const std::int64_t startMs = f.clock.nowMs() - f.clock.monotonicMs();
    std::int64_t seenMs = 0;
    std::int64_t endMs = 0; // of the rest, monotonic
    std::int64_t setMs = 0; // since the pool last saw the clock
    std::int64_t forwardMs = 0;
    std::int64_t jitterMs = 0;
    int rests = 0;
    int refused = 0;
    for (int i = 0; i < 5'000; ++i) {
        const std::int64_t what = pick(10);
        if (what < 6)
            f.clock.advance(pick(what == 0 ? 2 * HOUR : 20'000));
        else if (what < 9)
            setMs += (pick(2) == 0 ? 1 : -1) * pick(what == 8   ? 400 * DAY
                                                    : what == 7 ? 10 * MINUTE
                                                                : JITTER + 1);
        f.clock.setWallMs(startMs + f.clock.monotonicMs() + setMs + seenMs);
        if (pick(3) == 0)
            continue; // nobody looks
        forwardMs += std::max<std::int64_t>(setMs, 0);
        jitterMs += setMs < 0 && setMs >= -JITTER ? -setMs : 0;
        seenMs += std::exchange(setMs, 0);
        const std::int64_t monoMs = f.clock.monotonicMs();
        tl::expected<Lease, Refusal> lease = f.acquire();
        if (!lease) {
            QCOMPARE(lease.error().why, Refusal::Why::Resting);
            QVERIFY(monoMs < endMs + jitterMs);
            QVERIFY(lease.error().waitMs <= endMs - monoMs + jitterMs);
            ++refused;
            continue;
        }
        if (lease->kind == Lease::Kind::Probe) {
            f.pool.report(std::move(*lease), outcomeOf(Kind::ServerTrouble)); // says nothing
            continue;
        }
        QVERIFY(monoMs >= endMs - forwardMs);
        const bool isDay = pick(8) == 0;
        const std::int64_t restMs =
            isDay ? pacificDay(f.clock.nowMs()).endMs - f.clock.nowMs() : 1'000 + pick(HOUR);
        f.pool.report(std::move(*lease), outcomeOf(isDay ? Kind::DayQuota : Kind::RateLimited, restMs));
        endMs = monoMs + restMs;
        forwardMs = 0;
        jitterMs = 0;
        ++rests;
    }
    QVERIFY(rests > 100);
    QVERIFY(refused > 500);
}

void TstClockJumps::aRestartForgetsAClockThatWasAhead()
{
    PoolFixture f(0);
    KeyRow row = rowOf(1);
    row.settings.project = "p";
    const std::int64_t farMs = f.clock.nowMs() + 1'000 * DAY;
    row.rests = {{"m", farMs, "RESOURCE_EXHAUSTED"}};
    QuotaRow quota;
    quota.scope = "p";
    quota.model = "absent";
    quota.unavailableTries = 2;
    quota.unavailableUntilMs = farMs;
    KeyRow byHand = rowOf(2);
    byHand.rests = {{"", farMs, "by hand"}};
    f.pool.load({row, byHand}, {quota});
    QCOMPARE(f.acquire("m").error().waitMs, DAY);
    QCOMPARE(f.acquire("absent", {}, 1).error().waitMs, DAY);
    QCOMPARE(f.acquire("n", {}, 2).error().waitMs, 1'000 * DAY); // as the user said
    f.clock.advance(DAY);
    QCOMPARE(f.acquire("m")->key, KeyId{1});
    QCOMPARE(f.acquire("absent")->key, KeyId{1});
}

void TstClockJumps::aLimitFromTheFutureIsOld()
{
    for (const std::int64_t aheadMs : {HOUR, 1'000 * DAY}) {
        PoolFixture f(1);
        QuotaRow quota;
        quota.scope = "#1";
        quota.model = "m";
        quota.limits[static_cast<std::size_t>(QuotaKind::MinuteRequests)] = {2, f.clock.nowMs() + aheadMs};
        f.pool.load({}, {quota});
        std::vector<Lease> burst;
        for (int i = 0; i < 2; ++i)
            burst.push_back(std::move(*f.acquire()));
        burst.push_back(std::move(*f.acquire())); // a probe: nothing else is left
        for (Lease &lease : burst)
            f.pool.report(std::move(lease), outcomeOf(Kind::Success));
        QCOMPARE(f.acquire().has_value(), aheadMs != HOUR);
    }
}

QTEST_APPLESS_MAIN(TstClockJumps)
#include "tst_clockjumps.moc"
