#include <QTest>

#include "app/cli/clicall.h"
#include "app/cli/settingsverb.h"
#include "gateway/common/json.h"
#include "gateway/control/local/localsettings.h"

using namespace Gateway;

class TstSettingsVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsEachSettingOnce();
    void printsWhoSetIt();
    void printsNoSecret();
    void printsJson();
};

namespace {

std::vector<SettingView> views(const Settings &settings)
{
    std::vector<SettingView> all;
    for (const SettingRow &row : settingTable())
        all.push_back(settingView(row, settings, settings));
    return all;
}

} // namespace

void TstSettingsVerb::printsEachSettingOnce()
{
    const QByteArray text = QByteArray::fromStdString(settingsText(views(Settings())));
    QCOMPARE(static_cast<std::size_t>(text.count('\n')), settingTable().size());
    for (const SettingRow &row : settingTable()) {
        const QByteArray start = QByteArray("\n") + row.name.data() + ' ';
        QCOMPARE(QByteArray('\n' + text).count(start), 1);
    }
}

void TstSettingsVerb::printsWhoSetIt()
{
    Settings settings;
    QVERIFY(settings.set(Setting::MaxRetries, "9", SettingSource::Environment));
    const QByteArray text = QByteArray::fromStdString(settingsText(views(settings))).simplified();
    QVERIFY(text.contains("MAX_RETRIES 9 environment"));
    QVERIFY(text.contains("MAX_FAILURES 3 default"));
    QVERIFY(text.contains("PROXY_URL (empty) default"));
}

void TstSettingsVerb::printsNoSecret()
{
    Settings settings;
    QVERIFY(settings.set(Setting::AuthToken, "sk-middle-0123456789", SettingSource::CommandLine));
    QVERIFY(settings.set(Setting::AllowedTokens, "sk-middle-1,sk-middle-2xxxxx", SettingSource::CommandLine));
    QVERIFY(settings.set(Setting::GeminiApiKeys, "AIza-middle-0123456789", SettingSource::CommandLine));
    QVERIFY(settings.set(Setting::ProxyUrl, "http://u:middle@h", SettingSource::CommandLine));
    QVERIFY(settingsText(views(settings)).find("middle") == std::string::npos);
    QVERIFY(toJson(jsonList(views(settings))).find("middle") == std::string::npos);
}

void TstSettingsVerb::printsJson()
{
    const Result<json::value> parsed = parseJson(toJson(jsonList(views(Settings()))));
    QVERIFY(parsed);
    const json::array &rows = parsed->as_array();
    QCOMPARE(rows.size(), settingTable().size());
    const json::object &port = rows[static_cast<std::size_t>(Setting::Port)].as_object();
    QCOMPARE(port.at("name"), json::value("PORT"));
    QCOMPARE(port.at("value"), json::value("4364"));
    QCOMPARE(port.at("source"), json::value("default"));
    QCOMPARE(port.at("needsRestart"), json::value(true));
}

QTEST_APPLESS_MAIN(TstSettingsVerb)
#include "tst_settingsverb.moc"
