#include <sys/stat.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include "gateway/store/masterkeysources.h"
#include "gateway/store/migrations.h"
#include "gateway/store/rekey.h"
#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAKeyFileOfItsOwner();
    void narrowsAWiderKeyFile();
    void sealsAStoreFromBefore();
    void goesOnScrubbingAfterAnInterruption();
    void aGivenKeyIsUsedAlone();
    void saysWhichKeyIsWrong_data();
    void saysWhichKeyIsWrong();
    void aNamedFileMustBeThere();
    void aSwappedSettingDoesNotOpen();
    void rekeySealsAllAnew();
    void rekeyShowsAKeyItCannotWrite();
    void rekeyLeavesAStoreInUseAlone();
    void anInterruptedRekeyOpens_data();
    void anInterruptedRekeyOpens();
    void forgettingKeepsAllButTheSecrets();
    void forgettingIsRefusedWhenNothingIsLost();
    void aKilledRekeyLeavesAStoreThatOpens();

private:
    QString keyPath() const
    {
        return m_fixture->path().replace(QStringLiteral("store.db"), QStringLiteral("master.key"));
    }
    QByteArray fileText(const QString &path) const
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void writeKey(const QByteArray &text) const
    {
        QFile file(keyPath());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text);
    }
    MasterKeySources file() const
    {
        return {std::make_shared<MasterKeyFile>(keyPath().toStdString(), MasterKeyFile::WhenMissing::Make)};
    }
    static MasterKeySources given(const Secret &text)
    {
        return {std::make_shared<GivenMasterKey>(text, "GATEWAY_MASTER_KEY")};
    }
    /// A store with two keys, a proxy and a token.
    void fill(const MasterKeySources &sources = {}) const
    {
        StoreOptions options;
        options.masterKeys = sources;
        const auto store = m_fixture->open(options);
        QVERIFY(store);
        KeySettings settings;
        settings.label = "mine";
        settings.proxy = "http://user:hunter2@proxy.example";
        QVERIFY(answered<KeyAdditions>([&](auto done) {
            store->addKeys({{Secret("key-one"), settings}, {Secret("key-two"), {}}}, Tombstones::Revive,
                           std::move(done));
        }));
        ProxyRow proxy;
        proxy.url = Secret("http://user:hunter2@proxy.example");
        QVERIFY(answered<std::vector<ProxyRow>>(
            [&](auto done) { store->saveProxies({proxy}, std::move(done)); }));
        store->saveSetting("AUTH_TOKEN", "gb-token", false, {});
        store->saveSetting("PORT", "4365", false, {});
    }
    /// That everything of fill() opens.
    void checkFilled(const MasterKeySources &sources = {}) const
    {
        StoreOptions options;
        options.masterKeys = sources;
        const auto store = m_fixture->open(options);
        QVERIFY(store);
        const auto rows = store->loadKeys();
        QCOMPARE(rows.value().size(), std::size_t{2});
        QCOMPARE(rows->at(0).secret.reveal(), std::string("key-one"));
        QCOMPARE(rows->at(0).settings.proxy, std::string("http://user:hunter2@proxy.example"));
        QCOMPARE(rows->at(1).secret.reveal(), std::string("key-two"));
        QCOMPARE(store->loadProxies().value().at(0).url.reveal(),
                 std::string("http://user:hunter2@proxy.example"));
        QCOMPARE(store->loadSettings().value().at(0).second, std::string("gb-token"));
    }
    Result<std::unique_ptr<Store>> tryOpen(const MasterKeySources &sources) const
    {
        StoreOptions options;
        options.databaseUrl = m_fixture->url();
        options.masterKeys = sources;
        return Store::open(options, m_fixture->clock);
    }

    std::unique_ptr<StoreFixture> m_fixture;
};

namespace {

int modeOf(const QString &path)
{
    struct stat info = {};
    return stat(QFile::encodeName(path).constData(), &info) == 0 ? static_cast<int>(info.st_mode & 0777) : -1;
}

} // namespace

void TstVault::init()
{
    m_fixture = std::make_unique<StoreFixture>();
}

void TstVault::makesAKeyFileOfItsOwner()
{
    fill();
    QCOMPARE(modeOf(keyPath()), 0600);
    const QByteArray text = fileText(keyPath());
    QCOMPARE(text.size(), 45);
    checkFilled();
    QCOMPARE(fileText(keyPath()), text);
}

void TstVault::narrowsAWiderKeyFile()
{
    fill();
    QCOMPARE(chmod(QFile::encodeName(keyPath()).constData(), 0644), 0);
    checkFilled();
    QCOMPARE(modeOf(keyPath()), 0600);
}

/// Schema version 1 held the secrets in clear; neither file nor log may after the upgrade.
void TstVault::sealsAStoreFromBefore()
{
    {
        auto steps = loadMigrations().value();
        steps.resize(1);
        const auto database = std::move(*Database::open(m_fixture->path().toStdString()));
        QVERIFY(migrate(*database, steps));
        for (int i = 0; i < 500; ++i) {
            const std::string number = std::to_string(i);
            QVERIFY(database->execute("INSERT INTO keys (fingerprint, secret, label, created_ms) VALUES ('f" +
                                      number + "', 'very-secret-" + number + "', 'label', 1)"));
        }
        // Some of it is in free pages already.
        QVERIFY(database->execute("DELETE FROM keys WHERE id % 3 = 0"));
        QVERIFY(database->execute("INSERT INTO settings VALUES ('AUTH_TOKEN', 'very-secret-token')"));
        QVERIFY(database->execute("INSERT INTO settings VALUES ('PORT', '4365')"));
    }
    QVERIFY(fileText(m_fixture->path()).contains("very-secret"));
    const auto store = m_fixture->open();
    QVERIFY(store);
    QVERIFY(!fileText(m_fixture->path()).contains("very-secret"));
    QVERIFY(!fileText(m_fixture->path() + QStringLiteral("-wal")).contains("very-secret"));
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), std::size_t{334});
    QCOMPARE(rows->at(0).secret.reveal(), std::string("very-secret-0"));
    QCOMPARE(rows->at(0).settings.label, std::string("label"));
    const std::vector<std::pair<std::string, std::string>> settings = {{"AUTH_TOKEN", "very-secret-token"},
                                                                       {"PORT", "4365"}};
    QCOMPARE(store->loadSettings().value(), settings);
    QCOMPARE(m_fixture->rows(QStringLiteral("SELECT count(*) FROM meta WHERE name = 'scrub_due'")),
             QStringList{QStringLiteral("0")});
}

void TstVault::goesOnScrubbingAfterAnInterruption()
{
    fill();
    // As if killed after the sealing: a clear text lies in a free page.
    {
        const auto database = std::move(*Database::open(m_fixture->path().toStdString()));
        for (const char *sql : {"PRAGMA secure_delete = OFF", "CREATE TABLE scrap (text TEXT)",
                                "INSERT INTO scrap VALUES ('very-secret')", "DROP TABLE scrap",
                                "PRAGMA wal_checkpoint(TRUNCATE)"})
            QVERIFY(database->execute(sql));
    }
    QVERIFY(fileText(m_fixture->path()).contains("very-secret"));
    m_fixture->rows(QStringLiteral("INSERT INTO meta VALUES ('scrub_due', '1')"));
    const auto store = m_fixture->open();
    QVERIFY(store);
    QVERIFY(!fileText(m_fixture->path()).contains("very-secret"));
}

void TstVault::aGivenKeyIsUsedAlone()
{
    const MasterKeySources sources = given(MasterKey::random().text());
    fill(sources);
    QVERIFY(!QFile::exists(keyPath()));
    checkFilled(sources);
}

void TstVault::saysWhichKeyIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("another key") << QByteArray(32, 'x').toBase64() << QByteArray("master_key_wrong");
    QTest::newRow("no file") << QByteArray() << QByteArray("master_key_missing");
    QTest::newRow("an empty file") << QByteArray("\n") << QByteArray("master_key_invalid");
    QTest::newRow("no key") << QByteArray("hello") << QByteArray("master_key_invalid");
}

void TstVault::saysWhichKeyIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    fill();
    QFile::remove(keyPath());
    if (!text.isEmpty())
        writeKey(text);
    const auto store = tryOpen({});
    QVERIFY(!store);
    QCOMPARE(store.error().code, code.toStdString());
    QVERIFY2(store.error().text.find(keyPath().toStdString()) != std::string::npos,
             store.error().text.c_str());
    if (code != "master_key_invalid")
        QVERIFY(store.error().text.find("rekey --forget") != std::string::npos);
    // Nothing was made in its place.
    QCOMPARE(QFile::exists(keyPath()), !text.isEmpty());
    QCOMPARE(fileText(keyPath()), text);
}

void TstVault::aNamedFileMustBeThere()
{
    const std::string path = keyPath().toStdString();
    const auto store = tryOpen({std::make_shared<MasterKeyFile>(path, MasterKeyFile::WhenMissing::Fail)});
    QVERIFY(!store);
    QCOMPARE(store.error().code, std::string("master_key_missing"));
    QVERIFY(!QFile::exists(keyPath()));
}

void TstVault::aSwappedSettingDoesNotOpen()
{
    fill();
    m_fixture->rows(QStringLiteral("INSERT INTO settings SELECT 'ALLOWED_TOKENS', value, 1 FROM settings "
                                   "WHERE name = 'AUTH_TOKEN'"));
    const auto store = m_fixture->open();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ALLOWED_TOKENS is left out")));
    const auto settings = store->loadSettings();
    QCOMPARE(settings.value().size(), std::size_t{2});
    QCOMPARE(settings->at(0).first, std::string("AUTH_TOKEN"));
}

void TstVault::rekeySealsAllAnew()
{
    fill();
    const QByteArray before = fileText(keyPath());
    const QStringList sealed = m_fixture->rows(QStringLiteral("SELECT hex(secret), hex(proxy) FROM keys"));
    const auto report =
        rekeyStore(m_fixture->path().toStdString(), file(), [](const Secret &) { QFAIL("shown"); });
    QVERIFY2(report, report ? "" : report.error().text.c_str());
    QCOMPARE(report->texts, 5);
    const QByteArray after = fileText(keyPath());
    QCOMPARE(after.size(), before.size());
    QVERIFY(after != before);
    QCOMPARE(modeOf(keyPath()), 0600);
    QVERIFY(m_fixture->rows(QStringLiteral("SELECT hex(secret), hex(proxy) FROM keys")) != sealed);
    checkFilled();
    QVERIFY(!tryOpen(given(Secret(before.trimmed().toStdString()))));
}

void TstVault::rekeyShowsAKeyItCannotWrite()
{
    const Secret first = MasterKey::random().text();
    fill(given(first));
    Secret shown;
    const auto report =
        rekeyStore(m_fixture->path().toStdString(), given(first), [&](const Secret &key) { shown = key; });
    QVERIFY(report);
    QVERIFY(!tryOpen(given(first)));
    checkFilled(given(shown));
}

void TstVault::rekeyLeavesAStoreInUseAlone()
{
    fill();
    const QByteArray key = fileText(keyPath());
    const auto store = m_fixture->open();
    const auto report = rekeyStore(m_fixture->path().toStdString(), file(), [](const Secret &) {});
    QVERIFY(!report);
    QCOMPARE(report.error().code, std::string("store_locked"));
    QVERIFY(report.error().text.find("Stop the gateway") != std::string::npos);
    QCOMPARE(fileText(keyPath()), key);
    QCOMPARE(store->loadKeys().value().at(0).secret.reveal(), std::string("key-one"));
}

void TstVault::anInterruptedRekeyOpens_data()
{
    QTest::addColumn<bool>("isSealedAnew");
    QTest::newRow("before the sealing") << false;
    QTest::newRow("after the sealing") << true;
}

/// The file has both keys then, whichever is the right one.
void TstVault::anInterruptedRekeyOpens()
{
    QFETCH(bool, isSealedAnew);
    fill();
    const QByteArray old = fileText(keyPath());
    if (isSealedAnew)
        QVERIFY(rekeyStore(m_fixture->path().toStdString(), file(), [](const Secret &) {}));
    const QByteArray right = fileText(keyPath());
    const QByteArray other = isSealedAnew ? old : QByteArray(32, 'x').toBase64() + '\n';
    writeKey(isSealedAnew ? other + right : right + other);
    checkFilled();
    QCOMPARE(fileText(keyPath()), right);
}

void TstVault::forgettingKeepsAllButTheSecrets()
{
    fill();
    writeKey(QByteArray(32, 'x').toBase64());
    const auto report = forgetSealed(m_fixture->path().toStdString(), file());
    QVERIFY2(report, report ? "" : report.error().text.c_str());
    QCOMPARE(report->texts, 2);
    const auto store = m_fixture->open();
    QVERIFY(store);
    auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), std::size_t{2});
    QCOMPARE(rows->at(0).settings.label, std::string("mine"));
    QCOMPARE(rows->at(0).state, KeyState::Sidelined);
    QVERIFY(!rows->at(0).settings.enabled);
    QVERIFY(rows->at(0).secret.isEmpty());
    const std::vector<std::pair<std::string, std::string>> settings = {{"PORT", "4365"}};
    QCOMPARE(store->loadSettings().value(), settings);
    QVERIFY(store->loadProxies().value().empty());
    // Entered anew, a key has its label again; from the environment too.
    const auto back = store->mergeKeys({Secret("key-one")});
    QCOMPARE(back.value().size(), std::size_t{1});
    rows = store->loadKeys();
    QCOMPARE(rows->at(0).secret.reveal(), std::string("key-one"));
    QCOMPARE(rows->at(0).settings.label, std::string("mine"));
    QCOMPARE(rows->at(0).state, KeyState::Usable);
    QVERIFY(rows->at(0).settings.enabled);
    QVERIFY(rows->at(1).secret.isEmpty());
}

void TstVault::forgettingIsRefusedWhenNothingIsLost()
{
    fill();
    auto report = forgetSealed(m_fixture->path().toStdString(), file());
    QVERIFY(!report);
    QCOMPARE(report.error().code, std::string("master_key_there"));
    const QByteArray key = fileText(keyPath());
    writeKey("mistyped");
    report = forgetSealed(m_fixture->path().toStdString(), file());
    QVERIFY(!report);
    QCOMPARE(report.error().code, std::string("master_key_invalid"));
    writeKey(key);
    checkFilled();
}

/// Killed anywhere, the store opens with what is in the key file.
void TstVault::aKilledRekeyLeavesAStoreThatOpens()
{
    fill();
    int finished = 0;
    for (int round = 0; round < 12; ++round) {
        QProcess rekeyer;
        rekeyer.start(QStringLiteral(REKEYER), {m_fixture->path(), keyPath()});
        QVERIFY(rekeyer.waitForReadyRead());
        QTest::qWait(round * 20);
        rekeyer.kill();
        QVERIFY(rekeyer.waitForFinished());
        finished += static_cast<int>(rekeyer.readAllStandardOutput().count('\n'));
        checkFilled();
    }
    QVERIFY(finished > 12); // each says one line before its first round
}

QTEST_GUILESS_MAIN(TstVault)
#include "tst_vault.moc"
