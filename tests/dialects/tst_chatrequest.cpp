#include <QTest>

#include "gateway/dialects/openai/chatrequest.h"

using namespace Gateway;

class TstChatRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOptions();
    void stripsModelPrefixes();
    void legacyFunctionsAreTold();
    void wantsSignaturesOfUnsignedCalls();
    void fillsSignatures();
    void signsOnlyWhereTheFamilyDoes_data();
    void signsOnlyWhereTheFamilyDoes();
    void fetchedMediaIsEncoded();
    void mediaThatFailedIsTheClientsError();
    void thinking_data();
    void thinking();
    void toolChoice_data();
    void toolChoice();
};

namespace {

std::string bodyOf(const std::string &request, const TranslationInputs &inputs = {})
{
    Result<ChatRequest> parsed = ChatRequest::parse(request);
    if (!parsed)
        return "refused: " + parsed.error().text;
    Result<std::string> body = parsed->geminiBody(inputs);
    return body ? *body : "refused: " + body.error().text;
}

json::value bodyValue(const std::string &request, const TranslationInputs &inputs = {})
{
    const Result<json::value> body = parseJson(bodyOf(request, inputs));
    return body ? *body : json::value();
}

std::string withModel(const std::string &model, const std::string &rest)
{
    return R"({"model":")" + model + R"(","messages":[{"role":"user","content":"x"}],)" + rest + "}";
}

/// A turn with two parallel calls, neither signed, and their results.
std::string unsignedCalls(const std::string &model)
{
    return R"({"model":")" + model + R"(","messages":[{"role":"user","content":"x"},
        {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},
                                          {"id":"c2","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"1"},{"role":"tool","tool_call_id":"c2","content":"2"}]})";
}

std::string signatureOf(const json::value &body, std::size_t part)
{
    const json::object &turn = body.at("contents").at(1).at("parts").at(part).as_object();
    return std::string(stringAt(turn, "thoughtSignature"));
}

} // namespace

void TstChatRequest::tellsOptions()
{
    const Result<ChatRequest> request = ChatRequest::parse(withModel(
        "gemini-3.8-flash",
        R"("stream":true,"stream_options":{"include_usage":true},"n":3,"logprobs":true,"top_logprobs":5,
           "response_format":{"type":"json_object"},"parallel_tool_calls":false,
           "tools":[{"type":"function","function":{"name":"b"}},{"type":"function","function":{"name":"a"}}])"));
    QVERIFY2(request, request ? "" : request.error().text.c_str());
    QVERIFY(request->isStream());
    QVERIFY(request->includeUsage());
    QCOMPARE(request->choiceCount(), 3);
    QVERIFY(request->wantsLogprobs());
    QCOMPARE(request->options().topLogprobs, 5);
    QVERIFY(request->options().jsonAnswer);
    QVERIFY(!request->options().parallelToolCalls);
    QVERIFY(!request->usesLegacyFunctions());
    QCOMPARE(request->options().tools, (std::vector<std::string>{"b", "a"}));

    const Result<ChatRequest> plain = ChatRequest::parse(withModel("gemini-3.8-flash", R"("n":1)"));
    QVERIFY(plain && !plain->isStream() && !plain->includeUsage() && plain->choiceCount() == 1);
    QVERIFY(plain->options().parallelToolCalls && !plain->options().jsonAnswer);
    QVERIFY(!plain->options().imagesApart);
    const Result<ChatRequest> pictures =
        ChatRequest::parse(withModel("gemini-3-pro-image", R"("modalities":["image"])"));
    QVERIFY(pictures && pictures->options().imagesApart);
}

void TstChatRequest::stripsModelPrefixes()
{
    for (const char *model : {"gemini-3.8-flash", "models/gemini-3.8-flash", "google/gemini-3.8-flash",
                              "google/models/gemini-3.8-flash"}) {
        const Result<ChatRequest> request = ChatRequest::parse(withModel(model, R"("n":1)"));
        QVERIFY(request);
        QCOMPARE(request->model(), std::string("gemini-3.8-flash"));
    }
}

void TstChatRequest::legacyFunctionsAreTold()
{
    const Result<ChatRequest> request =
        ChatRequest::parse(withModel("gemini-3.8-flash", R"("functions":[{"name":"f"}])"));
    QVERIFY(request && request->usesLegacyFunctions());
}

void TstChatRequest::wantsSignaturesOfUnsignedCalls()
{
    const Result<ChatRequest> bare = ChatRequest::parse(unsignedCalls("gemini-3.8-flash"));
    QVERIFY(bare);
    QCOMPARE(bare->wantedSignatures(), (std::vector<std::string>{"c1", "c2"}));

    // The first call of the turn is signed: the others need nothing.
    std::string request = unsignedCalls("gemini-3.8-flash");
    request.replace(request.find(R"("id":"c1")"), 9,
                    R"("extra_content":{"google":{"thought_signature":"S"}},"id":"c1")");
    const Result<ChatRequest> known = ChatRequest::parse(request);
    QVERIFY2(known, known ? "" : known.error().text.c_str());
    QVERIFY(known->wantedSignatures().empty());
    const json::value body = bodyValue(request);
    QCOMPARE(signatureOf(body, 0), std::string("S"));
    QCOMPARE(signatureOf(body, 1), std::string());
}

void TstChatRequest::fillsSignatures()
{
    TranslationInputs inputs;
    inputs.signatures["c1"] = "from \"store\"";
    const json::value body = bodyValue(unsignedCalls("gemini-3.8-flash"), inputs);
    QCOMPARE(signatureOf(body, 0), std::string("from \"store\""));
    QCOMPARE(signatureOf(body, 1), std::string());

    const json::value without = bodyValue(unsignedCalls("gemini-3.8-flash"));
    QCOMPARE(signatureOf(without, 0), std::string("skip_thought_signature_validator"));
    QCOMPARE(signatureOf(without, 1), std::string());
}

void TstChatRequest::signsOnlyWhereTheFamilyDoes_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("asks");
    QTest::addColumn<bool>("standIn");
    QTest::addColumn<bool>("ids");
    QTest::newRow("3.8") << QByteArray("gemini-3.8-flash") << true << true << true;
    QTest::newRow("4, not known yet") << QByteArray("gemini-4-argon") << true << true << true;
    QTest::newRow("latest") << QByteArray("gemini-flash-latest") << true << true << true;
    QTest::newRow("2.5") << QByteArray("gemini-2.5-flash") << true << false << false;
    QTest::newRow("2.0") << QByteArray("gemini-2.0-flash") << false << false << false;
    QTest::newRow("gemma") << QByteArray("gemma-3-27b-it") << false << false << false;
}

void TstChatRequest::signsOnlyWhereTheFamilyDoes()
{
    QFETCH(QByteArray, model);
    QFETCH(bool, asks);
    QFETCH(bool, standIn);
    QFETCH(bool, ids);
    const std::string request = unsignedCalls(model.toStdString());
    const Result<ChatRequest> parsed = ChatRequest::parse(request);
    QVERIFY(parsed);
    QCOMPARE(!parsed->wantedSignatures().empty(), asks);
    const json::value body = bodyValue(request);
    QCOMPARE(!signatureOf(body, 0).empty(), standIn);
    const std::string text = toJson(body);
    QCOMPARE(text.find(R"("id":"c1")") != std::string::npos, ids);
}

void TstChatRequest::fetchedMediaIsEncoded()
{
    const std::string request =
        R"({"model":"gemini-3.8-flash","messages":[{"role":"user","content":[
            {"type":"image_url","image_url":{"url":"https://a.example/1"}},
            {"type":"text","text":"and"},
            {"type":"image_url","image_url":{"url":"http://a.example/2"}},
            {"type":"file","file":{"file_id":"https://a.example/1"}}]}]})";
    const Result<ChatRequest> parsed = ChatRequest::parse(request);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedMedia(), (std::vector<std::string>{"https://a.example/1", "http://a.example/2"}));
    TranslationInputs inputs;
    inputs.media.emplace("https://a.example/1", FetchedMedia{"image/jpg; charset=x", "abcd"});
    inputs.media.emplace("http://a.example/2", FetchedMedia{"application/octet-stream", "%PDF-1"});
    QCOMPARE(bodyOf(request, inputs),
             std::string(R"({"contents":[{"role":"user","parts":[)"
                         R"({"inlineData":{"mimeType":"image/jpeg","data":"YWJjZA=="}},{"text":"and"},)"
                         R"({"inlineData":{"mimeType":"application/pdf","data":"JVBERi0x"}},)"
                         R"({"inlineData":{"mimeType":"image/jpeg","data":"YWJjZA=="}}]}]})"));
}

void TstChatRequest::mediaThatFailedIsTheClientsError()
{
    const std::string request = R"({"model":"gemini-3.8-flash","messages":[{"role":"user","content":[
        {"type":"image_url","image_url":{"url":"https://a.example/1"}}]}]})";
    TranslationInputs inputs;
    inputs.media.emplace("https://a.example/1", fail(400, "media_refused", "too large"));
    Result<ChatRequest> parsed = ChatRequest::parse(request);
    const Result<std::string> body = parsed->geminiBody(inputs);
    QVERIFY(!body);
    QCOMPARE(body.error().code, std::string("media_refused"));
    QCOMPARE(body.error().param, std::string("messages[0].content[0].image_url.url"));

    Result<ChatRequest> again = ChatRequest::parse(request);
    const Result<std::string> missing = again->geminiBody({});
    QVERIFY(!missing);
    QCOMPARE(missing.error().status, 400);
}

void TstChatRequest::thinking_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *model, const char *given, const char *expected) {
        QTest::newRow(
            qPrintable(QStringLiteral("%1 %2").arg(QString::fromUtf8(model), QString::fromUtf8(given))))
            << QByteArray(model) << QByteArray(given) << QByteArray(expected);
    };
    const char *const low = R"({"thinkingLevel":"LOW","includeThoughts":true})";
    const char *const high = R"({"thinkingLevel":"HIGH","includeThoughts":true})";
    row("gemini-3.8-flash", R"("reasoning_effort":"none")", R"({"thinkingLevel":"LOW"})");
    row("gemini-3.8-flash", R"("reasoning_effort":"minimal")", low);
    row("gemini-3.8-flash", R"("reasoning_effort":"low")", low);
    row("gemini-3.8-flash", R"("reasoning_effort":"medium")",
        R"({"thinkingLevel":"MEDIUM","includeThoughts":true})");
    row("gemini-3.8-flash", R"("reasoning_effort":"xhigh")", high);
    row("gemini-3.6-flash", R"("reasoning_effort":"none")", R"({"thinkingLevel":"MINIMAL"})");
    row("gemini-3.5-flash-lite", R"("reasoning_effort":"minimal")",
        R"({"thinkingLevel":"MINIMAL","includeThoughts":true})");
    row("gemini-3.1-pro-preview", R"("reasoning_effort":"minimal")", low);
    row("gemini-3-pro-preview", R"("reasoning_effort":"medium")", high);
    row("gemini-flash-latest", R"("reasoning_effort":"minimal")", low);
    row("gemini-2.5-flash", R"("reasoning_effort":"none")", R"({"thinkingBudget":0})");
    row("gemini-2.5-flash", R"("reasoning_effort":"minimal")",
        R"({"thinkingBudget":512,"includeThoughts":true})");
    row("gemini-2.5-flash", R"("reasoning_effort":"medium")",
        R"({"thinkingBudget":8192,"includeThoughts":true})");
    row("gemini-2.5-pro", R"("reasoning_effort":"none")", R"({"thinkingBudget":128})");
    row("gemini-2.5-pro", R"("reasoning_effort":"minimal")",
        R"({"thinkingBudget":128,"includeThoughts":true})");
    row("gemini-2.5-pro", R"("reasoning_effort":"high")",
        R"({"thinkingBudget":24576,"includeThoughts":true})");
    row("gemini-2.0-flash", R"("reasoning_effort":"none")", "null");
    row("gemini-3.8-flash",
        R"("google":{"thinking_config":{"include_thoughts":false}},"reasoning_effort":"low")",
        R"({"includeThoughts":false,"thinkingLevel":"LOW"})");
    row("gemini-2.5-flash", R"("extra_body":{"google":{"thinkingConfig":{"thinkingBudget":-1}}})",
        R"({"thinkingBudget":-1})");
}

void TstChatRequest::thinking()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    const json::value body = bodyValue(withModel(model.toStdString(), given.toStdString()));
    QVERIFY(body.is_object());
    const json::object *config = objectAt(body.get_object(), "generationConfig");
    const json::value *thinkingConfig = config ? config->if_contains("thinkingConfig") : nullptr;
    QCOMPARE(toJson(thinkingConfig ? *thinkingConfig : json::value()), expected.toStdString());
}

void TstChatRequest::toolChoice_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *given, const char *expected) {
        QTest::newRow(given) << QByteArray(given) << QByteArray(expected);
    };
    row(R"("tool_choice":"none")", R"({"mode":"NONE"})");
    row(R"("tool_choice":"auto")", R"({"mode":"AUTO"})");
    row(R"("tool_choice":"required")", R"({"mode":"ANY"})");
    row(R"("tool_choice":{"type":"function","function":{"name":"b"}})",
        R"({"mode":"ANY","allowedFunctionNames":["b"]})");
    row(R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"b"}},{"type":"function","name":"a"}]}})",
        R"({"mode":"VALIDATED","allowedFunctionNames":["b","a"]})");
    row(R"("tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","function":{"name":"a"}}]})",
        R"({"mode":"ANY","allowedFunctionNames":["a"]})");
    row(R"("n":1)", "null");
}

void TstChatRequest::toolChoice()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    const json::value body = bodyValue(withModel(
        "gemini-3.8-flash",
        R"("tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],)" +
            given.toStdString()));
    QVERIFY(body.is_object());
    const json::object *config = objectAt(body.get_object(), "toolConfig");
    QCOMPARE(toJson(config ? config->at("functionCallingConfig") : json::value()), expected.toStdString());
}

QTEST_APPLESS_MAIN(TstChatRequest)
#include "tst_chatrequest.moc"
