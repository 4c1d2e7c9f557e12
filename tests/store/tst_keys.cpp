#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsComeBack();
    void tellsWhatBecameOfEach();
    void aUsersAddRevivesADeletedKey();
    void aDeletionCanBeUndone();
    void aWipedKeyStaysAway();
    void aRestOutlastsTheUndo();
    void errorsAndChecksAreKept();
    void addsAreAllOrNone();
    void aKeyMovedToAnotherRowDoesNotOpen();
    void aDamagedKeyComesBackWhenEnteredAnew();
    void nothingStandsInClear();

private:
    static KeySettings fullSettings()
    {
        KeySettings settings;
        settings.label = "mine";
        settings.note = "two\nlines";
        settings.tags = {"a", "b \"c\""};
        settings.project = "team";
        settings.priority = -3;
        settings.weight = 250;
        settings.enabled = false;
        settings.allowedModels = {"gemini-*"};
        settings.deniedModels = {"*-pro"};
        settings.proxy = "socks5h://user:hunter2@proxy.example:1080";
        settings.minuteRequests = 10;
        settings.minuteTokens = 250'000;
        settings.dayRequests = 100;
        settings.tier = KeyTier::Paid;
        settings.kind = KeyKind::Vertex;
        settings.baseUrl = "https://vertex.example/v1";
        return settings;
    }
    static KeyAdditions add(Store &store, std::vector<NewKey> keys,
                            Tombstones tombstones = Tombstones::Revive)
    {
        return answered<KeyAdditions>(
                   [&](auto done) { store.addKeys(std::move(keys), tombstones, std::move(done)); })
            .value();
    }
    static void remove(Store &store, KeyId id)
    {
        QVERIFY(awaited([&](Store::Done done) { store.deleteKeys({id}, std::move(done)); }));
    }
    static std::vector<KeyRow> undo(Store &store, std::vector<KeyId> ids)
    {
        return answered<std::vector<KeyRow>>(
                   [&](auto done) { store.undeleteKeys(std::move(ids), std::move(done)); })
            .value();
    }
};

void TstKeys::settingsComeBack()
{
    const StoreFixture fixture;
    KeySettings changed = fullSettings();
    changed.proxy.clear();
    changed.tags.clear();
    changed.label = "other";
    {
        const auto store = fixture.open();
        const KeyAdditions added =
            add(*store, {{Secret("key-one"), fullSettings()}, {Secret("key-two"), fullSettings()}});
        QCOMPARE(added.rows.size(), std::size_t{2});
        QCOMPARE(added.rows[0].settings, fullSettings());
        QVERIFY(awaited([&](Store::Done done) {
            store->saveKeySettings({{added.rows[1].id, changed}, {999, changed}}, std::move(done));
        }));
    }
    const auto rows = fixture.open()->loadKeys();
    QCOMPARE(rows.value().size(), std::size_t{2});
    QCOMPARE(rows->at(0).settings, fullSettings());
    QCOMPARE(rows->at(1).settings, changed);
    QCOMPARE(rows->at(1).secret.reveal(), std::string("key-two"));
}

void TstKeys::tellsWhatBecameOfEach()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyAdditions first = add(*store, {{Secret("key-one"), {}}, {Secret("key-two"), {}}});
    remove(*store, first.entries[1].id);
    const KeyAdditions second = add(*store,
                                    {{Secret("key-two"), {}},
                                     {Secret(), {}},
                                     {Secret("key-one"), {}},
                                     {Secret("key-three"), {}},
                                     {Secret("key-three"), {}}},
                                    Tombstones::Respect);
    const KeyAdditionKind kinds[] = {KeyAdditionKind::Deleted, KeyAdditionKind::Empty, KeyAdditionKind::Known,
                                     KeyAdditionKind::Added, KeyAdditionKind::Known};
    QCOMPARE(second.entries.size(), std::size(kinds));
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        QCOMPARE(second.entries[i].kind, kinds[i]);
    QCOMPARE(second.entries[0].id, first.entries[1].id);
    QCOMPARE(second.entries[2].id, first.entries[0].id);
    QCOMPARE(second.entries[4].id, second.entries[3].id);
    QCOMPARE(second.rows.size(), std::size_t{1});
}

void TstKeys::aUsersAddRevivesADeletedKey()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = add(*store, {{Secret("key-one"), {}}}).entries[0].id;
    KeyChange change;
    change.id = id;
    change.state = KeyState::Sidelined;
    change.reason = "API key not valid.";
    store->saveKeyChanges({change}, {});
    remove(*store, id);
    QVERIFY(store->loadKeys().value().empty());
    const KeyAdditions again = add(*store, {{Secret("key-one"), fullSettings()}});
    QCOMPARE(again.entries[0].kind, KeyAdditionKind::Revived);
    QCOMPARE(again.rows.at(0).secret.reveal(), std::string("key-one"));
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), std::size_t{1});
    QCOMPARE(rows->at(0).id, id);
    QCOMPARE(rows->at(0).settings, fullSettings());
    QCOMPARE(rows->at(0).state, KeyState::Usable);
}

void TstKeys::aDeletionCanBeUndone()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyAdditions added = add(*store, {{Secret("key-one"), fullSettings()}, {Secret("key-two"), {}}});
    remove(*store, added.entries[0].id);
    const auto rows = undo(*store, {added.entries[1].id, added.entries[0].id, 999});
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].id, added.entries[0].id);
    QCOMPARE(rows[0].secret.reveal(), std::string("key-one"));
    QCOMPARE(rows[0].settings, fullSettings());
    QCOMPARE(store->loadKeys().value().size(), std::size_t{2});
}

void TstKeys::aWipedKeyStaysAway()
{
    StoreFixture fixture;
    StoreOptions options;
    options.retentionIntervalMs = 20;
    options.retentionPauseMs = 1;
    const auto store = fixture.open(options);
    const KeyId id = add(*store, {{Secret("key-one"), fullSettings()}}).entries[0].id;
    remove(*store, id);
    fixture.clock.advance(Store::UNDO_MS + 1);
    QTRY_COMPARE(fixture.rows(QStringLiteral("SELECT secret = '', proxy = '', deleted_ms > 0 FROM keys")),
                 QStringList{QStringLiteral("1|1|1")});
    QVERIFY(undo(*store, {id}).empty());
    QVERIFY(store->mergeKeys({Secret("key-one")}).value().empty());
    QCOMPARE(add(*store, {{Secret("key-one"), {}}}).entries[0].kind, KeyAdditionKind::Revived);
}

void TstKeys::aRestOutlastsTheUndo()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = add(*store, {{Secret("key-one"), {}}}).entries[0].id;
    KeyChange change;
    change.id = id;
    change.rests = {{"gemini-3-pro", fixture.clock.nowMs() + 60'000, "RESOURCE_EXHAUSTED"}};
    store->saveKeyChanges({change}, {});
    remove(*store, id);
    const auto rows = undo(*store, {id});
    QCOMPARE(rows.at(0).rests.size(), std::size_t{1});
    QCOMPARE(rows[0].rests[0].model, std::string("gemini-3-pro"));
}

void TstKeys::errorsAndChecksAreKept()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const KeyId id = add(*store, {{Secret("key-one"), {}}}).entries[0].id;
    store->saveKeyCounters({{id, 500, 3, 1, 400, 450, "PERMISSION_DENIED: no"}});
    store->flush();
    store->saveKeyCounters({{id, 600, 1, 1, 0, 440, "an older one"}});
    store->saveKeyCounters({{id, 700, 1, 0}});
    store->flush();
    const KeyRow row = store->loadKeys().value().at(0);
    QCOMPARE(row.lastCheckedMs, 400);
    QCOMPARE(row.lastErrorMs, 450);
    QCOMPARE(row.lastError, std::string("PERMISSION_DENIED: no"));
    QCOMPARE(row.calls, 5);
}

void TstKeys::addsAreAllOrNone()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    fixture.rows(QStringLiteral("CREATE TRIGGER one_too_many BEFORE INSERT ON keys WHEN new.label = 'bad' "
                                "BEGIN SELECT RAISE(ABORT, 'no'); END"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be stored")));
    KeySettings bad;
    bad.label = "bad";
    const auto outcome = answered<KeyAdditions>([&](auto done) {
        store->addKeys({{Secret("key-one"), {}}, {Secret("key-two"), bad}}, Tombstones::Revive,
                       std::move(done));
    });
    QVERIFY(!outcome);
    QVERIFY(outcome.error().text.find("key-two") == std::string::npos);
    QVERIFY(store->loadKeys().value().empty());
}

void TstKeys::aKeyMovedToAnotherRowDoesNotOpen()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    QVERIFY(store->mergeKeys({Secret("key-one"), Secret("key-two")}));
    fixture.rows(
        QStringLiteral("UPDATE keys SET secret = (SELECT secret FROM keys WHERE id = 1) WHERE id = 2"));
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().at(0).secret.reveal(), std::string("key-one"));
    QVERIFY(rows->at(1).secret.isEmpty());
    QVERIFY(!rows->at(1).settings.enabled);
    QCOMPARE(rows->at(1).state, KeyState::Sidelined);
    QVERIFY(rows->at(1).reason.find("does not open") != std::string::npos);
}

void TstKeys::aDamagedKeyComesBackWhenEnteredAnew()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    add(*store, {{Secret("key-one"), {}}});
    fixture.rows(QStringLiteral("UPDATE keys SET label = 'kept', secret = x'01'"));
    const KeyAdditions again = add(*store, {{Secret("key-one"), {}}});
    QCOMPARE(again.entries[0].kind, KeyAdditionKind::Revived);
    const KeyRow row = store->loadKeys().value().at(0);
    QCOMPARE(row.secret.reveal(), std::string("key-one"));
    QCOMPARE(row.settings.label, std::string("kept"));
    QVERIFY(row.settings.enabled);
}

void TstKeys::nothingStandsInClear()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    add(*store, {{Secret("very-secret-key"), fullSettings()}});
    ProxyRow proxy;
    proxy.url = Secret("http://user:hunter2@proxy.example");
    QVERIFY(
        answered<std::vector<ProxyRow>>([&](auto done) { store->saveProxies({proxy}, std::move(done)); }));
    store->saveSetting("AUTH_TOKEN", "gb-hunter2", false, {});
    QVERIFY(awaited([&](Store::Done done) {
        store->saveSetting("PROXY_URL", "http://me:hunter2@proxy.example", false, std::move(done));
    }));
    for (const QString &suffix : {QString(), QStringLiteral("-wal")}) {
        QFile file(fixture.path() + suffix);
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.isEmpty());
        QVERIFY(!bytes.contains("very-secret-key"));
        QVERIFY(!bytes.contains("hunter2"));
    }
    QCOMPARE(store->loadSettings().value().at(0).second, std::string("gb-hunter2"));
}

QTEST_GUILESS_MAIN(TstKeys)
#include "tst_keys.moc"
