#include <set>

#include <QTest>
#include <QTimeZone>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t HOUR = 60 * MINUTE;
/// The fixture's clock starts at 12:00 UTC, 05:00 in Los Angeles.
constexpr std::int64_t TO_MIDNIGHT = 19 * HOUR;

Lease::Kind kindOf(const tl::expected<Lease, Refusal> &lease)
{
    return lease->kind;
}

} // namespace

class TstKeyPoolProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDayQuotaRestsUntilMidnightPacific();
    void midnightMovesWithDaylightSaving_data();
    void midnightMovesWithDaylightSaving();
    void isProbedOnceAnHour();
    void aProbeThatWorksLiftsTheRest();
    void aProbeThatMeetsAMinuteRestsForThat();
    void aProbeThatSaysNothingWaitsAnotherHour();
    void isNeverASecondAttempt();
    void isNotALastAttemptWhileOthersServe();
    void isTriedWhenNoOtherIsLeft();
    void ownersAreProbedToo();
    void aSidelinedKeyIsNotProbed();
    void isProbedAfterARestart();
    void aMinutesRestIsNotProbed();
};

void TstKeyPoolProbes::aDayQuotaRestsUntilMidnightPacific()
{
    PoolFixture f(1);
    QCOMPARE(f.call(Kind::DayQuota, "m", 36'000), KeyId{1}); // the day is believed, not Google's 36 s
    QCOMPARE(f.acquire().error().why, Why::Resting);
    QCOMPARE(f.acquire().error().waitMs, TO_MIDNIGHT);
    QCOMPARE(f.changes.back().rests.at(0).untilMs, f.clock.nowMs() + TO_MIDNIGHT);
    f.clock.advance(TO_MIDNIGHT);
    const tl::expected<Lease, Refusal> lease = f.acquire();
    QVERIFY(lease);
    QCOMPARE(kindOf(lease), Lease::Kind::Use);
}

void TstKeyPoolProbes::midnightMovesWithDaylightSaving_data()
{
    QTest::addColumn<qint64>("nowMs");
    QTest::addColumn<qint64>("waitMs");
    const auto utc = [](int month, int day, int hour, int minute) {
        return QDateTime(QDate(2026, month, day), QTime(hour, minute), QTimeZone::utc()).toMSecsSinceEpoch();
    };
    QTest::newRow("before the clocks go forward") << utc(3, 8, 7, 30) << qint64{30 * MINUTE};
    QTest::newRow("the short day") << utc(3, 8, 8, 0) << qint64{23 * HOUR};
    QTest::newRow("the day after") << utc(3, 9, 7, 0) << qint64{24 * HOUR};
    QTest::newRow("before the clocks go back") << utc(11, 1, 6, 59) << qint64{MINUTE};
    QTest::newRow("the long day") << utc(11, 1, 7, 0) << qint64{25 * HOUR};
    QTest::newRow("the day after that") << utc(11, 2, 8, 0) << qint64{24 * HOUR};
}

void TstKeyPoolProbes::midnightMovesWithDaylightSaving()
{
    QFETCH(qint64, nowMs);
    QFETCH(qint64, waitMs);
    PoolFixture f(1);
    f.clock.setWallMs(nowMs);
    f.call(Kind::DayQuota);
    QCOMPARE(f.acquire().error().waitMs, waitMs);
}

void TstKeyPoolProbes::isProbedOnceAnHour()
{
    PoolFixture f(2);
    QCOMPARE(f.call(Kind::DayQuota), KeyId{1});
    const std::size_t changes = f.changes.size();
    std::vector<std::int64_t> probedAt;
    for (std::int64_t minute = 0; minute < 5 * 60; ++minute) {
        tl::expected<Lease, Refusal> lease = f.acquire();
        QVERIFY(lease);
        const bool isProbe = lease->kind == Lease::Kind::Probe;
        QCOMPARE(lease->key, isProbe ? KeyId{1} : KeyId{2});
        if (isProbe)
            probedAt.push_back(minute);
        QVERIFY(f.acquire("m", {2}).error().why == Why::Exhausted); // nor is it lent twice at a time
        f.pool.report(std::move(*lease), outcomeOf(isProbe ? Kind::DayQuota : Kind::Success));
        f.clock.advance(MINUTE);
    }
    QCOMPARE(probedAt, (std::vector<std::int64_t>{60, 120, 180, 240}));
    QCOMPARE(f.changes.size(), changes); // midnight stays midnight
}

void TstKeyPoolProbes::aProbeThatWorksLiftsTheRest()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    tl::expected<Lease, Refusal> probe = f.acquire();
    QCOMPARE(kindOf(probe), Lease::Kind::Probe);
    f.pool.report(std::move(*probe), outcomeOf(Kind::Success));
    QCOMPARE(f.changes.back().rests.size(), std::size_t{1});
    QCOMPARE(f.changes.back().rests[0].model, std::string("m"));
    QCOMPARE(f.changes.back().rests[0].untilMs, 0);
    std::set<KeyId> served{f.call(Kind::Success), f.call(Kind::Success)};
    QCOMPARE(served.size(), std::size_t{2});
    QVERIFY(f.row(1).rests.empty());
}

void TstKeyPoolProbes::aProbeThatMeetsAMinuteRestsForThat()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    f.pool.report(std::move(*f.acquire()), outcomeOf(Kind::RateLimited, 30'000));
    QCOMPARE(f.changes.back().rests[0].untilMs, f.clock.nowMs() + 30'000);
    f.clock.advance(30'000);
    QCOMPARE(f.acquire("m", {2})->kind, Lease::Kind::Use);
}

void TstKeyPoolProbes::aProbeThatSaysNothingWaitsAnotherHour()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    f.pool.report(std::move(*f.acquire()), outcomeOf(Kind::NetworkTrouble));
    QCOMPARE(f.acquire()->key, KeyId{2});
    f.clock.advance(HOUR - 1);
    QCOMPARE(f.acquire()->key, KeyId{2});
    f.clock.advance(1);
    QCOMPARE(kindOf(f.acquire()), Lease::Kind::Probe); // dropped at once: again an hour
    QCOMPARE(f.acquire()->key, KeyId{2});
}

void TstKeyPoolProbes::isNeverASecondAttempt()
{
    PoolFixture f(3);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    QCOMPARE(f.acquire("m", {2})->key, KeyId{3});
    QCOMPARE(f.acquire("m", {2, 3}).error().why, Why::Exhausted);
    QCOMPARE(kindOf(f.acquire()), Lease::Kind::Probe);
}

void TstKeyPoolProbes::isNotALastAttemptWhileOthersServe()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    QCOMPARE(f.pool.acquire({.model = "m", .lastAttempt = true})->key, KeyId{2});
    f.pool.report(std::move(*f.acquire("m", {}, 2)), outcomeOf(Kind::RateLimited, MINUTE));
    QCOMPARE(f.pool.acquire({.model = "m", .lastAttempt = true})->kind,
             Lease::Kind::Probe); // refused it would fail for sure
}

void TstKeyPoolProbes::isTriedWhenNoOtherIsLeft()
{
    PoolFixture f(1);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    tl::expected<Lease, Refusal> probe = f.acquire();
    QCOMPARE(kindOf(probe), Lease::Kind::Probe);
    f.pool.report(std::move(*probe), outcomeOf(Kind::DayQuota));
    QCOMPARE(f.acquire("m", {1}).error().why, Why::Resting);
    QCOMPARE(f.acquire("m", {1}).error().waitMs, TO_MIDNIGHT - HOUR);
    QCOMPARE(f.acquire().error().waitMs, TO_MIDNIGHT - HOUR);
}

void TstKeyPoolProbes::ownersAreProbedToo()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.clock.advance(HOUR);
    QCOMPARE(f.acquire("m", {1}, 1).error().why, Why::Resting);
    QCOMPARE(kindOf(f.acquire("m", {}, 1)), Lease::Kind::Probe);
    QCOMPARE(f.acquire("m", {}, 1).error().why, Why::Resting);
}

void TstKeyPoolProbes::aSidelinedKeyIsNotProbed()
{
    PoolFixture f(2);
    f.call(Kind::DayQuota);
    f.pool.report(std::move(*f.acquire("other", {}, 1)), outcomeOf(Kind::KeyFault));
    f.clock.advance(HOUR);
    QCOMPARE(f.acquire()->key, KeyId{2});
    f.settlesAtOnce = false;
    f.pool.revive(1);
    QCOMPARE(f.acquire()->key, KeyId{2}); // settles
    f.pool.settled(std::vector{f.changes.back().ticket});
    QCOMPARE(kindOf(f.acquire()), Lease::Kind::Probe);
}

void TstKeyPoolProbes::isProbedAfterARestart()
{
    PoolFixture f(1);
    KeyRow row = rowOf(2);
    row.rests = {{"m", f.clock.nowMs() + TO_MIDNIGHT, "RESOURCE_EXHAUSTED"}};
    f.pool.load({row});
    QCOMPARE(f.acquire()->key, KeyId{1});
    f.clock.advance(HOUR);
    const tl::expected<Lease, Refusal> probe = f.acquire();
    QCOMPARE(probe->key, KeyId{2});
    QCOMPARE(kindOf(probe), Lease::Kind::Probe);
}

void TstKeyPoolProbes::aMinutesRestIsNotProbed()
{
    PoolFixture f(2);
    f.call(Kind::RateLimited, "m", 20 * HOUR);
    for (int hour = 0; hour < 20; ++hour) {
        QCOMPARE(f.acquire()->key, KeyId{2});
        f.clock.advance(HOUR);
    }
    QCOMPARE(f.acquire("m", {2})->kind, Lease::Kind::Use);
}

QTEST_APPLESS_MAIN(TstKeyPoolProbes)
#include "tst_keypoolprobes.moc"
