#include <QTest>

#include "tests/integration/adminclient.h"
#include "tests/integration/stage.h"

using namespace Gateway;
using namespace TestSupport;

/// Keys brought in, out and checked through the admin API of the running program.
class TstAdminKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pastedKeysServeAtOnce();
    void aPreviewChangesNothing();
    void anotherGatewaysConfigurationIsTakenOver();
    void aDeletedKeyComesBack();
    void wrongPastesAreRefused_data();
    void wrongPastesAreRefused();
    void anExportCanBeImported_data();
    void anExportCanBeImported();
    void checksTellGooglesWords();
    void theHistoryCountsCalls();
    void learnedLimitsOutliveAKill();
    void waitingRequestsAreSeen();
};

namespace {

/// A key in Google's form.
std::string madeKey(int number)
{
    std::string digits = std::to_string(number);
    return "AIzaSy" + std::string(33 - digits.size(), 'k') + digits;
}

std::string pasteBody(const std::string &text, json::object more = {})
{
    more["text"] = text;
    return toJson(more);
}

json::value paste(const AdminClient &admin, const std::string &text, json::object more = {})
{
    const int status = more.contains("preview") ? 200 : 201;
    return admin.json(status, "POST", "/keys", pasteBody(text, std::move(more)));
}

std::int64_t keyCount(const AdminClient &admin)
{
    return admin.json(200, "GET", "/keys").at("total").get_int64();
}

} // namespace

void TstAdminKeys::pastedKeysServeAtOnce()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const std::string text = "first: " + madeKey(1) + "\n" + stage.keys().front() + "\n" + madeKey(2) + " " +
                             madeKey(1) + "\nAIzaSyTooShort\n";
    const json::value told = paste(admin, text, {{"labelPattern", "Studio {n}"}});
    QCOMPARE(told.at("added").get_int64(), 2);
    QCOMPARE(told.at("known").get_int64(), 1);
    QCOMPARE(told.at("repeated").get_int64(), 1);
    QCOMPARE(told.at("malformed").get_int64(), 1);
    QVERIFY(toJson(told).find(madeKey(1)) == std::string::npos);

    const json::value page = admin.json(200, "GET", "/keys?search=Studio");
    QCOMPARE(page.at("total").get_int64(), 2);
    QCOMPARE(page.at("keys").at(0).at("settings").at("label"), json::value("Studio 1"));
    // They go out with requests: the fake refuses them, which sidelines them.
    for (int i = 0; i < 4; ++i)
        QCOMPARE(stage.ask(GENERATE_PATH, nativeBody("turn " + std::to_string(i))).status, 200);
    QCOMPARE(admin.json(200, "GET", "/keys?status=sidelined").at("total").get_int64(), 2);

    QVERIFY(stage.restart());
    QCOMPARE(keyCount(AdminClient(stage)), 3);
}

void TstAdminKeys::aPreviewChangesNothing()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const json::value told = paste(admin, "\n  " + madeKey(1), {{"preview", true}});
    QCOMPARE(told.at("added").get_int64(), 1);
    const json::value &key = told.at("keys").at(0);
    QCOMPARE(key.at("line").get_int64(), 2);
    QCOMPARE(key.at("offset").get_int64(), 3);
    QCOMPARE(key.at("length").get_int64(), 39);
    QCOMPARE(key.at("id").get_int64(), 0);
    QCOMPARE(keyCount(admin), 1);
}

void TstAdminKeys::anotherGatewaysConfigurationIsTakenOver()
{
    Stage stage(1);
    QVERIFY(stage.start({{"MAX_FAILURES", "5"}}));
    const AdminClient admin(stage);
    const std::string text = "API_KEYS=[\"" + madeKey(1) +
                             "\"]\nALLOWED_TOKENS=[\"an-old-client-token\"]\nMAX_RETRIES=8\nMAX_FAILURES=9\n"
                             "TIME_OUT=240\n";
    const json::value told = paste(admin, text);
    QCOMPARE(told.at("added").get_int64(), 1);
    QCOMPARE(told.at("taken").get_int64(), 0);
    QCOMPARE(told.at("others").get_array().size(), std::size_t(4));
    QVERIFY(toJson(told).find("an-old-client-token") == std::string::npos);
    QCOMPARE(admin.json(200, "GET", "/tokens").at("tokens").get_array().size(),
             std::size_t(1)); // the stage's

    const json::value taken = paste(admin, text, {{"withOthers", true}});
    QCOMPARE(taken.at("known").get_int64(), 1);
    QCOMPARE(taken.at("taken").get_int64(), 3);
    for (const json::value &other : taken.at("others").get_array()) {
        if (other.at("name") == json::value("MAX_FAILURES"))
            QCOMPARE(other.at("verdict"), json::value("locked"));
    }
    QVERIFY(stage.restart());
    // The clients of the other gateway go on with what they have.
    RawClient client(20'000);
    QVERIFY(client.connect(stage.gateway().port()));
    std::string request = stage.post(GENERATE_PATH, nativeBody("Hello"));
    const std::string own = CLIENT_TOKEN;
    request.replace(request.find(own), own.size(), "an-old-client-token");
    QVERIFY(client.send(request));
    QCOMPARE(client.readAnswer().status, 200);
    const json::value settings = AdminClient(stage).json(200, "GET", "/settings");
    for (const json::value &setting : settings.at("settings").get_array()) {
        if (setting.at("name") == json::value("MAX_RETRIES"))
            QCOMPARE(setting.at("value"), json::value("7"));
        if (setting.at("name") == json::value("MAX_FAILURES"))
            QCOMPARE(setting.at("value"), json::value("5"));
    }
}

void TstAdminKeys::aDeletedKeyComesBack()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const std::int64_t id = paste(admin, madeKey(1)).at("keys").at(0).at("id").get_int64();
    QCOMPARE(admin.ask("DELETE", "/keys/" + std::to_string(id)).status, 204);
    const json::value told = paste(admin, madeKey(1), {{"labelPattern", "again"}});
    QCOMPARE(told.at("keys").at(0).at("verdict"), json::value("restored"));
    QCOMPARE(told.at("keys").at(0).at("id").get_int64(), id);
    QCOMPARE(keyCount(admin), 2);
}

void TstAdminKeys::wrongPastesAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    QTest::newRow("weight")
        << QByteArray(R"({"text":"AIzaSykkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","settings":{"weight":0}})")
        << QByteArray("weight");
    QTest::newRow("not sealed")
        << QByteArray(R"({"text":"AIzaSykkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","passphrase":"x"})")
        << QByteArray("passphrase");
}

void TstAdminKeys::wrongPastesAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const json::value told = admin.json(422, "POST", "/keys", body.toStdString());
    QVERIFY(told.is_object());
    QCOMPARE(QByteArray(told.at("error").at("param").get_string().c_str()), param);
    QCOMPARE(keyCount(admin), 1);
}

void TstAdminKeys::anExportCanBeImported_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<bool>("isRevealed");
    QTest::newRow("csv") << QByteArray(R"({"format":"csv","reveal":true})") << QByteArray() << true;
    QTest::newRow("json") << QByteArray(R"({"format":"json","reveal":true})") << QByteArray() << true;
    QTest::newRow("sealed") << QByteArray(R"({"format":"csv","passphrase":"open sesame"})")
                            << QByteArray("open sesame") << true;
    QTest::newRow("masked") << QByteArray(R"({"format":"csv"})") << QByteArray() << false;
}

void TstAdminKeys::anExportCanBeImported()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, passphrase);
    QFETCH(bool, isRevealed);
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    paste(admin, madeKey(1), {{"settings", json::object{{"label", "Shop"}, {"weight", 7}}}});
    const json::value file = admin.json(200, "POST", "/keys/export", request.toStdString());
    const std::string content(file.at("content").get_string());
    QCOMPARE(content.find(madeKey(1)) != std::string::npos, isRevealed && passphrase.isEmpty());

    Stage other(2);
    QVERIFY(other.start());
    json::object more;
    if (!passphrase.isEmpty())
        more["passphrase"] = passphrase.toStdString();
    const json::value told = paste(AdminClient(other), content, more);
    QCOMPARE(told.at("added").get_int64(), isRevealed ? 1 : 0);
    const json::value page = AdminClient(other).json(200, "GET", "/keys?search=Shop");
    QCOMPARE(page.at("total").get_int64(), isRevealed ? 1 : 0);
    if (isRevealed)
        QCOMPARE(page.at("keys").at(0).at("settings").at("weight").get_int64(), 7);
    const json::value audit = admin.json(200, "GET", "/audit?action=keys.export");
    QCOMPARE(audit.at("rows").get_array().size(), std::size_t(isRevealed ? 1 : 0));
}

void TstAdminKeys::checksTellGooglesWords()
{
    Stage stage(2);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    QCOMPARE(admin.json(404, "GET", "/checks").at("error").at("code"), json::value("no_check"));
    paste(admin, madeKey(1));
    QVERIFY(admin.json(202, "POST", "/checks", R"({"scope":"all"})").is_object());
    json::value run;
    QTRY_VERIFY_WITH_TIMEOUT(
        (run = admin.json(200, "GET", "/checks"), run.at("running") == json::value(false)), 10'000);
    QCOMPARE(run.at("total").get_int64(), 3);
    QCOMPARE(run.at("good").get_int64(), 2);
    QCOMPARE(run.at("bad").get_int64(), 1);
    bool isTold = false;
    for (const json::value &result : run.at("results").get_array()) {
        if (result.at("verdict") == json::value("refused"))
            isTold = result.at("code") == json::value("API_KEY_INVALID") &&
                     result.at("text").get_string().find("API key") != json::string::npos;
    }
    QVERIFY2(isTold, toJson(run).c_str());
    QCOMPARE(admin.json(200, "GET", "/keys?status=sidelined").at("total").get_int64(), 1);
}

void TstAdminKeys::theHistoryCountsCalls()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(stage.ask(GENERATE_PATH, nativeBody("x")).status, 200);
    QCOMPARE(stage.ask(GENERATE_PATH, R"({"contents": 3})").status, 400);
    const auto sumOf = [&admin](const char *member) {
        const json::value told = admin.json(200, "GET", "/keys/history?ids=1&spanMs=60000&spans=2");
        std::int64_t sum = 0;
        for (const json::value &count : told.at("histories").at(0).at(member).get_array())
            sum += count.get_int64();
        return sum;
    };
    QTRY_COMPARE_WITH_TIMEOUT(sumOf("calls"), std::int64_t(4), 5'000);
    QCOMPARE(sumOf("failed"), std::int64_t(1));
}

void TstAdminKeys::learnedLimitsOutliveAKill()
{
    Stage stage(1);
    QVERIFY(stage.start({{"WAIT_LIMIT", "0"}}));
    stage.script("*", Fault::MinuteQuota, 1, 30);
    QCOMPARE(stage.ask(GENERATE_PATH, nativeBody("x")).status, 429);
    const auto limits = [&stage] {
        const json::value key = AdminClient(stage).json(200, "GET", "/keys/1");
        json::array found;
        for (const json::value &model : key.at("models").get_array()) {
            for (const json::value &quota : model.at("quotas").get_array()) {
                if (quota.at("limit").get_int64() > 0)
                    found.push_back(json::object{{"model", model.at("model")}, {"quota", quota}});
            }
        }
        return found;
    };
    const json::array before = limits();
    QCOMPARE(before.size(), std::size_t(1));
    QTRY_COMPARE_WITH_TIMEOUT(stage.query("SELECT limits FROM quotas WHERE limits <> ''").size(),
                              std::size_t(1), 3'000);
    stage.gateway().kill();
    QVERIFY(stage.restart());
    const json::array after = limits();
    QCOMPARE(after.size(), std::size_t(1));
    QCOMPARE(after.at(0).at("model"), before.at(0).at("model"));
    QCOMPARE(after.at(0).at("quota").at("limit"), before.at(0).at("quota").at("limit"));
    QCOMPARE(after.at(0).at("quota").at("learned"), before.at(0).at("quota").at("learned"));
}

void TstAdminKeys::waitingRequestsAreSeen()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    stage.script("*", Fault::MinuteQuota, 1, 3);
    RawClient client(20'000);
    QVERIFY(client.connect(stage.gateway().port()));
    QVERIFY(client.send(stage.post(GENERATE_PATH, nativeBody("x"))));
    const auto waiting = [&admin] { return admin.json(200, "GET", "/health").at("queueLength").get_int64(); };
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), std::int64_t(1), 2'500);
    const json::value models = admin.json(200, "GET", "/models");
    QCOMPARE(models.at("models").at(0).at("queueLength").get_int64(), 1);
    QCOMPARE(client.readAnswer().status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), std::int64_t(0), 2'500);
}

QTEST_GUILESS_MAIN(TstAdminKeys)
#include "tst_adminkeys.moc"
