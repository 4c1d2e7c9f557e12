#include <set>

#include <QElapsedTimer>
#include <QTest>

#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";

std::string chatBody(bool stream)
{
    return std::string(
               R"({"model":"gemini-3.6-flash","messages":[{"role":"user","content":"Hello"}],"stream":)") +
           (stream ? "true}" : "false}");
}

json::object parsed(const std::string &text)
{
    const Result<json::object> object = parseJsonObject(text);
    return object ? *object : json::object();
}

int errorCode(const std::string &body)
{
    const json::object whole = parsed(body);
    const json::object *error = objectAt(whole, "error");
    return error ? static_cast<int>(integerAt(*error, "code", 0)) : 0;
}

} // namespace

class TstRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesNativeRequestsUnchanged();
    void brokenJsonCostsNoKeyARequest();
    void stepsOverABadKeyAndSidelinesIt();
    void aCallersFaultGoesBackOnceAndUnchanged();
    void neverTriesOneKeyTwiceWhileOthersAreLeft();
    void aQuotaRestsTheKeyAndAnotherAnswers();
    void allRestingTellsTheWait();
    void noUsableKeyTellsHowMany();
    void overloadIsRetriedWithTheOnlyKeyAndBlamesNobody();
    void noRetriesMeansOneAttempt();
    void aResetBeforeTheHeadIsRetried();
    void aResetInAShortAnswerIsRetried();
    void aBreakInAStreamIsToldAsAnEvent();
    void aBreakInAChatStreamIsToldAsAnEvent();
    void aCloseBeforeAChatStreamIsRetried();
    void aLaterErrorEventEndsTheStream();
    void aLeavingClientCancelsTheUpstream();
    void aStreamThatWaitsLongGetsItsHeadEarly();
    void chatAnswersThroughAnotherKey();
    void filesGoBackToTheirOwner();
    void filesOfTwoOwnersAreRefused();
    void uploadsAreNotRepeatedAfterAnUnclearEnd();
    void modelsAreListedFromGoogle();
    void noKeyTextLeavesTheGateway();
};

void TstRelay::passesNativeRequestsUnchanged()
{
    RelayHarness harness(1);
    const std::string body = "{ \"contents\" : [{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}] }\n";
    const ClientView view = harness.native(GENERATE, body, "x=1&key=client-token");
    QCOMPARE(view.status, 200);
    QCOMPARE(harness.fake.requests().size(), 1u);
    const SeenRequest seen = harness.fake.requests().front();
    QCOMPARE(seen.request.body, body);
    QCOMPARE(seen.key, RelayHarness::keyText(1));
    QCOMPARE(seen.keyPlace, std::string("header"));
    QCOMPARE(harness.records.size(), 1u);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.status, 200);
    QCOMPARE(record.modelUsed, std::string("gemini-3.6-flash"));
    QCOMPARE(record.attempts.size(), 1u);
    QVERIFY(record.tokens.total > 0);
    QCOMPARE(record.bytesOut, static_cast<std::int64_t>(view.body.size()));
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelay::brokenJsonCostsNoKeyARequest()
{
    RelayHarness harness(1);
    const ClientView view = harness.native(GENERATE, R"({"contents":[{"parts":[{"text":"Hello"}]})");
    QCOMPARE(view.status, 400);
    QCOMPARE(errorCode(view.body), 400);
    const json::object whole = parsed(view.body);
    QCOMPARE(stringAt(*objectAt(whole, "error"), "status"), std::string_view("INVALID_ARGUMENT"));
    QVERIFY(stringAt(*objectAt(whole, "error"), "message").find("at byte 41") != std::string_view::npos);
    QCOMPARE(harness.fake.requests().size(), 0u);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().method, std::string("generateContent"));
    QCOMPARE(harness.records.front().modelAsked, std::string("gemini-3.6-flash"));
    QCOMPARE(harness.records.front().status, 400);
    QVERIFY(harness.records.front().attempts.empty());
}

void TstRelay::stepsOverABadKeyAndSidelinesIt()
{
    RelayHarness harness(2);
    harness.script(1, Fault::InvalidKey);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.fake.requests().size(), 5u); // the bad key is met once only
    QCOMPARE(harness.pool.counts().invalid, 1);
    QCOMPARE(harness.records.size(), 4u);
}

void TstRelay::aCallersFaultGoesBackOnceAndUnchanged()
{
    RelayHarness harness(3);
    const ClientView view = harness.native(GENERATE, R"({"contents":[],"nonsense":1})");
    QCOMPARE(view.status, 400);
    QCOMPARE(harness.fake.requests().size(), 1u);
    QCOMPARE(errorCode(view.body), 400);
    QCOMPARE(harness.pool.counts().invalid, 0);
    QCOMPARE(harness.pool.snapshot().front().failures, 0);
}

void TstRelay::neverTriesOneKeyTwiceWhileOthersAreLeft()
{
    RelayHarness harness(4);
    harness.script(0, Fault::InternalError, 3);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    std::set<std::string> keys;
    for (const SeenRequest &seen : harness.fake.requests())
        keys.insert(seen.key);
    QCOMPARE(keys.size(), 4u);
    QCOMPARE(harness.records.front().attempts.size(), 4u);
}

void TstRelay::aQuotaRestsTheKeyAndAnotherAnswers()
{
    RelayHarness harness(2);
    harness.script(1, Fault::MinuteQuota, -1, 30);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.fake.requests().size(), 4u);
    QCOMPARE(harness.pool.counts().invalid, 0);
}

void TstRelay::allRestingTellsTheWait()
{
    RelayHarness harness(2);
    harness.script(1, Fault::MinuteQuota, -1, 30);
    harness.script(2, Fault::MinuteQuota, -1, 20);
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 429);
    const int wait = std::atoi(std::string(headerValue(view.headers, "retry-after")).c_str());
    QVERIFY2(wait >= 18 && wait <= 21, view.body.c_str());
    harness.fake.reset();
    QCOMPARE(harness.native(GENERATE, HELLO).status, 429);
    QVERIFY(harness.fake.requests().empty()); // no call is wasted on keys that rest
}

void TstRelay::noUsableKeyTellsHowMany()
{
    RelayHarness harness(2);
    harness.script(0, Fault::LeakedKey);
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 503);
    QVERIFY2(view.body.find("2 invalid") != std::string::npos, view.body.c_str());
}

void TstRelay::overloadIsRetriedWithTheOnlyKeyAndBlamesNobody()
{
    RelayHarness harness(1);
    harness.script(1, Fault::Overloaded, 2);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.fake.requests().size(), 3u);
    QCOMPARE(harness.pool.snapshot().front().failures, 0);
}

void TstRelay::noRetriesMeansOneAttempt()
{
    RelayHarness harness(3, 0);
    harness.script(0, Fault::Overloaded);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 503);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelay::aResetBeforeTheHeadIsRetried()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetBeforeHead, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.records.front().attempts.size(), 2u);
}

void TstRelay::aResetInAShortAnswerIsRetried()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetMidBody, 1);
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 200);
    QVERIFY(parsed(view.body).contains("candidates"));
}

void TstRelay::aBreakInAStreamIsToldAsAnEvent()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetMidEvent, 1);
    const ClientView view = harness.native(STREAM, HELLO, "alt=sse");
    QCOMPARE(view.status, 200);
    QVERIFY(view.ended);
    const std::size_t last = view.body.rfind("data: ");
    QVERIFY2(errorCode(view.body.substr(last + 6)) == 502, view.body.c_str());
    QCOMPARE(harness.fake.requests().size(), 1u);  // bytes went down: no second try
    QCOMPARE(harness.records.front().status, 200); // as the client was told
    QVERIFY(!harness.records.front().error.empty());
}

void TstRelay::aBreakInAChatStreamIsToldAsAnEvent()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetMidEvent, 1);
    const ClientView view = harness.chat(chatBody(true));
    QCOMPARE(view.status, 200);
    QVERIFY2(view.body.find("\"error\"") != std::string::npos, view.body.c_str());
    QVERIFY(view.body.find("\"finish_reason\":\"stop\"") == std::string::npos);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelay::aCloseBeforeAChatStreamIsRetried()
{
    RelayHarness harness(2);
    harness.script(0, Fault::CloseBeforeHead, 1);
    const ClientView view = harness.chat(chatBody(true));
    QCOMPARE(view.status, 200);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QVERIFY(view.body.find("[DONE]") != std::string::npos);
}

void TstRelay::aLaterErrorEventEndsTheStream()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ErrorEvent, 1);
    const ClientView native = harness.native(STREAM, HELLO, "alt=sse");
    QVERIFY2(native.body.find("\"error\"") != std::string::npos, native.body.c_str());
    QVERIFY(!harness.records.back().error.empty());
    harness.script(0, Fault::RawErrorTail, 1);
    const ClientView chat = harness.chat(chatBody(true));
    QVERIFY2(chat.body.find("\"error\"") != std::string::npos, chat.body.c_str());
}

void TstRelay::aLeavingClientCancelsTheUpstream()
{
    RelayHarness harness(1);
    harness.script(1, Fault::StallBody, 1, 30);
    QElapsedTimer timer;
    timer.start();
    harness.nativeLeaving(STREAM, HELLO, "alt=sse", [](const ClientView &view) { return view.writes > 0; });
    QVERIFY(harness.fake.waitForEnd(0, 1000));
    QVERIFY(harness.fake.requests().front().closedEarly);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().status, 499);
    QCOMPARE(harness.pool.openLeases(), 0);
    QCOMPARE(harness.pool.snapshot().front().failures, 0);
}

void TstRelay::aStreamThatWaitsLongGetsItsHeadEarly()
{
    RelayHarness harness(1, 3, 300);
    harness.script(1, Fault::StallHead, 1);
    const ClientView view =
        harness.nativeLeaving(STREAM, HELLO, "alt=sse", [](const ClientView &seen) { return seen.begun; });
    QCOMPARE(view.status, 200); // so that heartbeats can flow while Google thinks
    QVERIFY(view.contentType.starts_with("text/event-stream"));
    QVERIFY(view.body.empty());
    QVERIFY(!view.ended);
}

void TstRelay::chatAnswersThroughAnotherKey()
{
    RelayHarness harness(2);
    harness.script(1, Fault::SuspendedKey);
    for (const bool stream : {false, true}) {
        const ClientView view = harness.chat(chatBody(stream));
        QCOMPARE(view.status, 200);
        QVERIFY2(view.body.find("Hello") != std::string::npos, view.body.c_str());
    }
}

void TstRelay::filesGoBackToTheirOwner()
{
    RelayHarness harness(3);
    const ClientView made = harness.native(
        "/v1beta/cachedContents",
        R"({"model":"models/gemini-3.6-flash","contents":[{"role":"user","parts":[{"text":"long"}]}]})");
    QCOMPARE(made.status, 200);
    const std::string name(stringAt(parsed(made.body), "name"));
    const std::string owner = harness.fake.requests().front().key;
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(harness.native("/v1beta/" + name, {}, {}, "GET").status, 200);
        QCOMPARE(harness.fake.requests().back().key, owner);
    }
}

void TstRelay::filesOfTwoOwnersAreRefused()
{
    RelayHarness harness(2);
    harness.owners.put("files/a", "1", 0);
    harness.owners.put("files/b", "2", 0);
    const ClientView view = harness.native(
        GENERATE,
        R"({"contents":[{"role":"user","parts":[{"fileData":{"fileUri":"https://g/v1beta/files/a"}},{"fileData":{"fileUri":"https://g/v1beta/files/b"}}]}]})");
    QCOMPARE(view.status, 400);
    QVERIFY(view.body.find("files/a and files/b") != std::string::npos);
}

void TstRelay::uploadsAreNotRepeatedAfterAnUnclearEnd()
{
    RelayHarness harness(2);
    harness.script(0, Fault::ResetBeforeHead, 1);
    const ClientView view =
        harness.native("/v1beta/cachedContents", R"({"model":"models/gemini-3.6-flash"})");
    QCOMPARE(view.status, 502);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelay::modelsAreListedFromGoogle()
{
    RelayHarness harness(1);
    const ClientView view = harness.native("/v1beta/models", {}, {}, "GET");
    QCOMPARE(view.status, 200);
    QVERIFY(parsed(view.body).contains("models"));
}

void TstRelay::noKeyTextLeavesTheGateway()
{
    RelayHarness harness(1, 0);
    for (const Fault fault : {Fault::InvalidKey, Fault::LeakedKey, Fault::InternalError,
                              Fault::ResetBeforeHead, Fault::SuspendedKey, Fault::RegionRefused}) {
        harness.fake.reset();
        harness.pool.revive(1);
        harness.script(1, fault, 1);
        const ClientView view = harness.native(GENERATE, HELLO);
        QVERIFY2(view.body.find(RelayHarness::keyText(1)) == std::string::npos, view.body.c_str());
    }
    for (const RequestRecord &record : harness.records) {
        QVERIFY(record.error.find(RelayHarness::keyText(1)) == std::string::npos);
        for (const AttemptRecord &attempt : record.attempts)
            QVERIFY(attempt.error.find(RelayHarness::keyText(1)) == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TstRelay)
#include "tst_relay.moc"
