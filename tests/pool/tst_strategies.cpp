#include <cmath>
#include <map>
#include <set>

#include <QTest>

#include "gateway/pool/strategies/strategy.h"
#include "gateway/settings/setting.h"
#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Kind = OutcomeKind;
using Served = std::map<KeyId, int>;

namespace {

constexpr std::int64_t HOUR = 3'600'000;

Served serve(PoolFixture &f, int calls, std::string_view model = "m")
{
    Served served;
    for (int i = 0; i < calls; ++i)
        ++served[f.call(Kind::Success, model)];
    return served;
}

PoolOptions with(std::string_view strategy)
{
    PoolOptions options;
    options.strategy = strategy;
    return options;
}

void change(PoolFixture &f, KeyId key, const std::function<void(KeySettings &)> &edit)
{
    KeySettings settings = f.row(key).settings;
    edit(settings);
    f.pool.update(key, std::move(settings));
}

} // namespace

class TstStrategies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haveNamesAndDescriptions();
    void everyStrategyIsFair_data();
    void everyStrategyIsFair();
    void noneStarvesAfterRests_data();
    void noneStarvesAfterRests();
    void leastRecentlyUsedSpansModels();
    void leastRecentlyUsedSurvivesARestart();
    void leastInFlightSpreads();
    void leastInFlightSeesWhatCameBack();
    void weightedIsInProportion();
    void weightsChangeLive();
    void priorityFillsFirst();
    void mostRemainingFollowsWhatIsLeft();
    void mostRemainingCountsProjectsOnce();
    void randomOfTwoPrefersTheIdle();
    void aReturningKeyDoesNotBurst();
    void failingKeysAreNotPreferred();
    void strategiesChangeLive();
};

void TstStrategies::haveNamesAndDescriptions()
{
    std::set<std::string_view> names;
    for (const StrategyInfo *info : strategyTable()) {
        QVERIFY(names.insert(info->name).second);
        QVERIFY(info->description.ends_with('.'));
        QVERIFY(info->make());
    }
    QCOMPARE(names.size(), std::size_t{7});
    QCOMPARE(strategyTable().front()->name, std::string_view("most-remaining"));
    QCOMPARE(PoolOptions().strategy, std::string("most-remaining"));
    std::string listed;
    for (const StrategyInfo *info : strategyTable())
        listed += (listed.empty() ? "" : ",") + std::string(info->name);
    QCOMPARE(listed, std::string(settingRow(Setting::KeyStrategy).choices));
    QVERIFY(makeStrategy("no such")->readsShare()); // the default
}

void TstStrategies::everyStrategyIsFair_data()
{
    QTest::addColumn<QString>("name");
    for (const StrategyInfo *info : strategyTable()) {
        if (info->name != "priority") // the point of which is not to be
            QTest::addRow("%s", std::string(info->name).c_str()) << QString::fromUtf8(info->name.data());
    }
}

void TstStrategies::everyStrategyIsFair()
{
    QFETCH(QString, name);
    PoolFixture f(20, with(name.toStdString()));
    const Served served = serve(f, 2'000);
    QCOMPARE(served.size(), std::size_t{20});
    const double allowed = name == u"random-of-two" ? 0.25 : 0.02;
    for (const auto &[key, times] : served)
        QVERIFY2(std::abs(times - 100) <= 100 * allowed, qPrintable(QString::number(times)));
    // And with several models in turn.
    Served both;
    for (int i = 0; i < 2'000; ++i)
        ++both[f.call(Kind::Success, i % 2 == 0 ? "a" : "b")];
    for (const auto &[key, times] : both)
        QVERIFY2(std::abs(times - 100) <= 100 * allowed + 1, qPrintable(QString::number(times)));
}

void TstStrategies::noneStarvesAfterRests_data()
{
    everyStrategyIsFair_data();
}

void TstStrategies::noneStarvesAfterRests()
{
    QFETCH(QString, name);
    PoolFixture f(10, with(name.toStdString()));
    for (int i = 0; i < 5; ++i)
        f.call(Kind::RateLimited, "m", 30'000);
    serve(f, 100);
    f.clock.advance(30'000);
    const Served served = serve(f, 200);
    QCOMPARE(served.size(), std::size_t{10});
    for (const auto &[key, times] : served)
        QVERIFY2(times >= 8 && times <= 40, qPrintable(QString::number(times)));
}

void TstStrategies::leastRecentlyUsedSpansModels()
{
    PoolFixture f(3, with("least-recently-used"));
    QCOMPARE(f.call(Kind::Success, "a"), KeyId{1});
    QCOMPARE(f.call(Kind::Success, "b"), KeyId{2});
    QCOMPARE(f.call(Kind::Success, "c"), KeyId{3});
    QCOMPARE(f.call(Kind::Success, "b"), KeyId{1});
    QCOMPARE(f.call(Kind::Success, "a"), KeyId{2});
    QCOMPARE(f.acquire("a", {3})->key, KeyId{1});
}

void TstStrategies::leastRecentlyUsedSurvivesARestart()
{
    PoolFixture f(0, with("least-recently-used"));
    for (const KeyId id : {1, 2, 3}) {
        KeyRow row = rowOf(id);
        row.lastUsedMs = f.clock.nowMs() - 1'000 * id;
        f.pool.load({row});
    }
    QCOMPARE(f.call(Kind::Success), KeyId{3});
    QCOMPARE(f.call(Kind::Success), KeyId{2});
    QCOMPARE(f.call(Kind::Success), KeyId{1});
    QCOMPARE(f.call(Kind::Success), KeyId{3});
}

void TstStrategies::leastInFlightSpreads()
{
    PoolFixture f(4, with("least-in-flight"));
    std::vector<Lease> leases;
    for (int i = 0; i < 40; ++i)
        leases.push_back(std::move(*f.acquire(i % 3 == 0 ? "a" : "b")));
    for (KeyId id = 1; id <= 4; ++id)
        QCOMPARE(f.pool.view(id)->inFlight, 10);
}

void TstStrategies::leastInFlightSeesWhatCameBack()
{
    PoolFixture f(3, with("least-in-flight"));
    std::map<KeyId, std::vector<Lease>> leases;
    for (int i = 0; i < 9; ++i) {
        Lease lease = std::move(*f.acquire(i % 2 == 0 ? "a" : "b"));
        leases[lease.key].push_back(std::move(lease));
    }
    leases[2].clear(); // all of key 2 come back, some through either model
    for (const std::string_view model : {"a", "b", "c"}) {
        Lease lease = std::move(*f.acquire(model));
        QCOMPARE(lease.key, KeyId{2});
        leases[2].push_back(std::move(lease));
    }
    leases[1].clear();
    QCOMPARE(f.acquire("b")->key, KeyId{1});
    QCOMPARE(f.acquire("a")->key, KeyId{1});
}

void TstStrategies::weightedIsInProportion()
{
    PoolFixture f(3, with("weighted"));
    change(f, 1, [](KeySettings &s) { s.weight = 300; });
    change(f, 2, [](KeySettings &s) { s.weight = 150; });
    change(f, 3, [](KeySettings &s) { s.weight = 50; });
    Served served = serve(f, 1'000);
    QVERIFY(std::abs(served[1] - 600) <= 3);
    QVERIFY(std::abs(served[2] - 300) <= 3);
    QVERIFY(std::abs(served[3] - 100) <= 3);
}

void TstStrategies::weightsChangeLive()
{
    PoolFixture f(2, with("weighted"));
    serve(f, 100);
    change(f, 1, [](KeySettings &s) { s.weight = 900; });
    Served served = serve(f, 1'000);
    QVERIFY(std::abs(served[1] - 900) <= 5);
}

void TstStrategies::priorityFillsFirst()
{
    PoolFixture f(4, with("priority"));
    change(f, 3, [](KeySettings &s) { s.priority = 10; });
    change(f, 4, [](KeySettings &s) { s.priority = -5; });
    QCOMPARE(serve(f, 50), (Served{{3, 50}}));
    QCOMPARE(f.call(Kind::RateLimited, "m", 60'000), KeyId{3});
    QCOMPARE(serve(f, 50), (Served{{1, 50}}));
    QCOMPARE(f.call(Kind::KeyFault), KeyId{1});
    QCOMPARE(f.call(Kind::KeyFault), KeyId{2});
    QCOMPARE(serve(f, 50), (Served{{4, 50}}));
    f.clock.advance(60'000);
    QCOMPARE(f.call(Kind::Success), KeyId{3});
    change(f, 4, [](KeySettings &s) { s.priority = 1'000; });
    QCOMPARE(f.call(Kind::Success), KeyId{4});
    QCOMPARE(f.call(Kind::Success, "another"), KeyId{4});
}

void TstStrategies::mostRemainingFollowsWhatIsLeft()
{
    PoolFixture f(2);
    change(f, 1, [](KeySettings &s) { s.dayRequests = 900; });
    change(f, 2, [](KeySettings &s) { s.dayRequests = 100; });
    Served served = serve(f, 500);
    QVERIFY2(std::abs(served[1] - 450) <= 12, qPrintable(QString::number(served[1])));
    served = serve(f, 500); // to the last
    QCOMPARE(served[0], 0);
    QCOMPARE(f.pool.view(1)->models.at(0).dayRequests, 900);
    QCOMPARE(f.pool.view(2)->models.at(0).dayRequests, 100);
    QVERIFY(!f.acquire());
}

void TstStrategies::mostRemainingCountsProjectsOnce()
{
    PoolFixture f(4);
    for (const KeyId id : {1, 2, 3})
        change(f, id, [](KeySettings &s) {
            s.project = "p";
            s.dayRequests = 1'000;
        });
    change(f, 4, [](KeySettings &s) { s.dayRequests = 1'000; });
    Served served = serve(f, 600);
    QVERIFY2(std::abs(served[4] - 300) <= 10, qPrintable(QString::number(served[4])));
    for (const KeyId id : {1, 2, 3})
        QVERIFY(std::abs(served[id] - 100) <= 10);
}

void TstStrategies::randomOfTwoPrefersTheIdle()
{
    PoolFixture f(10, with("random-of-two"));
    std::vector<Lease> held;
    for (int i = 0; i < 30; ++i)
        held.push_back(std::move(*f.acquire("m", {}, 1)));
    Served served = serve(f, 900);
    // The busy one is taken only when it is drawn alone, and two different ones always are.
    QCOMPARE(served[1], 0);
    QCOMPARE(served.size(), std::size_t{10}); // with the one made just now
    // Tried ones are never drawn.
    for (int i = 0; i < 200; ++i)
        QCOMPARE(f.acquire("m", {1, 2, 3, 4, 5, 6, 7, 8, 10})->key, KeyId{9});
}

void TstStrategies::aReturningKeyDoesNotBurst()
{
    for (const std::string_view name : {"round-robin", "weighted", "most-remaining"}) {
        PoolFixture f(4, with(name));
        const KeyId resting = f.call(Kind::RateLimited, "m", HOUR);
        serve(f, 300);
        f.clock.advance(HOUR);
        Served served = serve(f, 40);
        QVERIFY2(served[resting] >= 9 && served[resting] <= 12, qPrintable(QString::number(served[resting])));
    }
}

void TstStrategies::failingKeysAreNotPreferred()
{
    for (const StrategyInfo *info : strategyTable()) {
        if (info->name == "priority" || info->name == "random-of-two")
            continue;
        PoolOptions options = with(info->name);
        options.maxFailures = 1'000'000;
        PoolFixture f(4, options);
        Served served;
        for (int i = 0; i < 400; ++i) {
            tl::expected<Lease, Refusal> lease = f.acquire();
            ++served[lease->key];
            const Kind kind = lease->key == 2 ? Kind::Unclear : Kind::Success;
            f.pool.report(std::move(*lease), outcomeOf(kind)); // settles each time
        }
        QVERIFY2(std::abs(served[2] - 100) <= 3, std::string(info->name).c_str());
    }
}

void TstStrategies::strategiesChangeLive()
{
    PoolFixture f(3, with("round-robin"));
    serve(f, 30);
    change(f, 2, [](KeySettings &s) { s.priority = 1; });
    f.pool.setOptions(with("priority"));
    QCOMPARE(serve(f, 30), (Served{{2, 30}}));
    f.pool.setOptions(with("round-robin"));
    QCOMPARE(serve(f, 30), (Served{{1, 10}, {2, 10}, {3, 10}}));
}

QTEST_APPLESS_MAIN(TstStrategies)
#include "tst_strategies.moc"
