#include <set>

#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;

namespace {

constexpr std::int64_t MINUTE = 60'000;

/// Meets overloads until the model is left alone.
void overload(PoolFixture &f, int times = 5)
{
    for (int i = 0; i < times; ++i)
        QVERIFY(f.call(Kind::Overloaded) != 0);
}

void waitOut(PoolFixture &f)
{
    const tl::expected<Lease, Refusal> none = f.acquire();
    QVERIFY(!none);
    f.clock.advance(none.error().waitMs);
}

} // namespace

class TstBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAfterOverloadsInARow();
    void aSuccessStartsTheCountAnew();
    void opensOnAHighShare();
    void isOfOneModel();
    void blamesNoKey();
    void letsOneRequestThrough();
    void aTrialThatWorksCloses();
    void aTrialThatFailsWaitsLonger();
    void aTrialThatSaysNothingIsFollowedByAnother();
    void waitsAreJittered();
    void whatWasSentBeforeSaysNothing();
    void isToldAndSurvivesARestart();
    void ownersAreRefusedToo();
    void withoutKeysThereIsNothingToWaitFor();
};

void TstBreaker::opensAfterOverloadsInARow()
{
    PoolFixture f(3);
    overload(f);
    const tl::expected<Lease, Refusal> none = f.acquire();
    QCOMPARE(none.error().why, Why::Overloaded);
    QVERIFY(none.error().waitMs >= 1'500);
    QVERIFY(none.error().waitMs <= 2'500);
    QCOMPARE(none.error().reason, std::string("SOME_REASON: Some text."));
    QCOMPARE(none.error().total, 3);
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::Open);
    QCOMPARE(f.pool.modelHealth().at(0).overloads, 5);

    PoolFixture g(3, {.overloadsToOpen = 1});
    overload(g, 1);
    QVERIFY(!g.acquire());
}

void TstBreaker::aSuccessStartsTheCountAnew()
{
    PoolFixture f(1);
    for (int i = 0; i < 5; ++i) {
        overload(f, 4);
        QCOMPARE(f.call(Kind::Success), KeyId{1});
    }
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::Closed);
}

void TstBreaker::opensOnAHighShare()
{
    PoolFixture f(1);
    int calls = 0;
    while (f.acquire() && calls < 500) {
        f.call(calls % 5 == 4 ? Kind::Success : Kind::Overloaded); // four in a row at most
        ++calls;
    }
    QVERIFY2(calls >= 40 && calls < 200, qPrintable(QString::number(calls)));
    // Less than half is lived with.
    PoolFixture g(1);
    for (int i = 0; i < 500; ++i)
        QVERIFY(g.call(i % 2 == 0 ? Kind::Overloaded : Kind::Success) != 0);
}

void TstBreaker::isOfOneModel()
{
    PoolFixture f(1);
    overload(f);
    QVERIFY(!f.acquire("m"));
    QVERIFY(f.acquire("n"));
    QVERIFY(f.acquire(""));
}

void TstBreaker::blamesNoKey()
{
    PoolFixture f(1);
    overload(f);
    QVERIFY(f.changes.empty());
    QCOMPARE(f.row(1).failures, 0);
    QCOMPARE(f.row(1).failedCalls, 0);
    QVERIFY(f.row(1).rests.empty());
}

void TstBreaker::letsOneRequestThrough()
{
    PoolFixture f(3);
    overload(f);
    waitOut(f);
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::HalfOpen);
    const tl::expected<Lease, Refusal> trial = f.acquire();
    QVERIFY(trial);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(f.acquire().error().why, Why::Overloaded);
        QVERIFY(f.acquire().error().waitMs > 0);
    }
    f.clock.advance(MINUTE); // one that never comes back is given up
    QVERIFY(f.acquire());
}

void TstBreaker::aTrialThatWorksCloses()
{
    PoolFixture f(3);
    overload(f);
    waitOut(f);
    QVERIFY(f.call(Kind::Success) != 0);
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::Closed);
    overload(f, 4);
    QVERIFY(f.acquire());
    overload(f, 1);
    QVERIFY(f.acquire().error().waitMs <= 2'500); // from the start
}

void TstBreaker::aTrialThatFailsWaitsLonger()
{
    PoolFixture f(3);
    overload(f);
    std::int64_t fullMs = 2'000;
    for (int i = 0; i < 9; ++i) {
        const std::int64_t waitMs = f.acquire().error().waitMs;
        QVERIFY(waitMs >= fullMs - fullMs / 4);
        QVERIFY(waitMs <= fullMs + fullMs / 4);
        f.clock.advance(waitMs);
        QVERIFY(f.call(Kind::Overloaded) != 0);
        fullMs = std::min(fullMs * 2, MINUTE);
    }
}

void TstBreaker::aTrialThatSaysNothingIsFollowedByAnother()
{
    PoolFixture f(3);
    overload(f);
    waitOut(f);
    QVERIFY(f.call(Kind::NetworkTrouble) != 0);
    {
        const tl::expected<Lease, Refusal> dropped = f.acquire();
        QVERIFY(dropped);
        QVERIFY(!f.acquire());
    }
    QVERIFY(f.call(Kind::RateLimited) != 0);
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::HalfOpen);
    QVERIFY(f.call(Kind::Success) != 0);
    QCOMPARE(f.pool.modelHealth().at(0).breaker, BreakerState::Closed);
}

void TstBreaker::waitsAreJittered()
{
    PoolFixture f(1);
    std::set<std::int64_t> waits;
    for (int i = 0; i < 20; ++i) {
        overload(f);
        waits.insert(f.acquire().error().waitMs);
        waitOut(f);
        f.call(Kind::Success);
    }
    QVERIFY(waits.size() > 10);
}

void TstBreaker::whatWasSentBeforeSaysNothing()
{
    PoolFixture f(1);
    std::vector<Lease> early;
    for (int i = 0; i < 12; ++i)
        early.push_back(std::move(*f.acquire()));
    for (int i = 0; i < 10; ++i)
        f.pool.report(std::move(early[static_cast<std::size_t>(i)]), outcomeOf(Kind::Overloaded));
    QVERIFY(f.acquire().error().waitMs <= 2'500); // opened once
    f.clock.advance(100);
    f.pool.report(std::move(early[10]), outcomeOf(Kind::Success)); // began before
    QVERIFY(!f.acquire());
    f.clock.advance(2'500);
    f.pool.report(std::move(early[11]), outcomeOf(Kind::Overloaded));
    QVERIFY(f.acquire());
}

void TstBreaker::isToldAndSurvivesARestart()
{
    PoolFixture f(1);
    f.pool.takeHealthChanges();
    overload(f);
    QCOMPARE(f.pool.takeHealthChanges().models, std::vector<std::string>{"m"});
    const std::vector<ModelStateRow> rows = f.pool.takeModelStates();
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].model, std::string("m"));
    QCOMPARE(rows[0].openUntilMs, f.clock.nowMs() + f.acquire().error().waitMs);
    QCOMPARE(rows[0].failures, 5);
    QVERIFY(f.pool.takeModelStates().empty());

    PoolFixture g(1);
    g.pool.load({}, {}, rows);
    QCOMPARE(g.acquire().error().waitMs, f.acquire().error().waitMs);
    waitOut(g);
    const tl::expected<Lease, Refusal> trial = g.acquire();
    QVERIFY(trial);
    QVERIFY(!g.acquire());
    f.clock.advance(10 * MINUTE); // one that is over begins half-open
    PoolFixture h(1);
    h.clock.setWallMs(f.clock.nowMs());
    h.pool.load({}, {}, rows);
    const tl::expected<Lease, Refusal> first = h.acquire();
    QVERIFY(first);
    QVERIFY(!h.acquire());
}

void TstBreaker::ownersAreRefusedToo()
{
    PoolFixture f(2);
    overload(f);
    QCOMPARE(f.acquire("m", {}, 1).error().why, Why::Overloaded);
    waitOut(f);
    QVERIFY(f.acquire("m", {}, 1));
}

void TstBreaker::withoutKeysThereIsNothingToWaitFor()
{
    PoolFixture f(1);
    overload(f);
    f.pool.remove(1);
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);
}

QTEST_APPLESS_MAIN(TstBreaker)
#include "tst_breaker.moc"
