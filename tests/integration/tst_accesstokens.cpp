#include <QTest>

#include "gateway/store/store.h"
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

private:
    /// Puts the token into the store of the program, which does not run meanwhile.
    void put(Stage &stage, TokenSettings settings);
    RawAnswer ask(Stage &stage, const std::string &path, const std::string &body);
};

namespace {

const Secret TOKEN("gb-named-token-of-the-tests");
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

RawAnswer TstAccessTokens::ask(Stage &stage, const std::string &path, const std::string &body)
{
    std::string post = stage.post(path, body);
    post.replace(post.find(CLIENT_TOKEN), std::string_view(CLIENT_TOKEN).size(), TOKEN.reveal());
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
    QVERIFY(stage.fake().requests().empty());
}

QTEST_GUILESS_MAIN(TstAccessTokens)
#include "tst_accesstokens.moc"
