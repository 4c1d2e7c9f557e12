#include <map>
#include <set>

#include <QTest>

#include "gateway/pool/affinity.h"
#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Why = Refusal::Why;
using Kind = OutcomeKind;
using Tags = std::vector<std::string>;

namespace {

constexpr std::int64_t HOUR = 3'600'000;

KeyId talk(PoolFixture &f, std::uint64_t conversation, Kind kind = Kind::Success)
{
    tl::expected<Lease, Refusal> lease = f.pool.acquire({.model = "m", .affinity = conversation});
    if (!lease)
        return 0;
    const KeyId key = lease->key;
    f.pool.report(std::move(*lease), outcomeOf(kind, 10'000));
    return key;
}

void tag(PoolFixture &f, KeyId key, Tags tags)
{
    KeySettings settings = f.row(key).settings;
    settings.tags = std::move(tags);
    f.pool.update(key, std::move(settings));
}

} // namespace

/// What narrows the choice: conversations, tags, and the models a key is meant for.
class TstAffinity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConversationStays();
    void movesWhenItsKeyRests();
    void movesWhenItsKeyIsGone();
    void forgetsIdleConversations();
    void remembersABoundedNumber();
    void tagsMustAllBeThere();
    void tagsAreServedEvenly();
    void tagsChangeLive();
    void saysWhyNoTaggedKeyServes();
    void manyTaggedKeysMayBeTaken();
    void modelsMayBeDenied();
    void modelsAreDeniedBeyondWhatIsRemembered();
};

void TstAffinity::aConversationStays()
{
    PoolFixture f(10);
    std::set<KeyId> keys;
    for (std::uint64_t conversation = 1; conversation <= 10; ++conversation) {
        const KeyId key = talk(f, conversation);
        keys.insert(key);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(talk(f, conversation), key);
    }
    QVERIFY(keys.size() >= 5); // new ones are spread
    QVERIFY(talk(f, 0) != talk(f, 0));
    // Whoever it tried is not asked again.
    const KeyId key = talk(f, 3);
    const std::vector<KeyId> tried{key};
    QVERIFY(f.pool.acquire({.model = "m", .tried = tried, .affinity = 3})->key != key);
}

void TstAffinity::movesWhenItsKeyRests()
{
    PoolFixture f(3);
    const KeyId first = talk(f, 7);
    QCOMPARE(talk(f, 7, Kind::RateLimited), first);
    const KeyId second = talk(f, 7);
    QVERIFY(second != first);
    f.clock.advance(10'000);
    QCOMPARE(talk(f, 7), second); // its cache is there now
}

void TstAffinity::movesWhenItsKeyIsGone()
{
    PoolFixture f(3);
    const KeyId first = talk(f, 7);
    f.pool.remove(first);
    const KeyId second = talk(f, 7);
    QVERIFY(second != 0 && second != first);
    QCOMPARE(talk(f, 7), second);
}

void TstAffinity::forgetsIdleConversations()
{
    AffinityMap map;
    map.remember(1, 5, 1'000);
    map.remember(2, 6, 2'000);
    QCOMPARE(map.find(1, 1'000 + HOUR - 1), KeyId{5});
    QCOMPARE(map.find(1, 1'000 + HOUR), KeyId{0});
    map.remember(2, 6, 2'000 + HOUR);
    QCOMPARE(map.size(), std::size_t{1});
    QCOMPARE(map.find(3, 0), KeyId{0});
}

void TstAffinity::remembersABoundedNumber()
{
    AffinityMap map;
    for (std::uint64_t conversation = 1; conversation <= AffinityMap::MOST + 10; ++conversation) {
        map.remember(conversation, 5, 1'000);
        map.remember(1, 6, 1'000); // in use all the time
    }
    QCOMPARE(map.size(), AffinityMap::MOST);
    QCOMPARE(map.find(1, 1'000), KeyId{6});
    QCOMPARE(map.find(2, 1'000), KeyId{0});
    QCOMPARE(map.find(AffinityMap::MOST + 10, 1'000), KeyId{5});
}

void TstAffinity::tagsMustAllBeThere()
{
    PoolFixture f(6);
    tag(f, 2, {"fast"});
    tag(f, 3, {"fast", "paid"});
    tag(f, 5, {"paid"});
    const Tags both{"fast", "paid"};
    const Tags fast{"fast"};
    const Tags unknown{"fast", "no such"};
    for (int i = 0; i < 5; ++i)
        QCOMPARE(f.pool.acquire({.model = "m", .tags = both})->key, KeyId{3});
    std::set<KeyId> seen;
    for (int i = 0; i < 6; ++i)
        seen.insert(f.pool.acquire({.model = "m", .tags = fast})->key);
    QCOMPARE(seen, (std::set<KeyId>{2, 3}));
    QCOMPARE(f.pool.acquire({.model = "m", .tags = unknown}).error().why, Why::NoneUsable);
    QVERIFY(f.pool.acquire({.model = "m", .owner = 3, .tags = both}));
    QCOMPARE(f.pool.acquire({.model = "m", .owner = 2, .tags = both}).error().why, Why::NoneUsable);
    // A conversation does not get round it.
    QCOMPARE(f.pool.acquire({.model = "m", .affinity = 9, .tags = both})->key, KeyId{3});
    const KeyId other = f.pool.acquire({.model = "m", .affinity = 9})->key;
    QCOMPARE(other, KeyId{3});
    const Tags paid{"paid"};
    f.pool.acquire({.model = "m", .tried = std::vector<KeyId>{3}, .affinity = 9, .tags = paid});
    QCOMPARE(f.pool.acquire({.model = "m", .affinity = 9, .tags = fast})->key == 5, false);
}

void TstAffinity::tagsAreServedEvenly()
{
    PoolFixture f(200);
    for (KeyId id = 1; id <= 200; id += 10)
        tag(f, id, {"t"});
    const Tags tags{"t"};
    std::map<KeyId, int> served;
    for (int i = 0; i < 2'000; ++i) {
        Lease lease = std::move(*f.pool.acquire({.model = "m", .tags = tags}));
        ++served[lease.key];
        f.pool.report(std::move(lease), outcomeOf(Kind::Success));
    }
    QCOMPARE(served.size(), std::size_t{20});
    for (const auto &[key, times] : served)
        QVERIFY(std::abs(times - 100) <= 5);
}

void TstAffinity::tagsChangeLive()
{
    PoolFixture f(2);
    const Tags tags{"t"};
    tag(f, 1, {"t"});
    QCOMPARE(f.pool.acquire({.model = "m", .tags = tags})->key, KeyId{1});
    tag(f, 1, {});
    QVERIFY(!f.pool.acquire({.model = "m", .tags = tags}));
    tag(f, 2, {"t"});
    QCOMPARE(f.pool.acquire({.model = "m", .tags = tags})->key, KeyId{2});
    f.pool.remove(2);
    QVERIFY(!f.pool.acquire({.model = "m", .tags = tags}));
    f.pool.load({rowOf(3)}); // the slot is another key's
    QVERIFY(!f.pool.acquire({.model = "m", .tags = tags}));
}

void TstAffinity::saysWhyNoTaggedKeyServes()
{
    PoolFixture f(3);
    const Tags tags{"t"};
    tag(f, 1, {"t"});
    tag(f, 2, {"t"});
    QCOMPARE(f.pool.acquire({.model = "m", .tried = std::vector<KeyId>{1, 2}, .tags = tags}).error().why,
             Why::Exhausted);
    f.pool.report(std::move(*f.acquire("m", {}, 1)), outcomeOf(Kind::RateLimited, 30'000));
    f.pool.report(std::move(*f.acquire("m", {}, 3)), outcomeOf(Kind::RateLimited, 10'000));
    f.pool.report(std::move(*f.acquire("m", {}, 2)), outcomeOf(Kind::NoSuchModel));
    tl::expected<Lease, Refusal> none = f.pool.acquire({.model = "m", .tags = tags});
    QCOMPARE(none.error().why, Why::Resting);
    QCOMPARE(none.error().waitMs, 30'000); // not the other's 10 s
    f.pool.remove(1);
    none = f.pool.acquire({.model = "m", .tags = tags});
    QCOMPARE(none.error().why, Why::Absent);
    f.settlesAtOnce = false;
    f.pool.report(std::move(*f.acquire("n", {}, 2)), outcomeOf(Kind::Unclear));
    QCOMPARE(f.pool.acquire({.model = "n", .tags = tags}).error().why, Why::Settling);
}

void TstAffinity::manyTaggedKeysMayBeTaken()
{
    PoolFixture f(300);
    for (KeyId id = 1; id <= 300; ++id)
        tag(f, id, {"t"});
    const Tags tags{"t"};
    std::vector<KeyId> tried;
    for (int i = 0; i < 300; ++i) {
        const tl::expected<Lease, Refusal> lease =
            f.pool.acquire({.model = "m", .tried = tried, .tags = tags});
        QVERIFY(lease);
        tried.push_back(lease->key);
    }
    QCOMPARE(std::set<KeyId>(tried.begin(), tried.end()).size(), std::size_t{300});
}

void TstAffinity::modelsMayBeDenied()
{
    PoolFixture f(3);
    KeySettings settings;
    settings.allowedModels = {"flash*"};
    f.pool.update(1, settings);
    settings.allowedModels.clear();
    settings.deniedModels = {"pro"};
    f.pool.update(2, settings);
    std::set<KeyId> seen;
    for (int i = 0; i < 9; ++i)
        seen.insert(f.call(Kind::Success, "pro"));
    QCOMPARE(seen, std::set<KeyId>{3});
    QVERIFY(f.acquire("flash-2", {2, 3}));
    QCOMPARE(f.acquire("pro", {3}).error().why, Why::Exhausted);
    QCOMPARE(f.acquire("pro", {}, 1).error().why, Why::NoneUsable);
    f.pool.remove(3);
    QCOMPARE(f.acquire("pro").error().why, Why::NoneUsable);
    f.pool.update(2, {});
    QCOMPARE(f.acquire("pro")->key, KeyId{2});
    QVERIFY(f.acquire("", {2})); // a call without a model
}

void TstAffinity::modelsAreDeniedBeyondWhatIsRemembered()
{
    PoolFixture f(2);
    KeySettings settings;
    settings.allowedModels = {"flash"};
    f.pool.update(1, settings);
    const std::string longName(200, 'x');
    for (int i = 0; i < 5; ++i)
        QCOMPARE(f.call(Kind::Success, longName), KeyId{2});
    f.pool.remove(2);
    QCOMPARE(f.acquire(longName).error().why, Why::NoneUsable);
}

QTEST_APPLESS_MAIN(TstAffinity)
#include "tst_affinity.moc"
