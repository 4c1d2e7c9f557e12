#include <QDateTime>
#include <QTest>

#include "tests/integration/adminclient.h"

using namespace TestSupport;

/// The admin API of the running program.
class TstAdminApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void onlyTheAdministratorGetsIn();
    void errorsAreJsonWithTheirStatus_data();
    void errorsAreJsonWithTheirStatus();
    void pagesKnowNoOrigin();
    void keysArePagedAndMasked();
    void aKeyIsEditedAndStaysSo();
    void aDisabledKeyServesNoMore();
    void aRestIsSetAndLifted();
    void aDeletedKeyComesBack();
    void aRevealIsRecorded();
    void settingsTakeEffectAtOnce();
    void lockedSettingsStay();
    void problemsNameWhatNeedsAHand();
    void aPauseRefusesClients();
    void eventsTellChanges();
    void aClientThatLeavesDoesNoHarm();
    void theLogIsRead();
    void theDocumentIsServed();

private:
    Stage m_stage{3};
};

namespace {

std::int64_t firstKey(const AdminClient &admin)
{
    return admin.json(200, "GET", "/keys?limit=1").at("keys").at(0).at("id").get_int64();
}

std::string pathOf(std::int64_t key)
{
    return "/keys/" + std::to_string(key);
}

} // namespace

void TstAdminApi::initTestCase()
{
    QVERIFY(m_stage.start());
}

void TstAdminApi::onlyTheAdministratorGetsIn()
{
    QCOMPARE(AdminClient(m_stage).ask("GET", "/health").status, 200);
    const Gateway::RawAnswer none = AdminClient(m_stage, "").ask("GET", "/health");
    QCOMPARE(none.status, 401);
    QCOMPARE(none.header("WWW-Authenticate"), std::string_view("Bearer"));
    QCOMPARE(AdminClient(m_stage, "wrong-token-here").ask("GET", "/health").status, 401);
    const Gateway::RawAnswer client = AdminClient(m_stage, CLIENT_TOKEN).ask("GET", "/keys");
    QCOMPARE(client.status, 403);
    QVERIFY(client.body.find("not_admin") != std::string::npos);
    // A path that is not there tells a stranger nothing else.
    QCOMPARE(AdminClient(m_stage, "").ask("GET", "/nothing").status, 401);
}

void TstAdminApi::errorsAreJsonWithTheirStatus_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const char *method, const char *path, const char *body, int status,
                        const char *code) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body) << status
                            << QByteArray(code);
    };
    row("no path", "GET", "/nothing", "", 404, "not_found");
    row("no method", "PUT", "/keys", "", 405, "method_not_allowed");
    row("no key", "GET", "/keys/999999", "", 404, "unknown_key");
    row("no id", "GET", "/keys/abc", "", 404, "not_found");
    row("broken JSON", "PATCH", "/keys/1", "{", 400, "invalid_json");
    row("unknown member", "PATCH", "/keys/1", R"({"wieght":1})", 422, "invalid_value");
    row("out of range", "PATCH", "/keys/1", R"({"weight":0})", 422, "invalid_value");
    row("unknown parameter", "GET", "/keys?staus=usable", "", 422, "invalid_value");
    row("unknown word", "GET", "/keys?status=ill", "", 422, "invalid_value");
    row("unknown setting", "PATCH", "/settings/NO_SUCH", R"({"value":1})", 404, "unknown_setting");
    row("setting out of range", "PATCH", "/settings/MAX_RETRIES", R"({"value":1000000})", 422,
        "invalid_setting");
    row("past pause", "POST", "/pause", R"({"until":1})", 422, "invalid_value");
}

void TstAdminApi::errorsAreJsonWithTheirStatus()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const json::value answer =
        AdminClient(m_stage).json(status, method.toStdString(), path.toStdString(), body.toStdString());
    QVERIFY(answer.is_object());
    QCOMPARE(QByteArray(answer.at("error").at("code").get_string().c_str()), code);
    QVERIFY(!answer.at("error").at("message").get_string().empty());
}

void TstAdminApi::pagesKnowNoOrigin()
{
    Gateway::RawClient client;
    QVERIFY(client.connect(m_stage.gateway().port()));
    QVERIFY(
        client.send("GET /admin/api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\n"
                    "Authorization: Bearer " +
                    std::string(ADMIN_TOKEN) + "\r\n\r\n"));
    const Gateway::RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("Access-Control-Allow-Origin").empty());
    QVERIFY(client.send(
        "OPTIONS /admin/api/v1/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\n"
        "Access-Control-Request-Method: GET\r\n\r\n"));
    QVERIFY(client.readAnswer().header("Access-Control-Allow-Origin").empty());
}

void TstAdminApi::keysArePagedAndMasked()
{
    const AdminClient admin(m_stage);
    const Gateway::RawAnswer answer = admin.ask("GET", "/keys?limit=2");
    for (const std::string &key : m_stage.keys())
        QVERIFY(answer.body.find(key) == std::string::npos);
    const json::value first = Gateway::parseJson(answer.body).value();
    QCOMPARE(first.at("total").get_int64(), 3);
    QCOMPARE(first.at("keys").get_array().size(), std::size_t(2));
    const std::string next = std::to_string(first.at("next").get_int64());
    const json::value second = admin.json(200, "GET", "/keys?limit=2&cursor=" + next);
    QCOMPARE(second.at("keys").get_array().size(), std::size_t(1));
    QCOMPARE(second.at("next").get_int64(), 0);
    QVERIFY(second.at("keys").at(0).at("id") != first.at("keys").at(0).at("id"));
}

void TstAdminApi::aKeyIsEditedAndStaysSo()
{
    const std::string path = pathOf(firstKey(AdminClient(m_stage)));
    const json::value edited = AdminClient(m_stage).json(
        200, "PATCH", path, R"({"label":"Studio 01","tags":["b","a","b"],"weight":300,"priority":-2})");
    QCOMPARE(edited.at("settings").at("label"), json::value("Studio 01"));
    QCOMPARE(edited.at("settings").at("tags"), json::value({"a", "b"}));
    m_stage.gateway().kill();
    QVERIFY(m_stage.restart());
    const json::value kept = AdminClient(m_stage).json(200, "GET", path);
    QCOMPARE(kept.at("settings"), edited.at("settings"));
    QCOMPARE(AdminClient(m_stage).json(200, "GET", "/keys?search=studio").at("total").get_int64(), 1);
    QCOMPARE(AdminClient(m_stage).json(200, "GET", "/keys?tag=b").at("total").get_int64(), 1);
}

void TstAdminApi::aDisabledKeyServesNoMore()
{
    const AdminClient admin(m_stage);
    json::array ids;
    const json::value page = admin.json(200, "GET", "/keys");
    for (const json::value &key : page.at("keys").get_array())
        ids.push_back(key.at("id"));
    const std::string off = Gateway::toJson(json::object{{"ids", ids}, {"settings", {{"enabled", false}}}});
    QCOMPARE(admin.json(200, "PATCH", "/keys", off).at("keys").at(0).at("status"), json::value("disabled"));
    QCOMPARE(m_stage.ask(GENERATE_PATH, nativeBody("hi")).status, 503);
    const std::string on = Gateway::toJson(json::object{{"ids", ids}, {"settings", {{"enabled", true}}}});
    QCOMPARE(admin.json(200, "PATCH", "/keys", on).at("keys").at(0).at("status"), json::value("usable"));
    QCOMPARE(m_stage.ask(GENERATE_PATH, nativeBody("hi")).status, 200);
}

void TstAdminApi::aRestIsSetAndLifted()
{
    const AdminClient admin(m_stage);
    const std::string path = pathOf(firstKey(admin));
    QCOMPARE(admin.ask("POST", path + "/rest", R"({"until":1})").status, 422);
    QCOMPARE(admin.ask("POST", path + "/rest", R"({"until":4102444800000})").status, 204);
    const json::value resting = admin.json(200, "GET", path);
    QCOMPARE(resting.at("status"), json::value("resting"));
    QCOMPARE(resting.at("until").get_int64(), 4102444800000);
    QCOMPARE(admin.ask("POST", path + "/lift").status, 204);
    QCOMPARE(admin.json(200, "GET", path).at("status"), json::value("usable"));
}

void TstAdminApi::aDeletedKeyComesBack()
{
    const AdminClient admin(m_stage);
    const std::string path = pathOf(firstKey(admin));
    QCOMPARE(admin.ask("DELETE", path).status, 204);
    QCOMPARE(admin.ask("GET", path).status, 404);
    QCOMPARE(admin.json(200, "GET", "/keys?deleted=true").at("keys").get_array().size(), std::size_t(1));
    QCOMPARE(admin.json(200, "POST", path + "/restore").at("keys").get_array().size(), std::size_t(1));
    QCOMPARE(admin.json(200, "GET", path).at("settings").at("label"), json::value("Studio 01"));
}

void TstAdminApi::aRevealIsRecorded()
{
    const AdminClient admin(m_stage);
    const std::int64_t id = firstKey(admin);
    const json::value revealed = admin.json(200, "POST", pathOf(id) + "/reveal");
    QCOMPARE(std::string(revealed.at("key").get_string()), m_stage.keys().front());
    QTRY_COMPARE(m_stage.query("SELECT count(*) FROM audit WHERE action = 'keys.reveal' AND object = 'key " +
                               std::to_string(id) + "'"),
                 std::vector<std::string>{"1"});
}

void TstAdminApi::settingsTakeEffectAtOnce()
{
    const AdminClient admin(m_stage);
    const auto switched = [&admin](const std::string &word) {
        const std::string body = "{\"value\":\"" + word + "\"}";
        return admin.json(200, "PATCH", "/settings/AFFINITY", body).at("value");
    };
    for (const char *word : {"false", "no", "0", "off"})
        QCOMPARE(switched(word), json::value("off"));
    for (const char *word : {"true", "yes", "1", "on"})
        QCOMPARE(switched(word), json::value("on"));
    const json::value set = admin.json(200, "PATCH", "/settings/BODY_LIMIT", R"({"value":"1 MiB"})");
    QCOMPARE(set.at("source"), json::value("store"));
    QCOMPARE(set.at("pending"), json::value(false));
    const std::string large(2 << 20, 'x');
    QTRY_COMPARE(m_stage.ask(GENERATE_PATH, nativeBody(large)).status, 413);
    QCOMPARE(admin.json(200, "DELETE", "/settings/BODY_LIMIT").at("source"), json::value("default"));
    QTRY_COMPARE(m_stage.ask(GENERATE_PATH, nativeBody(large)).status, 200);
    const json::value pending = admin.json(200, "PATCH", "/settings/LOG_LEVEL", R"({"value":"debug"})");
    QCOMPARE(pending.at("pending"), json::value(true));
    QCOMPARE(admin.json(200, "GET", "/health").at("restartsPending").get_int64(), 1);
    QCOMPARE(admin.json(200, "DELETE", "/settings/LOG_LEVEL").at("pending"), json::value(false));
}

void TstAdminApi::lockedSettingsStay()
{
    const json::value answer = AdminClient(m_stage).json(409, "PATCH", "/settings/PORT", R"({"value":1234})");
    QCOMPARE(answer.at("error").at("code"), json::value("setting_locked"));
    const std::string all = AdminClient(m_stage).ask("GET", "/settings").body;
    QVERIFY(all.find(ADMIN_TOKEN) == std::string::npos);
    QVERIFY(all.find(CLIENT_TOKEN) == std::string::npos);
}

void TstAdminApi::problemsNameWhatNeedsAHand()
{
    const AdminClient admin(m_stage);
    const auto about = [&admin](const char *code) {
        const json::value problems = admin.json(200, "GET", "/problems");
        for (const json::value &problem : problems.at("problems").as_array()) {
            if (problem.at("code") == json::value(code))
                return problem;
        }
        return json::value();
    };
    QVERIFY(about("token_expired").is_null());
    const json::value made = admin.json(201, "POST", "/tokens", R"({"name":"ci-runner"})");
    const std::int64_t id = made.at("token").at("id").get_int64();
    const std::string path = "/tokens/" + std::to_string(id);
    admin.json(200, "PATCH", path, R"({"expires":1000})");
    const json::value expired = about("token_expired");
    QVERIFY(expired.is_object());
    QCOMPARE(expired.at("subject"), json::value("ci-runner"));
    QCOMPARE(expired.at("ids").at(0).get_int64(), id);
    // One that is switched off is meant to be refused.
    admin.json(200, "PATCH", path, R"({"enabled":false})");
    QVERIFY(about("token_expired").is_null());
}

void TstAdminApi::aPauseRefusesClients()
{
    const AdminClient admin(m_stage);
    QCOMPARE(admin.json(200, "POST", "/pause").at("state"), json::value("paused"));
    const Gateway::RawAnswer refused = m_stage.ask(GENERATE_PATH, nativeBody("hi"));
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.body.find("paused") != std::string::npos);
    QCOMPARE(admin.json(200, "GET", "/health").at("state"), json::value("paused"));
    QCOMPARE(admin.json(200, "POST", "/resume").at("state"), json::value("serving"));
    QCOMPARE(m_stage.ask(GENERATE_PATH, nativeBody("hi")).status, 200);
    const std::int64_t soon = QDateTime::currentMSecsSinceEpoch() + 700;
    admin.json(200, "POST", "/pause", R"({"until":)" + std::to_string(soon) + "}");
    QCOMPARE(m_stage.ask(GENERATE_PATH, nativeBody("hi")).status, 503);
    QTRY_COMPARE(m_stage.ask(GENERATE_PATH, nativeBody("hi")).status, 200);
    QTRY_COMPARE(admin.json(200, "GET", "/health").at("state"), json::value("serving"));
}

void TstAdminApi::eventsTellChanges()
{
    const AdminClient admin(m_stage);
    Gateway::RawClient listener;
    QVERIFY(listener.connect(m_stage.gateway().port()));
    QVERIFY(listener.send(admin.requestText("GET", "/events?types=keys,settings", {})));
    QCOMPARE(listener.readHead().header("Content-Type"), std::string_view("text/event-stream"));
    QVERIFY(listener.readUntil("event: hello").ends_with("event: hello"));
    const std::int64_t id = firstKey(admin);
    admin.json(200, "PATCH", pathOf(id), R"({"note":"seen"})");
    QVERIFY(listener.readUntil("\"ids\":").find("event: keys") != std::string::npos);
    admin.json(200, "PATCH", "/settings/MAX_FAILURES", R"({"value":4})");
    QVERIFY(listener.readUntil("event: settings").ends_with("event: settings"));
    admin.json(200, "DELETE", "/settings/MAX_FAILURES");
    QCOMPARE(admin.ask("GET", "/events?types=nothing").status, 422);
}

void TstAdminApi::aClientThatLeavesDoesNoHarm()
{
    const AdminClient admin(m_stage);
    for (int i = 0; i < 50; ++i) {
        Gateway::RawClient client;
        QVERIFY(client.connect(m_stage.gateway().port()));
        QVERIFY(client.send(admin.requestText("GET", i % 2 ? "/keys?models=true" : "/events", {})));
        if (i % 3 == 0)
            client.reset();
    }
    QCOMPARE(admin.ask("GET", "/health").status, 200);
}

void TstAdminApi::theLogIsRead()
{
    const json::value page = AdminClient(m_stage).json(200, "GET", "/log?limit=5");
    QVERIFY(page.at("lines").is_array());
    QCOMPARE(AdminClient(m_stage).ask("GET", "/log?level=loud").status, 422);
}

void TstAdminApi::theDocumentIsServed()
{
    const json::value document = AdminClient(m_stage).json(200, "GET", "/openapi.json");
    QCOMPARE(document.at("openapi"), json::value("3.1.0"));
}

QTEST_GUILESS_MAIN(TstAdminApi)
#include "tst_adminapi.moc"
