#include <QTest>

#include "gateway/store/store.h"
#include "tests/integration/adminclient.h"
#include "tests/integration/stage.h"

using namespace Gateway;
using namespace TestSupport;

/// Named access tokens of the store through the running program.
class TstAccessTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limitsHoldAlsoAfterARestart();
    void aDeadTokenSaysSo();
    void changesHoldAtOnce();

private:
    /// Puts the token into the store of the program, which does not run meanwhile.
    void put(Stage &stage, TokenSettings settings);
    RawAnswer ask(Stage &stage, const std::string &path, const std::string &body,
                  const std::string &token = TOKEN.reveal());

    static inline const Secret TOKEN{"gb-named-token-of-the-tests"};
};

namespace {

constexpr int STOP_MS = 20'000;

bool stop(Stage &stage)
{
    stage.gateway().askToStop();
    return stage.gateway().waitForExit(STOP_MS) == 0;
}

} // namespace

void TstAccessTokens::put(Stage &stage, TokenSettings settings)
{
    QVERIFY(stage.start());
    QVERIFY(stop(stage));
    const SystemClock clock;
    const auto store = Store::open({"sqlite:" + stage.databasePath()}, clock);
    QVERIFY2(store.has_value(), store ? "" : store.error().text.c_str());
    settings.name = "team";
    bool isSaved = false;
    (*store)->saveToken(tokenRow(TOKEN, std::move(settings), clock.nowMs()),
                        [&isSaved](const Result<TokenRow> &row) { isSaved = row.has_value(); });
    (*store)->flush();
    QVERIFY(isSaved);
}

RawAnswer TstAccessTokens::ask(Stage &stage, const std::string &path, const std::string &body,
                               const std::string &token)
{
    std::string post = stage.post(path, body);
    post.replace(post.find(CLIENT_TOKEN), std::string_view(CLIENT_TOKEN).size(), token);
    RawClient client(20'000);
    if (!client.connect(stage.gateway().port()) || !client.send(post))
        return {};
    return client.readAnswer();
}

void TstAccessTokens::limitsHoldAlsoAfterARestart()
{
    Stage stage;
    TokenSettings settings;
    settings.limits.dayRequests = 2;
    settings.allowedModels = {"gemini-3.6-flash"};
    put(stage, settings);
    QVERIFY(stage.restart());
    QCOMPARE(ask(stage, "/v1beta/models/gemini-2.5-pro:generateContent", nativeBody("x")).status, 403);
    QCOMPARE(ask(stage, GENERATE_PATH, nativeBody("x")).status, 200);
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x")).status, 200);
    const RawAnswer refused = ask(stage, CHAT_PATH, chatBody("x"));
    QCOMPARE(refused.status, 429);
    QVERIFY(!refused.header("retry-after").empty());
    QVERIFY(refused.body.find("token_day_requests") != std::string::npos);
    QCOMPARE(stage.ask(CHAT_PATH, chatBody("x")).status, 200); // the plain token has no limit

    QVERIFY(stop(stage));
    QCOMPARE(stage.query("SELECT day_requests FROM token_use"), std::vector<std::string>{"2"});
    QVERIFY(stage.restart());
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x")).status, 429);
}

void TstAccessTokens::aDeadTokenSaysSo()
{
    Stage stage;
    TokenSettings settings;
    settings.enabled = false;
    put(stage, settings);
    QVERIFY(stage.restart());
    const RawAnswer refused = ask(stage, CHAT_PATH, chatBody("x"));
    QCOMPARE(refused.status, 401);
    QVERIFY(refused.body.find("\"token_disabled\"") != std::string::npos);
    QCOMPARE(refused.header("x-should-retry"), std::string_view("false"));
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), "nobodys-token-000").header("x-should-retry"),
             std::string_view("false"));
    QVERIFY(stage.fake().requests().empty());
}

void TstAccessTokens::changesHoldAtOnce()
{
    Stage stage;
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const json::value issued = admin.json(201, "POST", "/tokens", R"({"name": "laptop", "dayRequests": 1})");
    QVERIFY(issued.is_object());
    const std::string token(issued.at("secret").get_string());
    const std::string path = "/tokens/" + std::to_string(issued.at("token").at("id").get_int64());
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), token).status, 200);
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), token).status, 429);
    QVERIFY(admin.json(200, "PATCH", path, R"({"dayRequests": 9})").is_object());
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), token).status, 200);

    const json::value list = admin.json(200, "GET", "/tokens");
    QCOMPARE(list.at("tokens").get_array().size(), std::size_t(2)); // the second is of ALLOWED_TOKENS
    QCOMPARE(list.at("tokens").at(0).at("use").at("dayRequests").get_int64(), 2);
    QCOMPARE(list.at("tokens").at(1).at("id").get_int64(), 0);
    QCOMPARE(list.at("tokens").at(1).at("settings").at("name"), json::value("token …ests"));

    const json::value again = admin.json(200, "POST", path + "/rotate");
    const std::string rotated(again.at("secret").get_string());
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), token).status, 401);
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), rotated).status, 200);
    QCOMPARE(admin.ask("DELETE", path).status, 204);
    QCOMPARE(ask(stage, CHAT_PATH, chatBody("x"), rotated).status, 401);
}

QTEST_GUILESS_MAIN(TstAccessTokens)
#include "tst_accesstokens.moc"
