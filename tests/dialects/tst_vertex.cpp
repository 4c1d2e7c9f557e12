#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/vertex.h"

using namespace Gateway;

/// Gemini calls as Vertex AI's express mode wants them.
class TstVertex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatItServes_data();
    void knowsWhatItServes();
    void writesTheUrl();
    void leavesSoundBodiesAlone_data();
    void leavesSoundBodiesAlone();
    void changesWhatItMust_data();
    void changesWhatItMust();
    void refusesWhatOnlyGeminiHas_data();
    void refusesWhatOnlyGeminiHas();
};

namespace {

const std::string URL = "https://g/v1beta/models/gemini-x:generateContent";
constexpr std::string_view BASE = "https://v/v1";
const std::string TURN = R"({"role":"user","parts":[{"text":"x"}]})";

} // namespace

void TstVertex::knowsWhatItServes_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *url, bool expected) {
        QTest::newRow(url) << QByteArray(url) << expected;
    };
    row("https://g/v1beta/models/x:generateContent", true);
    row("https://g/v1/models/x:generateContent", true);
    row("https://g/v1beta/models/x:streamGenerateContent?alt=sse", true);
    row("https://g/v1beta/models/x:countTokens", true);
    row("https://g/v1beta/models/x:batchGenerateContent", false);
    row("https://g/v1beta/models/x:embedContent", false);
    row("https://g/v1beta/models/x", false);
    row("https://g/v1beta/models", false);
    row("https://g/v1beta/tunedModels/x:generateContent", false);
    row("https://g/v1beta/files", false);
    row("https://g/v1beta/interactions", false);
    row("https://g/v1beta/openai/chat/completions", false);
    row("https://g/v1beta/files?x=/models/y:generateContent", false);
}

void TstVertex::knowsWhatItServes()
{
    QFETCH(QByteArray, url);
    QFETCH(bool, expected);
    QCOMPARE(isVertexCall(url.toStdString()), expected);
}

void TstVertex::writesTheUrl()
{
    const std::string body = "{\"contents\":[" + TURN + "]}";
    QCOMPARE(vertexForm(URL, body, BASE)->url,
             std::string("https://v/v1/publishers/google/models/gemini-x:generateContent"));
    QCOMPARE(
        vertexForm("https://proxy/g/v1beta/models/a%2Fb:streamGenerateContent?alt=sse&x=1", body, BASE)->url,
        std::string("https://v/v1/publishers/google/models/a%2Fb:streamGenerateContent?alt=sse&x=1"));
}

void TstVertex::leavesSoundBodiesAlone_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::string &body) {
        QTest::newRow(name) << QByteArray::fromStdString(body);
    };
    row("plain", "{ \"contents\": [" + TURN + "] }");
    row("tools", "{\"contents\":[" + TURN +
                     R"(],"tools":[{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}]})");
    row("words in a schema", "{\"contents\":[" + TURN +
                                 R"(],"tools":[{"functionDeclarations":[{"name":"fileSearch","parameters":)"
                                 R"({"properties":{"store":{},"toolCall":{},"cachedContent":{}}}}]}]})");
    row("a file from elsewhere",
        R"({"contents":[{"role":"user","parts":[{"fileData":{"mimeType":"a/b","fileUri":"gs://x"}}]}]})");
}

void TstVertex::leavesSoundBodiesAlone()
{
    QFETCH(QByteArray, body);
    const Result<VertexForm> form = vertexForm(URL, body.toStdString(), BASE);
    QVERIFY(form.has_value());
    QVERIFY(!form->body);
}

void TstVertex::changesWhatItMust_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("a turn without a role")
        << QByteArray(R"({"contents":[{"parts":[{"text":"x"}]}]})")
        << QByteArray(R"({"contents":[{"parts":[{"text":"x"}],"role":"user"}]})");
    QTest::newRow("a single turn") << QByteArray(R"({"contents":{"parts":[{"text":"x"}]}})")
                                   << QByteArray(R"({"contents":[{"parts":[{"text":"x"}],"role":"user"}]})");
    QTest::newRow("whether it is kept")
        << QByteArray(
               R"({"store":false,"contents":[{"role":"user","parts":[]}],"generationConfig":{"topP":1.0}})")
        << QByteArray(R"({"contents":[{"role":"user","parts":[]}],"generationConfig":{"topP":1.0}})");
}

void TstVertex::changesWhatItMust()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const Result<VertexForm> form = vertexForm(URL, body.toStdString(), BASE);
    QVERIFY(form.has_value());
    QVERIFY(form->body.has_value());
    const auto told = parseJsonObject(*form->body);
    const auto wanted = parseJsonObject(expected.toStdString());
    QVERIFY2(*told == *wanted, form->body->c_str());
}

void TstVertex::refusesWhatOnlyGeminiHas_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::string &more) {
        QTest::newRow(name) << QByteArray::fromStdString("{\"contents\":[" + TURN + "]," + more + "}");
    };
    const auto part = [](const char *name, const char *text) {
        QTest::newRow(name) << QByteArray(R"({"contents":[{"role":"user","parts":[)") + text + "]}]}";
    };
    row("a cache", R"("cachedContent":"cachedContents/x")");
    row("a cache, snake case", R"("cached_content":"cachedContents/x")");
    row("file search", R"("tools":[{"fileSearch":{}}])");
    row("an MCP server", R"("tools":[{"mcp_servers":[]}])");
    row("civic answers", R"("generationConfig":{"enableEnhancedCivicAnswers":true})");
    row("tools at Google", R"("toolConfig":{"includeServerSideToolInvocations":true})");
    part("a call at Google", R"({"toolCall":{}})");
    part("metadata", R"({"part_metadata":{}})");
    part("a file of no type", R"({"fileData":{"fileUri":"https://youtu.be/x"}})");
    part("an answer in pieces", R"({"functionResponse":{"name":"f","willContinue":true}})");
    QTest::newRow("compressed") << QByteArray("\x1f\x8b\x08");
    QTest::newRow("a wrapped request") << QByteArray(R"({"generateContentRequest":{}})");
}

void TstVertex::refusesWhatOnlyGeminiHas()
{
    QFETCH(QByteArray, body);
    QVERIFY(!vertexForm(URL, body.toStdString(), BASE));
}

QTEST_APPLESS_MAIN(TstVertex)
#include "tst_vertex.moc"
