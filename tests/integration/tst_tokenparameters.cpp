#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/adminclient.h"

using namespace Gateway;
using namespace TestSupport;

/// What access tokens give their requests and keep for them, through the whole program.
class TstTokenParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void twoTokensAskDifferently();
    void anAliasIsStronger();
    void aChangeHoldsAtOnce();
    void headersGoWithEveryCall();
    void aBatchIsGivenThemToo();
    void wrongOnesAreRefused();
    void whatIsKeptSurvivesARotation();
    void whatATokenOfBeforeKeptSurvivesToo();

private:
    struct Issued
    {
        std::string path; ///< Under the admin API.
        std::string secret;
    };
    Issued issue(const std::string &name, const std::string &parameters = {}) const;
    RawAnswer send(const std::string &secret, const std::string &method, const std::string &path,
                   const std::string &body = {}) const;
    /// What the fake saw last, of a request that must go well.
    SeenRequest seen(const std::string &secret, const std::string &path, const std::string &body) const;
    std::string keptResponse(const std::string &secret) const;
    int statusOf(const std::string &secret, const std::string &response) const;
    std::string rotated(const Issued &token) const;
    bool write(const char *sql) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr int STOP_MS = 20'000;

std::string sentHeader(const SeenRequest &request, std::string_view name)
{
    return std::string(headerValue(request.request.headers, name));
}

bool has(const SeenRequest &request, std::string_view part)
{
    return request.request.body.find(part) != std::string::npos;
}

} // namespace

void TstTokenParameters::init()
{
    m_stage = std::make_unique<Stage>(2);
    QVERIFY(m_stage->start({{"AUTH_TOKEN", ADMIN_TOKEN},
                            {"WORKERS", "1"},
                            {"DEFAULT_THINKING", "high"},
                            {"UPSTREAM_HEADERS", "X-Team: everyone; X-All: yes"},
                            {"MODEL_ALIASES", "mine=gemini-3.6-flash; system_after=\"By alias.\"; "
                                              "headers=\"X-Stage: alias\""}}));
}

TstTokenParameters::Issued TstTokenParameters::issue(const std::string &name,
                                                     const std::string &parameters) const
{
    const json::object wanted{{"name", name}, {"parameters", parameters}};
    const json::value made = AdminClient(*m_stage).json(201, "POST", "/tokens", toJson(wanted));
    if (!made.is_object())
        return {};
    return {"/tokens/" + std::to_string(made.at("token").at("id").get_int64()),
            std::string(made.at("secret").get_string())};
}

RawAnswer TstTokenParameters::send(const std::string &secret, const std::string &method,
                                   const std::string &path, const std::string &body) const
{
    RawClient client(20'000);
    const std::string head = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                             secret + "\r\nContent-Type: application/json\r\nContent-Length: ";
    if (!client.connect(m_stage->gateway().port()) ||
        !client.send(head + std::to_string(body.size()) + "\r\n\r\n" + body))
        return {};
    return client.readAnswer();
}

SeenRequest TstTokenParameters::seen(const std::string &secret, const std::string &path,
                                     const std::string &body) const
{
    const RawAnswer answer = send(secret, "POST", path, body);
    if (answer.status != 200) {
        qWarning("%s: %d %s", path.c_str(), answer.status, answer.body.c_str());
        return {};
    }
    return m_stage->fake().requests().back();
}

void TstTokenParameters::twoTokensAskDifferently()
{
    const Issued one =
        issue("one", R"(thinking=low; system_before="Be brief."; headers="X-Team: one; X-Stage: b")");
    const Issued two = issue("two", "search; temperature=0.25");
    for (const char *path : {GENERATE_PATH, CHAT_PATH}) {
        const std::string body = path == CHAT_PATH ? chatBody("x") : nativeBody("x");
        const SeenRequest first = seen(one.secret, path, body);
        QVERIFY2(has(first, "Be brief.") && has(first, R"("thinkingLevel":"LOW")"),
                 first.request.body.c_str());
        QVERIFY(!has(first, "googleSearch"));
        QCOMPARE(sentHeader(first, "x-team"), std::string("one"));
        QCOMPARE(sentHeader(first, "x-stage"), std::string("b"));
        QCOMPARE(sentHeader(first, "x-all"), std::string("yes"));
        const SeenRequest second = seen(two.secret, path, body);
        QVERIFY2(has(second, "googleSearch") && has(second, R"("temperature":0.25)"),
                 second.request.body.c_str());
        QVERIFY2(has(second, R"("thinkingLevel":"HIGH")"), second.request.body.c_str()); // the setting's
        QVERIFY(!has(second, "Be brief."));
        QCOMPARE(sentHeader(second, "x-team"), std::string("everyone"));
        QCOMPARE(sentHeader(second, "x-stage"), std::string());
    }
    const SeenRequest plain = seen(CLIENT_TOKEN, GENERATE_PATH, nativeBody("x"));
    QVERIFY(!has(plain, "Be brief.") && !has(plain, "googleSearch"));
    QCOMPARE(sentHeader(plain, "x-team"), std::string("everyone"));
}

void TstTokenParameters::anAliasIsStronger()
{
    const Issued token = issue("one", R"(system_before="By token."; system_after="By token too."; )"
                                      R"(headers="X-Team: one; X-Stage: token")");
    const SeenRequest request = seen(token.secret, CHAT_PATH, chatBody("x", false, "mine"));
    QVERIFY2(has(request, "By token.") && has(request, "By alias.") && !has(request, "By token too."),
             request.request.body.c_str());
    QCOMPARE(sentHeader(request, "x-stage"), std::string("alias"));
    QCOMPARE(sentHeader(request, "x-team"), std::string("one"));
    const SeenRequest plain = seen(CLIENT_TOKEN, CHAT_PATH, chatBody("x", false, "mine"));
    QVERIFY(has(plain, "By alias.") && !has(plain, "By token."));
    QCOMPARE(sentHeader(plain, "x-stage"), std::string("alias"));
}

void TstTokenParameters::aChangeHoldsAtOnce()
{
    const Issued token = issue("one", "search");
    QVERIFY(has(seen(token.secret, GENERATE_PATH, nativeBody("x")), "googleSearch"));
    const AdminClient admin(*m_stage);
    const json::value edited =
        admin.json(200, "PATCH", token.path, R"({"parameters": "system_before=\"New.\""})");
    QCOMPARE(edited.at("settings").at("parameters"), json::value("system_before=\"New.\""));
    const SeenRequest changed = seen(token.secret, GENERATE_PATH, nativeBody("x"));
    QVERIFY(has(changed, "New.") && !has(changed, "googleSearch"));
    QVERIFY(admin.json(200, "PATCH", token.path, R"({"parameters": ""})").is_object());
    QVERIFY(!has(seen(token.secret, GENERATE_PATH, nativeBody("x")), "New."));
}

/// Also with those that name no model, or are not Gemini's own words; nothing else of them changes.
void TstTokenParameters::headersGoWithEveryCall()
{
    const Issued token = issue("one", "search; headers=\"X-Team: one\"");
    QCOMPARE(send(token.secret, "GET", "/v1beta/files").status, 200);
    QCOMPARE(sentHeader(m_stage->fake().requests().back(), "x-team"), std::string("one"));
    const std::string chat = chatBody("x");
    const SeenRequest native = seen(token.secret, "/v1beta/openai/chat/completions", chat);
    QCOMPARE(native.request.body, chat);
    QCOMPARE(sentHeader(native, "x-team"), std::string("one"));
    const SeenRequest vectors =
        seen(token.secret, "/v1/embeddings", R"({"model": "gemini-embedding-001", "input": "x"})");
    QCOMPARE(sentHeader(vectors, "x-team"), std::string("one"));
}

void TstTokenParameters::aBatchIsGivenThemToo()
{
    const Issued token = issue("one", R"(system_before="Be brief."; headers="X-Team: one")");
    const std::string batch = R"({"requests": [{"custom_id": "a", "params": {"model": "gemini-3.6-flash", )"
                              R"("max_tokens": 9, "messages": [{"role": "user", "content": "x"}]}}]})";
    const SeenRequest request = seen(token.secret, "/v1/messages/batches", batch);
    QVERIFY2(has(request, "Be brief."), request.request.body.c_str());
    QCOMPARE(sentHeader(request, "x-team"), std::string("one"));
}

void TstTokenParameters::wrongOnesAreRefused()
{
    const AdminClient admin(*m_stage);
    const json::value refused =
        admin.json(422, "POST", "/tokens", R"({"name": "one", "parameters": "thinking=much"})");
    QVERIFY(refused.is_object());
    QCOMPARE(refused.at("error").at("param"), json::value("parameters"));
    const Issued token = issue("one", "search");
    const json::value edit =
        admin.json(422, "PATCH", token.path, R"({"parameters": "headers=\"Authorization: Bearer sesame\""})");
    QVERIFY(edit.is_object());
    const std::string text(edit.at("error").at("message").get_string());
    QVERIFY2(text.find("is a credential") != std::string::npos, text.c_str());
    QVERIFY(text.find("sesame") == std::string::npos);
    QVERIFY(has(seen(token.secret, GENERATE_PATH, nativeBody("x")), "googleSearch")); // as it was
}

std::string TstTokenParameters::keptResponse(const std::string &secret) const
{
    const RawAnswer answer =
        send(secret, "POST", "/v1/responses", R"({"model": "gemini-3.6-flash", "input": "x"})");
    const Result<json::object> made = parseJsonObject(answer.body);
    return made ? std::string(stringAt(*made, "id")) : std::string();
}

int TstTokenParameters::statusOf(const std::string &secret, const std::string &response) const
{
    return send(secret, "GET", "/v1/responses/" + response).status;
}

std::string TstTokenParameters::rotated(const Issued &token) const
{
    const json::value again = AdminClient(*m_stage).json(200, "POST", token.path + "/rotate");
    return again.is_object() ? std::string(again.at("secret").get_string()) : std::string();
}

void TstTokenParameters::whatIsKeptSurvivesARotation()
{
    const Issued token = issue("one");
    const std::string response = keptResponse(token.secret);
    QVERIFY(!response.empty());
    const std::string batch = R"({"requests": [{"custom_id": "a", "params": {"model": "gemini-3.6-flash", )"
                              R"("max_tokens": 9, "messages": [{"role": "user", "content": "x"}]}}]})";
    QCOMPARE(send(token.secret, "POST", "/v1/messages/batches", batch).status, 200);
    const std::string fresh = rotated(token);
    QCOMPARE(statusOf(token.secret, response), 401);
    QCOMPARE(statusOf(fresh, response), 200);
    QVERIFY(send(fresh, "GET", "/v1/messages/batches").body.find("msgbatch_") != std::string::npos);
    QCOMPARE(statusOf(issue("two").secret, response), 404);
    const std::string fresher = rotated(token);
    m_stage->gateway().askToStop();
    QCOMPARE(m_stage->gateway().waitForExit(STOP_MS), 0);
    QVERIFY(m_stage->restart());
    QCOMPARE(statusOf(fresher, response), 200);
}

/// Whom an older program made has no owner in the store, and all that it kept bears its text's.
void TstTokenParameters::whatATokenOfBeforeKeptSurvivesToo()
{
    const Issued token = issue("one");
    const std::string response = keptResponse(token.secret);
    m_stage->gateway().askToStop();
    QCOMPARE(m_stage->gateway().waitForExit(STOP_MS), 0);
    QVERIFY(write("UPDATE access_tokens SET owner = ''"));
    QVERIFY(m_stage->restart());
    QCOMPARE(statusOf(token.secret, response), 200); // the first request tells who it is
    const std::string fresh = rotated(token);
    QCOMPARE(statusOf(fresh, response), 200);
    QCOMPARE(m_stage->query("SELECT count(*) FROM access_tokens WHERE owner <> ''"),
             std::vector<std::string>{"1"});
}

bool TstTokenParameters::write(const char *sql) const
{
    bool isDone = false;
    const QString name = QStringLiteral("writer");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(QString::fromStdString(m_stage->databasePath()));
        isDone = database.open() && QSqlQuery(database).exec(QString::fromUtf8(sql));
    }
    QSqlDatabase::removeDatabase(name);
    return isDone;
}

QTEST_GUILESS_MAIN(TstTokenParameters)
#include "tst_tokenparameters.moc"
