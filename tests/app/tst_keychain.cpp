#include <map>

#include <QFile>
#include <QLibrary>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "app/keychainmodule.h"
#include "app/keychainsource.h"
#include "gateway/store/masterkeysources.h"
#include "gateway/store/store.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace {

class FakeKeychain final : public Keychain
{
public:
    Result<std::optional<Secret>> read(const std::string &name) override
    {
        if (isLocked)
            return fail(503, "keychain_refused", "locked");
        const auto found = texts.find(name);
        return found == texts.end() ? std::optional<Secret>() : std::optional(found->second);
    }
    Result<void> write(const std::string &name, const Secret &text) override
    {
        if (isLocked)
            return fail(503, "keychain_refused", "locked");
        texts[name] = text;
        return {};
    }

    std::map<std::string, Secret> texts;
    bool isLocked = false;
};

} // namespace

class TstKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsAKeyForEachStore();
    void withoutAKeychainThereIsNoKey();
    void aNewStoresKeyGoesToTheFirstPlace();
    void aServerFindsAKeyOfTheDesktop();
    void aLockedKeychainIsPassedOver();
    void aRealKeychainKeepsTexts();

private:
    std::shared_ptr<MasterKeySource> chain()
    {
        return std::make_shared<KeychainSource>([this] { return &m_keychain; });
    }
    std::shared_ptr<MasterKeySource> file() const
    {
        return std::make_shared<MasterKeyFile>(keyPath().toStdString(), MasterKeyFile::WhenMissing::Make);
    }
    QString keyPath() const { return m_folder->filePath(u"master.key"_s); }
    Result<std::unique_ptr<Store>> open(std::vector<std::shared_ptr<MasterKeySource>> sources)
    {
        StoreOptions options;
        options.databaseUrl = "sqlite:" + m_folder->filePath(u"store.db"_s).toStdString();
        options.masterKeys = std::move(sources);
        return Store::open(options, m_clock);
    }

    FakeClock m_clock;
    FakeKeychain m_keychain;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstKeychain::init()
{
    m_keychain = FakeKeychain();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstKeychain::keepsAKeyForEachStore()
{
    const auto source = chain();
    const MasterKey one = MasterKey::random();
    const MasterKey two = MasterKey::random();
    QVERIFY(source->load("a").value().empty());
    QVERIFY(source->save("a", {one}));
    QVERIFY(source->save("b", {one, two}));
    QCOMPARE(source->load("a").value().size(), std::size_t{1});
    QCOMPARE(source->load("b").value().size(), std::size_t{2});
    QCOMPARE(source->load("b")->back().text().reveal(), two.text().reveal());
    m_keychain.texts.begin()->second = Secret("damaged");
    QCOMPARE(source->load("a").error().code, std::string("master_key_invalid"));
}

void TstKeychain::withoutAKeychainThereIsNoKey()
{
    KeychainSource source([] { return nullptr; });
    QVERIFY(!source.isWritable());
    QVERIFY(source.load("a").value().empty());
    QVERIFY(!source.save("a", {MasterKey::random()}));
    QVERIFY(open({std::make_shared<KeychainSource>([] { return nullptr; }), file()}));
    QVERIFY(QFile::exists(keyPath()));
}

void TstKeychain::aNewStoresKeyGoesToTheFirstPlace()
{
    QVERIFY(open({chain(), file()}));
    QVERIFY(!QFile::exists(keyPath()));
    QCOMPARE(m_keychain.texts.size(), std::size_t{1});
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(open({file(), chain()}));
    QVERIFY(QFile::exists(keyPath()));
    QCOMPARE(m_keychain.texts.size(), std::size_t{1});
}

void TstKeychain::aServerFindsAKeyOfTheDesktop()
{
    QVERIFY(open({chain(), file()}));
    QVERIFY(open({file(), chain()}));
    m_keychain.texts.clear();
    const auto lost = open({file(), chain()});
    QVERIFY(!lost);
    QVERIFY(lost.error().text.find("last found in the desktop's keychain") != std::string::npos);
}

void TstKeychain::aLockedKeychainIsPassedOver()
{
    QVERIFY(open({file(), chain()}));
    m_keychain.isLocked = true;
    QVERIFY(open({chain(), file()}));
    m_keychain.isLocked = false;
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(open({chain(), file()}));
    m_keychain.isLocked = true;
    const auto locked = open({chain(), file()});
    QVERIFY(!locked);
    QCOMPARE(locked.error().code, std::string("keychain_refused"));
}

/// In a session of its own with a keyring of its own.
void TstKeychain::aRealKeychainKeepsTexts()
{
    if (!QFile::exists(QStringLiteral(KEYCHAIN_MODULE)))
        QSKIP("built without QtKeychain");
    const QString session = QStandardPaths::findExecutable(u"dbus-run-session"_s);
    if (session.isEmpty() || QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty())
        QSKIP("needs dbus-run-session and gnome-keyring-daemon");
    QProcess probe;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder->path());
    environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder->path());
    environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"GNOME"_s);
    environment.insert(u"KEYCHAIN_PROBE"_s, u"1"_s);
    probe.setProcessEnvironment(environment);
    probe.setProcessChannelMode(QProcess::MergedChannels);
    const QString script =
        u"printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "_s + u'\'' +
        QCoreApplication::applicationFilePath() + u'\'';
    probe.start(session, {u"--"_s, u"sh"_s, u"-c"_s, script});
    QVERIFY(probe.waitForFinished());
    const QByteArray output = probe.readAll();
    QVERIFY2(output.contains("read: kept\nmissing: none\n"), output.constData());
}

namespace {

int runProbe()
{
    QLibrary library(QStringLiteral(KEYCHAIN_MODULE));
    auto *entry = reinterpret_cast<KeychainEntry *>(library.resolve(KEYCHAIN_ENTRY));
    if (!entry) {
        std::printf("%s\n", qPrintable(library.errorString()));
        return 1;
    }
    Keychain *keychain = entry();
    if (const Result<void> written = keychain->write("probe", Secret("kept")); !written)
        std::printf("%s\n", written.error().text.c_str());
    const auto read = keychain->read("probe");
    std::printf("read: %s\n", read && *read ? (*read)->reveal().c_str() : "none");
    const auto missing = keychain->read("missing");
    std::printf("missing: %s\n", missing && !*missing ? "none" : "something");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet("KEYCHAIN_PROBE"))
        return runProbe();
    TstKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
