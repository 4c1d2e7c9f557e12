#include <set>

#include <QTest>

#include "gateway/settings/settings.h"

using namespace Gateway;

namespace {

std::string refusal(Setting setting, std::string_view value)
{
    Settings settings;
    const Result<void> taken = settings.set(setting, value, SettingSource::Environment);
    return taken ? std::string() : taken.error().text;
}

} // namespace

class TstSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDefaultIsAllowed();
    void namesAreUniqueAndFound();
    void numbersKeepTheirRange_data();
    void numbersKeepTheirRange();
    void readsUnits();
    void readsFlags();
    void readsLists();
    void refusesAnEmptyToken();
    void checksTexts_data();
    void checksTexts();
    void refusalNamesSettingValueAndRange();
    void refusalMasksSecrets();
    void showsNoSecret();
};

void TstSettings::everyDefaultIsAllowed()
{
    Settings settings;
    for (const SettingRow &row : settingTable()) {
        QCOMPARE(settings.source(row.id), SettingSource::Default);
        QCOMPARE(settings.text(row.id), std::string(row.defaultValue));
        QVERIFY(!row.section.empty() && !row.text.empty());
        if (row.id == Setting::AuthToken) // made at the first start
            continue;
        const Result<void> taken = settings.set(row.id, row.defaultValue, SettingSource::Store);
        QVERIFY2(taken, row.name.data());
        QCOMPARE(settings.integer(row.id), Settings().integer(row.id));
        QCOMPARE(settings.list(row.id), Settings().list(row.id));
    }
    QCOMPARE(settings.integer(Setting::BodyLimit), std::int64_t{100} * 1024 * 1024);
    QVERIFY(settings.flag(Setting::ImageFetch));
}

void TstSettings::namesAreUniqueAndFound()
{
    std::set<std::string> options;
    for (const SettingRow &row : settingTable()) {
        QCOMPARE(findSetting(row.name), &row);
        QCOMPARE(findSettingByOption(optionName(row)), &row);
        options.insert(optionName(row));
    }
    QCOMPARE(options.size(), settingTable().size());
    QVERIFY(options.count("max-retries"));
    QVERIFY(!findSetting("max_retries"));
    QVERIFY(!findSettingByOption("MAX_RETRIES"));
}

void TstSettings::numbersKeepTheirRange_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("lowest") << QByteArray("0") << true;
    QTest::newRow("highest") << QByteArray("20") << true;
    QTest::newRow("blanks around") << QByteArray(" 7 ") << true;
    QTest::newRow("too high") << QByteArray("21") << false;
    QTest::newRow("too low") << QByteArray("-1") << false;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("no number") << QByteArray("three") << false;
    QTest::newRow("fraction") << QByteArray("1.5") << false;
    QTest::newRow("rest") << QByteArray("3x") << false;
    QTest::newRow("overflow") << QByteArray("99999999999999999999") << false;
}

void TstSettings::numbersKeepTheirRange()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, allowed);
    QCOMPARE(refusal(Setting::MaxRetries, text.toStdString()).empty(), allowed);
}

void TstSettings::readsUnits()
{
    Settings settings;
    const auto read = [&](Setting setting, std::string_view text) {
        return settings.set(setting, text, SettingSource::Store) ? settings.integer(setting) : -1;
    };
    QCOMPARE(read(Setting::BodyLimit, "2048"), 2048);
    QCOMPARE(read(Setting::BodyLimit, "5 MiB"), 5 * 1024 * 1024);
    QCOMPARE(read(Setting::BodyLimit, "5m"), 5 * 1024 * 1024);
    QCOMPARE(read(Setting::BodyLimit, "5MB"), 5'000'000);
    QCOMPARE(read(Setting::BodyLimit, "5 s"), -1);
    QCOMPARE(read(Setting::BodyLimit, "9223372036854775807 GiB"), -1);
    QCOMPARE(read(Setting::CheckInterval, "90s"), 90);
    QCOMPARE(read(Setting::CheckInterval, "2 h"), 7200);
    QCOMPARE(read(Setting::CheckInterval, "5 MiB"), -1);
    QCOMPARE(read(Setting::MaxRetries, "5s"), -1);
}

void TstSettings::readsFlags()
{
    Settings settings;
    for (const std::string_view off : {"0", "false", "No", "OFF"}) {
        QVERIFY(settings.set(Setting::ImageFetch, off, SettingSource::Store));
        QVERIFY(!settings.flag(Setting::ImageFetch));
    }
    for (const std::string_view on : {"1", "True", "yes", "on"}) {
        QVERIFY(settings.set(Setting::ImageFetch, on, SettingSource::Store));
        QVERIFY(settings.flag(Setting::ImageFetch));
    }
    QVERIFY(!refusal(Setting::ImageFetch, "2").empty());
}

void TstSettings::readsLists()
{
    using List = std::vector<std::string>;
    Settings settings;
    const auto read = [&](std::string_view text) {
        return settings.set(Setting::AllowedTokens, text, SettingSource::Store)
                   ? settings.list(Setting::AllowedTokens)
                   : List{"refused"};
    };
    QCOMPARE(read("a, b\n\nc,"), (List{"a", "b", "c"}));
    QCOMPARE(read(R"(["a", " b "])"), (List{"a", "b"}));
    QCOMPARE(read(""), List{});
    QCOMPARE(read("[]"), List{});
    QCOMPARE(read(R"(["a")"), List{"refused"});
    QCOMPARE(read("[1]"), List{"refused"});
    QCOMPARE(read("a b"), List{"refused"});
}

void TstSettings::refusesAnEmptyToken()
{
    QVERIFY(!refusal(Setting::AuthToken, "").empty());
    QVERIFY(!refusal(Setting::AuthToken, "  ").empty());
    QVERIFY(!refusal(Setting::AuthToken, "two words").empty());
    QVERIFY(refusal(Setting::AuthToken, "sk-123").empty());
}

void TstSettings::checksTexts_data()
{
    QTest::addColumn<int>("setting");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("allowed");
    const auto row = [](Setting setting, const char *text, bool allowed) {
        QTest::addRow("%s %s", settingRow(setting).name.data(), text)
            << static_cast<int>(setting) << QByteArray(text) << allowed;
    };
    row(Setting::Host, "0.0.0.0", true);
    row(Setting::Host, "::1", true);
    row(Setting::Host, "localhost", true);
    row(Setting::Host, "http://127.0.0.1", false);
    row(Setting::Host, "", false);
    row(Setting::ProxyUrl, "", true);
    row(Setting::ProxyUrl, "http://proxy:8080", true);
    row(Setting::ProxyUrl, "https://user:p%40ss@proxy.example", true);
    row(Setting::ProxyUrl, "socks5h://127.0.0.1:1080", true);
    row(Setting::ProxyUrl, "ftp://proxy", false);
    row(Setting::ProxyUrl, "proxy:8080", false);
    row(Setting::ProxyUrl, "http://proxy/path", false);
    row(Setting::ProxyUrl, "http://:8080", false);
    row(Setting::GoogleApiHost, "http://127.0.0.1:9000", true);
    row(Setting::GoogleApiHost, "https://relay.example/gemini/", true);
    row(Setting::GoogleApiHost, "generativelanguage.googleapis.com", false);
    row(Setting::GoogleApiHost, "https://host?key=1", false);
    row(Setting::GoogleApiHost, "", false);
    row(Setting::DatabaseUrl, "sqlite:/var/lib/x.db", true);
    row(Setting::DatabaseUrl, "file:./x.db", true);
    row(Setting::DatabaseUrl, "sqlite:", false);
    row(Setting::DatabaseUrl, "mysql://host/db", false);
    row(Setting::AllowedHosts, "gateway.lan, 192.168.1.5,*", true);
    row(Setting::AllowedHosts, "http://gateway.lan", false);
    row(Setting::CorsOrigins, "https://a.example,http://localhost:3000", true);
    row(Setting::CorsOrigins, "https://a.example/path", false);
    row(Setting::CorsOrigins, "a.example", false);
    row(Setting::LogLevel, "debug", true);
    row(Setting::LogLevel, "loud", false);
}

void TstSettings::checksTexts()
{
    QFETCH(int, setting);
    QFETCH(QByteArray, text);
    QFETCH(bool, allowed);
    QCOMPARE(refusal(static_cast<Setting>(setting), text.toStdString()).empty(), allowed);
}

void TstSettings::refusalNamesSettingValueAndRange()
{
    QCOMPARE(refusal(Setting::MaxRetries, "21"),
             std::string("MAX_RETRIES = \"21\" is not allowed; allowed is a whole number from 0 to 20"));
    QCOMPARE(refusal(Setting::RecordBodies, "some"),
             std::string("RECORD_BODIES = \"some\" is not allowed; allowed is one of off, errors, all"));
}

void TstSettings::refusalMasksSecrets()
{
    const std::string key = refusal(Setting::GeminiApiKeys, "AIzaSyFirst-0123456789,AIza Second-0123456789");
    QVERIFY(!key.empty());
    QVERIFY(key.find("0123") == std::string::npos);
    const std::string proxy = refusal(Setting::ProxyUrl, "ftp://user:hunter2@proxy");
    QVERIFY(!proxy.empty());
    QVERIFY(proxy.find("hunter2") == std::string::npos);
    QVERIFY(proxy.find("ftp://…@proxy") != std::string::npos);
}

void TstSettings::showsNoSecret()
{
    QCOMPARE(shownText(settingRow(Setting::AuthToken), "sk-0123456789abcdef"), std::string("sk-0…cdef"));
    QCOMPARE(shownText(settingRow(Setting::AllowedTokens), "short,sk-0123456789abcdef"),
             std::string("…, sk-0…cdef"));
    QCOMPARE(shownText(settingRow(Setting::ProxyUrl), "socks5://u:p@ss@host:1"),
             std::string("socks5://…@host:1"));
    QCOMPARE(shownText(settingRow(Setting::GoogleApiHost), "https://h?key=AIza"), std::string("https://h?…"));
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "AIza0123456789abc" + std::to_string(i) + '\n';
    const std::string shown = shownText(settingRow(Setting::GeminiApiKeys), many);
    QVERIFY(shown.size() < 100);
    QVERIFY(shown.find("(100 in all)") != std::string::npos);
}

QTEST_APPLESS_MAIN(TstSettings)
#include "tst_settings.moc"
