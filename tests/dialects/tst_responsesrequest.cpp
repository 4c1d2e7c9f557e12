#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/dialects/responses/responsessignature.h"

using namespace Gateway;

// POST /v1/responses → Gemini's generateContent.
class TstResponsesRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void translates_data();
    void translates();
    void refuses_data();
    void refuses();
    void takesSignaturesFromReasoning();
    void keepsWordsBesideCalls();
    void asksForSignaturesItHasNot();
    void takesLinesOfABatch();
    void takesCodexsRequest();
    void leavesBuiltInToolsOutForOldModels();
    void sealsSignatures();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

std::string bodyOf(const std::string &members, const std::string &model = "gemini-3.6-flash")
{
    return R"({"model":")" + model + R"(",)" + members + '}';
}

std::string geminiOf(const std::string &body, const TranslationInputs &inputs = {})
{
    Result<std::unique_ptr<Translation>> made = openAiResponses(body, CONTEXT);
    if (!made)
        return made.error().param + " | " + made.error().text;
    Result<std::string> gemini = (*made)->geminiBody(inputs);
    return gemini ? *gemini : gemini.error().param + " | " + gemini.error().text;
}

constexpr const char *WEATHER =
    R"({"type":"function","name":"weather","description":"d","parameters":{"type":"object","properties":{}}})";

} // namespace

void TstResponsesRequest::translates_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("part"); // of the body for Gemini
    const auto row = [](const char *name, const std::string &members, const std::string &part) {
        QTest::newRow(name) << QByteArray::fromStdString(members) << QByteArray::fromStdString(part);
    };
    row("text", R"("input":"Hi")", R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})");
    row("instructions", R"("instructions":"Be brief","input":"Hi")",
        R"("systemInstruction":{"parts":[{"text":"Be brief"}]})");
    row("developer message",
        R"("input":[{"role":"developer","content":"Rule"},{"role":"user","content":[{"type":"input_text","text":"Hi"}]}])",
        R"("systemInstruction":{"parts":[{"text":"Rule"}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]}])");
    row("said before",
        R"("input":[{"role":"user","content":"a"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"b","annotations":[]}]},{"role":"user","content":"c"}])",
        R"({"role":"model","parts":[{"text":"b"}]})");
    row("picture",
        R"("input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"}]}])",
        R"({"inlineData":{"mimeType":"image/png","data":"AAAA"}})");
    row("file",
        R"("input":[{"role":"user","content":[{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}]}])",
        R"({"inlineData":{"mimeType":"application/pdf","data":"AAAA"}})");
    row("function", std::string(R"("input":"x","tools":[)") + WEATHER + ']',
        R"("tools":[{"functionDeclarations":[{"name":"weather","description":"d")");
    row("custom tool",
        R"("input":"x","tools":[{"type":"custom","name":"apply_patch","description":"d","format":{"type":"grammar","syntax":"lark","definition":"start: x"}}])",
        R"("required":["input"])");
    row("namespace",
        R"("input":"x","tools":[{"type":"namespace","name":"agents","description":"d","tools":[{"type":"function","name":"spawn","parameters":{"type":"object","properties":{}}}]}])",
        R"("functionDeclarations":[{"name":"agents__spawn")");
    row("call of a namespace",
        R"("input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"a","namespace":"agents","name":"spawn","arguments":"{}"},{"type":"function_call_output","call_id":"a","output":"ok"}])",
        R"("name":"agents__spawn","args":{})");
    row("search", R"("input":"x","tools":[{"type":"web_search","search_context_size":"low"}])",
        R"("tools":[{"googleSearch":{}}])");
    row("code", R"("input":"x","tools":[{"type":"code_interpreter","container":{"type":"auto"}}])",
        R"("tools":[{"codeExecution":{}}])");
    row("choice by name",
        std::string(R"("input":"x","tool_choice":{"type":"function","name":"weather"},"tools":[)") + WEATHER +
            ']',
        R"("functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]})");
    row("allowed tools",
        std::string(
            R"("input":"x","tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"weather"}]},"tools":[)") +
            WEATHER + ']',
        R"("functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]})");
    row("none leaves the search out", R"("input":"x","tool_choice":"none","tools":[{"type":"web_search"}])",
        R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})");
    row("schema",
        R"("input":"x","text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}}}}})",
        R"("responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"a":{"type":"string"}}})");
    row("json", R"("input":"x","text":{"format":{"type":"json_object"}})",
        R"("generationConfig":{"responseMimeType":"application/json"})");
    row("effort without a summary", R"("input":"x","reasoning":{"effort":"low"})",
        R"("thinkingConfig":{"includeThoughts":false,"thinkingLevel":"LOW"})");
    row("summary", R"("input":"x","reasoning":{"effort":"high","summary":"auto"})",
        R"("thinkingConfig":{"includeThoughts":true,"thinkingLevel":"HIGH"})");
    row("limit", R"("input":"x","max_output_tokens":7)", R"("maxOutputTokens":7)");
    row("results follow their calls",
        R"("input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"a","name":"f","arguments":"{\"p\":1}"},{"type":"function_call","call_id":"b","name":"g","arguments":"{}"},{"type":"function_call_output","call_id":"b","output":"B"},{"type":"function_call_output","call_id":"a","output":[{"type":"input_text","text":"A"}]}])",
        R"({"role":"user","parts":[{"functionResponse":{"id":"a","name":"f","response":{"result":"A"}}},{"functionResponse":{"id":"b","name":"g","response":{"result":"B"}}}]})");
    row("custom call",
        R"("input":[{"role":"user","content":"x"},{"type":"custom_tool_call","call_id":"a","name":"apply_patch","input":"*** Begin"},{"type":"custom_tool_call_output","call_id":"a","output":"ok"}])",
        R"("name":"apply_patch","args":{"input":"*** Begin"})");
    row("a search of before is left out",
        R"("input":[{"type":"web_search_call","id":"ws","status":"completed"},{"role":"user","content":"x"}])",
        R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})");
}

void TstResponsesRequest::translates()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, part);
    const std::string gemini = geminiOf(bodyOf(members.toStdString()));
    QVERIFY2(QByteArray::fromStdString(gemini).contains(part), gemini.c_str());
}

void TstResponsesRequest::refuses_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("error"); // param and the text's start
    const auto row = [](const char *name, const char *members, const char *error) {
        QTest::newRow(name) << QByteArray(members) << QByteArray(error);
    };
    row("no input", R"("x":1)", "input | input: ");
    row("unknown item", R"("input":[{"type":"computer_call"}])",
        "input[0].type | input[0].type: 'computer_call' is not an item");
    row("local shell", R"("input":"x","tools":[{"type":"local_shell"}])",
        "tools[0].type | tools[0].type: 'local_shell' is a tool that Gemini has not");
    row("call without a result",
        R"("input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"a","name":"f","arguments":"{}"}])",
        "input | No tool output found for function call a.");
    row("result without a call",
        R"("input":[{"role":"user","content":"x"},{"type":"function_call_output","call_id":"a","output":"1"}])",
        "input[1] | No tool call found for function call output with call_id a.");
    row("part of a message", R"("input":[{"role":"user","content":[{"type":"input_video"}]}])",
        "input[0].content[0].type | input[0].content[0].type: 'input_video' is not a part");
    row("bad url",
        R"("instructions":"i","input":[{"role":"user","content":[{"type":"input_image","image_url":"ftp://x"}]}])",
        "input[0].content[0].image_url | input[0].content[0].image_url: must be a data:");
    row("name of a tool", R"("input":"x","tools":[{"type":"web_search"},{"type":"function","name":"a b"}])",
        "tools[1].name | tools[1].name: ");
    row("effort", R"("input":"x","reasoning":{"effort":"huge"})",
        "reasoning.effort | reasoning.effort: must be");
    row("prompt template", R"("input":"x","prompt":{"id":"pmpt_1"})", "prompt | prompt: cannot be honoured");
    row("limit", R"("input":"x","max_output_tokens":"7")", "max_output_tokens | max_output_tokens: ");
}

void TstResponsesRequest::refuses()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, error);
    const std::string told = geminiOf(bodyOf(members.toStdString()));
    QVERIFY2(QByteArray::fromStdString(told).startsWith(error), told.c_str());
}

void TstResponsesRequest::takesSignaturesFromReasoning()
{
    const std::string call = sealedSignature("c1", "U0lH");
    const std::string text = sealedSignature("", "VEVYVA==");
    const std::string body = bodyOf(
        R"("input":[{"role":"user","content":"x"},{"type":"message","role":"assistant","content":"said"},{"type":"reasoning","summary":[],"encrypted_content":")" +
        text + R"("},{"role":"user","content":"y"},{"type":"reasoning","summary":[],"encrypted_content":")" +
        call +
        R"("},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"1"}])");
    Result<std::unique_ptr<Translation>> made = openAiResponses(body, CONTEXT);
    QVERIFY(made);
    QVERIFY((*made)->wantedSignatures().empty());
    const std::string gemini = *(*made)->geminiBody({});
    QVERIFY2(gemini.find(R"({"text":"said","thoughtSignature":"VEVYVA=="})") != std::string::npos,
             gemini.c_str());
    QVERIFY2(gemini.find(R"("args":{}},"thoughtSignature":"U0lH"})") != std::string::npos, gemini.c_str());
}

/// What the model says behind its calls belongs to the same turn, before their results.
void TstResponsesRequest::keepsWordsBesideCalls()
{
    const std::string output = R"(,{"type":"function_call_output","call_id":"c1","output":"1"}])";
    const std::string call = R"({"type":"function_call","call_id":"c1","name":"f","arguments":"{}"})";
    const std::string word = R"({"type":"message","role":"assistant","content":"b"})";
    const std::string turn = R"({"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":)"
                             R"("skip_thought_signature_validator"}]},{"role":"user","parts":[)"
                             R"({"functionResponse":{"id":"c1","name":"f","response":{"result":"1"}}}]}])";
    const std::string one =
        geminiOf(bodyOf(R"("input":[{"role":"user","content":"x"},)" + call + ',' + word + output));
    QVERIFY2(one.find(R"({"role":"model","parts":[{"text":"b"},)" + turn) != std::string::npos, one.c_str());
    const std::string two = geminiOf(
        bodyOf(R"("input":[{"role":"user","content":"x"},{"role":"assistant","content":"a"},)" + call +
               R"(,{"type":"message","role":"assistant","content":[{"type":"output_text","text":"b"}]},)" +
               R"({"type":"reasoning","summary":[],"encrypted_content":")" + sealedSignature("", "VEVYVA==") +
               R"("})" + output));
    QVERIFY2(two.find(R"({"role":"model","parts":[{"text":"a"},{"text":"b","thoughtSignature":"VEVYVA=="},)" +
                      turn) != std::string::npos,
             two.c_str());
}

void TstResponsesRequest::asksForSignaturesItHasNot()
{
    const std::string body = bodyOf(
        R"("input":[{"role":"user","content":"x"},{"type":"reasoning","summary":[],"encrypted_content":"gAAAAforeign"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"1"}])");
    Result<std::unique_ptr<Translation>> made = openAiResponses(body, CONTEXT);
    QVERIFY(made);
    QCOMPARE((*made)->wantedSignatures(), std::vector<std::string>{"c1"});
    TranslationInputs inputs;
    inputs.signatures["c1"] = "S";
    QVERIFY(geminiOf(body, inputs).find(R"("thoughtSignature":"S")") != std::string::npos);
}

void TstResponsesRequest::takesLinesOfABatch()
{
    const auto made = [](const std::string &more) {
        return openAiBatchedResponse(R"({"model":"gemini-3.6-flash","input":"x")" + more + '}',
                                     {"req_a", 1700000000});
    };
    for (const char *good : {"", R"(,"store":true)", R"(,"background":false,"previous_response_id":null)"})
        QVERIFY2(made(good), good);
    const Result<std::string> answer = (*made(R"(,"store":true)"))
                                           ->answer(R"({"candidates":[{"content":{"parts":[{"text":"a"}]},)"
                                                    R"("finishReason":"STOP"}]})");
    QVERIFY(answer);
    QVERIFY2(answer->find(R"("store":false)") != std::string::npos, answer->c_str());
    for (const auto &[more, param] :
         {std::pair(R"(,"previous_response_id":"resp_a")", "previous_response_id"),
          std::pair(R"(,"conversation":{"id":"conv_a"})", "conversation"),
          std::pair(R"(,"background":true)", "background"),
          std::pair(R"(,"temperature":"hot")", "temperature")}) {
        const auto refused = made(more);
        QVERIFY2(!refused, more);
        QCOMPARE(refused.error().param, std::string(param));
    }
    QVERIFY(!openAiBatchedResponse("[", {}));
}

/// The members that Codex sends.
void TstResponsesRequest::takesCodexsRequest()
{
    const std::string gemini = geminiOf(bodyOf(
        R"("instructions":"You are Codex","input":[{"type":"message","role":"developer","content":[{"type":"input_text","text":"perm"}]},{"type":"message","role":"user","content":[{"type":"input_text","text":"do"}]}],)"
        R"("tools":[{"type":"function","name":"shell","description":"d","strict":false,"parameters":{"type":"object","properties":{"command":{"type":"array","items":{"type":"string"}}},"required":["command"],"additionalProperties":false}},)"
        R"({"type":"custom","name":"apply_patch","description":"p","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},{"type":"web_search","external_web_access":false}],)"
        R"("tool_choice":"auto","parallel_tool_calls":false,"reasoning":{"effort":"medium","summary":"auto"},"store":false,"stream":true,"include":["reasoning.encrypted_content"],"prompt_cache_key":"k","text":{"verbosity":"low"})"));
    QVERIFY2(gemini.find(R"("name":"shell")") != std::string::npos, gemini.c_str());
    QVERIFY(gemini.find(R"("name":"apply_patch")") != std::string::npos);
    QVERIFY(gemini.find(R"({"googleSearch":{}})") != std::string::npos);
    const char *config =
        R"("toolConfig":{"includeServerSideToolInvocations":true,"functionCallingConfig":{"mode":"VALIDATED"}})";
    QVERIFY2(gemini.find(config) != std::string::npos, gemini.c_str());
    QVERIFY(gemini.find(R"([{"text":"You are Codex"},{"text":"perm"}])") != std::string::npos);
}

void TstResponsesRequest::leavesBuiltInToolsOutForOldModels()
{
    const std::string members = std::string(R"("input":"x","tools":[{"type":"web_search"},)") + WEATHER + ']';
    Result<std::unique_ptr<Translation>> made = openAiResponses(bodyOf(members, "gemini-2.5-flash"), CONTEXT);
    QVERIFY(made);
    QVERIFY(!(*made)->warning().empty());
    QVERIFY((*made)->geminiBody({})->find("googleSearch") == std::string::npos);
    made = openAiResponses(bodyOf(members), CONTEXT);
    QVERIFY((*made)->warning().empty());
}

void TstResponsesRequest::sealsSignatures()
{
    ResponsesSignature out;
    const std::string sealed = sealedSignature("call.1", "a+/=");
    QVERIFY(readSealedSignature(sealed, out));
    QCOMPARE(out.callId, std::string_view("call.1"));
    QCOMPARE(out.signature, std::string_view("a+/="));
    for (const char *wrong : {"", "gb1.", "gb1.9.short", "gb1.x.y", "gAAAA", "gb1.3.abc"})
        QVERIFY2(!readSealedSignature(wrong, out), wrong);
}

QTEST_GUILESS_MAIN(TstResponsesRequest)
#include "tst_responsesrequest.moc"
