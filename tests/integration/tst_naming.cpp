#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/adminclient.h"

using namespace Gateway;
using namespace TestSupport;

// The names of models, through the whole program.
class TstNaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAliasGoesUpAsItCame();
    void settingsOfNamesHoldAtOnce();
    void wrongRulesStopTheStart_data();
    void wrongRulesStopTheStart();
};

void TstNaming::anAliasGoesUpAsItCame()
{
    Stage stage(2);
    QVERIFY(stage.start({{"MODEL_ALIASES", "mine=gemini-3.6-flash"}}));
    const std::string body = "{ \"contents\" :[ {\"parts\":[{\"text\":\"\\u0041 mine\"} ]} ]}";
    const RawAnswer answer = stage.ask("/gemini/v1beta/models/mine:generateContent", body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("x-gateway-model"), std::string_view("gemini-3.6-flash"));
    const SeenRequest seen = stage.fake().requests().back();
    QCOMPARE(seen.request.path, std::string("/v1beta/models/gemini-3.6-flash:generateContent"));
    QCOMPARE(seen.request.body, body);
    QTRY_COMPARE_WITH_TIMEOUT(
        stage.query("SELECT asked.text || ' by ' || used.text || CASE WHEN cost_micro > 0 THEN ' paid' END "
                    "FROM requests JOIN names asked ON asked.id = requests.model_asked "
                    "JOIN names used ON used.id = requests.model_used"),
        std::vector<std::string>{"mine by gemini-3.6-flash paid"}, 2000);
}

void TstNaming::settingsOfNamesHoldAtOnce()
{
    Stage stage(1);
    QVERIFY(stage.start({{"AUTH_TOKEN", ADMIN_TOKEN}, {"WORKERS", "1"}}));
    const AdminClient admin(stage);
    const auto ask = [&stage](const std::string &path, const std::string &body) {
        stage.ask(path, body);
        return stage.fake().requests().back();
    };
    QCOMPARE(ask(GENERATE_PATH, nativeBody("x")).request.body, nativeBody("x"));
    admin.json(200, "PATCH", "/settings/SYSTEM_TEXT_BEFORE", R"({"value":"Be brief."})");
    admin.json(200, "PATCH", "/settings/MODEL_ALIASES", R"({"value":"mine=@pro; search"})");
    admin.json(200, "PATCH", "/settings/UPSTREAM_HEADERS", R"({"value":"X-Team: a"})");
    const std::string sent = ask(GENERATE_PATH, nativeBody("x")).request.body;
    QVERIFY2(sent.find("Be brief.") != std::string::npos, sent.c_str());
    const SeenRequest aliased = ask(CHAT_PATH, chatBody("x", false, "mine"));
    QCOMPARE(aliased.model, std::string("gemini-3.1-pro-preview"));
    QVERIFY(aliased.request.body.find(R"("tools":[{"googleSearch":{}}])") != std::string::npos);
    QCOMPARE(headerValue(aliased.request.headers, "x-team"), std::string_view("a"));
    for (const char *name : {"SYSTEM_TEXT_BEFORE", "MODEL_ALIASES", "UPSTREAM_HEADERS"})
        admin.json(200, "DELETE", std::string("/settings/") + name);
    QCOMPARE(ask(GENERATE_PATH, nativeBody("x")).request.body, nativeBody("x"));
    QCOMPARE(stage.ask(CHAT_PATH, chatBody("x", false, "mine")).status, 404);
}

void TstNaming::wrongRulesStopTheStart_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("part");
    const auto row = [](const char *name, const char *value, const char *part) {
        QTest::newRow(name) << std::string(name) << std::string(value) << std::string(part);
    };
    row("MODEL_ALIASES", "a=b; loud", "there is no parameter \"loud\"");
    row("UPSTREAM_HEADERS", "Authorization: x", "is a credential");
    row("DEFAULT_THINKING", "much", "off, minimal, low, medium, high, auto");
    row("SAFETY_THRESHOLD", "never", "unchanged");
}

void TstNaming::wrongRulesStopTheStart()
{
    QFETCH(std::string, name);
    QFETCH(std::string, value);
    QFETCH(std::string, part);
    Stage stage(1);
    QVERIFY(!stage.start({{name, value}}));
    QVERIFY2(stage.gateway().output().find(part) != std::string::npos, stage.gateway().output().c_str());
}

QTEST_GUILESS_MAIN(TstNaming)
#include "tst_naming.moc"
