#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t HOUR = 60 * MINUTE;
constexpr std::int64_t DAY = 24 * HOUR;
/// The fixture's clock starts at 12:00 UTC, 05:00 in Los Angeles.
constexpr std::int64_t TO_MIDNIGHT = 19 * HOUR;

Outcome limited(Kind kind, QuotaKind quota, std::int64_t limit, std::int64_t restMs = 1'000,
                KeyTier tier = KeyTier::Unknown)
{
    Outcome outcome = outcomeOf(kind, restMs);
    outcome.quota = quota;
    outcome.quotaLimit = limit;
    outcome.tier = tier;
    return outcome;
}

void change(PoolFixture &f, KeyId key, const std::function<void(KeySettings &)> &edit)
{
    KeySettings settings = f.row(key).settings;
    edit(settings);
    f.pool.update(key, std::move(settings));
}

void report(PoolFixture &f, KeyId key, const Outcome &outcome, std::string_view model = "m")
{
    f.pool.report(std::move(*f.acquire(model, {}, key)), outcome);
}

KeyModelView viewOf(PoolFixture &f, KeyId key, const std::string &model = "m")
{
    const KeyView whole = *f.pool.view(key);
    for (const KeyModelView &view : whole.models) {
        if (view.model == model)
            return view;
    }
    return {};
}

LimitView limitOf(PoolFixture &f, KeyId key, QuotaKind kind)
{
    return viewOf(f, key).limits[static_cast<std::size_t>(kind)];
}

} // namespace

class TstQuotas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsRequestsAtOnce();
    void correctsTokens();
    void takesBackWhatGoogleDoesNotCount();
    void aProjectsKeysShareRests();
    void aProjectsKeysShareCounts();
    void rowsHoldAProjectsRestOnce();
    void aRemovedKeyHandsItsRestsOn();
    void joiningAProjectBringsWhatIsKnown();
    void learnsLimits();
    void aNewerLimitReplacesAnOlder();
    void predictsTheMinute();
    void predictsTheDay();
    void predictsTokens();
    void aHugeRequestIsTriedOnAnEmptyMinute();
    void limitsSetByHand();
    void theSmallerLimitHolds();
    void assumesLimitsOfTheSameTier();
    void aPredictionIsProbedOnceAnHour();
    void waitsForAPredictionThatEndsSoon();
    void aProbeThatWorksForgetsTheLimit();
    void handLimitsAreNotProbed();
    void theDayEndsAtPacificMidnight_data();
    void theDayEndsAtPacificMidnight();
    void absentModelsAreAskedAgainLater();
    void aSuccessEndsAnAbsence();
    void absencesAreTold();
    void rowsSurviveARestart();
    void aLearnedTierSurvivesARestart();
    void theLastWordOnATierCounts();
    void rowsAreToldOnce();
    void liftingForgetsWhatIsUsedUp();
    void clocksMayJump();
};

void TstQuotas::countsRequestsAtOnce()
{
    PoolFixture f(1);
    std::vector<Lease> leases;
    for (int i = 0; i < 5; ++i)
        leases.push_back(std::move(*f.pool.acquire({.model = "m", .inputTokens = 100})));
    QCOMPARE(viewOf(f, 1).minuteRequests, 5);
    QCOMPARE(viewOf(f, 1).dayRequests, 5);
    QCOMPARE(viewOf(f, 1).minuteTokens, 500);
    QCOMPARE(viewOf(f, 1).dayTokens, 500);
    QCOMPARE(viewOf(f, 1, "other").dayRequests, 0);
    leases.clear(); // dropped: perhaps they were sent
    QCOMPARE(viewOf(f, 1).dayRequests, 5);
    f.clock.advance(65'000);
    QCOMPARE(viewOf(f, 1).minuteRequests, 0);
    QCOMPARE(viewOf(f, 1).dayRequests, 5);
}

void TstQuotas::correctsTokens()
{
    PoolFixture f(1);
    Lease lease = std::move(*f.pool.acquire({.model = "m", .inputTokens = 100}));
    f.clock.advance(20'000);
    Outcome outcome = outcomeOf(Kind::Success);
    outcome.inputTokens = 40;
    f.pool.report(std::move(lease), outcome);
    QCOMPARE(viewOf(f, 1).minuteTokens, 40);
    QCOMPARE(viewOf(f, 1).dayTokens, 40);
    f.clock.advance(46'000); // of the time when it was sent
    QCOMPARE(viewOf(f, 1).minuteTokens, 0);

    // A long answer ends after its minute, or after its day.
    lease = std::move(*f.pool.acquire({.model = "m", .inputTokens = 100}));
    f.clock.advance(2 * MINUTE);
    outcome.inputTokens = 1'000;
    f.pool.report(std::move(lease), outcome);
    QCOMPARE(viewOf(f, 1).minuteTokens, 0);
    QCOMPARE(viewOf(f, 1).dayTokens, 1'040);
    lease = std::move(*f.pool.acquire({.model = "m", .inputTokens = 100}));
    f.clock.advance(DAY);
    f.pool.report(std::move(lease), outcome);
    QCOMPARE(viewOf(f, 1).dayTokens, 0);
    QCOMPARE(viewOf(f, 1).dayRequests, 0);
}

void TstQuotas::takesBackWhatGoogleDoesNotCount()
{
    for (const Kind kind :
         {Kind::Success, Kind::CallerFault, Kind::ServerTrouble, Kind::Cancelled, Kind::Unclear,
          Kind::NetworkTrouble, Kind::RateLimited, Kind::KeyFault, Kind::Overloaded, Kind::NoSuchModel}) {
        PoolFixture f(1);
        f.pool.report(std::move(*f.pool.acquire({.model = "m", .inputTokens = 9})), outcomeOf(kind));
        const bool counts = kind == Kind::Success || kind == Kind::CallerFault ||
                            kind == Kind::ServerTrouble || kind == Kind::Cancelled || kind == Kind::Unclear;
        QCOMPARE(viewOf(f, 1).dayRequests, counts ? 1 : 0);
        QCOMPARE(viewOf(f, 1).minuteRequests, counts ? 1 : 0);
        QCOMPARE(viewOf(f, 1).minuteTokens, counts ? 9 : 0);
    }
}

void TstQuotas::aProjectsKeysShareRests()
{
    PoolFixture f(4);
    for (const KeyId id : {1, 2, 3})
        change(f, id, [](KeySettings &s) { s.project = "p"; });
    report(f, 2, outcomeOf(Kind::RateLimited, 30'000));
    for (const KeyId id : {1, 2, 3})
        QCOMPARE(f.acquire("m", {}, id).error().waitMs, 30'000);
    QCOMPARE(f.acquire()->key, KeyId{4});
    QCOMPARE(f.acquire("m", {4}).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("m", {4}).error().resting, 3);
    QCOMPARE(f.pool.counts().resting, 3);
    QVERIFY(f.acquire("other", {2, 3, 4}));
    QCOMPARE(f.row(3).rests.size(), std::size_t{1});
    change(f, 3, [](KeySettings &s) { s.project.clear(); }); // it was never that project's
    QCOMPARE(f.acquire("m", {4})->key, KeyId{3});
    QCOMPARE(f.pool.counts().resting, 2);
    f.clock.advance(30'000);
    QVERIFY(f.acquire("m", {2, 3, 4}));
    QCOMPARE(f.pool.counts().resting, 0);

    // A project of which nobody can serve is nothing to wait for.
    report(f, 1, outcomeOf(Kind::RateLimited, 30'000));
    report(f, 3, outcomeOf(Kind::RateLimited, 40'000));
    report(f, 1, outcomeOf(Kind::KeyFault), "other");
    QCOMPARE(f.acquire("m", {4}).error().waitMs, 30'000);
    report(f, 2, outcomeOf(Kind::KeyFault), "other");
    QCOMPARE(f.acquire("m", {4}).error().waitMs, 40'000);
}

void TstQuotas::aProjectsKeysShareCounts()
{
    PoolFixture f(2);
    for (const KeyId id : {1, 2})
        change(f, id, [](KeySettings &s) { s.project = "p"; });
    report(f, 1, outcomeOf(Kind::Success));
    report(f, 2, outcomeOf(Kind::Success));
    QCOMPARE(viewOf(f, 1).dayRequests, 2);
    QCOMPARE(viewOf(f, 2).dayRequests, 2);
    change(f, 2, [](KeySettings &s) { s.minuteRequests = 3; }); // holds for both
    report(f, 1, outcomeOf(Kind::Success));
    QCOMPARE(f.acquire().error().predicted, 2);
    change(f, 2, [](KeySettings &s) { s.minuteRequests = 0; });
    QVERIFY(f.acquire());
}

void TstQuotas::rowsHoldAProjectsRestOnce()
{
    PoolFixture f(2);
    for (const KeyId id : {1, 2})
        change(f, id, [](KeySettings &s) { s.project = "p"; });
    Lease first = std::move(*f.acquire("m", {}, 1));
    Lease second = std::move(*f.acquire("m", {}, 2));
    f.pool.report(std::move(first), outcomeOf(Kind::RateLimited, 10'000));
    QCOMPARE(f.changes.size(), std::size_t{1});
    f.pool.report(std::move(second), outcomeOf(Kind::RateLimited, 20'000));
    QCOMPARE(f.changes.size(), std::size_t{3});
    QCOMPARE(f.changes[1].id, KeyId{1});
    QCOMPARE(f.changes[1].rests.at(0).untilMs, 0);
    QCOMPARE(f.changes[2].id, KeyId{2});
    QCOMPARE(f.changes[2].rests.at(0).untilMs, f.clock.nowMs() + 20'000);
    // Lifted through either key, it leaves the row that holds it.
    f.pool.liftRests(std::vector<KeyId>{1}, "m");
    QCOMPARE(f.changes.size(), std::size_t{4});
    QCOMPARE(f.changes[3].id, KeyId{2});
    QCOMPARE(f.changes[3].rests.at(0).untilMs, 0);
    QVERIFY(f.acquire());
}

void TstQuotas::aRemovedKeyHandsItsRestsOn()
{
    PoolFixture f(3);
    for (const KeyId id : {1, 2})
        change(f, id, [](KeySettings &s) { s.project = "p"; });
    report(f, 1, outcomeOf(Kind::RateLimited, HOUR));
    f.changes.clear();
    f.pool.remove(1);
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.changes[0].id, KeyId{2});
    QCOMPARE(f.changes[0].rests.at(0).untilMs, f.clock.nowMs() + HOUR);
    QCOMPARE(f.acquire("m", {}, 2).error().why, Why::Resting);
}

void TstQuotas::joiningAProjectBringsWhatIsKnown()
{
    PoolFixture f(2);
    report(f, 1, outcomeOf(Kind::Success));
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 15, 30'000, KeyTier::Free));
    change(f, 2, [](KeySettings &s) { s.project = "p"; });
    QCOMPARE(f.pool.view(2)->tier, KeyTier::Unknown);
    change(f, 1, [](KeySettings &s) { s.project = "p"; });
    QCOMPARE(f.pool.view(2)->tier, KeyTier::Free);
    QCOMPARE(f.acquire().error().waitMs, 30'000);
    QCOMPARE(viewOf(f, 2).dayRequests, 1);
    QCOMPARE(limitOf(f, 2, QuotaKind::MinuteRequests).value, 15);
}

void TstQuotas::learnsLimits()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 15, 1'000, KeyTier::Free));
    const LimitView limit = limitOf(f, 1, QuotaKind::MinuteRequests);
    QCOMPARE(limit.value, 15);
    QCOMPARE(limit.source, LimitSource::Learned);
    QCOMPARE(limit.learnedMs, f.clock.nowMs());
    QCOMPARE(f.pool.view(1)->tier, KeyTier::Free);
    f.clock.advance(1'000);
    report(f, 1, limited(Kind::DayQuota, QuotaKind::DayRequests, 250));
    QCOMPARE(limitOf(f, 1, QuotaKind::DayRequests).value, 250);
    QCOMPARE(viewOf(f, 1).dayRequests, 250); // others may use the key too
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteTokens).source, LimitSource::None);
    change(f, 1, [](KeySettings &s) { s.tier = KeyTier::Paid; }); // the user knows better
    QCOMPARE(f.pool.view(1)->tier, KeyTier::Paid);
}

void TstQuotas::aNewerLimitReplacesAnOlder()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 15));
    f.clock.advance(1'000);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 30));
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 30);
    f.clock.advance(1'000);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 5));
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 5);
}

void TstQuotas::predictsTheMinute()
{
    PoolFixture f(2);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 3));
    f.clock.advance(1'000);
    int first = 0;
    for (int i = 0; i < 20; ++i)
        first += f.call(Kind::Success) == 1;
    QCOMPARE(first, 3); // and not one more
    QCOMPARE(f.acquire("m", {2}).error().predicted, 1);
    QCOMPARE(f.acquire("m", {2}).error().resting, 1);
    QVERIFY(f.acquire("m", {2}).error().waitMs >= 60'000);
    QVERIFY(f.acquire("m", {2}).error().waitMs <= 65'000);
    QCOMPARE(viewOf(f, 1).predictedBy, QuotaKind::MinuteRequests);
    QCOMPARE(f.pool.counts().resting, 0); // nobody said so
    f.clock.advance(f.acquire("m", {2}).error().waitMs);
    QCOMPARE(f.acquire("m", {2})->key, KeyId{1});
    QCOMPARE(f.changes.size(), std::size_t{1}); // our count is no change of health
}

void TstQuotas::predictsTheDay()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::DayQuota, QuotaKind::DayRequests, 4));
    f.clock.advance(TO_MIDNIGHT);
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(f.call(Kind::Success), KeyId{1});
        f.clock.advance(2 * MINUTE);
    }
    const std::int64_t leftMs = DAY - 8 * MINUTE;
    QCOMPARE(f.pool.acquire({.model = "m", .maxWaitMs = DAY}).error().waitMs, leftMs);
    QCOMPARE(viewOf(f, 1).predictedBy, QuotaKind::DayRequests);
    f.clock.advance(leftMs);
    QCOMPARE(f.acquire()->kind, Lease::Kind::Use);
}

void TstQuotas::predictsTokens()
{
    PoolFixture f(2);
    for (const KeyId id : {1, 2})
        report(f, id, limited(Kind::RateLimited, QuotaKind::MinuteTokens, id == 1 ? 1'000 : 10'000));
    f.clock.advance(1'000);
    const auto keyFor = [&f](std::int64_t tokens) {
        const tl::expected<Lease, Refusal> lease = f.pool.acquire({.model = "m", .inputTokens = tokens});
        return lease ? lease->key : 0;
    };
    f.pool.report(std::move(*f.pool.acquire({.model = "m", .owner = 1, .inputTokens = 600})),
                  outcomeOf(Kind::Success));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(keyFor(500), KeyId{2});
    const tl::expected<Lease, Refusal> small = f.pool.acquire({.model = "m", .owner = 1, .inputTokens = 400});
    QVERIFY(small);
    QCOMPARE(f.acquire("m", {2}).error().predicted, 1); // now the minute's tokens are gone
    const tl::expected<Lease, Refusal> none =
        f.pool.acquire({.model = "m", .inputTokens = 9'000, .maxWaitMs = HOUR});
    QVERIFY(!none);
    QCOMPARE(none.error().why, Why::Resting);
    QVERIFY(none.error().waitMs > 55'000);
    const tl::expected<Lease, Refusal> owner =
        f.pool.acquire({.model = "m", .owner = 2, .inputTokens = 9'000, .maxWaitMs = HOUR});
    QCOMPARE(owner.error().why, Why::Resting);
    QVERIFY(owner.error().waitMs > 55'000);
}

void TstQuotas::aHugeRequestIsTriedOnAnEmptyMinute()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteTokens, 1'000));
    f.clock.advance(1'000);
    QVERIFY(f.pool.acquire({.model = "m", .inputTokens = 50'000})); // the estimate may be wrong
    f.clock.advance(65'000);
    QVERIFY(f.acquire());
}

void TstQuotas::limitsSetByHand()
{
    PoolFixture f(1);
    change(f, 1, [](KeySettings &s) { s.minuteRequests = 2; });
    std::vector<Lease> burst;
    for (int i = 0; i < 2; ++i)
        burst.push_back(std::move(*f.acquire("never seen before")));
    QVERIFY(!f.acquire("never seen before"));
    QVERIFY(f.acquire("another"));
    change(f, 1, [](KeySettings &s) { s.minuteRequests = 3; });
    QVERIFY(f.acquire("never seen before"));
    QVERIFY(!f.acquire("never seen before"));
    change(f, 1, [](KeySettings &s) { s.minuteRequests = 0; });
    QVERIFY(f.acquire("never seen before"));
}

void TstQuotas::theSmallerLimitHolds()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 15));
    change(f, 1, [](KeySettings &s) { s.minuteRequests = 20; });
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 15);
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).source, LimitSource::Learned);
    change(f, 1, [](KeySettings &s) { s.minuteRequests = 10; });
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 10);
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).source, LimitSource::ByHand);
}

void TstQuotas::assumesLimitsOfTheSameTier()
{
    PoolFixture f(4);
    change(f, 2, [](KeySettings &s) { s.tier = KeyTier::Free; });
    change(f, 3, [](KeySettings &s) { s.tier = KeyTier::Paid; });
    for (const KeyId id : {2, 3, 4})
        report(f, id, outcomeOf(Kind::Success));
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 3, 1'000, KeyTier::Free));
    QCOMPARE(limitOf(f, 2, QuotaKind::MinuteRequests).value, 3);
    QCOMPARE(limitOf(f, 2, QuotaKind::MinuteRequests).source, LimitSource::Assumed);
    QCOMPARE(limitOf(f, 3, QuotaKind::MinuteRequests).value, 0);
    QCOMPARE(limitOf(f, 4, QuotaKind::MinuteRequests).value, 0); // of unknown tier
    report(f, 2, outcomeOf(Kind::Success));
    report(f, 2, outcomeOf(Kind::Success));
    QCOMPARE(viewOf(f, 2).predictedBy, QuotaKind::MinuteRequests);
    // Its own word counts for more, and so does what it is seen to serve.
    f.clock.advance(65'000);
    report(f, 2, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 20));
    QCOMPARE(limitOf(f, 2, QuotaKind::MinuteRequests).value, 20);
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 3);
    f.clock.advance(2'000);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 30)); // the 3 is forgotten
    change(f, 4, [](KeySettings &s) { s.tier = KeyTier::Free; });
    QCOMPARE(limitOf(f, 4, QuotaKind::MinuteRequests).value, 20);
}

void TstQuotas::aPredictionIsProbedOnceAnHour()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::DayQuota, QuotaKind::DayRequests, 2));
    f.clock.advance(TO_MIDNIGHT);
    f.call(Kind::Success);
    f.call(Kind::Success);
    tl::expected<Lease, Refusal> probe = f.acquire();
    QVERIFY(probe);
    QCOMPARE(probe->kind, Lease::Kind::Probe);
    QCOMPARE(f.acquire().error().why, Why::Resting);
    f.pool.report(std::move(*probe), outcomeOf(Kind::NetworkTrouble));
    f.clock.advance(HOUR - 1);
    QVERIFY(!f.acquire());
    f.clock.advance(1);
    QVERIFY(!f.acquire("m", {1})); // never for a request that has failed already
    QCOMPARE(f.acquire()->kind, Lease::Kind::Probe);
    QVERIFY(!f.acquire());
}

void TstQuotas::waitsForAPredictionThatEndsSoon()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 1));
    f.clock.advance(1'000);
    f.call(Kind::Success);
    f.clock.advance(58'000);
    const tl::expected<Lease, Refusal> none = f.pool.acquire({.model = "m", .maxWaitMs = 10'000});
    QVERIFY(!none);
    QVERIFY(none.error().waitMs <= 10'000);
    QCOMPARE(f.pool.acquire({.model = "m", .maxWaitMs = 100})->kind, Lease::Kind::Probe);
}

void TstQuotas::aProbeThatWorksForgetsTheLimit()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::DayQuota, QuotaKind::DayRequests, 2));
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 100), "n");
    f.clock.advance(TO_MIDNIGHT);
    f.call(Kind::Success);
    f.call(Kind::Success);
    f.pool.report(std::move(*f.acquire()), outcomeOf(Kind::Success));
    QCOMPARE(limitOf(f, 1, QuotaKind::DayRequests).value, 0);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(f.call(Kind::Success), KeyId{1});

    // A minute's limit only when it is old: our minute is longer than Google's.
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 1));
    f.clock.advance(HOUR);
    f.call(Kind::Success);
    f.pool.report(std::move(*f.acquire()), outcomeOf(Kind::Success));
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 1);
    f.clock.advance(DAY);
    f.call(Kind::Success);
    f.pool.report(std::move(*f.acquire()), outcomeOf(Kind::Success));
    QCOMPARE(limitOf(f, 1, QuotaKind::MinuteRequests).value, 0);
}

void TstQuotas::handLimitsAreNotProbed()
{
    PoolFixture f(1);
    change(f, 1, [](KeySettings &s) { s.dayRequests = 1; });
    f.call(Kind::Success);
    for (int hour = 0; hour < 18; ++hour) {
        QCOMPARE(f.acquire().error().predicted, 1);
        f.clock.advance(HOUR);
    }
    f.clock.advance(HOUR);
    QCOMPARE(f.call(Kind::Success), KeyId{1});
}

void TstQuotas::theDayEndsAtPacificMidnight_data()
{
    QTest::addColumn<qint64>("nowMs");
    QTest::addColumn<qint64>("waitMs");
    const auto utc = [](int month, int day, int hour, int minute) {
        return QDateTime(QDate(2026, month, day), QTime(hour, minute), Qt::UTC).toMSecsSinceEpoch();
    };
    QTest::newRow("before the clocks go forward") << utc(3, 8, 7, 30) << qint64{30 * MINUTE};
    QTest::newRow("the short day") << utc(3, 8, 8, 0) << qint64{23 * HOUR};
    QTest::newRow("the day after") << utc(3, 9, 7, 0) << qint64{24 * HOUR};
    QTest::newRow("the long day") << utc(11, 1, 7, 0) << qint64{25 * HOUR};
    QTest::newRow("the day after that") << utc(11, 2, 8, 0) << qint64{24 * HOUR};
}

void TstQuotas::theDayEndsAtPacificMidnight()
{
    QFETCH(qint64, nowMs);
    QFETCH(qint64, waitMs);
    PoolFixture f(0);
    f.clock.setWallMs(nowMs);
    f.pool.load({rowOf(1)});
    change(f, 1, [](KeySettings &s) { s.dayRequests = 1; });
    f.call(Kind::Success);
    QCOMPARE(f.acquire().error().waitMs, waitMs);
    f.clock.advance(waitMs - 1);
    QVERIFY(!f.acquire());
    QCOMPARE(viewOf(f, 1).dayRequests, 1);
    f.clock.advance(1);
    QCOMPARE(viewOf(f, 1).dayRequests, 0);
    QVERIFY(f.acquire());
}

void TstQuotas::absentModelsAreAskedAgainLater()
{
    PoolFixture f(2);
    report(f, 1, outcomeOf(Kind::NoSuchModel), "gone");
    QCOMPARE(f.acquire("gone", {2}).error().absent, 1);
    QCOMPARE(f.acquire("gone")->key, KeyId{2});
    report(f, 2, outcomeOf(Kind::NoSuchModel), "gone");
    const tl::expected<Lease, Refusal> none = f.acquire("gone");
    QCOMPARE(none.error().why, Why::Absent);
    QCOMPARE(none.error().waitMs, 10 * MINUTE);
    QCOMPARE(none.error().absent, 2);
    QCOMPARE(none.error().resting, 0);
    QCOMPARE(f.acquire("gone", {}, 1).error().why, Why::Absent);
    QVERIFY(f.acquire("m"));
    QVERIFY(f.changes.empty()); // the keys are well
    std::int64_t expected = 10 * MINUTE;
    for (int i = 0; i < 12; ++i) {
        f.clock.advance(expected);
        report(f, 1, outcomeOf(Kind::NoSuchModel), "gone");
        expected = std::min(expected * 2, DAY);
        QCOMPARE(f.acquire("gone", {}, 1).error().waitMs, expected);
    }
}

void TstQuotas::aSuccessEndsAnAbsence()
{
    PoolFixture f(1);
    Lease late = std::move(*f.acquire("new"));
    Lease later = std::move(*f.acquire("new"));
    report(f, 1, outcomeOf(Kind::NoSuchModel), "new");
    f.pool.report(std::move(late), outcomeOf(Kind::NoSuchModel)); // of the same moment
    QCOMPARE(f.acquire("new").error().waitMs, 10 * MINUTE);
    f.pool.report(std::move(later), outcomeOf(Kind::Success));
    QVERIFY(f.acquire("new"));
    report(f, 1, outcomeOf(Kind::NoSuchModel), "new");
    QCOMPARE(f.acquire("new").error().waitMs, 10 * MINUTE); // from the start
}

void TstQuotas::absencesAreTold()
{
    PoolFixture f(1);
    report(f, 1, outcomeOf(Kind::NoSuchModel), "gone");
    QCOMPARE(viewOf(f, 1, "gone").absentUntilMs, f.clock.nowMs() + 10 * MINUTE);
    QCOMPARE(viewOf(f, 1, "gone").absentReason, std::string("Some text."));
    QCOMPARE(f.pool.modelHealth().at(0).absent, 1);
    f.pool.takeHealthChanges();
    report(f, 1, outcomeOf(Kind::NoSuchModel), "other");
    QCOMPARE(f.pool.takeHealthChanges().models, std::vector<std::string>{"other"});
    const std::vector<QuotaRow> rows = f.pool.takeQuotaChanges();
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].unavailableTries, 1);
    QCOMPARE(rows[0].unavailableUntilMs, f.clock.nowMs() + 10 * MINUTE);
    QCOMPARE(rows[0].unavailableReason, std::string("Some text."));
}

void TstQuotas::rowsSurviveARestart()
{
    PoolFixture f(3);
    change(f, 2, [](KeySettings &s) { s.project = "p"; });
    report(f, 1, limited(Kind::RateLimited, QuotaKind::DayRequests, 250));
    report(f, 2, outcomeOf(Kind::Success));
    report(f, 3, outcomeOf(Kind::NoSuchModel));
    change(f, 3, [](KeySettings &s) { s.dayRequests = 5; });
    f.clock.advance(MINUTE);

    PoolFixture g(0);
    g.clock.setWallMs(f.clock.nowMs());
    g.pool.load(f.pool.snapshot(), f.pool.takeQuotaChanges());
    QCOMPARE(limitOf(g, 1, QuotaKind::DayRequests).value, 250);
    QCOMPARE(limitOf(g, 1, QuotaKind::DayRequests).learnedMs, f.clock.nowMs() - MINUTE);
    QCOMPARE(viewOf(g, 2).dayRequests, 1);
    QCOMPARE(g.acquire("m", {}, 3).error().why, Why::Absent);
    QCOMPARE(g.acquire("m", {}, 3).error().waitMs, 9 * MINUTE);
    // What was counted today is used up today, and only today.
    QuotaRow used;
    used.scope = "#2";
    used.model = "n";
    used.day = pacificDay(g.clock.nowMs()).number;
    used.dayRequests = 7;
    used.limits[static_cast<std::size_t>(QuotaKind::DayRequests)] = {7, g.clock.nowMs()};
    QuotaRow gone = used;
    gone.scope = "#77";
    QuotaRow unknown = used;
    unknown.scope = "unknown";
    PoolFixture h(2);
    h.pool.load({}, {used, gone, unknown});
    QCOMPARE(h.pool.acquire({.model = "n", .owner = 2, .maxWaitMs = DAY}).error().why, Why::Resting);
    h.clock.advance(TO_MIDNIGHT);
    QVERIFY(h.pool.acquire({.model = "n", .owner = 2, .maxWaitMs = DAY}));
}

void TstQuotas::aLearnedTierSurvivesARestart()
{
    PoolFixture f(3);
    for (const KeyId id : {1, 2}) // the second one's quota names no number
        report(f, id,
               limited(Kind::RateLimited, QuotaKind::MinuteRequests, id == 1 ? 3 : 0, 1'000, KeyTier::Free));
    PoolFixture g(0);
    g.clock.setWallMs(f.clock.nowMs() + 2'000);
    std::vector<QuotaRow> rows = f.pool.takeQuotaChanges();
    QCOMPARE(rows.size(), std::size_t{2});
    g.pool.load(f.pool.snapshot(), rows);
    for (const KeyId id : {1, 2})
        QCOMPARE(g.pool.view(id)->tier, KeyTier::Free);
    QCOMPARE(g.pool.view(3)->tier, KeyTier::Unknown);
    // And so does what it is good for: the limit of the first holds for the second.
    QCOMPARE(limitOf(g, 2, QuotaKind::MinuteRequests).value, 3);
    QCOMPARE(limitOf(g, 2, QuotaKind::MinuteRequests).source, LimitSource::Assumed);
    QCOMPARE(limitOf(g, 3, QuotaKind::MinuteRequests).value, 0);
    report(g, 1, outcomeOf(Kind::Success)); // what is written anew tells it again
    for (const QuotaRow &row : g.pool.takeQuotaChanges())
        QVERIFY(row.scope != "#1" || row.tier == KeyTier::Free);
}

/// A project that was upgraded is told so with one model only.
void TstQuotas::theLastWordOnATierCounts()
{
    PoolFixture f(2);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 3, 1'000, KeyTier::Free), "a");
    f.clock.advance(MINUTE);
    report(f, 1, limited(Kind::RateLimited, QuotaKind::MinuteRequests, 9, 1'000, KeyTier::Paid), "b");
    std::vector<QuotaRow> rows = f.pool.takeQuotaChanges();
    QCOMPARE(rows.size(), std::size_t{2});
    for (int order = 0; order < 2; ++order) {
        PoolFixture g(0);
        g.clock.setWallMs(f.clock.nowMs());
        KeyRow byHand = rowOf(2);
        byHand.settings.tier = KeyTier::Paid;
        g.pool.load({rowOf(1), byHand}, rows);
        QCOMPARE(g.pool.view(1)->tier, KeyTier::Paid);
        g.call(Kind::Success, "a");
        g.pool.report(std::move(*g.acquire("a", {}, 2)), outcomeOf(Kind::Success));
        const auto kind = static_cast<std::size_t>(QuotaKind::MinuteRequests);
        QCOMPARE(viewOf(g, 2, "a").limits[kind].value, 3); // of the same tier now
        std::swap(rows.front(), rows.back());
    }
}

void TstQuotas::rowsAreToldOnce()
{
    PoolFixture f(2);
    f.call(Kind::Success);
    f.call(Kind::Success);
    f.call(Kind::Success);
    std::vector<QuotaRow> rows = f.pool.takeQuotaChanges();
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].dayRequests + rows[1].dayRequests, 3);
    QCOMPARE(rows[0].scope, std::string("#1"));
    QCOMPARE(rows[0].model, std::string("m"));
    QVERIFY(f.pool.takeQuotaChanges().empty());
    f.call(Kind::Success);
    QCOMPARE(f.pool.takeQuotaChanges().size(), std::size_t{1});
    f.call(Kind::Success);
    f.pool.remove(1);
    f.pool.remove(2);
    QVERIFY(f.pool.takeQuotaChanges().empty());
}

void TstQuotas::liftingForgetsWhatIsUsedUp()
{
    PoolFixture f(1);
    report(f, 1, limited(Kind::DayQuota, QuotaKind::DayRequests, 2));
    QVERIFY(!f.acquire());
    f.pool.liftRests(std::vector<KeyId>{1}, "m"); // behind the rest our count says the same
    f.pool.liftRests(std::vector<KeyId>{1}, "m");
    QCOMPARE(f.acquire()->kind, Lease::Kind::Use);
    report(f, 1, outcomeOf(Kind::NoSuchModel));
    QVERIFY(!f.acquire());
    f.pool.liftRests(std::vector<KeyId>{1}, {});
    QVERIFY(f.acquire());
}

void TstQuotas::clocksMayJump()
{
    PoolFixture f(2);
    f.call(Kind::RateLimited, "m", 30'000);
    f.call(Kind::DayQuota, "m");
    f.pool.rest(std::vector<KeyId>{1}, f.clock.nowMs() + 20'000);
    QCOMPARE(f.acquire().error().waitMs, 30'000);
    f.clock.advance(10'000);
    f.clock.setWallMs(f.clock.nowMs() - 5 * HOUR); // set back: the rest is no longer for that
    QCOMPARE(f.acquire().error().waitMs, 20'000);
    QCOMPARE(f.acquire("n", {2}).error().waitMs, 10'000);
    f.clock.advance(20'000);
    QCOMPARE(f.acquire()->key, KeyId{1});
    // Forward, as after sleep: what is over is over.
    f.call(Kind::RateLimited, "m", 10 * MINUTE);
    f.clock.setWallMs(f.clock.nowMs() + 11 * MINUTE);
    QCOMPARE(f.call(Kind::Success), KeyId{1});
    // Counts of the last minute live on the other clock.
    const std::int64_t before = viewOf(f, 1).minuteRequests;
    f.clock.setWallMs(f.clock.nowMs() + 3 * DAY);
    QCOMPARE(viewOf(f, 1).minuteRequests, before);
    QCOMPARE(viewOf(f, 1).dayRequests, 0);
    f.clock.setWallMs(f.clock.nowMs() - 6 * DAY);
    QVERIFY(f.acquire());
}

QTEST_APPLESS_MAIN(TstQuotas)
#include "tst_quotas.moc"
