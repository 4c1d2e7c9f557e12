#include <thread>

#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;
using Tickets = std::vector<std::uint64_t>;

class TstKeyPoolSettling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangedKeyWaitsUntilItIsDurable();
    void othersServeMeanwhile();
    void waitsForEveryTicketOfAKey();
    void settlesInAnyOrder();
    void unknownTicketsMeanNothing();
    void aTriedKeyIsNotWaitedFor();
    void aRestOutlivesSettling();
    void anOwnerSettles();
    void aRevivalSettlesToo();
    void withoutAJournalNothingSettles();
    void changesCarryTheWholeState();
    void ticketsComeInOrder();
    void theJournalMayCallThePool();
};

void TstKeyPoolSettling::aChangedKeyWaitsUntilItIsDurable()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    for (const Kind kind : {Kind::Unclear, Kind::Success, Kind::RateLimited}) {
        f.changes.clear();
        QCOMPARE(f.call(kind, "m"), KeyId{1});
        QCOMPARE(f.changes.size(), std::size_t{1});
        const tl::expected<Lease, Refusal> none = f.acquire("another");
        QVERIFY(!none);
        QCOMPARE(none.error().why, Why::Settling);
        QCOMPARE(none.error().total, 1);
        QCOMPARE(none.error().resting, 0);
        QCOMPARE(none.error().invalid, 0);
        f.pool.settled(Tickets{f.changes[0].ticket});
        QVERIFY(f.acquire("another"));
    }
    QCOMPARE(f.acquire("m").error().why, Why::Resting);
}

void TstKeyPoolSettling::othersServeMeanwhile()
{
    PoolFixture f(3);
    f.settlesAtOnce = false;
    f.call(Kind::Unclear); // key 1
    for (int i = 0; i < 10; ++i)
        QVERIFY(f.call(Kind::Success) != 1);
}

void TstKeyPoolSettling::waitsForEveryTicketOfAKey()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    Lease first = std::move(*f.acquire());
    Lease second = std::move(*f.acquire());
    f.pool.report(std::move(first), outcomeOf(Kind::Unclear));
    f.pool.report(std::move(second), outcomeOf(Kind::Unclear));
    QCOMPARE(f.changes.size(), std::size_t{2});
    f.pool.settled(Tickets{f.changes[0].ticket});
    QCOMPARE(f.acquire().error().why, Why::Settling);
    f.pool.settled(Tickets{f.changes[1].ticket});
    QVERIFY(f.acquire());
}

void TstKeyPoolSettling::settlesInAnyOrder()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    Lease first = std::move(*f.acquire());
    Lease second = std::move(*f.acquire());
    f.pool.report(std::move(first), outcomeOf(Kind::Unclear));
    f.pool.report(std::move(second), outcomeOf(Kind::RateLimited, 5'000));
    f.pool.settled(Tickets{f.changes[1].ticket});
    QCOMPARE(f.acquire("other").error().why, Why::Settling); // the failure count is not durable yet
    f.pool.settled(Tickets{f.changes[0].ticket});
    QVERIFY(f.acquire("other"));
}

void TstKeyPoolSettling::unknownTicketsMeanNothing()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    f.call(Kind::Unclear);
    const std::uint64_t ticket = f.changes[0].ticket;
    f.pool.settled(Tickets{0, ticket + 1, 999});
    QCOMPARE(f.acquire().error().why, Why::Settling);
    f.pool.settled(Tickets{ticket, ticket, ticket});
    QVERIFY(f.acquire());
    f.changes.clear();
    f.call(Kind::Unclear);
    f.pool.settled(Tickets{ticket});
    QCOMPARE(f.acquire().error().why, Why::Settling);
}

void TstKeyPoolSettling::aTriedKeyIsNotWaitedFor()
{
    PoolFixture f(2);
    f.settlesAtOnce = false;
    f.call(Kind::Unclear); // key 1 settles
    QCOMPARE(f.acquire("m", {1, 2}).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("m", {1, 1, 2}).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("m", {2}).error().why, Why::Settling);
    QCOMPARE(f.acquire("m", {2, 2, 99}).error().why, Why::Settling);
}

void TstKeyPoolSettling::aRestOutlivesSettling()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    f.call(Kind::RateLimited, "m", 5'000);
    QCOMPARE(f.acquire("m").error().why, Why::Resting);
    QCOMPARE(f.acquire("m").error().waitMs, 5'000);
    f.clock.advance(5'000);
    QCOMPARE(f.acquire("m").error().why, Why::Settling); // a slow disk
    f.pool.settled(Tickets{f.changes[0].ticket});
    QVERIFY(f.acquire("m"));
}

void TstKeyPoolSettling::anOwnerSettles()
{
    PoolFixture f(2);
    f.settlesAtOnce = false;
    f.call(Kind::Unclear); // key 1
    QCOMPARE(f.acquire("m", {}, 1).error().why, Why::Settling);
    QCOMPARE(f.acquire("m", {1}, 1).error().why, Why::Exhausted);
    f.pool.settled(Tickets{f.changes[0].ticket});
    QCOMPARE(f.acquire("m", {}, 1)->key, KeyId{1});
}

void TstKeyPoolSettling::aRevivalSettlesToo()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    f.call(Kind::KeyFault);
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);
    QVERIFY(f.pool.sidelined(1).empty()); // not lent before it is durable, not even for a check
    f.pool.settled(Tickets{f.changes[0].ticket});
    QCOMPARE(f.pool.sidelined(1).size(), std::size_t{1});
    f.pool.revive(1);
    QCOMPARE(f.changes.size(), std::size_t{2});
    QCOMPARE(f.changes[1].state, KeyState::Usable);
    QVERIFY(f.changes[1].reason.empty());
    QCOMPARE(f.acquire().error().why, Why::Settling);
    f.pool.settled(Tickets{f.changes[1].ticket});
    QVERIFY(f.acquire());
    f.pool.revive(1); // nothing to do
    QCOMPARE(f.changes.size(), std::size_t{2});
}

void TstKeyPoolSettling::withoutAJournalNothingSettles()
{
    FakeClock clock;
    KeyPool pool(clock, {}, nullptr);
    pool.load({rowOf(1)});
    pool.report(std::move(*pool.acquire({"m", {}, 0})), outcomeOf(Kind::Unclear));
    QVERIFY(pool.acquire({"m", {}, 0}));
}

void TstKeyPoolSettling::changesCarryTheWholeState()
{
    PoolFixture f(1);
    f.call(Kind::Unclear);
    f.call(Kind::RateLimited, "m", 9'000);
    QCOMPARE(f.changes.size(), std::size_t{2});
    QCOMPARE(f.changes[0].failures, 1);
    QVERIFY(f.changes[0].rests.empty());
    QCOMPARE(f.changes[1].id, KeyId{1});
    QCOMPARE(f.changes[1].failures, 1);
    QCOMPARE(f.changes[1].rests.size(), std::size_t{1});
}

void TstKeyPoolSettling::ticketsComeInOrder()
{
    FakeClock clock;
    std::vector<KeyChange> changes; // touched by one thread at a time, or tsan says so
    int running = 0;
    bool overlapped = false;
    KeyPool pool(clock, {1'000'000}, [&](std::vector<KeyChange> batch) {
        overlapped = overlapped || ++running != 1;
        for (KeyChange &change : batch)
            changes.push_back(std::move(change));
        --running;
    });
    pool.load({rowOf(1)});
    std::vector<Lease> leases;
    for (int i = 0; i < 4'000; ++i)
        leases.push_back(std::move(*pool.acquire({"m", {}, 0})));
    std::vector<std::thread> threads;
    for (std::size_t part = 0; part < 4; ++part) {
        threads.emplace_back([&, part] {
            for (std::size_t i = part; i < leases.size(); i += 4)
                pool.report(std::move(leases[i]), outcomeOf(Kind::Unclear));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(!overlapped);
    QCOMPARE(changes.size(), std::size_t{4'000});
    for (std::size_t i = 0; i < changes.size(); ++i) {
        QCOMPARE(changes[i].ticket, i + 1);
        QCOMPARE(changes[i].failures, static_cast<int>(i + 1));
    }
}

void TstKeyPoolSettling::theJournalMayCallThePool()
{
    FakeClock clock;
    std::vector<KeyState> states;
    KeyPool *self = nullptr;
    KeyPool pool(clock, {}, [&](std::vector<KeyChange> batch) {
        for (const KeyChange &change : batch) {
            states.push_back(change.state);
            self->settled(Tickets{change.ticket});
            self->revive(change.id);
            self->counts();
        }
    });
    self = &pool;
    pool.load({rowOf(1)});
    pool.report(std::move(*pool.acquire({"m", {}, 0})), outcomeOf(Kind::KeyFault));
    QCOMPARE(states, (std::vector{KeyState::Sidelined, KeyState::Usable}));
    QVERIFY(pool.acquire({"m", {}, 0}));
}

QTEST_APPLESS_MAIN(TstKeyPoolSettling)
#include "tst_keypoolsettling.moc"
