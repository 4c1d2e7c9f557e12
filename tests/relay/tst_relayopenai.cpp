#include <QTest>

#include "gateway/access/tokengate.h"
#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// Google's own OpenAI-compatible paths through the relay.
class TstRelayOpenAi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theKeyGoesAsBearerAndNothingChanges();
    void aFailingKeyIsSteppedOver();
    void aCallersFaultComesInGooglesWords();
    void aKeysFaultIsToldInOpenAisShape();
    void aBreakInAStreamIsAnErrorEvent();
    void modelListsShowWhatIsAllowed();
};

namespace {

const std::string CHAT = R"({"model": "gemini-3.6-flash", "messages": [{"role": "user", "content": "x"}]})";
const std::string STREAM = R"({"model":"gemini-3.6-flash","stream":true,"stream_options":)"
                           R"({"include_usage":true},"messages":[{"role":"user","content":"x"}]})";

std::string errorMember(const ClientView &view, std::string_view member)
{
    const auto parsed = parseJsonObject(view.body);
    const json::object *error = parsed ? objectAt(*parsed, "error") : nullptr;
    return error ? std::string(stringAt(*error, member)) : "no error: " + view.body;
}

} // namespace

void TstRelayOpenAi::theKeyGoesAsBearerAndNothingChanges()
{
    RelayHarness harness(1);
    QCOMPARE(harness.googleOpenAi("chat/completions", CHAT).status, 200);
    const SeenRequest seen = harness.fake.requests().at(0);
    QCOMPARE(seen.keyPlace, std::string("bearer"));
    QCOMPARE(seen.request.path, std::string("/v1beta/openai/chat/completions"));
    QCOMPARE(seen.request.body, CHAT);
    QCOMPARE(harness.records.size(), std::size_t{1});
    const RequestRecord &record = harness.records[0];
    QCOMPARE(record.method, std::string("openai.chat.completions"));
    QCOMPARE(record.modelUsed, std::string("gemini-3.6-flash"));
    QVERIFY(record.dialect == Dialect::OpenAi);
    QCOMPARE(record.tokens.prompt, std::int64_t{5});
    QCOMPARE(record.tokens.thoughts, std::int64_t{3});
    QVERIFY(record.costMicro > 0);
}

void TstRelayOpenAi::aFailingKeyIsSteppedOver()
{
    RelayHarness harness(2);
    harness.script(0, Fault::MinuteQuota, 1, 30);
    const ClientView view = harness.googleOpenAi("chat/completions", STREAM);
    QCOMPARE(view.status, 200);
    QVERIFY(view.body.ends_with("data: [DONE]\n\n"));
    QCOMPARE(harness.records.at(0).attempts.size(), std::size_t{2});
    QCOMPARE(harness.records.at(0).tokens.total, std::int64_t{10});
    QVERIFY(harness.records.at(0).streamed);
}

void TstRelayOpenAi::aCallersFaultComesInGooglesWords()
{
    RelayHarness harness(2);
    const ClientView view = harness.googleOpenAi("chat/completions", R"({"model":"gemini-3.6-flash"})");
    QCOMPARE(view.status, 400);
    QVERIFY2(view.body.starts_with('['), view.body.c_str()); // Google's array
    QCOMPARE(harness.fake.requests().size(), std::size_t{1});
}

void TstRelayOpenAi::aKeysFaultIsToldInOpenAisShape()
{
    RelayHarness harness(1, 0);
    harness.script(0, Fault::InvalidKey);
    const ClientView view =
        harness.googleOpenAi("embeddings", R"({"model":"gemini-embedding-001","input":"x"})");
    QCOMPARE(view.status, 503);
    QVERIFY(!errorMember(view, "type").empty());
    QVERIFY(view.body.find(RelayHarness::keyText(1)) == std::string::npos);
}

void TstRelayOpenAi::aBreakInAStreamIsAnErrorEvent()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetMidEvent);
    const ClientView view = harness.googleOpenAi("chat/completions", STREAM);
    QCOMPARE(view.status, 200);
    const std::size_t at = view.body.rfind("data: ");
    const auto last = parseJsonObject(trimmed(std::string_view(view.body).substr(at + 6)));
    QVERIFY2(last && objectAt(*last, "error"), view.body.c_str());
    QVERIFY(!stringAt(*objectAt(*last, "error"), "type").empty());
    QVERIFY(harness.records.at(0).error.find("broke off") != std::string::npos);
}

void TstRelayOpenAi::modelListsShowWhatIsAllowed()
{
    RelayHarness harness(1);
    const auto all = parseJsonObject(harness.googleOpenAi("models", {}, "GET").body);
    QVERIFY(arrayAt(*all, "data")->size() > 1);
    TokenSettings settings;
    settings.allowedModels = {"gemini-3.5-flash"};
    TokenMeter meter(harness.clock);
    TokenRow row = tokenRow(Secret("gb-named-token-0001"), std::move(settings), 0);
    row.id = 1;
    harness.allowance = std::make_shared<TokenGate>(std::move(row), meter);
    const auto allowed = parseJsonObject(harness.googleOpenAi("models", {}, "GET").body);
    QCOMPARE(arrayAt(*allowed, "data")->size(), std::size_t{1});
    QCOMPARE(harness.googleOpenAi("chat/completions", CHAT).status, 403);
}

QTEST_GUILESS_MAIN(TstRelayOpenAi)
#include "tst_relayopenai.moc"
