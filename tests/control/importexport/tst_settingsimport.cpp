#include <QTest>

#include "gateway/control/importexport/import.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

class TstSettingsImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPythonEnvFile();
    void aPythonSettingsObject();
    void namesAndParametersOfModels();
    void severalThresholdsAreNone();
    void anOwnEnvFile();
    void aNextDatabase();
    void wrongValuesAreLeftOut();
    void otherKindsOfKeysStayOut();
    void manyProxiesAreKeptApart();
    void anUnknownEnvFileIsText();
};

namespace {

std::string settingOf(const ImportResult &result, std::string_view name)
{
    for (const auto &[known, value] : result.settings) {
        if (known == name)
            return value;
    }
    return "(none)";
}

std::vector<std::string> tokensOf(const ImportResult &result)
{
    std::vector<std::string> tokens;
    for (const ImportedToken &token : result.tokens)
        tokens.push_back(token.secret.reveal());
    return tokens;
}

} // namespace

void TstSettingsImport::aPythonEnvFile()
{
    const std::string text = "# configuration\nDATABASE_TYPE=sqlite\nAPI_KEYS=[\"" + oldKey(1) + "\",\"" +
                             newKey(2) +
                             "\"]\nALLOWED_TOKENS=[\"sk-team\",\"sk-other\"]\nAUTH_TOKEN=sk-admin\n"
                             "BASE_URL=https://proxy.example.com/v1beta\nMAX_FAILURES=10\nMAX_RETRIES=3\n"
                             "TEST_MODEL=gemini-2.5-flash-lite\nCHECK_INTERVAL_HOURS=2\nTIME_OUT=200\n"
                             "LOG_LEVEL=INFO\nPAID_KEY=" +
                             oldKey(3) +
                             "\nPROXIES=[\"socks5://127.0.0.1:1080\"]\nSTREAM_MAX_DELAY=0.024\n"
                             "FAKE_STREAM_ENABLED=true\nFAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS=7\n"
                             "STREAM_OPTIMIZER_ENABLED=True\nSTREAM_MIN_DELAY=0.016\nSTREAM_CHUNK_SIZE=8\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::Env);
    QCOMPARE(result.newKeys().size(), std::size_t{3});
    QCOMPARE(result.keys[0].place.line, 3);
    QCOMPARE(result.keys[2].settings.tier, KeyTier::Paid);
    QCOMPARE(tokensOf(result), (std::vector<std::string>{"sk-team", "sk-other"}));
    QCOMPARE(settingOf(result, "AUTH_TOKEN"), std::string("sk-admin"));
    QCOMPARE(settingOf(result, "GOOGLE_API_HOST"), std::string("https://proxy.example.com"));
    QCOMPARE(settingOf(result, "MAX_FAILURES"), std::string("10"));
    QCOMPARE(settingOf(result, "MAX_RETRIES"), std::string("2")); // three attempts in all
    QCOMPARE(settingOf(result, "CHECK_MODEL"), std::string("gemini-2.5-flash-lite"));
    QCOMPARE(settingOf(result, "CHECK_INTERVAL"), std::string("7200"));
    QCOMPARE(settingOf(result, "UPSTREAM_FIRST_BYTE_TIMEOUT"), std::string("200"));
    QCOMPARE(settingOf(result, "PROXY_URL"), std::string("socks5://127.0.0.1:1080"));
    QCOMPARE(settingOf(result, "LOG_LEVEL"), std::string("info"));
    QCOMPARE(settingOf(result, "FAKE_STREAM"), std::string("true"));
    QCOMPARE(settingOf(result, "HEARTBEAT_INTERVAL"), std::string("7"));
    QCOMPARE(settingOf(result, "STREAM_SMOOTHING"), std::string("True"));
    QCOMPARE(settingOf(result, "STREAM_SMOOTHING_STEP"), std::string("16"));
    QCOMPARE(settingOf(result, "STREAM_SMOOTHING_CHUNK"), std::string("8"));
    QCOMPARE(result.warnings.size(), std::size_t{1});
    QVERIFY(result.warnings[0].text.find("STREAM_MAX_DELAY") != std::string::npos);
    QVERIFY(result.warnings[0].text.find("DATABASE_TYPE") != std::string::npos);
}

void TstSettingsImport::aPythonSettingsObject()
{
    const std::string text = R"({"API_KEYS": [")" + oldKey(1) + R"("], "ALLOWED_TOKENS": ["sk-team"],
        "MAX_RETRIES": 5, "PROXIES": [], "TIME_OUT": 300, "SHOW_THINKING_PROCESS": true})";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::Json);
    QCOMPARE(result.newKeys().size(), std::size_t{1});
    QCOMPARE(tokensOf(result), (std::vector<std::string>{"sk-team"}));
    QCOMPARE(settingOf(result, "MAX_RETRIES"), std::string("4"));
    QCOMPARE(settingOf(result, "PROXY_URL"), std::string("(none)"));
}

void TstSettingsImport::namesAndParametersOfModels()
{
    const std::string text = R"({"API_KEYS": [")" + oldKey(1) + R"("],
        "FILTERED_MODELS": ["gemini-1.0-pro", "chat-bison-001"], "SEARCH_MODELS": ["gemini-2.5-flash"],
        "IMAGE_MODELS": [], "THINKING_MODELS": ["gemini-2.5-pro"], "TOOLS_CODE_EXECUTION_ENABLED": true,
        "URL_CONTEXT_ENABLED": false, "CUSTOM_HEADERS": {"X-Team": "a, b", "X-Stage": "test"},
        "THINKING_BUDGET_MAP": {"gemini-2.5-flash": 1000, "gemini-2.5-pro": -1},
        "SAFETY_SETTINGS": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"},
                            {"category": "HARM_CATEGORY_HATE_SPEECH", "threshold": "BLOCK_NONE"}]})";
    const ImportResult result = readImport(text);
    QCOMPARE(settingOf(result, "HIDDEN_MODELS"), std::string("gemini-1.0-pro, chat-bison-001"));
    QCOMPARE(settingOf(result, "SEARCH_MODELS"), std::string("gemini-2.5-flash"));
    QCOMPARE(settingOf(result, "IMAGE_MODELS"), std::string("(none)"));
    QCOMPARE(settingOf(result, "THINKING_MODELS"), std::string("gemini-2.5-pro"));
    QCOMPARE(settingOf(result, "CODE_EXECUTION"), std::string("true"));
    QCOMPARE(settingOf(result, "URL_CONTEXT"), std::string("false"));
    QCOMPARE(settingOf(result, "UPSTREAM_HEADERS"), std::string("X-Team: a, b; X-Stage: test"));
    QCOMPARE(settingOf(result, "MODEL_ALIASES"),
             std::string("gemini-2.5-flash=gemini-2.5-flash; thinking=1000, "
                         "gemini-2.5-pro=gemini-2.5-pro; thinking=auto"));
    QCOMPARE(settingOf(result, "SAFETY_THRESHOLD"), std::string("none"));
    QVERIFY(result.warnings.empty());
}

void TstSettingsImport::severalThresholdsAreNone()
{
    const std::string text = R"({"API_KEYS": [")" + oldKey(1) + R"("], "SAFETY_SETTINGS": [
        {"category": "HARM_CATEGORY_HARASSMENT", "threshold": "OFF"},
        {"category": "HARM_CATEGORY_HATE_SPEECH", "threshold": "BLOCK_NONE"}]})";
    const ImportResult result = readImport(text);
    QCOMPARE(settingOf(result, "SAFETY_THRESHOLD"), std::string("(none)"));
    QCOMPARE(result.warnings.size(), std::size_t{1});
    QVERIFY(result.warnings[0].text.find("SAFETY_SETTINGS") != std::string::npos);
}

void TstSettingsImport::anOwnEnvFile()
{
    const std::string text = "export GEMINI_API_KEYS=" + oldKey(1) + "," + newKey(2) +
                             "\nALLOWED_TOKENS=a-token-1,b-token-2\nMAX_RETRIES=3\nPORT=4444\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::Env);
    QCOMPARE(result.newKeys().size(), std::size_t{2});
    QCOMPARE(tokensOf(result), (std::vector<std::string>{"a-token-1", "b-token-2"}));
    QCOMPARE(settingOf(result, "MAX_RETRIES"), std::string("3"));
    QCOMPARE(settingOf(result, "PORT"), std::string("4444"));
    QVERIFY(result.warnings.empty());
}

void TstSettingsImport::aNextDatabase()
{
    ForeignData data;
    data.keys = {{Secret(oldKey(1)), true}, {Secret(newKey(2)), false}};
    data.settings = {{"AUTH_TOKEN", "$2a$10$abcdefghijklmnopqrstuv"},
                     {"ALLOWED_TOKENS", "first-token\nsecond-token"},
                     {"MAX_FAILURES", "5"},
                     {"HEALTH_CHECK_MODEL", "gemini-1.5-flash"},
                     {"THINKING_BUDGET_MAP", "{}"}};
    const ImportResult result = readImport(data);
    QCOMPARE(result.format, ImportFormat::Database);
    QCOMPARE(result.newKeys().size(), std::size_t{2});
    QVERIFY(!result.keys[1].settings.enabled);
    QCOMPARE(tokensOf(result), (std::vector<std::string>{"first-token", "second-token"}));
    QCOMPARE(settingOf(result, "MAX_FAILURES"), std::string("5"));
    QCOMPARE(settingOf(result, "CHECK_MODEL"), std::string("gemini-1.5-flash"));
    QCOMPARE(settingOf(result, "AUTH_TOKEN"), std::string("(none)"));
    QCOMPARE(settingOf(result, "MODEL_ALIASES"), std::string("(none)"));
    QCOMPARE(result.warnings.size(), std::size_t{1});
}

void TstSettingsImport::wrongValuesAreLeftOut()
{
    const ImportResult result =
        readImport("API_KEYS=[\"" + oldKey(1) + "\"]\nMAX_FAILURES=many\nTIME_OUT=999999\n");
    QCOMPARE(settingOf(result, "MAX_FAILURES"), std::string("(none)"));
    QCOMPARE(settingOf(result, "UPSTREAM_FIRST_BYTE_TIMEOUT"), std::string("(none)"));
    QCOMPARE(result.warnings.size(), std::size_t{2});
}

void TstSettingsImport::otherKindsOfKeysStayOut()
{
    const ImportResult result = readImport("API_KEYS=[\"" + oldKey(1) + "\"]\nVERTEX_API_KEYS=[\"" +
                                           newKey(2) + "\"]\nPICGO_API_KEY=" + newKey(3) + "\n");
    QCOMPARE(result.newKeys().size(), std::size_t{1});
    for (const ImportWarning &warning : result.warnings) {
        QVERIFY(warning.text.find(newKey(2)) == std::string::npos);
        QVERIFY(warning.text.find(newKey(3)) == std::string::npos);
    }
}

void TstSettingsImport::manyProxiesAreKeptApart()
{
    const ImportResult result = readImport("PROXIES=[\"http://a:1\",\"socks5://u:p@b:2\"]\nAPI_KEYS=[]\n");
    QCOMPARE(result.proxies.size(), std::size_t{2});
    QCOMPARE(result.proxies[1].reveal(), std::string("socks5://u:p@b:2"));
    QCOMPARE(settingOf(result, "PROXY_URL"), std::string("(none)"));
}

void TstSettingsImport::anUnknownEnvFileIsText()
{
    const ImportResult result = readImport("FIRST=" + oldKey(1) + "\nSECOND=" + newKey(2) + "\n");
    QCOMPARE(result.format, ImportFormat::Text);
    QCOMPARE(result.newKeys().size(), std::size_t{2});
}

QTEST_APPLESS_MAIN(TstSettingsImport)
#include "tst_settingsimport.moc"
