#include <map>
#include <set>

#include <QTest>

#include "gateway/pool/strategies/strategy.h"
#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;

namespace {

constexpr std::int64_t HOUR = 3'600'000;

} // namespace

class TstKeyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vertexKeysServeOnlyWhatTheyCan();
    void lendsInTurn();
    void turnsArePerModel();
    void skipsTriedKeys();
    void prefersAnotherProject();
    void saysExhausted();
    void saysNoneUsable();
    void saysRestingWithTheShortestWait();
    void restsAreOfOneModel();
    void anEmptyModelRestsTheWholeKey();
    void waitsForTheLongerOfTwoRests();
    void restsEndInTime();
    void theLongestRestHolds();
    void sidelinesAtOnce();
    void sidelinesAfterFailuresInARow();
    void aPlainSuccessIsNoChange();
    void blamesNobodyForTrouble();
    void ownersAreStrict();
    void loadsStoredHealth();
    void replacesAKeyOfTheSameId();
    void aNewSecretOwesNothing();
    void removesKeys();
    void reusesSlotsOfRemovedKeys();
    void revivesSidelinedKeys();
    void countsWhatCame();
    void everyLeaseIsReportedOnce();
    void leasesMayOutliveThePool();
    void forgetsModelsWithoutRests();
    void limitsRememberedModels();
    void manyRestsMayEndAtOnce();
};

void TstKeyPool::lendsInTurn()
{
    PoolFixture f(10);
    std::map<KeyId, int> lent;
    for (int i = 0; i < 1'000; ++i)
        ++lent[f.call(Kind::Success)];
    QCOMPARE(lent.size(), std::size_t{10});
    for (const auto &[key, times] : lent)
        QCOMPARE(times, 100);
}

void TstKeyPool::turnsArePerModel()
{
    PoolFixture f(2);
    std::map<KeyId, int> lent;
    for (int i = 0; i < 100; ++i) {
        ++lent[f.call(Kind::Success, "chat")];
        f.call(Kind::Success, "embedding");
    }
    QCOMPARE(lent[1], 50);
    QCOMPARE(lent[2], 50);
}

void TstKeyPool::skipsTriedKeys()
{
    PoolFixture f(5);
    std::vector<KeyId> tried;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const tl::expected<Lease, Refusal> lease = f.acquire("m", tried);
        QVERIFY(lease);
        QVERIFY(std::find(tried.begin(), tried.end(), lease->key) == tried.end());
        tried.push_back(lease->key);
    }
    QVERIFY(!f.acquire("m", tried));
    QCOMPARE(f.acquire("m", {1, 1, 1, 3, 4, 5, 77})->key, KeyId{2});
}

void TstKeyPool::prefersAnotherProject()
{
    for (const auto &strategy : strategyTable()) {
        PoolFixture f(8, {3, std::string(strategy->name)});
        for (KeyId id = 1; id <= 8; ++id) { // 1 to 6 of one project, 7 and 8 of none
            KeySettings settings = f.row(id).settings;
            settings.project = id <= 6 ? "p" : "";
            settings.tags = {id % 2 == 0 ? "even" : "odd"};
            f.pool.update(id, settings);
        }
        const auto lent = [&](std::vector<KeyId> tried, std::vector<std::string> tags = {}) {
            const tl::expected<Lease, Refusal> lease =
                f.pool.acquire({.model = "m", .tried = tried, .otherProject = true, .tags = tags});
            return lease ? lease->key : 0;
        };
        for (int i = 0; i < 20; ++i) {
            QVERIFY(lent({1}) >= 7);
            QCOMPARE(lent({1}, {"even"}), KeyId{8});
            QCOMPARE(lent({3, 7}), KeyId{8});
            QVERIFY(lent({7}) != 7); // a key without a project shares with nobody
        }
        // The same project is better than none, but not a key that was tried.
        f.pool.report(std::move(*f.acquire("m", {}, 8)), outcomeOf(Kind::RateLimited, 30'000));
        for (int i = 0; i < 20; ++i) {
            const KeyId key = lent({1, 7});
            QVERIFY(key >= 2 && key <= 6);
        }
        QCOMPARE(lent({1, 2, 3, 4, 5, 6, 7}), KeyId{0});
    }
}

void TstKeyPool::saysExhausted()
{
    PoolFixture f(3);
    f.pool.load({rowOf(4, KeyState::Sidelined), rowOf(5, KeyState::Disabled)});
    const tl::expected<Lease, Refusal> none = f.acquire("m", {1, 2, 3});
    QVERIFY(!none);
    QCOMPARE(none.error().why, Why::Exhausted);
    QCOMPARE(none.error().total, 5);
    QCOMPARE(none.error().invalid, 1);
    QCOMPARE(none.error().disabled, 1);
    QCOMPARE(none.error().resting, 0);
    QCOMPARE(none.error().waitMs, 0);
}

void TstKeyPool::saysNoneUsable()
{
    PoolFixture f(0);
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);
    f.pool.load({rowOf(4, KeyState::Sidelined), rowOf(5, KeyState::Disabled)});
    const tl::expected<Lease, Refusal> none = f.acquire();
    QCOMPARE(none.error().why, Why::NoneUsable);
    QCOMPARE(none.error().total, 2);
    QCOMPARE(none.error().invalid, 1);
    QCOMPARE(none.error().disabled, 1);
}

void TstKeyPool::saysRestingWithTheShortestWait()
{
    PoolFixture f(3);
    f.call(Kind::RateLimited, "m", 30'000);
    f.clock.advance(1'000);
    f.call(Kind::RateLimited, "m", 20'000);
    f.clock.advance(1'000);
    f.call(Kind::RateLimited, "m", 40'000);
    f.clock.advance(1'000);
    const tl::expected<Lease, Refusal> none = f.acquire();
    QVERIFY(!none);
    QCOMPARE(none.error().why, Why::Resting);
    QCOMPARE(none.error().waitMs, 18'000);
    QCOMPARE(none.error().resting, 3);
    QCOMPARE(none.error().total, 3);

    // A request that has tried the only key which is awake hears of the others' rest, too.
    f.pool.load({rowOf(4)});
    const tl::expected<Lease, Refusal> exhausted = f.acquire("m", {4});
    QCOMPARE(exhausted.error().why, Why::Exhausted);
    QCOMPARE(exhausted.error().waitMs, 18'000);

    // A sidelined key's rest is nothing to wait for.
    f.pool.load({rowOf(4, KeyState::Disabled)});
    KeyRow second = f.row(2);
    second.state = KeyState::Sidelined;
    f.pool.load({second});
    QCOMPARE(f.acquire().error().waitMs, 27'000);
    QCOMPARE(f.acquire().error().resting, 2);
    QCOMPARE(f.acquire().error().invalid, 1);
}

void TstKeyPool::restsAreOfOneModel()
{
    PoolFixture f(1);
    QCOMPARE(f.call(Kind::RateLimited, "a", 30'000), KeyId{1});
    QVERIFY(!f.acquire("a"));
    QCOMPARE(f.call(Kind::Success, "b"), KeyId{1});
    QCOMPARE(f.call(Kind::Success, ""), KeyId{1});
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.changes[0].rests.size(), std::size_t{1});
    QCOMPARE(f.changes[0].rests[0].model, std::string("a"));
    QCOMPARE(f.changes[0].rests[0].untilMs, f.clock.nowMs() + 30'000);
    QCOMPARE(f.changes[0].rests[0].reason, std::string("SOME_REASON"));
    QCOMPARE(f.changes[0].state, KeyState::Usable);
}

void TstKeyPool::anEmptyModelRestsTheWholeKey()
{
    PoolFixture f(2, {.strategy = "round-robin"});
    f.call(Kind::RateLimited, "a", 30'000);
    f.call(Kind::RateLimited, "", 10'000); // the first key again: another model's turn
    QCOMPARE(f.row(1).rests.size(), std::size_t{2});
    QCOMPARE(f.acquire("b")->key, KeyId{2});
    QCOMPARE(f.acquire("b", {2}).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("b", {2}).error().resting, 1);
    QCOMPARE(f.acquire("b", {2}).error().waitMs, 10'000);
    f.clock.advance(10'000);
    QCOMPARE(f.acquire("b", {2})->key, KeyId{1});
    QVERIFY(!f.acquire("a", {2}));
}

void TstKeyPool::waitsForTheLongerOfTwoRests()
{
    PoolFixture f(1);
    f.call(Kind::RateLimited, "a", 30'000);
    f.call(Kind::RateLimited, "", 10'000);
    QCOMPARE(f.acquire("a").error().waitMs, 30'000);
    QCOMPARE(f.acquire("a").error().resting, 1);
    QCOMPARE(f.acquire("b").error().waitMs, 10'000);
    QCOMPARE(f.acquire("").error().waitMs, 10'000);
    QCOMPARE(f.acquire("a", {}, 1).error().waitMs, 30'000);
}

void TstKeyPool::restsEndInTime()
{
    PoolFixture f(1);
    f.call(Kind::RateLimited, "m", 30'000);
    f.clock.advance(29'999);
    QCOMPARE(f.acquire().error().waitMs, 1);
    f.clock.advance(1);
    QCOMPARE(f.call(Kind::Success), KeyId{1});
    QVERIFY(f.row(1).rests.empty());
    QCOMPARE(f.changes.size(), std::size_t{1}); // an end that was known beforehand is no change
}

void TstKeyPool::theLongestRestHolds()
{
    PoolFixture f(1);
    Lease first = std::move(*f.acquire());
    Lease second = std::move(*f.acquire());
    Lease third = std::move(*f.acquire());
    f.pool.report(std::move(first), outcomeOf(Kind::RateLimited, 30'000));
    f.pool.report(std::move(second), outcomeOf(Kind::RateLimited, 20'000));
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.acquire().error().waitMs, 30'000);
    f.pool.report(std::move(third), outcomeOf(Kind::RateLimited, 40'000));
    QCOMPARE(f.changes.size(), std::size_t{2});
    QCOMPARE(f.acquire().error().waitMs, 40'000);
}

void TstKeyPool::sidelinesAtOnce()
{
    PoolFixture f(2);
    f.clock.advance(5'000);
    QCOMPARE(f.call(Kind::KeyFault), KeyId{1});
    for (int i = 0; i < 4; ++i)
        QCOMPARE(f.call(Kind::Success), KeyId{2});
    const KeyRow bad = f.row(1);
    QCOMPARE(bad.state, KeyState::Sidelined);
    QCOMPARE(bad.reason, std::string("SOME_REASON: Some text."));
    QCOMPARE(bad.sinceMs, f.clock.nowMs());
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.changes[0].id, KeyId{1});
    QCOMPARE(f.changes[0].state, KeyState::Sidelined);
    QCOMPARE(f.changes[0].reason, bad.reason);
    QCOMPARE(f.changes[0].sinceMs, bad.sinceMs);

    // A long answer is cut, and never inside a character.
    Lease other = std::move(*f.acquire());
    std::string text;
    for (int i = 0; i < 500; ++i)
        text += "ä";
    f.pool.report(std::move(other), {Kind::KeyFault, 0, "R", text});
    const std::string kept = f.row(2).reason;
    QVERIFY(kept.size() < 450);
    const QString read = QString::fromUtf8(kept.data(), static_cast<qsizetype>(kept.size()));
    QVERIFY(!read.contains(QChar::ReplacementCharacter));
    QVERIFY(read.endsWith(QChar(u'…')));
}

void TstKeyPool::sidelinesAfterFailuresInARow()
{
    PoolFixture f(1, {3});
    f.call(Kind::Unclear);
    f.call(Kind::Unclear);
    QCOMPARE(f.row(1).failures, 2);
    f.call(Kind::Success);
    QCOMPARE(f.row(1).failures, 0);
    QCOMPARE(f.changes.back().failures, 0);
    QCOMPARE(f.changes.size(), std::size_t{3});
    f.call(Kind::Unclear);
    f.call(Kind::Unclear);
    QCOMPARE(f.row(1).state, KeyState::Usable);
    f.call(Kind::Unclear);
    QCOMPARE(f.row(1).state, KeyState::Sidelined);
    QCOMPARE(f.row(1).reason, std::string("SOME_REASON: Some text."));
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);

    f.pool.setOptions({1});
    f.pool.load({rowOf(2)});
    f.call(Kind::Unclear);
    QCOMPARE(f.row(2).state, KeyState::Sidelined);
}

void TstKeyPool::aPlainSuccessIsNoChange()
{
    PoolFixture f(3);
    for (int i = 0; i < 50; ++i)
        f.call(Kind::Success);
    QVERIFY(f.changes.empty());
}

void TstKeyPool::blamesNobodyForTrouble()
{
    PoolFixture f(1);
    f.call(Kind::Unclear);
    for (const Kind kind : {Kind::ServerTrouble, Kind::NetworkTrouble, Kind::Cancelled, Kind::CallerFault}) {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(f.call(kind), KeyId{1});
    }
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.row(1).failures, 1);
    QCOMPARE(f.row(1).failedCalls, 1);
    QCOMPARE(f.row(1).calls, 21);
}

void TstKeyPool::ownersAreStrict()
{
    PoolFixture f(3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(f.acquire("m", {}, 2)->key, KeyId{2});
    QCOMPARE(f.acquire("m", {2}, 2).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("m", {}, 99).error().why, Why::NoneUsable);

    Lease lease = std::move(*f.acquire("m", {}, 2));
    f.pool.report(std::move(lease), outcomeOf(Kind::RateLimited, 7'000));
    QCOMPARE(f.acquire("m", {}, 2).error().why, Why::Resting);
    QCOMPARE(f.acquire("m", {2}, 2).error().why, Why::Resting);
    QCOMPARE(f.acquire("m", {}, 2).error().waitMs, 7'000);
    QCOMPARE(f.acquire("m", {}, 2).error().total, 3);
    QCOMPARE(f.acquire("other", {}, 2)->key, KeyId{2});
    f.clock.advance(7'000);
    lease = std::move(*f.acquire("m", {}, 2));
    f.pool.report(std::move(lease), outcomeOf(Kind::KeyFault));
    QCOMPARE(f.acquire("m", {}, 2).error().why, Why::NoneUsable);
}

void TstKeyPool::loadsStoredHealth()
{
    PoolFixture f(0);
    KeyRow resting = rowOf(1);
    resting.rests = {{"a", f.clock.nowMs() + 5'000, "RESOURCE_EXHAUSTED"},
                     {"b", f.clock.nowMs(), "over"},
                     {"", f.clock.nowMs() + 1'000, "all"}};
    KeyRow failing = rowOf(2);
    failing.failures = 2;
    failing.calls = 40;
    failing.failedCalls = 4;
    failing.lastUsedMs = 123;
    failing.createdMs = 45;
    KeyRow nobody = rowOf(3);
    nobody.secret = Secret();
    f.pool.load({resting, failing, nobody, rowOf(0)});
    QCOMPARE(f.pool.counts().total, 2);
    QCOMPARE(f.pool.counts().resting, 1);
    const KeyRow first = f.row(1);
    QCOMPARE(first.settings.label, std::string("key 1"));
    QVERIFY(first.secret.equals("test-key-number-1"));
    QCOMPARE(first.rests.size(), std::size_t{2});
    QCOMPARE(first.rests[0].model, std::string());
    QCOMPARE(first.rests[1].model, std::string("a"));
    QCOMPARE(first.rests[1].untilMs, f.clock.nowMs() + 5'000);
    QCOMPARE(first.rests[1].reason, std::string("RESOURCE_EXHAUSTED"));
    const KeyRow second = f.row(2);
    QCOMPARE(second.calls, 40);
    QCOMPARE(second.failedCalls, 4);
    QCOMPARE(second.lastUsedMs, 123);
    QCOMPARE(second.createdMs, 45);
    QCOMPARE(f.call(Kind::Unclear), KeyId{2});
    QCOMPARE(f.row(2).state, KeyState::Sidelined);
    QCOMPARE(f.row(2).calls, 41);
}

void TstKeyPool::replacesAKeyOfTheSameId()
{
    PoolFixture f(1);
    f.call(Kind::RateLimited, "m", 60'000);
    f.pool.load({rowOf(1)});
    QCOMPARE(f.call(Kind::Success), KeyId{1}); // the row knows of no rest
    QCOMPARE(f.pool.counts().total, 1);
    QCOMPARE(f.pool.counts().resting, 0);
    KeyRow row = rowOf(1);
    row.calls = 100; // what the store had before the two calls that it was not told of
    f.pool.load({row});
    QCOMPARE(f.row(1).calls, 102);
}

void TstKeyPool::aNewSecretOwesNothing()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    Lease unclear = std::move(*f.acquire());
    Lease fault = std::move(*f.acquire());
    f.pool.report(std::move(unclear), outcomeOf(Kind::Unclear));
    QCOMPARE(f.acquire().error().why, Why::Settling);
    KeyRow row = rowOf(1);
    row.secret = Secret("another-secret-text");
    f.pool.load({row});
    f.pool.report(std::move(fault), outcomeOf(Kind::KeyFault));
    f.pool.settled(std::vector<std::uint64_t>{1});
    QCOMPARE(f.row(1).state, KeyState::Usable);
    QVERIFY(f.acquire()->secret.equals("another-secret-text"));
    QCOMPARE(f.pool.openLeases(), 0);
}

void TstKeyPool::removesKeys()
{
    PoolFixture f(3);
    f.call(Kind::RateLimited, "m", 60'000); // key 1
    Lease second = std::move(*f.acquire());
    QCOMPARE(second.key, KeyId{2});
    f.pool.remove(1);
    f.pool.remove(2);
    f.pool.remove(77);
    QCOMPARE(f.pool.counts().total, 1);
    QCOMPARE(f.pool.counts().resting, 0);
    f.pool.report(std::move(second), outcomeOf(Kind::KeyFault));
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.pool.openLeases(), 0);
    QCOMPARE(f.acquire()->key, KeyId{3});
    QCOMPARE(f.pool.snapshot().size(), std::size_t{1});
    f.pool.remove(3);
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);
    QCOMPARE(f.acquire().error().total, 0);
}

void TstKeyPool::reusesSlotsOfRemovedKeys()
{
    PoolFixture f(1);
    f.settlesAtOnce = false;
    Lease lease = std::move(*f.acquire());
    Lease other = std::move(*f.acquire());
    f.pool.report(std::move(other), outcomeOf(Kind::Unclear)); // ticket 1 is of the first key
    f.pool.remove(1);
    f.pool.load({rowOf(2)});
    f.pool.report(std::move(lease), outcomeOf(Kind::KeyFault));
    QCOMPARE(f.call(Kind::Unclear), KeyId{2}); // ticket 2
    f.pool.settled(std::vector<std::uint64_t>{1});
    QCOMPARE(f.acquire().error().why, Why::Settling);
    f.pool.settled(std::vector<std::uint64_t>{2});
    QCOMPARE(f.acquire()->key, KeyId{2});
    QCOMPARE(f.row(2).calls, 2); // the call, and a lease dropped above
}

void TstKeyPool::revivesSidelinedKeys()
{
    PoolFixture f(0);
    for (KeyId id = 1; id <= 5; ++id)
        f.pool.load({rowOf(id, KeyState::Sidelined)});
    f.pool.load({rowOf(6, KeyState::Disabled)});

    std::set<KeyId> seen;
    std::vector<Lease> checks = f.pool.sidelined(2);
    QCOMPARE(checks.size(), std::size_t{2});
    for (const Lease &check : checks)
        seen.insert(check.key);
    std::vector<Lease> more = f.pool.sidelined(10);
    QCOMPARE(more.size(), std::size_t{3}); // no key is checked twice at once
    for (const Lease &check : more)
        seen.insert(check.key);
    QCOMPARE(seen.size(), std::size_t{5});
    QVERIFY(f.pool.sidelined(1).empty());

    f.pool.report(std::move(checks[0]), outcomeOf(Kind::Success));
    QCOMPARE(f.row(1).state, KeyState::Usable);
    QVERIFY(f.row(1).reason.empty());
    f.pool.report(std::move(checks[1]), outcomeOf(Kind::KeyFault));
    QCOMPARE(f.row(2).state, KeyState::Sidelined);
    QCOMPARE(f.row(2).reason, std::string("SOME_REASON: Some text."));
    const std::size_t before = f.changes.size();
    std::vector<Lease> again = f.pool.sidelined(1);
    QCOMPARE(again[0].key, KeyId{2});
    f.pool.report(std::move(again[0]), outcomeOf(Kind::KeyFault)); // the same words: nothing new
    QCOMPARE(f.changes.size(), before);

    f.pool.revive(3);
    f.pool.revive(6);
    f.pool.revive(99);
    QCOMPARE(f.row(3).state, KeyState::Usable);
    QCOMPARE(f.row(6).state, KeyState::Disabled);
    QCOMPARE(f.pool.counts().invalid, 3);
    more.clear();
    QCOMPARE(f.pool.openLeases(), 0);
}

void TstKeyPool::countsWhatCame()
{
    PoolFixture f(3);
    QVERIFY(f.pool.takeCounters().empty());
    f.clock.advance(10);
    f.call(Kind::Success);
    f.call(Kind::Unclear);
    f.call(Kind::Success);
    f.call(Kind::RateLimited);
    std::map<KeyId, KeyCounters> counters;
    for (const KeyCounters &one : f.pool.takeCounters())
        counters[one.id] = one;
    QCOMPARE(counters.size(), std::size_t{3});
    QCOMPARE(counters[1].calls, 2);
    QCOMPARE(counters[1].failedCalls, 1);
    QCOMPARE(counters[2].calls, 1);
    QCOMPARE(counters[2].failedCalls, 1);
    QCOMPARE(counters[3].failedCalls, 0);
    QCOMPARE(counters[3].lastUsedMs, f.clock.nowMs());
    QVERIFY(f.pool.takeCounters().empty());
    f.call(Kind::Success);
    QCOMPARE(f.pool.takeCounters().size(), std::size_t{1});
    QCOMPARE(f.row(1).calls + f.row(2).calls + f.row(3).calls, 5);
}

void TstKeyPool::everyLeaseIsReportedOnce()
{
    PoolFixture f(2);
    Lease lease = std::move(*f.acquire());
    QCOMPARE(f.pool.openLeases(), 1);
    Lease moved = std::move(lease);
    QCOMPARE(f.pool.openLeases(), 1);
    f.pool.report(std::move(moved), outcomeOf(Kind::Success));
    QCOMPARE(f.pool.openLeases(), 0);
    // What was moved from or made by hand is no lease.
    f.pool.report(std::move(lease), outcomeOf(Kind::KeyFault)); // NOLINT(bugprone-use-after-move)
    f.pool.report(Lease(), outcomeOf(Kind::KeyFault));
    QVERIFY(f.changes.empty());
    QCOMPARE(f.pool.openLeases(), 0);

    PoolFixture other(1);
    f.pool.report(std::move(*other.acquire()), outcomeOf(Kind::KeyFault));
    QVERIFY(f.changes.empty());
    QCOMPARE(other.pool.openLeases(), 0);
    QCOMPARE(other.row(1).state, KeyState::Usable);

    // A dropped one, or one that is written over, goes back without blame.
    {
        Lease dropped = std::move(*f.acquire());
        QCOMPARE(f.pool.openLeases(), 1);
        dropped = std::move(*f.acquire());
        QCOMPARE(f.pool.openLeases(), 1);
    }
    QCOMPARE(f.pool.openLeases(), 0);
    QVERIFY(f.changes.empty());
    QCOMPARE(f.row(1).calls + f.row(2).calls, 3);
}

void TstKeyPool::leasesMayOutliveThePool()
{
    Lease lease;
    {
        PoolFixture f(1);
        lease = std::move(*f.acquire());
        QCOMPARE(f.pool.openLeases(), 1);
    }
    QVERIFY(lease.secret.equals("test-key-number-1"));
}

void TstKeyPool::forgetsModelsWithoutRests()
{
    PoolFixture f(2);
    for (int round = 0; round < 5; ++round) { // five times more models than can be remembered at once
        for (int i = 0; i < 256; ++i)
            f.call(Kind::RateLimited, "model-" + std::to_string(round) + "-" + std::to_string(i), 1'000);
        f.call(Kind::RateLimited, "m", 1'000);
        f.clock.advance(1'000);
        for (int i = 0; i < 600; ++i)
            f.call(Kind::Success, "m");
    }
    f.call(Kind::RateLimited, "last", 9'000);
    f.call(Kind::RateLimited, "last", 9'000);
    QCOMPARE(f.acquire("last").error().why, Why::Resting);
}

void TstKeyPool::limitsRememberedModels()
{
    PoolFixture f(1);
    for (int i = 0; i < 256; ++i)
        f.call(Kind::RateLimited, "model-" + std::to_string(i), 60'000);
    QCOMPARE(f.row(1).rests.size(), std::size_t{256});
    const std::size_t before = f.changes.size();
    QCOMPARE(f.call(Kind::RateLimited, "one more", 60'000), KeyId{1});
    QCOMPARE(f.call(Kind::Success, "one more"), KeyId{1}); // forgotten
    QCOMPARE(f.changes.size(), before);
    QCOMPARE(f.call(Kind::RateLimited, "", 60'000), KeyId{1}); // a whole key always can
    QVERIFY(!f.acquire("one more"));

    PoolFixture g(1);
    const std::string longName(129, 'x');
    QCOMPARE(g.call(Kind::RateLimited, longName, 60'000), KeyId{1});
    QCOMPARE(g.call(Kind::Success, longName), KeyId{1});
}

void TstKeyPool::manyRestsMayEndAtOnce()
{
    PoolFixture f(1'000);
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(f.call(Kind::RateLimited, "m", 24 * HOUR) != 0);
    QCOMPARE(f.acquire().error().resting, 1'000);
    f.clock.advance(24 * HOUR);
    std::set<KeyId> served;
    for (int i = 0; i < 1'000; ++i)
        served.insert(f.call(Kind::Success));
    QVERIFY(!served.contains(0));
    QCOMPARE(served.size(), std::size_t{1'000});

    // Nor may the first that end hide those behind them: here they are the ones that were tried.
    PoolFixture g(100);
    std::vector<KeyId> tried;
    for (int i = 0; i < 99; ++i)
        tried.push_back(g.call(Kind::RateLimited, "m", HOUR));
    g.clock.advance(1);
    g.call(Kind::RateLimited, "m", HOUR);
    g.clock.advance(2 * HOUR);
    QCOMPARE(g.acquire("m", tried)->key, KeyId{100});
}

void TstKeyPool::vertexKeysServeOnlyWhatTheyCan()
{
    PoolFixture f(4);
    for (const KeyId id : {1, 2, 3}) {
        KeySettings settings;
        settings.kind = KeyKind::Vertex;
        settings.baseUrl = "https://v/v1";
        f.pool.update(id, settings);
    }
    AcquireRequest narrow;
    narrow.model = "m";
    narrow.geminiOnly = true;
    for (int i = 0; i < 3; ++i) {
        const auto lease = f.pool.acquire(narrow);
        QVERIFY(lease.has_value());
        QCOMPARE(lease->key, KeyId{4});
        QVERIFY(lease->keyKind == KeyKind::Gemini);
    }
    std::set<KeyId> served;
    for (int i = 0; i < 8; ++i)
        served.insert(f.call(OutcomeKind::Success));
    QVERIFY(served.contains(1) && served.contains(2) && served.contains(3));
    AcquireRequest owned = narrow;
    owned.owner = 2;
    QVERIFY(f.pool.acquire(owned).error().why == Refusal::Why::NoneUsable);
    const KeyId tried[] = {4};
    narrow.tried = tried;
    QVERIFY(f.pool.acquire(narrow).error().why == Refusal::Why::Exhausted);
    narrow.tried = {};
    auto last = f.pool.acquire(narrow);
    f.pool.report(std::move(*last), outcomeOf(OutcomeKind::RateLimited, 5'000));
    const auto resting = f.pool.acquire(narrow);
    QVERIFY(resting.error().why == Refusal::Why::Resting);
    QCOMPARE(resting.error().waitMs, std::int64_t{5'000});
    f.pool.remove(4);
    QVERIFY(f.pool.acquire(narrow).error().why == Refusal::Why::NoneUsable);
    f.pool.update(1, {}); // it was the other kind after all
    QCOMPARE(f.pool.acquire(narrow)->key, KeyId{1});
}

QTEST_APPLESS_MAIN(TstKeyPool)
#include "tst_keypool.moc"
