#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/anthropic/messagesrequest.h"

using namespace Gateway;

/// Anthropic's request → Gemini's, as tables.
class TstAnthropicRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contents_data();
    void contents();
    void codeThatRan_data();
    void codeThatRan();
    void ignoresCitationsOfDocuments();
    void config_data();
    void config();
    void tools_data();
    void tools();
    void leavesServerToolsOutForOldModels();
    void refuses_data();
    void refuses();
    void tellsOptions();
    void passesOverWhatHasNoCounterpart();
    void instructionsAmongTheMessages();
    void limitsTheOutput();
    void asksForSignaturesThatAreMissing();
    void asksForSignaturesOfLaterCalls();
    void signsWithTheThinkingBlock();
    void forgetsForeignSignatures();
    void fetchesMedia();
    void countsTheWholeRequest();
};

namespace {

constexpr auto MESSAGE = MessagesRequest::Kind::Message;

std::string bodyOf(const std::string &request, const TranslationInputs &inputs = {},
                   MessagesRequest::Kind kind = MESSAGE)
{
    Result<MessagesRequest> parsed = MessagesRequest::parse(request, kind);
    if (!parsed)
        return "refused: " + parsed.error().text;
    Result<std::string> body = parsed->geminiBody(inputs);
    return body ? *body : "refused: " + body.error().text;
}

std::string request(const std::string &messages, const std::string &rest = "",
                    const std::string &model = "gemini-3.8-flash")
{
    return R"({"model":")" + model + R"(","max_tokens":100,"messages":)" + messages + rest + "}";
}

std::string asked(const std::string &rest, const std::string &model = "gemini-3.8-flash")
{
    return request(R"([{"role":"user","content":"x"}])", "," + rest, model);
}

QByteArray memberOf(const std::string &body, const char *name)
{
    const Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return QByteArray::fromStdString(body);
    const json::value *member = parsed->if_contains(name);
    return member ? QByteArray::fromStdString(toJson(*member)) : QByteArray();
}

/// A conversation in which the assistant says `blocks` and the user answers `results`.
std::string afterUse(const std::string &blocks, const std::string &results)
{
    return R"([{"role":"user","content":"x"},{"role":"assistant","content":[)" + blocks +
           R"(]},{"role":"user","content":[)" + results + "]}]";
}

const std::string USE = R"({"type":"tool_use","id":"t1","name":"f","input":{"a":1}})";
const std::string CALL = R"({"functionCall":{"id":"t1","name":"f","args":{"a":1}},)"
                         R"("thoughtSignature":"skip_thought_signature_validator"})";

} // namespace

void TstAnthropicRequest::contents_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QByteArray>("contents");
    const auto row = [](const char *name, const std::string &messages, const std::string &contents) {
        QTest::newRow(name) << QByteArray::fromStdString(messages) << QByteArray::fromStdString(contents);
    };
    const auto user = [](const std::string &blocks) {
        return R"([{"role":"user","content":[)" + blocks + "]}]";
    };
    const auto parts = [](const std::string &list) { return R"([{"role":"user","parts":[)" + list + "]}]"; };
    const std::string asked = R"({"role":"user","parts":[{"text":"x"}]})";
    const auto answered = [&](const std::string &said, const std::string &results) {
        return "[" + asked + R"(,{"role":"model","parts":[)" + said + R"(]},{"role":"user","parts":[)" +
               results + "]}]";
    };
    const auto response = [](const std::string &json) {
        return R"({"functionResponse":{"id":"t1","name":"f","response":)" + json + "}}";
    };
    row("text", R"([{"role":"user","content":"Hi"}])", parts(R"({"text":"Hi"})"));
    row("blocks", user(R"({"type":"text","text":"a","cache_control":{"type":"ephemeral"}},
                          {"type":"text","text":"b"})"),
        parts(R"({"text":"a"},{"text":"b"})"));
    row("empty text", user(R"({"type":"text","text":""},{"type":"text","text":"b"})"),
        parts(R"({"text":"b"})"));
    row("nothing said", R"([{"role":"user","content":""}])", parts(R"({"text":" "})"));
    row("turns of one role join",
        R"([{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},
            {"role":"user","content":"d"}])",
        R"([{"role":"user","parts":[{"text":"a"},{"text":"b"}]},{"role":"model","parts":[{"text":"c"}]},)"
        R"({"role":"user","parts":[{"text":"d"}]}])");
    row("image",
        user(R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}})"),
        parts(R"({"inlineData":{"mimeType":"image/png","data":"AAAA"}})"));
    row("a file of Gemini's", user(R"({"type":"image","source":{"type":"file","file_id":"files/abc"}})"),
        parts(R"({"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}})"));
    row("pdf", user(R"({"type":"document","title":"T","context":"C","source":
            {"type":"base64","media_type":"application/pdf","data":"AAAA"}})"),
        parts(R"({"text":"T\nC\n"},{"inlineData":{"mimeType":"application/pdf","data":"AAAA"}})"));
    row("text document", user(R"({"type":"document","title":"T","source":
            {"type":"text","media_type":"text/plain","data":"words"}})"),
        parts(R"({"text":"T\nwords"})"));
    row("document of blocks", user(R"({"type":"document","source":{"type":"content","content":[
            {"type":"text","text":"words"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}})"),
        parts(R"({"text":"words"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}})"));
    row("search result", user(R"({"type":"search_result","title":"T","source":"https://a","content":[
            {"type":"text","text":"found"}]})"),
        parts(R"({"text":"T\nhttps://a\nfound"})"));
    row("tool use and its result",
        afterUse(USE, R"({"type":"tool_result","tool_use_id":"t1","content":"ok"})"),
        answered(CALL, response(R"({"result":"ok"})")));
    row("a result that is an object",
        afterUse(USE, R"({"type":"tool_result","tool_use_id":"t1","content":"{\"b\":2}"})"),
        answered(CALL, response(R"({"b":2})")));
    row("a result without content", afterUse(USE, R"({"type":"tool_result","tool_use_id":"t1"})"),
        answered(CALL, response(R"({"result":""})")));
    row("an error",
        afterUse(USE, R"({"type":"tool_result","tool_use_id":"t1","is_error":true,"content":"no"})"),
        answered(CALL, response(R"({"error":"no"})")));
    row("blocks in a result, then words",
        afterUse(USE, R"({"type":"text","text":"go on"},{"type":"tool_result","tool_use_id":"t1","content":[
                 {"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"tool_reference","tool_name":"g"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]})"),
        answered(CALL, R"({"functionResponse":{"id":"t1","name":"f","response":{"result":"a\nb"},)"
                       R"("parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}},)"
                       R"({"text":"go on"})"));
    row("results go in the order of the calls",
        afterUse(USE + R"(,{"type":"tool_use","id":"t2","name":"g","input":{}})",
                 R"({"type":"tool_result","tool_use_id":"t2","content":"2"},)"
                 R"({"type":"tool_result","tool_use_id":"t1","content":"1"})"),
        answered(CALL + R"(,{"functionCall":{"id":"t2","name":"g","args":{}}})",
                 response(R"({"result":"1"})") +
                     R"(,{"functionResponse":{"id":"t2","name":"g","response":{"result":"2"}}})"));
    row("results over several messages",
        R"([{"role":"user","content":"x"},{"role":"assistant","content":[)" + USE +
            R"(]},{"role":"user","content":"a"},
               {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"1"}]}])",
        answered(CALL, response(R"({"result":"1"})") + R"(,{"text":"a"})"));
    row("what Anthropic's servers did is left out",
        afterUse(R"({"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"q"}},
                    {"type":"web_search_tool_result","tool_use_id":"s","content":[]},
                    {"type":"text","text":"said","citations":[]})",
                 R"({"type":"text","text":"y"})"),
        answered(R"({"text":"said"})", R"({"text":"y"})"));
    row("a beginning to go on from", R"([{"role":"user","content":"x"},{"role":"assistant","content":"{"}])",
        "[" + asked + R"(,{"role":"model","parts":[{"text":"{"}]}])");
}

void TstAnthropicRequest::contents()
{
    QFETCH(QByteArray, messages);
    QFETCH(QByteArray, contents);
    QCOMPARE(memberOf(bodyOf(request(messages.toStdString())), "contents"), contents);
}

void TstAnthropicRequest::codeThatRan_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("parts"); // Gemini's, before the words "so"
    const auto row = [](const char *name, const char *said, const char *parts) {
        QTest::newRow(name) << QByteArray(said) << QByteArray(parts);
    };
    row("Python",
        R"({"type":"server_tool_use","id":"srvtoolu_1","name":"code_execution","input":{"code":"1+1"}},)"
        R"({"type":"code_execution_tool_result","tool_use_id":"srvtoolu_1","content":{"type":)"
        R"("code_execution_result","stdout":"1\n","stderr":"","return_code":0,"content":[]}},)",
        R"({"executableCode":{"language":"PYTHON","code":"1+1"}},)"
        R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}},)");
    row("Python in a command, and an id of Gemini's",
        R"({"type":"server_tool_use","id":"g1","name":"bash_code_execution",)"
        R"("input":{"command":"python3 - <<'EOF_'\nEOF\nEOF_\n"}},)"
        R"({"type":"bash_code_execution_tool_result","tool_use_id":"g1","content":{"type":)"
        R"("bash_code_execution_result","stdout":"","stderr":"no","return_code":1,"content":[]}},)",
        R"({"executableCode":{"id":"g1","language":"PYTHON","code":"EOF\n"}},)"
        R"({"codeExecutionResult":{"id":"g1","outcome":"OUTCOME_FAILED","output":"no"}},)");
    row("too long, with a signature",
        R"({"type":"thinking","thinking":"h","signature":"gemini:S"},)"
        R"({"type":"server_tool_use","id":"srvtoolu_1","name":"code_execution","input":{"code":"x"}},)"
        R"({"type":"code_execution_tool_result","tool_use_id":"srvtoolu_1","content":{"type":)"
        R"("code_execution_tool_result_error","error_code":"execution_time_exceeded"}},)",
        R"({"executableCode":{"language":"PYTHON","code":"x"},"thoughtSignature":"S"},)"
        R"({"codeExecutionResult":{"outcome":"OUTCOME_DEADLINE_EXCEEDED","output":""}},)");
    row("without a result",
        R"({"type":"server_tool_use","id":"srvtoolu_1","name":"code_execution","input":{"code":"x"}},)", "");
    row("a result of something else",
        R"({"type":"server_tool_use","id":"srvtoolu_1","name":"code_execution","input":{"code":"x"}},)"
        R"({"type":"code_execution_tool_result","tool_use_id":"srvtoolu_2","content":{}},)",
        "");
    row("a command of another's",
        R"({"type":"server_tool_use","id":"s","name":"bash_code_execution","input":{"command":"ls"}},)"
        R"({"type":"bash_code_execution_tool_result","tool_use_id":"s","content":{}},)",
        "");
}

/// As Gemini's own parts where the request has the tool, else not at all.
void TstAnthropicRequest::codeThatRan()
{
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, parts);
    const std::string messages =
        afterUse(said.toStdString() + R"({"type":"text","text":"so"})", R"({"type":"text","text":"y"})");
    const std::string tools = R"(,"tools":[{"type":"code_execution_20250825","name":"code_execution"}])";
    const auto contents = [](const QByteArray &model) -> QByteArray {
        return R"([{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[)" + model +
               R"({"text":"so"}]},{"role":"user","parts":[{"text":"y"}]}])";
    };
    QCOMPARE(memberOf(bodyOf(request(messages, tools)), "contents"), contents(parts));
    const bool isSigned = said.contains("gemini:S");
    if (!isSigned)
        QCOMPARE(memberOf(bodyOf(request(messages)), "contents"), contents(""));
    const Result<MessagesRequest> parsed = MessagesRequest::parse(request(messages, tools), MESSAGE);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedSignatures().empty(), isSigned || parts.isEmpty());
}

void TstAnthropicRequest::ignoresCitationsOfDocuments()
{
    const auto ignored = [](const std::string &blocks) {
        const Result<MessagesRequest> parsed = MessagesRequest::parse(
            request(R"([{"role":"user","content":[)" + blocks + R"(,{"type":"text","text":"x"}]}])"),
            MESSAGE);
        return parsed ? parsed->options().ignored : parsed.error().text;
    };
    const auto document = [](const std::string &enabled) {
        return R"({"type":"document","source":{"type":"text","media_type":"text/plain","data":"w"},)"
               R"("citations":{"enabled":)" +
               enabled + "}}";
    };
    QCOMPARE(ignored(document("true")), std::string("citations"));
    QCOMPARE(ignored(document("false")), std::string());
}

void TstAnthropicRequest::leavesServerToolsOutForOldModels()
{
    const std::string rest = R"(,"max_tokens":9,"messages":[{"role":"user","content":"x"}],"tools":[)"
                             R"({"name":"f","input_schema":{"type":"object"}},)"
                             R"({"type":"web_search_20250305","name":"web_search"},)"
                             R"({"type":"code_execution_20250825","name":"code_execution"}]})";
    auto made = anthropicMessages(R"({"model":"gemini-2.5-flash")" + rest, {});
    QVERIFY(made);
    QCOMPARE((*made)->ignored(), std::string("web_search, code_execution"));
    const std::string old = (*made)->geminiBody({}).value();
    QCOMPARE(memberOf(old, "tools"), QByteArray(R"([{"functionDeclarations":[{"name":"f"}]}])"));
    QCOMPARE(memberOf(old, "toolConfig"), QByteArray());
    made = anthropicMessages(R"({"model":"gemini-3.6-flash")" + rest, {});
    QVERIFY(made);
    QCOMPARE((*made)->ignored(), std::string());
}

void TstAnthropicRequest::config_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QByteArray>("config");
    const auto row = [](const char *name, const char *model, const char *rest, const char *config) {
        QTest::newRow(name) << QByteArray(model) << QByteArray(rest)
                            << (QByteArray(R"({"maxOutputTokens":100)") + config + "}");
    };
    const char *flash = "gemini-3.6-flash";
    const char *pro = "gemini-3.1-pro-preview";
    const char *old = "gemini-2.5-flash";
    const char *oldPro = "gemini-2.5-pro";
    const char *least = R"(,"thinkingConfig":{"thinkingLevel":"MINIMAL"})";
    const char *nothing = R"("stream":false)";
    row("thinking is not asked for", flash, nothing, least);
    row("nor from Pro, which cannot stop", pro, nothing, R"(,"thinkingConfig":{"thinkingLevel":"LOW"})");
    row("nor from the latest Lite", "gemini-flash-lite-latest", nothing, least);
    row("nor from the latest Flash", "gemini-flash-latest", nothing,
        R"(,"thinkingConfig":{"thinkingLevel":"LOW"})");
    row("nor from 2.5", old, nothing, R"(,"thinkingConfig":{"thinkingBudget":0})");
    row("nor from 2.5 Pro", oldPro, nothing, R"(,"thinkingConfig":{"thinkingBudget":128})");
    row("nor from one that draws", "gemini-3.1-flash-image", nothing, "");
    row("nor from Gemma", "gemma-4-31b-it", nothing, "");
    row("disabled", flash, R"("thinking":{"type":"disabled"},"output_config":{"effort":"high"})", least);
    row("little", flash, R"("thinking":{"type":"enabled","budget_tokens":1024})",
        R"(,"thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true})");
    row("some", flash, R"("thinking":{"type":"enabled","budget_tokens":8000})",
        R"(,"thinkingConfig":{"thinkingLevel":"MEDIUM","includeThoughts":true})");
    row("much", flash, R"("thinking":{"type":"enabled","budget_tokens":31999})",
        R"(,"thinkingConfig":{"thinkingLevel":"HIGH","includeThoughts":true})");
    row("unseen", flash, R"("thinking":{"type":"enabled","budget_tokens":1024,"display":"omitted"})",
        R"(,"thinkingConfig":{"thinkingLevel":"LOW"})");
    row("a budget", old, R"("thinking":{"type":"enabled","budget_tokens":2000})",
        R"(,"thinkingConfig":{"thinkingBudget":2000,"includeThoughts":true})");
    row("a budget over Flash's", old, R"("thinking":{"type":"enabled","budget_tokens":31999})",
        R"(,"thinkingConfig":{"thinkingBudget":24576,"includeThoughts":true})");
    row("a budget within Pro's", oldPro, R"("thinking":{"type":"enabled","budget_tokens":31999})",
        R"(,"thinkingConfig":{"thinkingBudget":31999,"includeThoughts":true})");
    row("adaptive", flash, R"("thinking":{"type":"adaptive"})",
        R"(,"thinkingConfig":{"includeThoughts":true})");
    row("adaptive, 2.5", old, R"("thinking":{"type":"adaptive"})",
        R"(,"thinkingConfig":{"thinkingBudget":-1,"includeThoughts":true})");
    row("adaptive with an effort", flash,
        R"("thinking":{"type":"adaptive"},"output_config":{"effort":"max"})",
        R"(,"thinkingConfig":{"thinkingLevel":"HIGH","includeThoughts":true})");
    row("an effort alone", flash, R"("output_config":{"effort":"medium"})",
        R"(,"thinkingConfig":{"thinkingLevel":"MEDIUM"})");
    row("sampling", "gemma-4-31b-it", R"("temperature":0.5,"top_p":1,"top_k":40)",
        R"(,"temperature":0.5,"topP":1,"topK":40)");
    row("stops", "gemma-4-31b-it", R"("stop_sequences":["a","","b"])", "");
    const char *schema = R"(,"responseMimeType":"application/json","responseJsonSchema":{"type":"object",)"
                         R"("properties":{"z":{"type":"string"},"a":{"type":"integer"}}})";
    row("a format", "gemma-4-31b-it",
        R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object",
           "properties":{"z":{"type":"string"},"a":{"type":"integer"}}}}})",
        schema);
    row("a format, as it was first called", "gemma-4-31b-it",
        R"("output_format":{"type":"json_schema","schema":{"type":"object",
           "properties":{"z":{"type":"string"},"a":{"type":"integer"}}}})",
        schema);
}

void TstAnthropicRequest::config()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, rest);
    QFETCH(QByteArray, config);
    QCOMPARE(memberOf(bodyOf(asked(rest.toStdString(), model.toStdString())), "generationConfig"), config);
}

void TstAnthropicRequest::tools_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QByteArray>("tools");
    QTest::addColumn<QByteArray>("toolConfig");
    const auto row = [](const char *name, const char *rest, const char *tools, const char *toolConfig) {
        QTest::newRow(name) << QByteArray(rest) << QByteArray(tools) << QByteArray(toolConfig);
    };
#define FUNCTION                                                                                             \
    R"("tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}}])"
    const char *declared =
        R"([{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":)"
        R"({"type":"object","properties":{"a":{"type":"string"}}}}]}])";
    row("a function", FUNCTION, declared, "");
    row("auto", FUNCTION R"(,"tool_choice":{"type":"auto"})", declared,
        R"({"functionCallingConfig":{"mode":"AUTO"}})");
    row("any", FUNCTION R"(,"tool_choice":{"type":"any"})", declared,
        R"({"functionCallingConfig":{"mode":"ANY"}})");
    row("none", FUNCTION R"(,"tool_choice":{"type":"none"})", declared,
        R"({"functionCallingConfig":{"mode":"NONE"}})");
    row("one", FUNCTION R"(,"tool_choice":{"type":"tool","name":"f"})", declared,
        R"({"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}})");
#undef FUNCTION
#define BOTH                                                                                                 \
    R"("tools":[{"name":"f","input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search"}])"
    const char *mixed = R"([{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}])";
    row("a function beside a search", BOTH, mixed, R"({"includeServerSideToolInvocations":true})");
    row("auto beside a search", BOTH R"(,"tool_choice":{"type":"auto"})", mixed,
        R"({"includeServerSideToolInvocations":true,"functionCallingConfig":{"mode":"VALIDATED"}})");
    row("any beside a search", BOTH R"(,"tool_choice":{"type":"any"})", mixed,
        R"({"includeServerSideToolInvocations":true,"functionCallingConfig":{"mode":"ANY"}})");
#undef BOTH
    row("without parameters", R"("tools":[{"type":"custom","name":"f","input_schema":{"type":"object"}}])",
        R"([{"functionDeclarations":[{"name":"f"}]}])", "");
    row("strict", R"("tools":[{"name":"f","strict":true,"input_schema":{"type":"object"}}])",
        R"([{"functionDeclarations":[{"name":"f"}]}])", R"({"functionCallingConfig":{"mode":"VALIDATED"}})");
    row("search", R"("tools":[{"type":"web_search_20250305","name":"web_search","max_uses":8}],
                     "tool_choice":{"type":"tool","name":"web_search"})",
        R"([{"googleSearch":{}}])", "");
    row("fetch and code", R"("tools":[{"type":"web_fetch_20250910","name":"web_fetch"},
                             {"type":"code_execution_20250825","name":"code_execution"},
                             {"type":"tool_search_tool_regex_20251119","name":"tool_search"}])",
        R"([{"urlContext":{}},{"codeExecution":{}}])", "");
    row("no tools", R"("tools":[],"tool_choice":{"type":"auto"})", "", "");
}

void TstAnthropicRequest::tools()
{
    QFETCH(QByteArray, rest);
    QFETCH(QByteArray, tools);
    QFETCH(QByteArray, toolConfig);
    const std::string body = bodyOf(asked(rest.toStdString()));
    QCOMPARE(memberOf(body, "tools"), tools);
    QCOMPARE(memberOf(body, "toolConfig"), toolConfig);
}

void TstAnthropicRequest::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const std::string &body, const char *param) {
        QTest::addRow("%s %d", param, static_cast<int>(body.size()))
            << QByteArray::fromStdString(body) << QByteArray(param);
    };
    const auto more = [&](const char *rest, const char *param) { row(asked(rest), param); };
    const auto block = [&](const char *json, const char *param) {
        row(request(R"([{"role":"user","content":[)" + std::string(json) + "]}]"), param);
    };
    row("[]", "");
    row("{", "");
    row(R"({"max_tokens":1,"messages":[{"role":"user","content":"x"}]})", "model");
    row(R"({"model":"a?b","max_tokens":1,"messages":[{"role":"user","content":"x"}]})", "model");
    row(R"({"model":"m","messages":[{"role":"user","content":"x"}]})", "max_tokens");
    row(R"({"model":"m","max_tokens":1})", "messages");
    row(request("[]"), "messages");
    row(request("{}"), "messages");
    row(request("[1]"), "messages[0]");
    row(request(R"([{"content":"x"}])"), "messages[0].role");
    row(request(R"([{"role":"tool","content":"x"}])"), "messages[0].role");
    row(request(R"([{"role":"user"}])"), "messages[0].content");
    row(request(R"([{"role":"user","content":1}])"), "messages[0].content");
    block("1", "messages[0].content[0]");
    block(R"({"text":"x"})", "messages[0].content[0].type");
    block(R"({"type":"text"})", "messages[0].content[0].text");
    block(R"({"type":"text","text":1})", "messages[0].content[0].text");
    block(R"({"type":"video"})", "messages[0].content[0].type");
    block(R"({"type":"image"})", "messages[0].content[0].source");
    block(R"({"type":"image","source":{"type":"base64","media_type":"image/png"}})",
          "messages[0].content[0].source.data");
    block(R"({"type":"image","source":{"type":"base64","data":"AAAA"}})",
          "messages[0].content[0].source.media_type");
    block(R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"!!"}})",
          "messages[0].content[0].source.data");
    block(R"({"type":"image","source":{"type":"url","url":"ftp://a/b"}})",
          "messages[0].content[0].source.url");
    block(R"({"type":"image","source":{"type":"file","file_id":"file_011"}})",
          "messages[0].content[0].source.file_id");
    block(R"({"type":"tool_result","tool_use_id":"t1"})", "messages[0].content[0].tool_use_id");
    row(request(afterUse(USE, R"({"type":"text","text":"x"})")), "messages");
    row(request(R"([{"role":"user","content":"x"},{"role":"assistant","content":[)" + USE + "]}]"),
        "messages");
    row(request(afterUse(USE + "," + USE, "")), "messages[1].content[1].id");
    row(request(afterUse(R"({"type":"tool_use","name":"f","input":{}})", "")), "messages[1].content[0].id");
    row(request(afterUse(R"({"type":"tool_use","id":"a","name":"f","input":"x"})", "")),
        "messages[1].content[0].input");
    row(request(afterUse(USE, R"({"type":"tool_result","tool_use_id":"t1","content":[{"type":"image"}]})")),
        "messages[2].content[0].content[0].source");
    row(R"({"model":"m","max_tokens":0,"messages":[{"role":"user","content":"x"}]})", "max_tokens");
    more(R"("temperature":1.5)", "temperature");
    more(R"("temperature":"hot")", "temperature");
    more(R"("top_k":-1)", "top_k");
    more(R"("stream":"yes")", "stream");
    std::string stops = "\"0\"";
    for (int i = 1; i <= 64; ++i)
        stops += ",\"" + std::to_string(i) + '"';
    more(("\"stop_sequences\":[" + stops + "]").c_str(), "stop_sequences");
    more(R"("stop_sequences":[1])", "stop_sequences[0]");
    more(R"("system":1)", "system");
    more(R"("system":[{"type":"image"}])", "system[0].type");
    more(R"("thinking":{"type":"enabled"})", "thinking.budget_tokens");
    more(R"("thinking":{"type":"deep"})", "thinking.type");
    more(R"("output_config":{"effort":"utmost"})", "output_config.effort");
    more(R"("output_config":{"format":{"type":"xml"}})", "output_config.format.type");
    more(R"("tools":[{"name":"f"}])", "tools[0].input_schema");
    more(R"("tools":[{"name":"1f","input_schema":{}}])", "tools[0].name");
    more(R"("tools":[{"type":"computer_20250124","name":"computer"}])", "tools[0].type");
    more(R"("tool_choice":{"type":"any"})", "tool_choice");
    more(R"("tool_choice":{"type":"tool","name":"f"})", "tool_choice.name");
    more(R"("tool_choice":{"type":"some"})", "tool_choice.type");
    more(R"("mcp_servers":[{"type":"url"}])", "mcp_servers");
}

void TstAnthropicRequest::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const Result<MessagesRequest> parsed = MessagesRequest::parse(body.toStdString(), MESSAGE);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(parsed.error().param), param);
    QVERIFY(QByteArray::fromStdString(parsed.error().text).contains(param));
}

void TstAnthropicRequest::tellsOptions()
{
    const Result<MessagesRequest> parsed = MessagesRequest::parse(
        asked(R"("stream":true,"thinking":{"type":"adaptive"},"tools":[{"name":"f","input_schema":{}}],
                 "tool_choice":{"type":"auto","disable_parallel_tool_use":true})",
              "models/gemini-3.6-flash"),
        MESSAGE);
    QVERIFY2(parsed, parsed ? "" : parsed.error().text.c_str());
    QCOMPARE(parsed->options().model, std::string("gemini-3.6-flash"));
    QVERIFY(parsed->options().stream && parsed->options().showThoughts && parsed->options().singleCall);
    const Result<MessagesRequest> plain = MessagesRequest::parse(asked(R"("stream":false)"), MESSAGE);
    QVERIFY(plain && !plain->options().stream && !plain->options().showThoughts &&
            !plain->options().singleCall);
}

void TstAnthropicRequest::passesOverWhatHasNoCounterpart()
{
    const std::string plain = bodyOf(asked(R"("system":"S")"));
    QCOMPARE(bodyOf(asked(R"("metadata":{"user_id":"u"},"service_tier":"auto","container":null,
                             "context_management":{"edits":[]},"betas":["b"],"anthropic_beta":["c"],
                             "system":[{"type":"text","text":"x-anthropic-billing-header: cch=1;"},
                                       {"type":"text","text":"S","cache_control":{"type":"ephemeral"}}])")),
             plain);
    QCOMPARE(memberOf(plain, "systemInstruction"), QByteArray(R"({"parts":[{"text":"S"}]})"));
    QCOMPARE(memberOf(bodyOf(asked(R"("system":"S")", "gemma-3-27b-it")), "contents"),
             QByteArray(R"([{"role":"user","parts":[{"text":"S"},{"text":"x"}]}])"));
}

void TstAnthropicRequest::instructionsAmongTheMessages()
{
    const std::string first =
        bodyOf(request(R"([{"role":"system","content":"S"},{"role":"user","content":"x"}])"));
    QCOMPARE(memberOf(first, "systemInstruction"), QByteArray(R"({"parts":[{"text":"S"}]})"));
    QCOMPARE(memberOf(first, "contents"), QByteArray(R"([{"role":"user","parts":[{"text":"x"}]}])"));
    const std::string later =
        bodyOf(request(R"([{"role":"user","content":"x"},{"role":"assistant","content":[)" + USE +
                       R"(]},{"role":"system","content":[{"type":"text","text":"S"}]},
               {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"1"}]}])"));
    QCOMPARE(memberOf(later, "systemInstruction"), QByteArray());
    QCOMPARE(memberOf(later, "contents"),
             QByteArray::fromStdString(
                 R"([{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[)" + CALL +
                 R"(]},{"role":"user","parts":[{"functionResponse":{"id":"t1","name":"f",)"
                 R"("response":{"result":"1"}}},{"text":"S"}]}])"));
    QCOMPARE(memberOf(bodyOf(request(R"([{"role":"system","content":"S"}])")), "contents"),
             QByteArray(R"([{"role":"user","parts":[{"text":"S"}]}])"));
}

void TstAnthropicRequest::limitsTheOutput()
{
    const std::string body = bodyOf(
        R"({"model":"gemma-4-31b-it","max_tokens":128000,"messages":[{"role":"user","content":"x"}]})");
    QCOMPARE(memberOf(body, "generationConfig"), QByteArray(R"({"maxOutputTokens":65536})"));
}

void TstAnthropicRequest::asksForSignaturesThatAreMissing()
{
    const std::string two = request(afterUse(USE + R"(,{"type":"tool_use","id":"t2","name":"g","input":{}})",
                                             R"({"type":"tool_result","tool_use_id":"t1"},
                                                {"type":"tool_result","tool_use_id":"t2"})"));
    const Result<MessagesRequest> parsed = MessagesRequest::parse(two, MESSAGE);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedSignatures(), (std::vector<std::string>{"t1", "t2"}));
    TranslationInputs inputs;
    inputs.signatures["t1"] = "S";
    const QByteArray contents = memberOf(bodyOf(two, inputs), "contents");
    QCOMPARE(contents.count("thoughtSignature"), 1);
    QVERIFY(contents.contains(R"("thoughtSignature":"S")"));
}

void TstAnthropicRequest::signsWithTheThinkingBlock()
{
    const std::string result = R"({"type":"tool_result","tool_use_id":"t1"})";
    for (const char *thought : {R"({"type":"thinking","thinking":"hm","signature":"gemini:S"},)",
                                R"({"type":"redacted_thinking","data":"gemini:S"},)"}) {
        const std::string used = request(afterUse(thought + USE, result));
        const Result<MessagesRequest> parsed = MessagesRequest::parse(used, MESSAGE);
        QVERIFY(parsed);
        QVERIFY(parsed->wantedSignatures().empty());
        const QByteArray contents = memberOf(bodyOf(used), "contents");
        QVERIFY2(contents.contains(R"("args":{"a":1}},"thoughtSignature":"S"})"), contents.constData());
        QVERIFY(!contents.contains("hm"));
        const QByteArray said =
            memberOf(bodyOf(request(afterUse(thought + std::string(R"({"type":"text","text":"a"})"), ""))),
                     "contents");
        QVERIFY2(said.contains(R"({"text":"a","thoughtSignature":"S"})"), said.constData());
    }
}

/// A later call of the turn may be signed as well, without a thinking block that could tell it.
void TstAnthropicRequest::asksForSignaturesOfLaterCalls()
{
    const std::string two =
        request(afterUse(R"({"type":"thinking","thinking":"hm","signature":"gemini:S"},)" + USE +
                             R"(,{"type":"tool_use","id":"t2","name":"g","input":{}})",
                         R"({"type":"tool_result","tool_use_id":"t1"},
                            {"type":"tool_result","tool_use_id":"t2"})"));
    const Result<MessagesRequest> parsed = MessagesRequest::parse(two, MESSAGE);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedSignatures(), std::vector<std::string>{"t2"});
    TranslationInputs inputs;
    inputs.signatures["t2"] = "T";
    const QByteArray contents = memberOf(bodyOf(two, inputs), "contents");
    QVERIFY2(contents.contains(R"("args":{}},"thoughtSignature":"T"})"), contents.constData());
}

void TstAnthropicRequest::forgetsForeignSignatures()
{
    const std::string used = request(afterUse(
        R"({"type":"thinking","thinking":"hm","signature":"EqQBCgIYAhIM"},{"type":"redacted_thinking","data":"x"},)" +
            USE,
        R"({"type":"tool_result","tool_use_id":"t1"})"));
    const Result<MessagesRequest> parsed = MessagesRequest::parse(used, MESSAGE);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedSignatures(), std::vector<std::string>{"t1"});
    QVERIFY(memberOf(bodyOf(used), "contents").contains("skip_thought_signature_validator"));
}

void TstAnthropicRequest::fetchesMedia()
{
    const std::string asking = request(R"([{"role":"user","content":[
        {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
        {"type":"document","source":{"type":"url","url":"https://a/c.pdf"}}]}])");
    const Result<MessagesRequest> parsed = MessagesRequest::parse(asking, MESSAGE);
    QVERIFY(parsed);
    QCOMPARE(parsed->wantedMedia(), (std::vector<std::string>{"https://a/b.png", "https://a/c.pdf"}));
    TranslationInputs inputs;
    inputs.media.emplace("https://a/b.png", FetchedMedia{"image/png", "abc"});
    inputs.media.emplace("https://a/c.pdf", FetchedMedia{"application/pdf", "def"});
    QCOMPARE(memberOf(bodyOf(asking, inputs), "contents"),
             QByteArray(R"([{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"YWJj"}},)"
                        R"({"inlineData":{"mimeType":"application/pdf","data":"ZGVm"}}]}])"));
}

void TstAnthropicRequest::countsTheWholeRequest()
{
    const std::string counted =
        bodyOf(R"({"model":"gemini-3.6-flash","system":"S","messages":[{"role":"user","content":"x"}],
                   "tools":[{"name":"f","input_schema":{"type":"object"}}],"thinking":{"type":"adaptive"}})",
               {}, MessagesRequest::Kind::TokenCount);
    QCOMPARE(QByteArray::fromStdString(counted),
             QByteArray(R"({"generateContentRequest":{"model":"models/gemini-3.6-flash",)"
                        R"("systemInstruction":{"parts":[{"text":"S"}]},)"
                        R"("contents":[{"role":"user","parts":[{"text":"x"}]}],)"
                        R"("tools":[{"functionDeclarations":[{"name":"f"}]}]}})"));
}

QTEST_APPLESS_MAIN(TstAnthropicRequest)
#include "tst_anthropicrequest.moc"
