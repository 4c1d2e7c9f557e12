#include <QTest>

#include "gateway/access/tokengate.h"
#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// A request with a named token through the relay: what it may do is asked before, what it used is counted
/// after.
class TstRelayTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestIsCountedWithTokensAndMoney();
    void aChatIsCountedToo();
    void anotherModelCostsNoCall();
    void aUsedUpTokenIsToldInItsDialect();
    void modelListsShowWhatIsAllowed();
    void namesGoByTheRealModel();
    void plainTokensAreNotCounted();
};

namespace {

const std::string GENERATE = "/v1beta/models/gemini-3.5-flash:generateContent";
const std::string BODY = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string CHAT = R"({"model":"gemini-3.5-flash","messages":[{"role":"user","content":"Hello"}]})";

struct Fixture
{
    explicit Fixture(TokenSettings settings)
    {
        settings.name = "team";
        TokenRow row = tokenRow(Secret("gb-named-token-0001"), std::move(settings), 0);
        row.id = 1;
        harness.allowance = std::make_shared<TokenGate>(std::move(row), meter);
    }

    TokenUse use() { return meter.counters(1)->use(); }

    RelayHarness harness{1};
    TokenMeter meter{harness.clock};
};

TokenSettings onlyFlash()
{
    TokenSettings settings;
    settings.allowedModels = {"gemini-3.5-flash"};
    return settings;
}

} // namespace

void TstRelayTokens::aRequestIsCountedWithTokensAndMoney()
{
    Fixture fixture({});
    QCOMPARE(fixture.harness.native(GENERATE, BODY).status, 200);
    QCOMPARE(fixture.harness.records.size(), std::size_t{1});
    const RequestRecord &record = fixture.harness.records[0];
    QVERIFY(record.tokens.total > 0);
    QCOMPARE(record.costMicro, PriceTable::builtIn().costMicro("gemini-3.5-flash", record.tokens));
    QVERIFY(record.costMicro > 0);
    const TokenUse use = fixture.use();
    QCOMPARE(use.dayRequests, std::int64_t{1});
    QCOMPARE(use.dayTokens, record.tokens.total);
    QCOMPARE(use.monthMicroUsd, record.costMicro);
}

void TstRelayTokens::aChatIsCountedToo()
{
    Fixture fixture({});
    QCOMPARE(fixture.harness.chat(CHAT).status, 200);
    const TokenUse use = fixture.use();
    QCOMPARE(use.dayRequests, std::int64_t{1});
    QVERIFY(use.dayTokens > 0);
    QVERIFY(use.monthMicroUsd > 0);
}

void TstRelayTokens::anotherModelCostsNoCall()
{
    Fixture fixture(onlyFlash());
    const ClientView native =
        fixture.harness.native("/v1beta/models/gemini-3.1-pro-preview:generateContent", BODY);
    QCOMPARE(native.status, 403);
    QVERIFY(native.body.find("PERMISSION_DENIED") != std::string::npos);
    const ClientView chat = fixture.harness.chat(
        R"({"model":"gemini-3.1-pro-preview","messages":[{"role":"user","content":"Hello"}]})");
    QCOMPARE(chat.status, 403);
    QVERIFY(chat.body.find("\"model_not_allowed\"") != std::string::npos);
    QVERIFY(fixture.harness.fake.requests().empty());
    QCOMPARE(fixture.use().dayRequests, std::int64_t{0});
    QCOMPARE(fixture.harness.records.size(), std::size_t{2});
    QCOMPARE(fixture.harness.records[0].modelAsked, std::string("gemini-3.1-pro-preview"));
}

void TstRelayTokens::aUsedUpTokenIsToldInItsDialect()
{
    TokenSettings settings;
    settings.limits.dayRequests = 1;
    Fixture fixture(settings);
    QCOMPARE(fixture.harness.native(GENERATE, BODY).status, 200);
    const ClientView native = fixture.harness.native(GENERATE, BODY);
    QCOMPARE(native.status, 429);
    QVERIFY(native.body.find("RESOURCE_EXHAUSTED") != std::string::npos);
    QVERIFY(native.body.find("TOKEN_DAY_REQUESTS") != std::string::npos);
    QVERIFY(native.body.find("retryDelay") != std::string::npos);
    const ClientView chat = fixture.harness.chat(CHAT);
    QCOMPARE(chat.status, 429);
    QVERIFY(chat.body.find("\"token_day_requests\"") != std::string::npos);
    QVERIFY(!headerValue(chat.headers, "Retry-After").empty());
    QCOMPARE(fixture.harness.fake.requests().size(), std::size_t{1});
}

void TstRelayTokens::modelListsShowWhatIsAllowed()
{
    Fixture fixture(onlyFlash());
    const auto countOf = [](const std::string &body, const char *member) {
        const Result<json::object> object = parseJsonObject(body);
        const json::array *list = object ? arrayAt(*object, member) : nullptr;
        return list ? static_cast<int>(list->size()) : -1;
    };
    QCOMPARE(countOf(fixture.harness.models(Dialect::OpenAi).body, "data"), 1);
    QCOMPARE(countOf(fixture.harness.native("/v1beta/models", {}, {}, "GET").body, "models"), 1);
    QCOMPARE(fixture.harness.models(Dialect::OpenAi, "gemini-3.5-flash").status, 200);
    QCOMPARE(fixture.harness.models(Dialect::OpenAi, "gemini-3.1-pro-preview").status, 404);
    fixture.harness.allowance = nullptr;
    QVERIFY(countOf(fixture.harness.models(Dialect::OpenAi).body, "data") > 1);
}

void TstRelayTokens::namesGoByTheRealModel()
{
    Fixture fixture(onlyFlash());
    const auto statusOf = [&fixture](const std::string &model) {
        const int native =
            fixture.harness.native("/v1beta/models/" + model + ":generateContent", BODY).status;
        const int chat =
            fixture.harness.chat(R"({"model":")" + model + R"(","messages":[{"role":"user","content":"x"}]})")
                .status;
        return native == chat ? native : -1;
    };
    QCOMPARE(statusOf("gemini-3.5-flash-search"), 200);
    QCOMPARE(statusOf("gpt-4o"), 403); // the newest Flash, which is another
    QCOMPARE(fixture.harness.models(Dialect::OpenAi, "gemini-3.5-flash-search").status, 200);
    QCOMPARE(fixture.harness.models(Dialect::OpenAi, "gpt-4o").status, 404);
}

void TstRelayTokens::plainTokensAreNotCounted()
{
    Fixture fixture({});
    fixture.harness.allowance = nullptr;
    QCOMPARE(fixture.harness.native(GENERATE, BODY).status, 200);
    QVERIFY(fixture.meter.takeChanges().empty());
    QVERIFY(fixture.harness.records[0].costMicro > 0);
}

QTEST_GUILESS_MAIN(TstRelayTokens)
#include "tst_relaytokens.moc"
