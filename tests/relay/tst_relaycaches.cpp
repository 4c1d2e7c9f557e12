#include <algorithm>

#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/cachecut.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// What requests of Anthropic's mark with cache_control lies in Gemini's explicit caches.
class TstRelayCaches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesACacheAndUsesIt();
    void streamsBesideACache();
    void growsWithTheConversation();
    void isNothingWhenOff();
    void isNothingWithoutAMark();
    void isNothingForLittle();
    void otherKeysGetTheWhole();
    void vertexGetsTheWhole();
    void anotherModelGetsTheWhole();
    void goesWholeWhenTheCacheIsGone();
    void goesWholeWhenTheCacheIsNotLiked();
    void keepsCallsWithTheirResults();
    void aRefusalIsNoFaultOfTheKey();
    void isExtended();
};

namespace {

const std::string PATH = "/v1beta/cachedContents";

void caching(RelayOptions &options)
{
    options.explicitCaches = true;
}

std::string quoted(const std::string &text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

/// Words of that letter, some 10,000 tokens.
std::string longText(char letter)
{
    std::string words;
    for (int i = 0; i < 5000; ++i)
        words += std::string(7, letter) + ' ';
    return words;
}

std::string text(const std::string &words, bool isMarked = false)
{
    return R"({"type":"text","text":)" + quoted(words) +
           (isMarked ? R"(,"cache_control":{"type":"ephemeral"}})" : "}");
}

std::string message(const char *role, const std::string &blocks)
{
    return std::string(R"({"role":")") + role + R"(","content":[)" + blocks + "]}";
}

std::string request(const std::string &messages, const std::string &more = {},
                    const std::string &system = text("System. " + longText('s'), true),
                    const std::string &model = "gemini-3.6-flash")
{
    return R"({"model":")" + model + R"(","max_tokens":1000,"system":[)" + system + R"(],"messages":[)" +
           messages + "]" + more + "}";
}

const std::string HELLO = message("user", text("Hello"));

ClientView ask(RelayHarness &harness, const std::string &body)
{
    return harness.translated(body, Dialect::Anthropic, anthropicMessages);
}

std::vector<SeenRequest> callsOf(const RelayHarness &harness, const std::string &path)
{
    std::vector<SeenRequest> calls = harness.fake.requests();
    std::erase_if(calls,
                  [&](const SeenRequest &seen) { return seen.request.path.find(path) == std::string::npos; });
    return calls;
}

/// Turns the loop until so many caches are made.
bool waitForCaches(RelayHarness &harness, std::size_t count)
{
    return RelayHarness::turnUntil(
        [&] { return callsOf(harness, PATH).size() >= count && harness.pool.openLeases() == 0; });
}

std::size_t cachesAsked(const RelayHarness &harness)
{
    return callsOf(harness, PATH).size();
}

json::object lastBody(const RelayHarness &harness)
{
    const std::vector<SeenRequest> calls = callsOf(harness, "enerateContent");
    return calls.empty() ? json::object()
                         : parseJsonObject(calls.back().request.body).value_or(json::object());
}

std::int64_t usageOf(const ClientView &view, const char *member)
{
    const Result<json::object> answer = parseJsonObject(view.body);
    const json::object *usage = answer ? objectAt(*answer, "usage") : nullptr;
    return usage ? integerAt(*usage, member, -1) : -1;
}

std::string saidBy(const ClientView &view)
{
    const Result<json::object> answer = parseJsonObject(view.body);
    return answer ? toJson(answer->at("content")) : view.body;
}

/// So that the cache is there for what follows.
void warmUp(RelayHarness &harness)
{
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QVERIFY(waitForCaches(harness, 1));
}

} // namespace

void TstRelayCaches::makesACacheAndUsesIt()
{
    RelayHarness harness(1, caching);
    const ClientView first = ask(harness, request(HELLO));
    QCOMPARE(first.status, 200);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QCOMPARE(usageOf(first, "cache_read_input_tokens"), std::int64_t(0));
    QVERIFY(waitForCaches(harness, 1));
    const json::object made = parseJsonObject(callsOf(harness, PATH).front().request.body).value();
    QCOMPARE(stringAt(made, "model"), std::string_view("models/gemini-3.6-flash"));
    QCOMPARE(stringAt(made, "ttl"), std::string_view("300s"));
    QVERIFY(made.contains("systemInstruction"));
    QVERIFY(!made.contains("contents"));

    const ClientView second = ask(harness, request(HELLO));
    QCOMPARE(second.status, 200);
    QCOMPARE(stringAt(lastBody(harness), "cachedContent"), std::string_view("cachedContents/fake-1"));
    QVERIFY(!lastBody(harness).contains("systemInstruction"));
    QVERIFY(lastBody(harness).contains("generationConfig"));
    QVERIFY(usageOf(second, "cache_read_input_tokens") > 4096);
    QCOMPARE(saidBy(second), saidBy(first));
    QCOMPARE(harness.records.size(), 2u); // none of the gateway's own question
    QCOMPARE(harness.records.back().tokens.cached, usageOf(second, "cache_read_input_tokens"));
    QCOMPARE(cachesAsked(harness), 1u);
}

void TstRelayCaches::streamsBesideACache()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    const ClientView view = ask(harness, request(HELLO, R"(,"stream":true)"));
    QCOMPARE(view.status, 200);
    QVERIFY(view.body.find("message_stop") != std::string::npos);
    QVERIFY(lastBody(harness).contains("cachedContent"));
}

void TstRelayCaches::growsWithTheConversation()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    const std::string before =
        message("user", text(longText('u'))) + ',' + message("assistant", text("Aha")) + ',';
    const std::string marked = before + message("user", text("More", true));
    QCOMPARE(ask(harness, request(marked)).status, 200);
    QCOMPARE(lastBody(harness).at("contents").get_array().size(), std::size_t(3)); // all but the system text
    QVERIFY(waitForCaches(harness, 2));
    const json::object made = parseJsonObject(callsOf(harness, PATH).back().request.body).value();
    QCOMPARE(made.at("contents").get_array().size(), std::size_t(2));

    const std::string next =
        marked + ',' + message("assistant", text("Yes")) + ',' + message("user", text("On", true));
    QCOMPARE(ask(harness, request(next)).status, 200);
    QCOMPARE(stringAt(lastBody(harness), "cachedContent"), std::string_view("cachedContents/fake-2"));
    QCOMPARE(lastBody(harness).at("contents").get_array().size(), std::size_t(3));
    QCOMPARE(cachesAsked(harness), 2u); // what is new is too little for another
}

void TstRelayCaches::isNothingWhenOff()
{
    RelayHarness harness(1);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QCOMPARE(harness.caches.size(), std::size_t(0));
}

void TstRelayCaches::isNothingWithoutAMark()
{
    RelayHarness harness(1, caching);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(harness, request(HELLO, {}, text(longText('s')))).status, 200);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QCOMPARE(harness.caches.size(), std::size_t(0));
}

void TstRelayCaches::isNothingForLittle()
{
    RelayHarness harness(1, caching);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(harness, request(HELLO, {}, text("Be brief.", true))).status, 200);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QCOMPARE(harness.caches.size(), std::size_t(0));
}

void TstRelayCaches::otherKeysGetTheWhole()
{
    RelayHarness harness(2, caching);
    warmUp(harness);
    const std::string owner = callsOf(harness, PATH).front().key;
    harness.script(owner == RelayHarness::keyText(1) ? 1 : 2, Fault::MinuteQuota, 1);
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    const std::vector<SeenRequest> calls = callsOf(harness, "enerateContent");
    QVERIFY(calls.back().key != owner);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QVERIFY(lastBody(harness).contains("systemInstruction"));
    QVERIFY(waitForCaches(harness, 2)); // and that key has one of its own now
    QCOMPARE(callsOf(harness, PATH).back().key, calls.back().key);
}

void TstRelayCaches::vertexGetsTheWhole()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    KeySettings settings = harness.pool.view(1)->row.settings;
    settings.kind = KeyKind::Vertex;
    settings.baseUrl = harness.fake.url() + "/v1beta";
    QVERIFY(harness.pool.update(1, settings));
    ask(harness, request(HELLO));
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QVERIFY(lastBody(harness).contains("systemInstruction"));
    QCOMPARE(cachesAsked(harness), 1u);
}

void TstRelayCaches::anotherModelGetsTheWhole()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    const std::string other = request(HELLO, {}, text("System. " + longText('s'), true), "gemini-3.8-flash");
    QCOMPARE(ask(harness, other).status, 200);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QVERIFY(waitForCaches(harness, 2));
    QCOMPARE(ask(harness, other).status, 200);
    QCOMPARE(stringAt(lastBody(harness), "cachedContent"), std::string_view("cachedContents/fake-2"));
}

void TstRelayCaches::goesWholeWhenTheCacheIsGone()
{
    RelayHarness harness(2, caching);
    warmUp(harness);
    const std::string owner = callsOf(harness, PATH).front().key;
    harness.owners.put("cachedContents/fake-1", owner.substr(owner.rfind('-') + 1), 0);
    QCOMPARE(harness.native(PATH + "/fake-1", {}, {}, "DELETE").status, 200);
    harness.records.clear();
    const std::size_t before = callsOf(harness, "enerateContent").size();
    const ClientView view = ask(harness, request(HELLO));
    QCOMPARE(view.status, 200);
    const std::vector<SeenRequest> calls = callsOf(harness, "enerateContent");
    QCOMPARE(calls.size(), before + 2);
    QVERIFY(calls[before].request.body.find("cachedContent") != std::string::npos);
    QVERIFY(calls[before + 1].request.body.find("cachedContent") == std::string::npos);
    QCOMPARE(calls[before].key, owner);
    QCOMPARE(calls[before + 1].key, owner);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().attempts.size(), 1u);
    QCOMPARE(harness.records.front().attempts.front().status, 200);
    for (const KeyRow &row : harness.pool.snapshot())
        QCOMPARE(row.failedCalls, 0);
    QVERIFY(waitForCaches(harness, 3)); // the first, its end and a new one
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QCOMPARE(stringAt(lastBody(harness), "cachedContent"), std::string_view("cachedContents/fake-2"));
}

/// Whatever is wrong with a request beside a cache, it is asked as if there were none; a cache that Google
/// does not like so is not made again and again.
void TstRelayCaches::goesWholeWhenTheCacheIsNotLiked()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    harness.script(1, Fault::RegionRefused, 1);
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    QCOMPARE(cachesAsked(harness), 1u);
}

void TstRelayCaches::keepsCallsWithTheirResults()
{
    RelayHarness harness(1, caching);
    const std::string tools = R"(,"tools":[{"name":"f","description":)" + quoted(longText('t')) +
                              R"(,"input_schema":{"type":"object","properties":{}}}])";
    const std::string called =
        HELLO + ',' + message("assistant", R"({"type":"tool_use","id":"t1","name":"f","input":{}})") + ',' +
        message("user", R"({"type":"tool_result","tool_use_id":"t1","content":"r",)"
                        R"("cache_control":{"type":"ephemeral"}})");
    QCOMPARE(ask(harness, request(called, tools)).status, 200);
    QVERIFY(waitForCaches(harness, 1));
    const json::object made = parseJsonObject(callsOf(harness, PATH).front().request.body).value();
    QVERIFY(made.contains("tools"));
    QVERIFY(!made.contains("contents")); // what begins with a call or its result cannot stand alone
    QCOMPARE(ask(harness, request(called, tools)).status, 200);
    QVERIFY(lastBody(harness).contains("cachedContent"));
    QVERIFY(!lastBody(harness).contains("tools"));
    QCOMPARE(lastBody(harness).at("contents").get_array().size(), std::size_t(3));
}

/// A key of the free tier may store nothing, and serves on.
void TstRelayCaches::aRefusalIsNoFaultOfTheKey()
{
    RelayHarness harness(1, caching);
    harness.script(1, Fault::LimitZero, 1, 0, ""); // of a call that has no model in its path
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QVERIFY(waitForCaches(harness, 1));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QCOMPARE(cachesAsked(harness), 1u);
    QVERIFY(!lastBody(harness).contains("cachedContent"));
    for (const KeyRow &row : harness.pool.snapshot())
        QCOMPARE(row.failedCalls, 0);
}

void TstRelayCaches::isExtended()
{
    RelayHarness harness(1, caching);
    warmUp(harness);
    const std::string sent = callsOf(harness, "enerateContent").front().request.body;
    const std::string print = CacheCut::of(sent)->prints("gemini-3.6-flash", 0).front();
    harness.caches.made(print, 1, "cachedContents/fake-1", 300'000, harness.clock.nowMs() + 100'000);
    QCOMPARE(ask(harness, request(HELLO)).status, 200);
    QVERIFY(lastBody(harness).contains("cachedContent"));
    QVERIFY(waitForCaches(harness, 2));
    const SeenRequest patch = callsOf(harness, PATH).back();
    QCOMPARE(patch.request.method, std::string("PATCH"));
    QCOMPARE(patch.request.path, PATH + "/fake-1");
    QCOMPARE(patch.request.query, std::string("updateMask=ttl"));
    QCOMPARE(patch.request.body, std::string(R"({"ttl":"300s"})"));
    QVERIFY(!harness.caches.find(std::vector<std::string>{print}, 1)->mayExtend);
}

QTEST_GUILESS_MAIN(TstRelayCaches)
#include "tst_relaycaches.moc"
