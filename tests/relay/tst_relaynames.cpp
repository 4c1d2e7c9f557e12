#include <QTest>

#include "gateway/common/json.h"
#include "gateway/relay/nativebody.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

constexpr const char *RULES = "quick=gemini-3.6-flash, fast=@flash-lite; thinking=minimal; temperature=0.25, "
                              "vectors=gemini-embedding-001, gemini-1.5-*=gemini-3.5-flash";

std::string path(const std::string &model, const std::string &method = "generateContent")
{
    return "/v1beta/models/" + model + ':' + method;
}

std::string header(const ClientView &view, std::string_view name)
{
    return std::string(headerValue(view.headers, name));
}

std::function<void(RelayOptions &)> with(const std::string &rules,
                                         std::function<void(ModelNameOptions &)> more = {})
{
    return [rules, more = std::move(more)](RelayOptions &options) {
        options.names.aliases = ModelAliases::parse(rules).value();
        if (more)
            more(options.names);
    };
}

} // namespace

/// Names that clients give models, and what requests are given beside.
class TstRelayNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAliasChangesOnlyThePath();
    void parametersChangeTheBody();
    void readsTheListOnce();
    void fallsBackWithoutAList();
    void renamesInsideBodies();
    void aliasesReachGooglesOpenAiPaths();
    void translatedRequestsGetParameters();
    void embeddingsKeepTheirLength();
    void defaultsHoldForAll();
    void defaultsLeaveOtherCallsAlone();
    void anotherModelIsToldInItsTerms();
    void compressedBodiesAreRead();
    void brokenBodiesAreRefused();
    void listsInGooglesForm();
    void oneModelInGooglesForm();
};

void TstRelayNames::anAliasChangesOnlyThePath()
{
    RelayHarness harness(1, with(RULES));
    const std::string body =
        "{ \"contents\" : [ {\"parts\":[{\"text\":\"quick \\u0041\"}],\n\"role\":\"user\"} ] }";
    for (const char *name : {"quick", "gemini-1.5-pro-002"}) {
        const ClientView view = harness.native(path(name), body);
        QCOMPARE(view.status, 200);
        const std::string model = *name == 'q' ? "gemini-3.6-flash" : "gemini-3.5-flash";
        const SeenRequest seen = harness.fake.requests().back();
        QCOMPARE(seen.request.path, path(model));
        QCOMPARE(seen.request.body, body);
        QCOMPARE(header(view, "x-gateway-model"), model);
        QCOMPARE(harness.records.back().modelAsked, std::string(name));
        QCOMPARE(harness.records.back().modelUsed, model);
        QVERIFY(harness.records.back().costMicro > 0);
    }
    const ClientView plain = harness.native(path("gemini-3.6-flash"), body);
    QCOMPARE(harness.fake.requests().back().request.body, body);
    QCOMPARE(header(plain, "x-gateway-model"), std::string());
    QCOMPARE(harness.fake.requests().size(), 3u); // the list of models was not needed
}

void TstRelayNames::parametersChangeTheBody()
{
    RelayHarness harness(1, with(RULES));
    const std::string body = R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})";
    const ClientView view = harness.native(path("fast", "streamGenerateContent"), body, "alt=sse");
    QCOMPARE(view.status, 200);
    const SeenRequest seen = harness.fake.requests().back();
    QCOMPARE(seen.request.path, path("gemini-3.5-flash-lite", "streamGenerateContent"));
    QCOMPARE(seen.request.body,
             std::string(R"({"contents":[{"role":"user","parts":[{"text":"x"}]}],"generationConfig":)"
                         R"({"temperature":0.25,"thinkingConfig":{"thinkingLevel":"MINIMAL"}}})"));
    QCOMPARE(harness.records.back().modelAsked, std::string("fast"));
}

void TstRelayNames::readsTheListOnce()
{
    RelayHarness harness(1, with(RULES));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(harness.chat(R"({"model":"gpt-4o","messages":[{"role":"user","content":"x"}]})").status,
                 200);
    const std::vector<SeenRequest> seen = harness.fake.requests();
    QCOMPARE(seen.size(), 4u);
    QCOMPARE(seen[0].request.path, std::string("/v1beta/models"));
    for (int i = 1; i < 4; ++i)
        QCOMPARE(seen[i].request.path, path("gemini-3.8-flash"));
    QCOMPARE(harness.records.size(), 3u); // the gateway's own question is nobody's request
    QCOMPARE(harness.records.back().modelAsked, std::string("gpt-4o"));
    QCOMPARE(harness.records.back().modelUsed, std::string("gemini-3.8-flash"));
}

void TstRelayNames::fallsBackWithoutAList()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.maxRetries = 0; });
    FaultScript script;
    script.fault = Fault::InternalError;
    script.key = "*";
    script.model = "";
    script.times = 1;
    harness.fake.script(script);
    QCOMPARE(harness.chat(R"({"model":"gpt-4o","messages":[{"role":"user","content":"x"}]})").status, 200);
    QCOMPARE(harness.fake.requests().back().request.path, path("gemini-flash-latest"));
}

void TstRelayNames::renamesInsideBodies()
{
    RelayHarness harness(1, with(RULES));
    const std::string vector = R"("content":{"parts":[{"text":"vectors"}]}})";
    const ClientView several = harness.native(path("vectors", "batchEmbedContents"),
                                              R"({"requests":[{"model":"models/vectors",)" + vector + "]}");
    QCOMPARE(several.status, 200);
    QCOMPARE(harness.fake.requests().back().request.body,
             R"({"requests":[{"model":"models/gemini-embedding-001",)" + vector + "]}");
    const ClientView counted = harness.native(
        path("quick", "countTokens"),
        R"({"generateContentRequest":{"model":"models/quick","contents":[{"parts":[{"text":"x"}]}]}})");
    QCOMPARE(counted.status, 200);
    QVERIFY(harness.fake.requests().back().request.body.find("models/gemini-3.6-flash") != std::string::npos);
}

void TstRelayNames::aliasesReachGooglesOpenAiPaths()
{
    RelayHarness harness(1, with(RULES));
    const ClientView view = harness.googleOpenAi(
        "chat/completions", R"({"stream":false,"model":"quick","messages":[{"role":"user","content":"x"}]})");
    QCOMPARE(view.status, 200);
    QCOMPARE(
        harness.fake.requests().back().request.body,
        std::string(
            R"({"stream":false,"model":"gemini-3.6-flash","messages":[{"role":"user","content":"x"}]})"));
    QCOMPARE(harness.records.back().modelUsed, std::string("gemini-3.6-flash"));
    QCOMPARE(header(view, "x-gateway-ignored"), std::string());
    const ClientView fast = harness.googleOpenAi(
        "chat/completions", R"({"model":"fast","messages":[{"role":"user","content":"x"}]})");
    QCOMPARE(fast.status, 200);
    QCOMPARE(header(fast, "x-gateway-ignored"), std::string("parameters of the name"));
}

void TstRelayNames::translatedRequestsGetParameters()
{
    RelayHarness harness(1, with(RULES));
    const auto config = [&harness](const std::string &more) {
        const ClientView view =
            harness.chat(R"({"model":"fast","messages":[{"role":"user","content":"x"}])" + more + '}');
        if (view.status != 200)
            qFatal("%s", view.body.c_str());
        return toJson(parseJsonObject(harness.fake.requests().back().request.body)->at("generationConfig"));
    };
    QCOMPARE(config(""), std::string(R"({"temperature":0.25,"thinkingConfig":{"thinkingLevel":"MINIMAL"}})"));
    const std::string own = config(R"(,"temperature":1,"reasoning_effort":"high")");
    QVERIFY2(own.find(R"("temperature":1)") != std::string::npos, own.c_str());
    QVERIFY2(own.find("HIGH") != std::string::npos, own.c_str());
}

void TstRelayNames::embeddingsKeepTheirLength()
{
    RelayHarness harness(1, with(RULES));
    const auto asked = [&harness](const std::string &more) {
        const ClientView view =
            harness.embeddings(R"({"input":"x","model":"text-embedding-3-small")" + more + '}');
        return view.status == 200 ? harness.fake.requests().back().request.body : view.body;
    };
    const std::string usual = asked("");
    QVERIFY2(usual.find(R"("outputDimensionality":1536)") != std::string::npos, usual.c_str());
    QVERIFY2(usual.find("models/gemini-embedding-2") != std::string::npos, usual.c_str());
    const std::string own = asked(R"(,"dimensions":64)");
    QVERIFY2(own.find(R"("outputDimensionality":64)") != std::string::npos, own.c_str());
    std::string inputs;
    for (int i = 0; i < 150; ++i)
        inputs += i == 0 ? "\"x\"" : ",\"x\"";
    QCOMPARE(harness.embeddings(R"({"model":"text-embedding-3-small","input":[)" + inputs + "]}").status,
             200);
    const std::vector<SeenRequest> seen = harness.fake.requests();
    QVERIFY(seen[seen.size() - 1].request.body.find("1536") != std::string::npos);
    QVERIFY(seen[seen.size() - 2].request.body.find("1536") != std::string::npos);
}

void TstRelayNames::defaultsHoldForAll()
{
    RelayHarness harness(1, with("", [](ModelNameOptions &names) {
                             names.defaults.safety = Wish<std::string>{"OFF", false};
                             names.defaults.systemAfter = "Be brief.";
                         }));
    const std::string body = R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})";
    QCOMPARE(harness.native(path("gemini-3.6-flash"), body).status, 200);
    const std::string native = harness.fake.requests().back().request.body;
    QCOMPARE(
        harness.chat(R"({"model":"gemini-3.6-flash","messages":[{"role":"user","content":"x"}]})").status,
        200);
    const std::string chat = harness.fake.requests().back().request.body;
    for (const std::string &sent : {native, chat}) {
        QVERIFY2(sent.find(R"("threshold":"OFF")") != std::string::npos, sent.c_str());
        QVERIFY2(sent.find("Be brief.") != std::string::npos, sent.c_str());
    }
}

void TstRelayNames::defaultsLeaveOtherCallsAlone()
{
    RelayHarness harness(1, with("", [](ModelNameOptions &names) { names.defaults.search = true; }));
    const std::string body = R"({ "content" : {"parts":[{"text":"x"}]} })";
    QCOMPARE(harness.native(path("gemini-embedding-001", "embedContent"), body).status, 200);
    QCOMPARE(harness.fake.requests().back().request.body, body);
    const std::string functions =
        R"({ "contents":[{"parts":[{"text":"x"}]}], "tools":[{"functionDeclarations":[{"name":"f"}]}]})";
    QCOMPARE(harness.native(path("gemini-2.5-flash"), functions).status, 200);
    QCOMPARE(harness.fake.requests().back().request.body, functions); // the bytes that came
}

void TstRelayNames::anotherModelIsToldInItsTerms()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        options.names.aliases = ModelAliases::parse("quick=gemini-3.6-flash; thinking=low!").value();
        options.fallbacks = ModelFallbacks::parse("gemini-3.6-flash > gemini-2.5-flash").value();
        options.maxRetries = 0;
    });
    harness.script(0, Fault::Overloaded, -1, 0, "gemini-3.6-flash");
    const std::string body = R"({"contents":[{"parts":[{"text":"x"}]}]})";
    const ClientView native = harness.native(path("quick"), body);
    QCOMPARE(native.status, 200);
    QCOMPARE(header(native, "x-gateway-model"), std::string("gemini-2.5-flash"));
    QVERIFY(harness.fake.requests().back().request.body.find(R"("thinkingBudget":1024)") !=
            std::string::npos);
    const ClientView chat = harness.chat(R"({"model":"quick","messages":[{"role":"user","content":"x"}]})");
    QCOMPARE(chat.status, 200);
    QVERIFY(harness.fake.requests().back().request.body.find(R"("thinkingBudget":1024)") !=
            std::string::npos);
    QCOMPARE(harness.records.back().modelAsked, std::string("quick"));
    QCOMPARE(harness.records.back().modelUsed, std::string("gemini-2.5-flash"));
}

/// `text` as gzip has it, stored only (RFC 1951, 3.2.4).
std::string stored(const std::string &text, std::uint32_t crc)
{
    const auto little = [](std::uint32_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i)
            out += static_cast<char>(value >> (8 * i) & 0xff);
        return out;
    };
    const auto size = static_cast<std::uint32_t>(text.size());
    return std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x01", 11) + little(size, 2) + little(~size, 2) + text +
           little(crc, 4) + little(size, 4);
}

void TstRelayNames::compressedBodiesAreRead()
{
    const std::string body = R"({"contents":[{"parts":[{"text":"x"}]}]})";
    ClientRequest request;
    request.headers = {{"Content-Encoding", "gzip"}, {"Content-Type", "application/json"}};
    request.body = stored(body, 0);
    QVERIFY(decodeBody(request));
    QCOMPARE(request.body, body);
    QVERIFY(headerValue(request.headers, "content-encoding").empty());
    request.headers = {{"Content-Encoding", "br"}};
    QVERIFY(!decodeBody(request));
}

void TstRelayNames::brokenBodiesAreRefused()
{
    RelayHarness harness(1, with("quick=gemini-3.6-flash; temperature=0.5"));
    const ClientView view = harness.native(path("quick"), "{'contents':[]}"); // Google would take the quotes
    QCOMPARE(view.status, 400);
    QVERIFY(harness.fake.requests().empty());
    QCOMPARE(harness.records.back().modelAsked, std::string("quick"));
    QCOMPARE(harness.records.back().method, std::string("generateContent"));
}

void TstRelayNames::listsInGooglesForm()
{
    RelayHarness harness(1, with("mine=gemini-3.6-flash", [](ModelNameOptions &names) {
                             names.hiddenModels = {"gemini-2.5-*"};
                             names.searchModels = {"gemini-3.8-flash"};
                         }));
    const ClientView view = harness.native("/v1beta/models", {}, {}, "GET");
    QCOMPARE(view.status, 200);
    std::vector<std::string> names;
    const json::object list = parseJsonObject(view.body).value();
    for (const json::value &model : list.at("models").as_array())
        names.emplace_back(model.at("name").as_string());
    const auto has = [&names](const char *name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    QVERIFY(has("models/mine") && has("models/gemini-3.8-flash-search") && has("models/gemini-3.6-flash"));
    QVERIFY(!has("models/gemini-2.5-flash") && !has("models/gemini-2.5-pro"));
    QCOMPARE(harness.native(path("gemini-2.5-flash"), R"({"contents":[{"parts":[{"text":"x"}]}]})").status,
             200);
}

void TstRelayNames::oneModelInGooglesForm()
{
    RelayHarness harness(1, with("mine=gemini-3.6-flash",
                                 [](ModelNameOptions &names) { names.hiddenModels = {"gemini-2.5-*"}; }));
    const auto told = [&harness](const std::string &name) {
        const ClientView view = harness.native("/v1beta/models/" + name, {}, {}, "GET");
        return view.status == 200 ? std::string(stringAt(parseJsonObject(view.body).value(), "name"))
                                  : std::to_string(view.status);
    };
    QCOMPARE(told("mine"), std::string("models/mine"));
    QCOMPARE(told("gemini-3.6-flash"), std::string("models/gemini-3.6-flash"));
    QCOMPARE(told("gemini-2.5-flash"), std::string("models/gemini-2.5-flash"));
    QCOMPARE(told("gpt-4o"), std::string("models/gpt-4o"));
    QCOMPARE(told("nothing"), std::string("404"));
    const json::object shown = parseJsonObject(harness.models(Dialect::Ollama, "mine").body).value();
    QVERIFY(objectAt(shown, "model_info")->contains("gemini.context_length")); // of the model that answers
}

QTEST_GUILESS_MAIN(TstRelayNames)
#include "tst_relaynames.moc"
