#include <QTest>

#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string ASKED = "gemini-3.6-flash";
const std::string NEXT = "gemini-3.5-flash";
const std::string LAST = "gemini-3.8-flash";

std::string path(const std::string &method)
{
    return "/v1beta/models/" + ASKED + ":" + method;
}

std::string chatBody(bool stream)
{
    return R"({"model":")" + ASKED + R"(","messages":[{"role":"user","content":"Hello"}],"stream":)" +
           (stream ? "true}" : "false}");
}

void withChain(RelayOptions &options)
{
    options.maxRetries = 1;
    options.fallbacks = *ModelFallbacks::parse(ASKED + " > " + NEXT + ", " + LAST);
}

std::vector<std::string> modelsSeen(const FakeGemini &fake)
{
    std::vector<std::string> models;
    for (const SeenRequest &seen : fake.requests()) {
        if (models.empty() || models.back() != seen.model)
            models.push_back(seen.model);
    }
    return models;
}

} // namespace

class TstRelayFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOverloadedModelIsStoodInFor();
    void theAnswerSaysWhichModelSpoke();
    void aStreamIsStoodInFor();
    void aDaysQuotaIsStoodInFor();
    void aMissingModelIsStoodInFor();
    void aShortRestIsRatherWaitedFor();
    void countTokensIsStoodInFor();
    void theModelAskedForIsToldWhenAllFail();
    void aCallersFaultIsNot();
    void nothingWithoutARule();
    void aFilesOwnerIsNotLeft();
};

void TstRelayFallback::anOverloadedModelIsStoodInFor()
{
    RelayHarness harness(2, withChain);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    const ClientView view = harness.native(path("generateContent"), HELLO, "x=1");
    QCOMPARE(view.status, 200);
    QCOMPARE(headerValue(view.headers, "x-gateway-model"), std::string_view(NEXT));
    QCOMPARE(modelsSeen(harness.fake), (std::vector<std::string>{ASKED, NEXT}));
    QCOMPARE(harness.fake.requests().back().request.query, std::string("x=1"));
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().modelAsked, ASKED);
    QCOMPARE(harness.records.front().modelUsed, NEXT);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayFallback::theAnswerSaysWhichModelSpoke()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    const ClientView view = harness.chat(chatBody(false));
    QCOMPARE(view.status, 200);
    const Result<json::object> answer = parseJsonObject(view.body);
    QVERIFY(answer);
    QCOMPARE(stringAt(*answer, "model"), std::string_view(NEXT));
    QCOMPARE(headerValue(view.headers, "x-gateway-model"), std::string_view(NEXT));
    harness.fake.reset();
    QVERIFY(headerValue(harness.chat(chatBody(false)).headers, "x-gateway-model").empty());
}

void TstRelayFallback::aStreamIsStoodInFor()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    harness.script(0, Fault::Overloaded, -1, 0, NEXT);
    const ClientView native = harness.native(path("streamGenerateContent"), HELLO, "alt=sse");
    QCOMPARE(native.status, 200);
    QCOMPARE(headerValue(native.headers, "x-gateway-model"), std::string_view(LAST));
    const ClientView chat = harness.chat(chatBody(true));
    QVERIFY2(chat.body.find("\"model\":\"" + LAST) != std::string::npos, chat.body.c_str());
    QVERIFY(chat.body.find("[DONE]") != std::string::npos);
}

void TstRelayFallback::aDaysQuotaIsStoodInFor()
{
    RelayHarness harness(2, withChain);
    harness.script(0, Fault::DayQuota, -1, 0, ASKED);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(harness.native(path("generateContent"), HELLO).status, 200);
    QCOMPARE(modelsSeen(harness.fake), (std::vector<std::string>{ASKED, NEXT}));
}

void TstRelayFallback::aMissingModelIsStoodInFor()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::ModelMissing, -1, 0, ASKED);
    QCOMPARE(harness.native(path("generateContent"), HELLO).status, 200);
}

void TstRelayFallback::aShortRestIsRatherWaitedFor()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::MinuteQuota, 1, 1, ASKED);
    const ClientView view = harness.native(path("generateContent"), HELLO);
    QCOMPARE(view.status, 200);
    QVERIFY(headerValue(view.headers, "x-gateway-model").empty());
    QCOMPARE(modelsSeen(harness.fake), std::vector<std::string>{ASKED});
}

void TstRelayFallback::countTokensIsStoodInFor()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    QCOMPARE(harness.native(path("countTokens"), HELLO).status, 200);
}

void TstRelayFallback::theModelAskedForIsToldWhenAllFail()
{
    RelayHarness harness(1, withChain);
    harness.script(0, Fault::DayQuota, -1, 0, ASKED);
    harness.script(0, Fault::Overloaded, -1, 0, NEXT);
    harness.script(0, Fault::InternalError, -1, 0, LAST);
    const ClientView view = harness.native(path("generateContent"), HELLO);
    QCOMPARE(view.status, 429);
    QVERIFY(headerValue(view.headers, "x-gateway-model").empty());
    QCOMPARE(modelsSeen(harness.fake), (std::vector<std::string>{ASKED, NEXT, LAST}));
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayFallback::aCallersFaultIsNot()
{
    RelayHarness harness(1, withChain);
    QCOMPARE(harness.native(path("generateContent"), R"({"contents":[]})").status, 400);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelayFallback::nothingWithoutARule()
{
    RelayHarness harness(1, 0);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    QCOMPARE(harness.native(path("generateContent"), HELLO).status, 503);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelayFallback::aFilesOwnerIsNotLeft()
{
    RelayHarness harness(2, withChain);
    harness.owners.put("files/a", "1", 0);
    harness.script(0, Fault::Overloaded, -1, 0, ASKED);
    const ClientView view = harness.native(
        path("generateContent"),
        R"({"contents":[{"role":"user","parts":[{"fileData":{"fileUri":"https://g/v1beta/files/a"}}]}]})");
    QCOMPARE(view.status, 503);
    QCOMPARE(modelsSeen(harness.fake), std::vector<std::string>{ASKED});
}

QTEST_GUILESS_MAIN(TstRelayFallback)
#include "tst_relayfallback.moc"
