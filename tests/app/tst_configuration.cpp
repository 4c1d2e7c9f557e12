#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/configuration.h"
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

QTEST_GUILESS_MAIN(TstConfiguration)
#include "tst_configuration.moc"
