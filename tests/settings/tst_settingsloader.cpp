#include <QTest>

#include "gateway/settings/settingsloader.h"

using namespace Gateway;

class TstSettingsLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laterSourcesWin();
    void anEmptyVariableCountsAsNotSet();
    void anEmptyOptionIsAValue();
    void reportsEveryWrongValue();
    void leavesUnknownNamesAlone();
    void findsSettingsInTheEnvironment();
    void guessesTheNearestName();
};

void TstSettingsLoader::laterSourcesWin()
{
    SettingInputs inputs;
    inputs.stored = {{"MAX_RETRIES", "1"}, {"MAX_FAILURES", "1"}, {"PORT", "1"}, {"WORKERS", "1"}};
    inputs.envFile = {{"MAX_FAILURES", "2"}, {"PORT", "2"}, {"WORKERS", "2"}};
    inputs.environment = {{"PORT", "3"}, {"WORKERS", "3"}};
    inputs.commandLine = {{"WORKERS", "4"}};
    const LoadedSettings loaded = loadSettings(inputs);
    QVERIFY(loaded.problems.empty());
    const Settings &settings = loaded.settings;
    QCOMPARE(settings.integer(Setting::MaxRetries), 1);
    QCOMPARE(settings.source(Setting::MaxRetries), SettingSource::Store);
    QCOMPARE(settings.integer(Setting::MaxFailures), 2);
    QCOMPARE(settings.source(Setting::MaxFailures), SettingSource::Environment);
    QCOMPARE(settings.integer(Setting::Port), 3);
    QCOMPARE(settings.source(Setting::Port), SettingSource::Environment);
    QCOMPARE(settings.integer(Setting::Workers), 4);
    QCOMPARE(settings.source(Setting::Workers), SettingSource::CommandLine);
    QCOMPARE(settings.source(Setting::BodyLimit), SettingSource::Default);
}

void TstSettingsLoader::anEmptyVariableCountsAsNotSet()
{
    SettingInputs inputs;
    inputs.stored = {{"PROXY_URL", "http://proxy"}};
    inputs.envFile = {{"PORT", ""}};
    inputs.environment = {{"PROXY_URL", " "}, {"AUTH_TOKEN", ""}};
    const LoadedSettings loaded = loadSettings(inputs);
    QVERIFY(loaded.problems.empty());
    QCOMPARE(loaded.settings.text(Setting::ProxyUrl), std::string("http://proxy"));
    QCOMPARE(loaded.settings.integer(Setting::Port), 4364);
}

void TstSettingsLoader::anEmptyOptionIsAValue()
{
    SettingInputs inputs;
    inputs.environment = {{"PROXY_URL", "http://proxy"}};
    inputs.commandLine = {{"PROXY_URL", ""}, {"AUTH_TOKEN", ""}};
    const LoadedSettings loaded = loadSettings(inputs);
    QCOMPARE(loaded.settings.text(Setting::ProxyUrl), std::string());
    QCOMPARE(loaded.settings.source(Setting::ProxyUrl), SettingSource::CommandLine);
    QCOMPARE(loaded.problems.size(), std::size_t{1});
    QVERIFY(loaded.problems.front().starts_with("AUTH_TOKEN"));
}

void TstSettingsLoader::reportsEveryWrongValue()
{
    SettingInputs inputs;
    inputs.stored = {{"PORT", "70000"}};
    inputs.envFile = {{"WORKERS", "many"}};
    inputs.environment = {{"PORT", "80"}, {"MAX_RETRIES", "21"}};
    inputs.commandLine = {{"LOG_LEVEL", "loud"}};
    const LoadedSettings loaded = loadSettings(inputs);
    QCOMPARE(loaded.problems.size(), std::size_t{4});
    QCOMPARE(
        loaded.problems[0],
        std::string("PORT = \"70000\" is not allowed; allowed is a whole number from 0 to 65535 (stored)"));
    QVERIFY(loaded.problems[1].ends_with("(from the environment file)"));
    QVERIFY(loaded.problems[2].ends_with("(from the environment)"));
    QVERIFY(loaded.problems[3].ends_with("(from the command line)"));
}

void TstSettingsLoader::leavesUnknownNamesAlone()
{
    SettingInputs inputs;
    inputs.stored = {{"SETTING_OF_A_NEWER_PROGRAM", "x"}, {"PORT", "80"}};
    const LoadedSettings loaded = loadSettings(inputs);
    QVERIFY(loaded.problems.empty());
    QCOMPARE(loaded.settings.integer(Setting::Port), 80);
}

void TstSettingsLoader::findsSettingsInTheEnvironment()
{
    const SettingTexts texts = settingsAmong({"PATH=/bin", "PORT=80", "BROKEN", "AUTH_TOKEN=a=b", "port=1"});
    QCOMPARE(texts, (SettingTexts{{"PORT", "80"}, {"AUTH_TOKEN", "a=b"}}));
}

void TstSettingsLoader::guessesTheNearestName()
{
    const std::vector<std::string> names{"port", "host", "max-retries", "max-failures"};
    QCOMPARE(nearestName("max-retry", names), std::string("max-retries"));
    QCOMPARE(nearestName("prot", names), std::string("port"));
    QCOMPARE(nearestName("maxfailures", names), std::string("max-failures"));
    QCOMPARE(nearestName("colour", names), std::string());
}

QTEST_APPLESS_MAIN(TstSettingsLoader)
#include "tst_settingsloader.moc"
