#include <csignal>
#include <future>

#include <sys/resource.h>

#include <QTest>
#include <QThread>

#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsComeBack();
    void keysAreMergedOnce();
    void aDeletedKeyStaysAway();
    void healthComesBack();
    void endedRestsAreNotLoaded();
    void aChangeOfAMissingKeyHarmsNoOther();
    void countersAddUp();
    void waitingChangesShareATransaction();
    void writesWhatWaitsAtTheEnd();
    void failsClearlyWhenTheFileCannotBeOpened();
    void goesOnWhenTheTableIsGone();
    void goesOnWhenTheDiskIsFull();
    void tellsOfADamagedFile();
    void loadsManyKeys();
};

namespace {

std::vector<Secret> secrets(std::initializer_list<std::string_view> texts)
{
    return {texts.begin(), texts.end()};
}

KeyChange changeOf(KeyId id, KeyState state, std::string reason, std::vector<ModelRest> rests = {})
{
    KeyChange change;
    change.id = id;
    change.state = state;
    change.reason = std::move(reason);
    change.failures = 2;
    change.sinceMs = 77;
    change.rests = std::move(rests);
    return change;
}

} // namespace

void TstStore::settingsComeBack()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        QVERIFY(store);
        QVERIFY(store->loadSettings().value().empty());
        store->saveSetting("PORT", "1", false, {});
        store->saveSetting("PORT", "4365", false, {});
        store->saveSetting("HOST", "", false, {});
        store->saveSetting("GONE", "x", false, {});
        QVERIFY(awaited([&](Store::Done done) { store->saveSetting("GONE", "", true, std::move(done)); }));
    }
    const std::vector<std::pair<std::string, std::string>> expected = {{"HOST", ""}, {"PORT", "4365"}};
    QCOMPARE(fixture.open()->loadSettings().value(), expected);
}

void TstStore::keysAreMergedOnce()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        QVERIFY(store);
        const auto added = store->mergeKeys(secrets({"key-one", "key-two", "key-one", ""}));
        QCOMPARE(added.value().size(), std::size_t{2});
        QCOMPARE(added->at(0).secret.reveal(), std::string("key-one"));
        QCOMPARE(added->at(0).createdMs, fixture.clock.nowMs());
    }
    const auto store = fixture.open();
    const auto added = store->mergeKeys(secrets({"key-two", "key-three"}));
    QCOMPARE(added.value().size(), std::size_t{1});
    QCOMPARE(added->at(0).secret.reveal(), std::string("key-three"));
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), std::size_t{3});
    QCOMPARE(rows->at(1).secret.reveal(), std::string("key-two"));
    QCOMPARE(rows->at(2).id, added->at(0).id);
}

void TstStore::aDeletedKeyStaysAway()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        const auto added = store->mergeKeys(secrets({"key-one", "key-two"}));
        QVERIFY(awaited([&](Store::Done done) { store->deleteKeys({added->at(0).id}, std::move(done)); }));
        QVERIFY(store->mergeKeys(secrets({"key-one", "key-two"})).value().empty());
    }
    const auto store = fixture.open();
    QVERIFY(store->mergeKeys(secrets({"key-one"})).value().empty());
    QCOMPARE(store->loadKeys().value().size(), std::size_t{1});
    QCOMPARE(store->loadKeys()->at(0).secret.reveal(), std::string("key-two"));
}

void TstStore::healthComesBack()
{
    const StoreFixture fixture;
    const std::int64_t later = fixture.clock.nowMs() + 60'000;
    {
        const auto store = fixture.open();
        const auto added = store->mergeKeys(secrets({"key-one", "key-two"}));
        const KeyId one = added->at(0).id;
        store->saveKeyChanges({changeOf(one, KeyState::Usable, "", {{"a", later, "x"}, {"b", later, "x"}})},
                              {});
        QVERIFY(awaited([&](Store::Done done) {
            store->saveKeyChanges({changeOf(one, KeyState::Sidelined, "API key not valid.",
                                            {{"a", 0, ""}, {"b", later + 5, "quota"}})},
                                  std::move(done));
        }));
    }
    const auto rows = fixture.open()->loadKeys();
    const KeyRow &row = rows.value().at(0);
    QCOMPARE(row.state, KeyState::Sidelined);
    QCOMPARE(row.reason, std::string("API key not valid."));
    QCOMPARE(row.failures, 2);
    QCOMPARE(row.sinceMs, 77);
    QCOMPARE(row.rests.size(), std::size_t{1});
    QCOMPARE(row.rests[0].model, std::string("b"));
    QCOMPARE(row.rests[0].untilMs, later + 5);
    QCOMPARE(row.rests[0].reason, std::string("quota"));
    QVERIFY(rows->at(1).rests.empty());
}

void TstStore::endedRestsAreNotLoaded()
{
    StoreFixture fixture;
    const auto store = fixture.open();
    const auto added = store->mergeKeys(secrets({"key-one"}));
    const std::int64_t nowMs = fixture.clock.nowMs();
    store->saveKeyChanges(
        {changeOf(added->at(0).id, KeyState::Usable, "", {{"a", nowMs + 10, ""}, {"b", nowMs + 20, ""}})},
        {});
    fixture.clock.advance(10);
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().at(0).rests.size(), std::size_t{1});
    QCOMPARE(rows->at(0).rests[0].model, std::string("b"));
}

void TstStore::aChangeOfAMissingKeyHarmsNoOther()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const auto added = store->mergeKeys(secrets({"key-one"}));
    QVERIFY(awaited([&](Store::Done done) {
        store->saveKeyChanges({changeOf(999, KeyState::Usable, "", {{"a", 1LL << 50, ""}}),
                               changeOf(added->at(0).id, KeyState::Sidelined, "")},
                              std::move(done));
    }));
    QCOMPARE(store->loadKeys().value().at(0).state, KeyState::Sidelined);
}

void TstStore::countersAddUp()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        const KeyId id = store->mergeKeys(secrets({"key-one"})).value().at(0).id;
        store->saveKeyCounters({{id, 500, 3, 1}});
        store->saveKeyCounters({{id, 400, 2, 0}});
        store->flush();
        store->saveKeyCounters({{id, 600, 10, 2}});
    }
    const KeyRow row = fixture.open()->loadKeys().value().at(0);
    QCOMPARE(row.calls, 15);
    QCOMPARE(row.failedCalls, 3);
    QCOMPARE(row.lastUsedMs, 600);
}

void TstStore::waitingChangesShareATransaction()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = store->mergeKeys(secrets({"key-one"})).value().at(0).id;
    // The first call holds the thread until all others wait.
    std::promise<void> go;
    std::atomic<int> done = 0;
    store->saveSetting("A", "1", false, [&](Result<void>) { go.get_future().wait(); });
    constexpr int COUNT = 500;
    for (int i = 0; i < COUNT; ++i)
        store->saveKeyChanges({changeOf(id, KeyState::Usable, std::to_string(i))},
                              [&](const Result<void> &outcome) { done += outcome ? 1 : 0; });
    go.set_value();
    QTRY_COMPARE(done.load(), COUNT);
    QCOMPARE(store->loadKeys().value().at(0).reason, std::string("499"));
    // 500 commits of their own would be 500 frames and more in the write-ahead log.
    QVERIFY(QFileInfo(fixture.path() + QStringLiteral("-wal")).size() < 100 * 4120);
}

void TstStore::writesWhatWaitsAtTheEnd()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        for (int i = 0; i < 20'000; ++i)
            store->appendRecords({RequestRecord{}});
        store->saveSetting("LAST", "1", false, {});
    }
    QCOMPARE(fixture.rows(QStringLiteral(
                 "SELECT count(*), (SELECT value FROM settings WHERE name = 'LAST') FROM requests")),
             QStringList{QStringLiteral("20000|1")});
}

void TstStore::failsClearlyWhenTheFileCannotBeOpened()
{
    const FakeClock clock;
    const auto noFolder = Store::open({.databaseUrl = "sqlite:/proc/nowhere/store.db"}, clock);
    QVERIFY(!noFolder);
    QCOMPARE(noFolder.error().code, std::string("store_unavailable"));
    QVERIFY(noFolder.error().text.find("/proc/nowhere/store.db") != std::string::npos);
    QVERIFY(!Store::open({.databaseUrl = "redis://x"}, clock));
}

void TstStore::goesOnWhenTheTableIsGone()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = store->mergeKeys(secrets({"key-one"})).value().at(0).id;
    fixture.rows(QStringLiteral("ALTER TABLE requests RENAME TO moved"));
    fixture.rows(QStringLiteral("ALTER TABLE settings RENAME TO moved_too"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("A change could not be stored")));
    QTest::ignoreMessage(
        QtWarningMsg, QRegularExpression(QStringLiteral("Request records could not be stored, 2 are lost")));

    // Both wait together: the bad one must not take the good one with it.
    std::promise<void> go;
    std::promise<Result<void>> bad;
    store->saveKeyChanges({}, [&](Result<void>) { go.get_future().wait(); });
    store->saveSetting("A", "1", false, [&](Result<void> outcome) { bad.set_value(std::move(outcome)); });
    std::promise<Result<void>> good;
    store->saveKeyChanges({changeOf(id, KeyState::Sidelined, "")},
                          [&](Result<void> outcome) { good.set_value(std::move(outcome)); });
    go.set_value();
    QVERIFY(!bad.get_future().get());
    QVERIFY(good.get_future().get());

    store->appendRecords({RequestRecord{}, RequestRecord{}});
    store->flush();
    QCOMPARE(store->lostRecords(), std::uint64_t{2});
    QCOMPARE(store->loadKeys().value().at(0).state, KeyState::Sidelined);
}

void TstStore::goesOnWhenTheDiskIsFull()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = store->mergeKeys(secrets({"key-one"})).value().at(0).id;
    // A limit on the size of files stands in for the disk.
    rlimit limit = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit none = {1024, limit.rlim_max};
    std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &none), 0);
    std::vector<Result<void>> outcomes;
    for (int i = 0; i < 3; ++i)
        outcomes.push_back(awaited([&](Store::Done done) {
            store->saveKeyChanges({changeOf(id, KeyState::Sidelined, "")}, std::move(done));
        }));
    store->appendRecords({RequestRecord{}});
    store->flush();
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);

    for (const Result<void> &outcome : outcomes) {
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().code == "store_full" || outcome.error().code == "store_unavailable",
                 outcome.error().text.c_str());
    }
    QCOMPARE(store->lostRecords(), std::uint64_t{1});
    QVERIFY(awaited([&](Store::Done done) {
        store->saveKeyChanges({changeOf(id, KeyState::Sidelined, "later")}, std::move(done));
    }));
    QCOMPARE(store->loadKeys().value().at(0).reason, std::string("later"));
    store->appendRecords({RequestRecord{}});
    store->flush();
    QCOMPARE(fixture.rows(QStringLiteral("SELECT count(*) FROM requests")), QStringList{QStringLiteral("1")});
}

void TstStore::tellsOfADamagedFile()
{
    const StoreFixture fixture;
    QVERIFY(fixture.open()->mergeKeys(secrets({"key-one"})));
    {
        QFile file(fixture.path());
        QVERIFY(file.open(QFile::ReadWrite));
        QVERIFY(file.seek(4096));
        file.write(QByteArray(static_cast<int>(file.size()) - 4096, '\x55'));
    }
    const auto store = Store::open({.databaseUrl = fixture.url()}, fixture.clock);
    const auto keys = store ? (*store)->loadKeys() : fail(store.error());
    QVERIFY(!keys);
    QCOMPARE(keys.error().code, std::string("store_damaged"));
}

void TstStore::loadsManyKeys()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    std::vector<Secret> many;
    for (int i = 0; i < 20'000; ++i)
        many.emplace_back("key-" + std::to_string(i));
    QCOMPARE(store->mergeKeys(many).value().size(), many.size());
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), many.size());
    QCOMPARE(rows->back().secret.reveal(), many.back().reveal());
}

QTEST_GUILESS_MAIN(TstStore)
#include "tst_store.moc"
