#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli/rekeyverb.h"
#include "app/configuration.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/store/store.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

class TstConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesThePrivateFolderAndTheStore();
    void makesNoStoreForWrongSettings();
    void makesNoStoreToLookAtSettings();
    void readsWhatIsStored();
    void tellsStoredAndGivenFaultsTogether();
    void readsEnvFilesUnderTheEnvironment();
    void namesAMissingEnvFile();
    void anyFolderNameWillDo();
    void makesAMasterKeyBesideTheStore();
    void takesTheMasterKeyThatIsGiven();
    void rekeyGoesOnWithAnotherKey();

private:
    std::string dataDir() const { return m_folder->filePath(u"data"_s).toStdString(); }
    CommandLine lineInFolder() const
    {
        CommandLine line;
        line.settings = {{"DATA_DIR", dataDir()}};
        return line;
    }
    void storeSetting(const std::string &name, const std::string &value);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstConfiguration::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstConfiguration::storeSetting(const std::string &name, const std::string &value)
{
    Result<Configuration> read = loadConfiguration(lineInFolder(), {}, StorePolicy::Create, m_clock);
    QVERIFY(read);
    read->store->saveSetting(name, value, false, [](Result<void>) {});
}

void TstConfiguration::makesThePrivateFolderAndTheStore()
{
    const Result<Configuration> read = loadConfiguration(lineInFolder(), {}, StorePolicy::Create, m_clock);
    QVERIFY(read);
    QVERIFY(read->store);
    const QString folder = QString::fromStdString(dataDir());
    QVERIFY(QFile::exists(folder + "/gemini-balance.db"_L1));
    QVERIFY(!(QFile::permissions(folder) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TstConfiguration::makesNoStoreForWrongSettings()
{
    CommandLine line = lineInFolder();
    line.settings.emplace_back("PORT", "70000");
    const Result<Configuration> read =
        loadConfiguration(line, {"MAX_RETRIES=x"}, StorePolicy::Create, m_clock);
    QVERIFY(!read);
    QCOMPARE(QString::fromStdString(read.error().text).count(u'\n'), 1);
    QVERIFY(!QFile::exists(QString::fromStdString(dataDir())));
}

void TstConfiguration::makesNoStoreToLookAtSettings()
{
    const Result<Configuration> read =
        loadConfiguration(lineInFolder(), {}, StorePolicy::OnlyIfThere, m_clock);
    QVERIFY(read);
    QVERIFY(!read->store);
    QVERIFY(!QFile::exists(QString::fromStdString(dataDir())));
}

void TstConfiguration::readsWhatIsStored()
{
    storeSetting("MAX_RETRIES", "7");
    const Result<Configuration> read =
        loadConfiguration(lineInFolder(), {"MAX_FAILURES=8"}, StorePolicy::OnlyIfThere, m_clock);
    QVERIFY(read);
    QCOMPARE(read->settings.integer(Setting::MaxRetries), 7);
    QCOMPARE(read->settings.source(Setting::MaxRetries), SettingSource::Store);
    QCOMPARE(read->settings.source(Setting::MaxFailures), SettingSource::Environment);
}

void TstConfiguration::tellsStoredAndGivenFaultsTogether()
{
    storeSetting("MAX_RETRIES", "many");
    const Result<Configuration> read =
        loadConfiguration(lineInFolder(), {"PORT=x"}, StorePolicy::Create, m_clock);
    QVERIFY(!read);
    QVERIFY(read.error().text.find("MAX_RETRIES = \"many\"") != std::string::npos);
    QVERIFY(read.error().text.find("PORT = \"x\"") != std::string::npos);
}

void TstConfiguration::readsEnvFilesUnderTheEnvironment()
{
    const auto write = [this](const QString &name, const QByteArray &text) {
        QFile file(m_folder->filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName().toStdString();
    };
    CommandLine line = lineInFolder();
    line.envFiles = {write(u"a.env"_s, "PORT=1\nMAX_RETRIES=1\nMAX_FAILURES=1\nOTHER=x\n"),
                     write(u"b.env"_s, "MAX_RETRIES=2\n")};
    const Result<Configuration> read =
        loadConfiguration(line, {"MAX_FAILURES=3"}, StorePolicy::OnlyIfThere, m_clock);
    QVERIFY(read);
    QCOMPARE(read->settings.integer(Setting::Port), 1);
    QCOMPARE(read->settings.integer(Setting::MaxRetries), 2);
    QCOMPARE(read->settings.integer(Setting::MaxFailures), 3);
}

void TstConfiguration::namesAMissingEnvFile()
{
    CommandLine line = lineInFolder();
    line.envFiles = {"/nowhere/x.env"};
    const Result<Configuration> read = loadConfiguration(line, {}, StorePolicy::OnlyIfThere, m_clock);
    QVERIFY(!read);
    QVERIFY(read.error().text.find("/nowhere/x.env") != std::string::npos);
}

void TstConfiguration::anyFolderNameWillDo()
{
    CommandLine line;
    const QString folder = m_folder->filePath(u"50% of #1? ä"_s);
    line.settings = {{"DATA_DIR", folder.toStdString()}};
    const Result<Configuration> read = loadConfiguration(line, {}, StorePolicy::Create, m_clock);
    QVERIFY2(read, read ? "" : read.error().text.c_str());
    QVERIFY(QFile::exists(folder + "/gemini-balance.db"_L1));
}

void TstConfiguration::makesAMasterKeyBesideTheStore()
{
    storeSetting("AUTH_TOKEN", "gb-token");
    const QString file = QString::fromStdString(dataDir()) + "/master.key"_L1;
    QVERIFY(QFile::exists(file));
    QVERIFY(QFile::remove(file));
    const Result<Configuration> read = loadConfiguration(lineInFolder(), {}, StorePolicy::Create, m_clock);
    QVERIFY(!read);
    QVERIFY2(read.error().text.find(file.toStdString()) != std::string::npos, read.error().text.c_str());
    QVERIFY(read.error().text.find("rekey --forget") != std::string::npos);
}

void TstConfiguration::takesTheMasterKeyThatIsGiven()
{
    const std::string key = QByteArray(32, 'k').toBase64().toStdString();
    const std::string path = m_folder->filePath(u"key"_s).toStdString();
    CommandLine line = lineInFolder();
    {
        const auto read =
            loadConfiguration(line, {"GATEWAY_MASTER_KEY=" + key}, StorePolicy::Create, m_clock);
        QVERIFY(read);
        QVERIFY(!QFile::exists(QString::fromStdString(dataDir()) + "/master.key"_L1));
    }
    QVERIFY(!loadConfiguration(line, {}, StorePolicy::Create, m_clock));
    line.settings.emplace_back("GATEWAY_MASTER_KEY_FILE", path);
    QVERIFY(!loadConfiguration(line, {}, StorePolicy::Create, m_clock)); // it is not there
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(QByteArray(32, 'k').toHex());
    file.close();
    QVERIFY(loadConfiguration(line, {}, StorePolicy::Create, m_clock));
    const auto wrong = loadConfiguration(line, {"GATEWAY_MASTER_KEY=mistyped"}, StorePolicy::Create, m_clock);
    QVERIFY(!wrong);
    QVERIFY(wrong.error().text.find("GATEWAY_MASTER_KEY is no key") != std::string::npos);
    QVERIFY(wrong.error().text.find("mistyped") == std::string::npos);
}

void TstConfiguration::rekeyGoesOnWithAnotherKey()
{
    CommandLine line = lineInFolder();
    line.verb = "rekey";
    QCOMPARE(runRekeyVerb(line), EXIT_FAILED); // there is no store yet
    storeSetting("ALLOWED_TOKENS", "gb-token");
    const QString path = QString::fromStdString(dataDir()) + "/master.key"_L1;
    const auto keyText = [&] {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray first = keyText();
    QCOMPARE(runRekeyVerb(line), EXIT_DONE);
    QVERIFY(keyText() != first);
    const auto tokens = [&] {
        const auto read = loadConfiguration(lineInFolder(), {}, StorePolicy::OnlyIfThere, m_clock);
        return read ? read->settings.text(Setting::AllowedTokens) : "not opened";
    };
    QCOMPARE(tokens(), std::string("gb-token"));
    line.forget = true;
    QCOMPARE(runRekeyVerb(line), EXIT_FAILED); // nothing is lost
    QVERIFY(QFile::remove(path));
    QCOMPARE(tokens(), std::string("not opened"));
    QCOMPARE(runRekeyVerb(line), EXIT_DONE);
    QCOMPARE(tokens(), std::string());
}

QTEST_GUILESS_MAIN(TstConfiguration)
#include "tst_configuration.moc"
