#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;
using Keys = std::vector<KeyId>;

class TstKeyPoolCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreKept();
    void disablingKeepsTheHealth();
    void aDisabledRowKeepsWhatIsBehindIt();
    void restsWholeKeys();
    void liftsRests();
    void resetsFailures();
    void keepsTheLastError();
    void notesChecks();
    void lendsOneKeyForACheck();
    void countsWhatIsInFlight();
    void pagesThroughAllKeys();
    void saysHowModelsStand();
};

void TstKeyPoolCommands::settingsAreKept()
{
    PoolFixture f(1);
    KeySettings settings;
    settings.label = "mine";
    settings.note = "a note";
    settings.tags = {"fast", "paid"};
    settings.project = "p";
    settings.weight = 7;
    settings.proxy = "http://proxy:1";
    settings.dayRequests = 250;
    QVERIFY(f.pool.update(1, settings));
    QVERIFY(f.row(1).settings == settings);
    QCOMPARE(f.pool.view(1)->scope, std::string("p"));
    QVERIFY(!f.pool.update(2, settings));
    QVERIFY(f.pool.update(1, {}));
    QVERIFY(f.row(1).settings == KeySettings());
    QCOMPARE(f.pool.view(1)->scope, std::string("#1"));
    QVERIFY(!f.pool.view(2));
    QVERIFY(f.changes.empty()); // settings are the store's own
}

void TstKeyPoolCommands::disablingKeepsTheHealth()
{
    PoolFixture f(2);
    f.pool.report(std::move(*f.acquire("m", {}, 1)), outcomeOf(Kind::KeyFault));
    KeySettings off;
    off.enabled = false;
    QVERIFY(f.pool.update(1, off));
    QCOMPARE(f.row(1).state, KeyState::Disabled);
    QCOMPARE(f.pool.view(1)->health, KeyState::Sidelined);
    QCOMPARE(f.pool.counts().disabled, 1);
    QCOMPARE(f.pool.counts().invalid, 0);
    QVERIFY(f.pool.sidelined(5).empty());
    QVERIFY(f.pool.update(1, {}));
    QCOMPARE(f.row(1).state, KeyState::Sidelined);
    QCOMPARE(f.row(1).reason, std::string("SOME_REASON: Some text."));
    QCOMPARE(f.pool.sidelined(5).size(), std::size_t{1});

    // A usable one serves again at once; revived while it was off, so does the other.
    QVERIFY(f.pool.update(2, off));
    QCOMPARE(f.acquire().error().why, Why::NoneUsable);
    QVERIFY(f.pool.update(2, {}));
    QCOMPARE(f.acquire()->key, KeyId{2});
    QVERIFY(f.pool.update(1, off));
    f.pool.revive(1);
    QCOMPARE(f.row(1).state, KeyState::Disabled);
    QVERIFY(f.pool.update(1, {}));
    QCOMPARE(f.acquire("m", {2})->key, KeyId{1});
}

void TstKeyPoolCommands::aDisabledRowKeepsWhatIsBehindIt()
{
    PoolFixture f(1);
    f.call(Kind::KeyFault);
    KeySettings off;
    off.enabled = false;
    f.pool.update(1, off);
    PoolFixture g(0);
    g.pool.load({f.row(1)});
    QCOMPARE(g.row(1).state, KeyState::Disabled);
    g.pool.update(1, {});
    QCOMPARE(g.row(1).state, KeyState::Sidelined);
}

void TstKeyPoolCommands::restsWholeKeys()
{
    PoolFixture f(3);
    const std::int64_t untilMs = f.clock.nowMs() + 60'000;
    f.pool.rest(Keys{1, 2, 99}, untilMs);
    QCOMPARE(f.changes.size(), std::size_t{2});
    QCOMPARE(f.changes[0].rests.at(0).untilMs, untilMs);
    QCOMPARE(f.changes[0].rests.at(0).model, std::string());
    QCOMPARE(f.acquire("a")->key, KeyId{3});
    QCOMPARE(f.acquire("b", {3}).error().waitMs, 60'000);
    QCOMPARE(f.row(1).rests.at(0).reason, std::string("by hand"));
    f.pool.rest(Keys{1}, f.clock.nowMs() + 5'000); // people may change their mind
    QCOMPARE(f.acquire("b", {3}).error().waitMs, 5'000);
    f.pool.rest(Keys{3}, f.clock.nowMs());
    QCOMPARE(f.acquire("a")->key, KeyId{3});
    f.clock.advance(5'000);
    QCOMPARE(f.acquire("a", {3})->key, KeyId{1});
}

void TstKeyPoolCommands::liftsRests()
{
    PoolFixture f(1);
    f.call(Kind::RateLimited, "a", 60'000);
    f.call(Kind::DayQuota, "b");
    f.pool.rest(Keys{1}, f.clock.nowMs() + 60'000);
    f.changes.clear();
    f.pool.liftRests(Keys{1, 99}, {});
    QCOMPARE(f.changes.size(), std::size_t{1});
    QCOMPARE(f.changes[0].rests.size(), std::size_t{3});
    for (const ModelRest &rest : f.changes[0].rests)
        QCOMPARE(rest.untilMs, 0);
    QVERIFY(f.acquire("a"));
    QVERIFY(f.acquire("b"));
    QCOMPARE(f.pool.counts().resting, 0);

    f.call(Kind::RateLimited, "a", 60'000);
    f.call(Kind::RateLimited, "b", 60'000);
    f.pool.liftRests(Keys{1}, "b");
    QVERIFY(!f.acquire("a"));
    QVERIFY(f.acquire("b"));
}

void TstKeyPoolCommands::resetsFailures()
{
    PoolFixture f(1);
    f.call(Kind::Unclear);
    f.call(Kind::Unclear);
    f.changes.clear();
    f.pool.resetFailures(Keys{1, 99});
    QCOMPARE(f.row(1).failures, 0);
    QCOMPARE(f.changes.size(), std::size_t{1});
    f.call(Kind::Unclear);
    f.call(Kind::Unclear);
    QCOMPARE(f.row(1).state, KeyState::Usable);
    f.call(Kind::Unclear);
    f.pool.resetFailures(Keys{1});
    QCOMPARE(f.row(1).state, KeyState::Sidelined);
}

void TstKeyPoolCommands::keepsTheLastError()
{
    PoolFixture f(1);
    f.call(Kind::Success);
    QCOMPARE(f.row(1).lastErrorMs, 0);
    f.clock.advance(1'000);
    const std::int64_t metMs = f.clock.nowMs();
    f.call(Kind::ServerTrouble);
    f.clock.advance(1'000);
    f.call(Kind::Success);
    f.call(Kind::Cancelled);
    QCOMPARE(f.row(1).lastErrorMs, metMs);
    QCOMPARE(f.row(1).lastError, std::string("SOME_REASON: Some text."));
    const std::vector<KeyCounters> counters = f.pool.takeCounters();
    QCOMPARE(counters.size(), std::size_t{1});
    QCOMPARE(counters[0].lastErrorMs, metMs);
    QCOMPARE(counters[0].lastError, f.row(1).lastError);
    f.call(Kind::Success);
    QCOMPARE(f.pool.takeCounters().at(0).lastErrorMs, 0); // told once
    KeyRow row = rowOf(2);
    row.lastErrorMs = 5;
    row.lastError = "old";
    row.lastCheckedMs = 6;
    f.pool.load({row});
    QCOMPARE(f.row(2).lastError, std::string("old"));
    QCOMPARE(f.row(2).lastCheckedMs, 6);
}

void TstKeyPoolCommands::notesChecks()
{
    PoolFixture f(1);
    f.pool.setChecked(1, 1'000, {});
    QCOMPARE(f.row(1).lastCheckedMs, 1'000);
    QCOMPARE(f.row(1).lastErrorMs, 0);
    f.pool.setChecked(1, 2'000, "no good");
    f.pool.setChecked(99, 2'000, "no good");
    QCOMPARE(f.row(1).lastErrorMs, 2'000);
    QCOMPARE(f.row(1).lastError, std::string("no good"));
    QCOMPARE(f.row(1).state, KeyState::Usable);
    const std::vector<KeyCounters> counters = f.pool.takeCounters();
    QCOMPARE(counters.size(), std::size_t{1});
    QCOMPARE(counters[0].calls, 0);
    QCOMPARE(counters[0].lastCheckedMs, 2'000);
}

void TstKeyPoolCommands::lendsOneKeyForACheck()
{
    PoolFixture f(3);
    f.pool.load({rowOf(2, KeyState::Sidelined), rowOf(3, KeyState::Disabled)});
    f.pool.rest(Keys{1}, f.clock.nowMs() + 60'000);
    for (KeyId id = 1; id <= 3; ++id) {
        std::optional<Lease> lease = f.pool.lendForCheck(id);
        QVERIFY(lease);
        QCOMPARE(lease->key, id);
        QVERIFY(!f.pool.lendForCheck(id));
        f.clock.advance(1);
        f.pool.report(std::move(*lease), outcomeOf(Kind::Success));
        QCOMPARE(f.row(id).lastCheckedMs, f.clock.nowMs());
    }
    QVERIFY(!f.pool.lendForCheck(99));
    QCOMPARE(f.row(1).rests.size(), std::size_t{1});
    QCOMPARE(f.row(2).state, KeyState::Usable);
    QCOMPARE(f.row(3).state, KeyState::Disabled);
    std::optional<Lease> bad = f.pool.lendForCheck(3);
    f.pool.report(std::move(*bad), outcomeOf(Kind::KeyFault));
    QCOMPARE(f.pool.view(3)->health, KeyState::Sidelined);
}

void TstKeyPoolCommands::countsWhatIsInFlight()
{
    PoolFixture f(1);
    Lease first = std::move(*f.acquire());
    Lease second = std::move(*f.acquire());
    QCOMPARE(f.pool.view(1)->inFlight, 2);
    f.pool.report(std::move(first), outcomeOf(Kind::Success));
    QCOMPARE(f.pool.view(1)->inFlight, 1);
    second = Lease();
    QCOMPARE(f.pool.view(1)->inFlight, 0);
    // Another secret under the same id starts anew.
    Lease old = std::move(*f.acquire());
    KeyRow row = rowOf(1);
    row.secret = Secret("another-secret-text");
    f.pool.load({row});
    QCOMPARE(f.pool.view(1)->inFlight, 0);
    old = Lease();
    QCOMPARE(f.pool.view(1)->inFlight, 0);
}

void TstKeyPoolCommands::pagesThroughAllKeys()
{
    PoolFixture f(10);
    f.pool.remove(4);
    Keys seen;
    std::uint32_t from = 0;
    int pages = 0;
    do {
        const KeyPage page = f.pool.page(from, 4);
        QCOMPARE(page.total, 9);
        QVERIFY(page.keys.size() <= 4);
        for (const KeyView &view : page.keys)
            seen.push_back(view.row.id);
        from = page.next;
        ++pages;
    } while (from != 0);
    QCOMPARE(seen, (Keys{1, 2, 3, 5, 6, 7, 8, 9, 10}));
    QCOMPARE(pages, 3);
    QVERIFY(f.pool.page(1'000, 4).keys.empty());
}

void TstKeyPoolCommands::saysHowModelsStand()
{
    PoolFixture f(3);
    f.call(Kind::RateLimited, "b", 60'000);
    f.call(Kind::RateLimited, "a", 30'000);
    f.call(Kind::RateLimited, "a", 60'000);
    const std::vector<ModelHealth> models = f.pool.modelHealth();
    QCOMPARE(models.size(), std::size_t{2});
    QCOMPARE(models[0].model, std::string("a"));
    QCOMPARE(models[0].available, 1);
    QCOMPARE(models[0].resting, 2);
    QCOMPARE(models[1].resting, 1);
    const KeyView view = *f.pool.view(1);
    QVERIFY(!view.models.empty());
    QCOMPARE(view.models[0].restReason, std::string("SOME_REASON"));
}

QTEST_GUILESS_MAIN(TstKeyPoolCommands)
#include "tst_keypoolcommands.moc"
