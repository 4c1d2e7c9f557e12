#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/ollama/ollamacontext.h"
#include "gateway/dialects/ollama/turnprint.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

/// Ollama's requests → Gemini's, as tables.
class TstOllamaRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contents_data();
    void contents();
    void results_data();
    void results();
    void config_data();
    void config();
    void prompts_data();
    void prompts();
    void refuses_data();
    void refuses();
    void asksForSignaturesByIdAndPrint();
    void printsAreOfTheTurn();
    void goesOnFromAContext();
    void refusesForeignContexts();
    void asksNothing_data();
    void asksNothing();
    void tellsWhatItIgnores();
    void embeds();
    void takesAllInputsInParts();
};

namespace {

using Make = Result<std::unique_ptr<Translation>> (*)(std::string_view, const TranslationContext &);

const TranslationContext CONTEXT{"req_abc", 1700000000};
constexpr const char *NEW_MODEL = "gemini-3.6-flash";
const std::string PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
constexpr const char *QUESTION = R"([{"role":"user","content":"x"}])";

std::string bodyOf(Make make, const std::string &request, const TranslationInputs &inputs = {})
{
    Result<std::unique_ptr<Translation>> made = make(request, CONTEXT);
    if (!made)
        return "refused: " + made.error().text;
    Result<std::string> body = (*made)->geminiBody(inputs);
    return body ? *body : "refused: " + body.error().text;
}

std::string chat(const std::string &messages, const std::string &more = "",
                 const std::string &model = NEW_MODEL)
{
    return R"({"model":")" + model + R"(","think":false,"messages":)" + messages + more + "}";
}

std::string generate(const std::string &more, const std::string &model = NEW_MODEL)
{
    return R"({"model":")" + model + R"(","think":false,)" + more + "}";
}

QByteArray memberOf(const std::string &body, const char *name)
{
    const Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return QByteArray::fromStdString(body);
    const json::value *member = parsed->if_contains(name);
    return member ? QByteArray::fromStdString(toJson(*member)) : QByteArray();
}

/// Google's rules, as the fake knows them.
QByteArray faultOf(const std::string &body, const std::string &model)
{
    TestSupport::FakeModel known;
    known.id = model;
    known.version = ModelFamily::of(model).signatureRequired ? 36 : 25;
    const TestSupport::Fault400 fault =
        TestSupport::checkGenerate(known, parseJsonObject(body).value_or(json::object()));
    return fault ? QByteArray::fromStdString(*fault) : QByteArray();
}

/// A user's "x", the assistant's `calls`, what follows.
std::string afterCalls(const std::string &calls, const std::string &rest)
{
    return R"([{"role":"user","content":"x"},{"role":"assistant","content":"","tool_calls":[)" + calls +
           "]}" + rest + "]";
}

const std::string CALL_F = R"({"function":{"name":"f","arguments":{"a":1}}})";
const std::string CALL_G = R"({"function":{"name":"g","arguments":{}}})";

} // namespace

void TstOllamaRequest::contents_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("instruction");
    const auto row = [](const char *name, const std::string &messages, const std::string &contents,
                        const std::string &instruction = "") {
        QTest::newRow(name) << QByteArray::fromStdString(messages) << QByteArray::fromStdString(contents)
                            << QByteArray::fromStdString(instruction);
    };
    const auto parts = [](const std::string &list) { return R"([{"role":"user","parts":[)" + list + "]}]"; };
    const std::string picture = R"({"inlineData":{"mimeType":"image/png","data":")" + PIXEL + R"("}})";
    row("text", QUESTION, parts(R"({"text":"x"})"));
    row("roles in capitals", R"([{"role":"User","content":"x"}])", parts(R"({"text":"x"})"));
    row("unknown members", R"([{"role":"user","content":"x","timestamp":5}])", parts(R"({"text":"x"})"));
    row("nothing said", R"([{"role":"user","content":""}])", parts(R"({"text":" "})"));
    row("pictures come first", R"([{"role":"user","content":"x","images":[")" + PIXEL + R"("]}])",
        parts(picture + R"(,{"text":"x"})"));
    row("a picture as a data: URL",
        R"([{"role":"user","content":"x","images":["data:image/png;base64,)" + PIXEL + R"("]}])",
        parts(picture + R"(,{"text":"x"})"));
    row("instructions",
        R"([{"role":"system","content":"a"},{"role":"system","content":"b"},{"role":"user","content":"x"}])",
        parts(R"({"text":"x"})"), R"({"parts":[{"text":"a"},{"text":"b"}]})");
    row("an instruction in the midst stays there",
        R"([{"role":"user","content":"x"},{"role":"assistant","content":"y"},{"role":"system","content":"s"},
            {"role":"user","content":"z"}])",
        R"([{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"text":"y"}]},)"
        R"({"role":"user","parts":[{"text":"s"},{"text":"z"}]}])");
    row("instructions alone", R"([{"role":"system","content":"s"}])", parts(R"({"text":"s"})"));
    row("thoughts stay away",
        R"([{"role":"user","content":"x"},{"role":"assistant","thinking":"hm","content":"y"},
            {"role":"user","content":"z"}])",
        R"([{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"text":"y"}]},)"
        R"({"role":"user","parts":[{"text":"z"}]}])");
    row("a picture that the model drew",
        R"J([{"role":"user","content":"x"},{"role":"assistant","content":"see ![image](data:image/png;base64,)J" +
            PIXEL + R"J()"},{"role":"user","content":"z"}])J",
        R"([{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"text":"see"},)" + picture +
            R"(]},{"role":"user","parts":[{"text":"z"}]}])");
}

void TstOllamaRequest::contents()
{
    QFETCH(QByteArray, messages);
    QFETCH(QByteArray, contents);
    QFETCH(QByteArray, instruction);
    const std::string body = bodyOf(ollamaChat, chat(messages.toStdString()));
    QCOMPARE(memberOf(body, "contents"), contents);
    QCOMPARE(memberOf(body, "systemInstruction"), instruction);
    QCOMPARE(faultOf(body, NEW_MODEL), QByteArray());
    const std::string gemma = bodyOf(ollamaChat, chat(messages.toStdString(), "", "gemma-3-27b-it"));
    QVERIFY2(gemma.find("systemInstruction") == std::string::npos, gemma.c_str());
}

void TstOllamaRequest::results_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QByteArray>("parts"); // of the turn after the calls
    const auto row = [](const char *name, const std::string &messages, const std::string &parts) {
        QTest::newRow(name) << QByteArray::fromStdString(messages) << QByteArray::fromStdString(parts);
    };
    const auto response = [](const std::string &id, const std::string &name, const std::string &json) {
        return R"({"functionResponse":{"id":")" + id + R"(","name":")" + name + R"(","response":)" + json +
               "}}";
    };
    const std::string two = CALL_F + "," + CALL_G;
    const std::string both =
        response("call_0", "f", R"({"result":"1"})") + "," + response("call_1", "g", R"({"result":"2"})");
    row("by name", afterCalls(two, R"(,{"role":"tool","tool_name":"g","content":"2"},
                                      {"role":"tool","tool_name":"f","content":"1"})"),
        both);
    row("by the older name", afterCalls(two, R"(,{"role":"tool","name":"g","content":"2"},
                                                {"role":"tool","name":"f","content":"1"})"),
        both);
    row("by order", afterCalls(two, R"(,{"role":"tool","content":"1"},{"role":"tool","content":"2"})"), both);
    row("one name twice, by order",
        afterCalls(CALL_F + "," + CALL_F, R"(,{"role":"tool","tool_name":"f","content":"1"},
                                             {"role":"tool","tool_name":"f","content":"2"})"),
        response("call_0", "f", R"({"result":"1"})") + "," + response("call_1", "f", R"({"result":"2"})"));
    row("by id",
        afterCalls(R"({"id":"p","function":{"name":"f","arguments":{}}},
                      {"id":"q","function":{"name":"f","arguments":{}}})",
                   R"(,{"role":"tool","tool_call_id":"q","content":"2"},
                      {"role":"tool","tool_call_id":"p","content":"1"})"),
        response("p", "f", R"({"result":"1"})") + "," + response("q", "f", R"({"result":"2"})"));
    row("an object as result", afterCalls(CALL_F, R"(,{"role":"tool","content":"{\"t\":1}"})"),
        response("call_0", "f", R"({"t":1})"));
    row("a call without a result", afterCalls(CALL_F, R"(,{"role":"user","content":"never mind"})"),
        response("call_0", "f", R"({"error":"The call got no result."})") + R"(,{"text":"never mind"})");
    row("a result too many",
        afterCalls(CALL_F, R"(,{"role":"tool","content":"1"},{"role":"tool","tool_name":"h","content":"2"})"),
        response("call_0", "f", R"({"result":"1"})") + R"(,{"text":"Result of the tool h:\n2"})");
    row("a result that no call asked for",
        R"([{"role":"user","content":"x"},{"role":"assistant","content":"y"},{"role":"tool","content":"1"}])",
        R"({"text":"Result of a tool:\n1"})");
    row("calls in messages of their own",
        R"([{"role":"user","content":"x"},{"role":"assistant","content":"","tool_calls":[)" + CALL_F +
            R"(]},{"role":"assistant","content":"","tool_calls":[)" + CALL_G +
            R"(]},{"role":"tool","content":"1"},{"role":"tool","content":"2"}])",
        both);
    row("a picture as result",
        afterCalls(CALL_F, R"(,{"role":"tool","content":"1","images":[")" + PIXEL + R"("]})"),
        R"({"functionResponse":{"id":"call_0","name":"f","response":{"result":"1"},)"
        R"("parts":[{"inlineData":{"mimeType":"image/png","data":")" +
            PIXEL + R"("}}]}})");
}

void TstOllamaRequest::results()
{
    QFETCH(QByteArray, messages);
    QFETCH(QByteArray, parts);
    for (const char *model : {NEW_MODEL, "gemini-2.5-flash"}) {
        const std::string body = bodyOf(ollamaChat, chat(messages.toStdString(), "", model));
        QCOMPARE(faultOf(body, model), QByteArray());
        if (model != NEW_MODEL)
            continue;
        const json::object gemini = parseJsonObject(body).value();
        QCOMPARE(QByteArray::fromStdString(toJson(gemini.at("contents").as_array().back().at("parts"))),
                 '[' + parts + ']');
    }
}

void TstOllamaRequest::config_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("model");
    const auto row = [](const char *name, const char *more, const char *config,
                        const char *model = "gemini-3.5-flash") {
        QTest::newRow(name) << QByteArray(more) << QByteArray(config) << QByteArray(model);
    };
    const char *shown = R"({"thinkingConfig":{"includeThoughts":true}})";
    row("thinks unless told otherwise", "", shown);
    row("thinks", R"("think":true,)", shown);
    row("a little", R"("think":"low",)",
        R"({"thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true}})");
    row("much", R"("think":"high",)",
        R"({"thinkingConfig":{"thinkingLevel":"HIGH","includeThoughts":true}})");
    row("not at all", R"("think":false,)", R"({"thinkingConfig":{"thinkingLevel":"MINIMAL"}})");
    row("not at all, where it must", R"("think":false,)", R"({"thinkingConfig":{"thinkingLevel":"LOW"}})",
        "gemini-3.1-pro-preview");
    row("a budget", R"("think":"medium",)",
        R"({"thinkingConfig":{"thinkingBudget":8192,"includeThoughts":true}})", "gemini-2.5-flash");
    row("an older model's own budget", "",
        R"({"thinkingConfig":{"thinkingBudget":-1,"includeThoughts":true}})", "gemini-2.5-flash");
    row("no budget", R"("think":false,)", R"({"thinkingConfig":{"thinkingBudget":0}})", "gemini-2.5-flash");
    row("2.5 Lite does not of itself", "", "", "gemini-2.5-flash-lite");
    row("a model that cannot", "", "", "gemma-3-27b-it");
    row("a model that need not", R"("think":false,)", "", "gemma-3-27b-it");
    row("sampling",
        R"("options":{"temperature":0.5,"top_p":0.9,"top_k":40,"seed":7,"num_predict":50,"stop":["a","b",""]},)",
        R"({"temperature":0.5,"topP":0.9,"topK":40,"seed":7,"maxOutputTokens":50,"stopSequences":["a","b"]})",
        "gemma-3-27b-it");
    row("words for none",
        R"("options":{"top_k":0,"seed":-1,"num_predict":-1,"stop":"","presence_penalty":0,"frequency_penalty":0.0},)",
        "", "gemma-3-27b-it");
    row("penalties", R"("options":{"presence_penalty":0.5,"frequency_penalty":1},)",
        R"({"presencePenalty":0.5,"frequencyPenalty":1})", "gemma-3-27b-it");
    row("more stops than Gemini takes", R"("options":{"stop":["a","b","c","d","e","f"]},)",
        R"({"stopSequences":["a","b","c","d","e"]})", "gemma-3-27b-it");
    row("one stop", R"("options":{"stop":"END"},)", R"({"stopSequences":["END"]})", "gemma-3-27b-it");
    row("a window's length as limit", R"("options":{"num_predict":131072},)", R"({"maxOutputTokens":65536})",
        "gemma-3-27b-it");
    row("JSON", R"("format":"json",)", R"({"responseMimeType":"application/json"})", "gemma-3-27b-it");
    row("no format", R"("format":"",)", "", "gemma-3-27b-it");
    row("a schema", R"("format":{"type":"object","properties":{"z":{"type":"integer"},"a":{"const":"k"}}},)",
        R"({"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":)"
        R"({"z":{"type":"integer"},"a":{"enum":["k"],"type":"string"}}}})",
        "gemma-3-27b-it");
    row("probabilities", R"("logprobs":true,"top_logprobs":3,)", R"({"responseLogprobs":true,"logprobs":3})",
        "gemma-3-27b-it");
}

void TstOllamaRequest::config()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, model);
    const std::string head = "{\"model\":\"" + model.toStdString() + "\"," + more.toStdString();
    const QByteArray told =
        memberOf(bodyOf(ollamaChat, head + R"("messages":)" + QUESTION + "}"), "generationConfig");
    if (config.isEmpty())
        QCOMPARE(told, config);
    else
        QCOMPARE(parseJson(told.toStdString()).value(), parseJson(config.toStdString()).value());
    QCOMPARE(memberOf(bodyOf(ollamaGenerate, head + R"("prompt":"x"})"), "generationConfig"), told);
}

void TstOllamaRequest::prompts_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("instruction");
    const auto row = [](const char *name, const std::string &more, const std::string &parts,
                        const char *instruction = "") {
        QTest::newRow(name) << QByteArray::fromStdString(more)
                            << QByteArray::fromStdString(R"([{"role":"user","parts":[)" + parts + "]}]")
                            << QByteArray(instruction);
    };
    row("a prompt", R"("prompt":"x")", R"({"text":"x"})");
    row("an instruction", R"("prompt":"x","system":"s")", R"({"text":"x"})", R"({"parts":[{"text":"s"}]})");
    row("a picture", R"("prompt":"x","images":[")" + PIXEL + R"("])",
        R"({"inlineData":{"mimeType":"image/png","data":")" + PIXEL + R"("}},{"text":"x"})");
    row("only a picture", R"("images":[")" + PIXEL + R"("])",
        R"({"inlineData":{"mimeType":"image/png","data":")" + PIXEL + R"("}})");
    row("raw", R"("prompt":"<s>x","raw":true)", R"({"text":"<s>x"})");
    row("the template that says nothing", R"("prompt":"x","template":"{{ .Prompt }}\n")", R"({"text":"x"})");
    row("what is empty", R"("prompt":"x","suffix":"","template":"","context":[],"images":[],"system":"")",
        R"({"text":"x"})");
    row("nulls", R"("prompt":"x","suffix":null,"template":null,"context":null,"images":null,"options":null)",
        R"({"text":"x"})");
}

void TstOllamaRequest::prompts()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, contents);
    QFETCH(QByteArray, instruction);
    const std::string body = bodyOf(ollamaGenerate, generate(more.toStdString()));
    QCOMPARE(memberOf(body, "contents"), contents);
    QCOMPARE(memberOf(body, "systemInstruction"), instruction);
    QCOMPARE(faultOf(body, NEW_MODEL), QByteArray());
}

void TstOllamaRequest::refuses_data()
{
    QTest::addColumn<bool>("isChat");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, bool isChat, const std::string &request, const char *text) {
        QTest::newRow(name) << isChat << QByteArray::fromStdString(request) << QByteArray(text);
    };
    row("no JSON", true, "{", "JSON");
    row("no model", true, R"({"messages":[{"role":"user","content":"x"}]})", "model is required");
    row("a path as model", true, chat(QUESTION, "", "../x"), "not the name of a model");
    row("messages of another kind", true, chat("{}"), "messages");
    row("a message of another kind", true, chat("[7]"), "messages[0]");
    row("no role", true, chat(R"([{"content":"x"}])"), "messages[0].role");
    row("another role", true, chat(R"([{"role":"narrator","content":"x"}])"), "messages[0].role");
    row("content in parts", true, chat(R"([{"role":"user","content":[{"type":"text","text":"x"}]}])"),
        "messages[0].content");
    row("a picture of no known kind", true, chat(R"([{"role":"user","content":"x","images":["AAAA"]}])"),
        "messages[0].images[0]");
    row("a picture that is none", true, chat(R"([{"role":"user","content":"x","images":[7]}])"),
        "messages[0].images[0]");
    row("arguments as text", true, chat(afterCalls(R"({"function":{"name":"f","arguments":"{}"}})", "")),
        "messages[1].tool_calls[0].function.arguments");
    row("a call without a name", true, chat(afterCalls(R"({"function":{"arguments":{}}})", "")),
        "messages[1].tool_calls[0].function.name");
    row("a tool's name", true, chat(QUESTION, R"(,"tools":[{"type":"function","function":{"name":"a b"}}])"),
        "tools[0].function.name");
    row("a tool of another kind", true, chat(QUESTION, R"(,"tools":[{"type":"search"}])"), "tools[0].type");
    row("a format", true, chat(QUESTION, R"(,"format":"xml")"), "format");
    row("an option of another kind", true, chat(QUESTION, R"(,"options":{"temperature":"hot"})"),
        "options.temperature");
    std::string stops;
    for (int i = 0; i < 65; ++i)
        stops += (i > 0 ? ",\"s" : "\"s") + std::to_string(i) + '"';
    row("too many stops", true, chat(QUESTION, R"(,"options":{"stop":[)" + stops + "]}"), "options.stop");
    row("a word for thinking", true,
        R"({"model":"gemini-3.6-flash","think":"hard","messages":)" + std::string(QUESTION) + "}", "think");
    row("thinking that a model cannot", true,
        R"({"model":"gemma-3-27b-it","think":true,"messages":)" + std::string(QUESTION) + "}",
        "\"gemma-3-27b-it\" does not support thinking");
    row("a gap", false, generate(R"("prompt":"a","suffix":"b")"),
        "\"gemini-3.6-flash\" does not support insert");
    row("a template", false, generate(R"("prompt":"a","template":"[INST]{{ .Prompt }}[/INST]")"), "template");
    row("raw with an instruction", false, generate(R"("prompt":"a","raw":true,"system":"s")"), "raw mode");
    row("a prompt of another kind", false, generate(R"("prompt":7)"), "prompt");
}

void TstOllamaRequest::refuses()
{
    QFETCH(bool, isChat);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, text);
    const auto made = (isChat ? ollamaChat : ollamaGenerate)(request.toStdString(), CONTEXT);
    QVERIFY2(!made, "taken");
    QCOMPARE(made.error().status, 400);
    QVERIFY2(QByteArray::fromStdString(made.error().text).contains(text), made.error().text.c_str());
}

void TstOllamaRequest::asksForSignaturesByIdAndPrint()
{
    const std::string request = chat(afterCalls(R"({"id":"i1","function":{"name":"f","arguments":{"a":1}}})",
                                                R"(,{"role":"tool","content":"1"})"));
    const auto made = ollamaChat(request, CONTEXT);
    QVERIFY(made.has_value());
    const std::vector<std::string> wanted = (*made)->wantedSignatures();
    QCOMPARE(wanted.size(), std::size_t{2});
    QCOMPARE(wanted[0], std::string("i1"));
    QVERIFY(wanted[1].starts_with("call-print:"));
    const auto signedBy = [&](const TranslationInputs &inputs) {
        const std::string body = bodyOf(ollamaChat, request, inputs);
        const std::size_t at = body.find("\"thoughtSignature\":\"");
        return at == std::string::npos ? body : body.substr(at + 20, body.find('"', at + 20) - at - 20);
    };
    QCOMPARE(signedBy({}), std::string("skip_thought_signature_validator"));
    QCOMPARE(signedBy({{{wanted[1], "P"}}, {}}), std::string("P"));
    QCOMPARE(signedBy({{{wanted[0], "I"}, {wanted[1], "P"}}, {}}), std::string("I"));
}

void TstOllamaRequest::printsAreOfTheTurn()
{
    const auto wanted = [](const std::string &messages) {
        const auto made = ollamaChat(chat(messages), CONTEXT);
        return made ? (*made)->wantedSignatures() : std::vector<std::string>();
    };
    const std::string result = R"(,{"role":"tool","content":"1"})";
    const std::vector<std::string> once = wanted(afterCalls(CALL_F, result));
    QCOMPARE(once.size(), std::size_t{1});
    // The arguments' order, a beginning that was cut off, and an id do not matter.
    const std::string two = R"({"function":{"name":"f","arguments":{"a":1,"b":{"c":2.0,"d":[1]}}}})";
    const std::string same = R"({"function":{"name":"f","arguments":{"b":{"d":[1.0],"c":2},"a":1}}})";
    QCOMPARE(wanted(afterCalls(two, result)), wanted(afterCalls(same, result)));
    const std::string earlier = R"([{"role":"user","content":"before"},{"role":"assistant","content":"y"},)";
    QCOMPARE(wanted(earlier + afterCalls(CALL_F, result).substr(1)), once);
    // Another question, another call and another place do.
    QVERIFY(wanted(R"([{"role":"user","content":"z"},)" +
                   afterCalls(CALL_F, result).substr(std::string(QUESTION).size())) != once);
    QVERIFY(wanted(afterCalls(CALL_G, result)) != once);
    const std::vector<std::string> twice = wanted(
        afterCalls(CALL_F, result + R"(,{"role":"assistant","tool_calls":[)" + CALL_F + "]}" + result));
    QCOMPARE(twice.size(), std::size_t{2});
    QCOMPARE(twice[0], once[0]);
    QVERIFY(twice[1] != twice[0]);
}

void TstOllamaRequest::goesOnFromAContext()
{
    std::string turns;
    addOllamaTurn(turns, 's', "Be brief.");
    addOllamaTurn(turns, 'u', "a \xC3\xA9");
    addOllamaTurn(turns, 'm', "b");
    std::string context;
    appendOllamaContext(context, turns);
    const std::string body = bodyOf(ollamaGenerate, generate(R"("prompt":"c","context":)" + context));
    QCOMPARE(memberOf(body, "contents"),
             QByteArray("[{\"role\":\"user\",\"parts\":[{\"text\":\"a \xC3\xA9\"}]},"
                        "{\"role\":\"model\",\"parts\":[{\"text\":\"b\"}]},"
                        "{\"role\":\"user\",\"parts\":[{\"text\":\"c\"}]}]"));
    QCOMPARE(memberOf(body, "systemInstruction"), QByteArray(R"({"parts":[{"text":"Be brief."}]})"));
    const std::string changed =
        bodyOf(ollamaGenerate, generate(R"("prompt":"c","system":"Be long.","context":)" + context));
    QCOMPARE(memberOf(changed, "systemInstruction"), QByteArray(R"({"parts":[{"text":"Be long."}]})"));
    // Every length of text comes back.
    for (std::size_t size = 0; size < 8; ++size) {
        std::string sent;
        addOllamaTurn(sent, 'u', std::string(size, 'k'));
        std::string numbers;
        appendOllamaContext(numbers, sent);
        std::string back;
        const json::value list = parseJson(numbers).value();
        const auto read = readOllamaContext(list.as_array(), JsonPath(), back);
        QVERIFY(read.has_value());
        QCOMPARE(back, sent);
        QCOMPARE(read->front().text.size(), size);
    }
}

void TstOllamaRequest::refusesForeignContexts()
{
    for (const char *context :
         {"[128006,882,128007]", "[71]", "[71,66,1]", "[71,66,1,3]", "[71,66,1,9,6513249]", "[71,66,1,3,-1]",
          "[71,66,1,3,16777216]", "[71,66,1,3,6513249]", "[71,66,1,3,1,2]", "[\"a\"]", "[1.5]",
          "[71,66,1,-3]"}) {
        const auto made =
            ollamaGenerate(generate(R"("prompt":"c","context":)" + std::string(context)), CONTEXT);
        QVERIFY2(!made, context);
        QCOMPARE(made.error().status, 400);
        QVERIFY2(made.error().text.find("another server") != std::string::npos, made.error().text.c_str());
    }
}

void TstOllamaRequest::asksNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("answer");
    const char *chat =
        R"({"model":"m","created_at":"2023-11-14T22:13:20.005Z","message":{"role":"assistant","content":""},)"
        R"("done":true,"done_reason":"load"})";
    QTest::newRow("no messages") << 0 << QByteArray("\"stream\":true") << QByteArray(chat);
    QTest::newRow("an empty list") << 0 << QByteArray("\"messages\":[],\"keep_alive\":\"5m\"")
                                   << QByteArray(chat);
    QTest::newRow("to unload") << 0 << QByteArray("\"messages\":[],\"keep_alive\":0")
                               << QByteArray(chat).replace("load\"}", "unload\"}");
    QTest::newRow("no prompt") << 1 << QByteArray("\"keep_alive\":\"0s\"")
                               << QByteArray(R"({"model":"m","created_at":"2023-11-14T22:13:20.005Z",)"
                                             R"("response":"","done":true,"done_reason":"unload"})");
    QTest::newRow("an empty prompt") << 1 << QByteArray("\"prompt\":\"\",\"keep_alive\":-1")
                                     << QByteArray(R"({"model":"m","created_at":"2023-11-14T22:13:20.005Z",)"
                                                   R"("response":"","done":true,"done_reason":"load"})");
    QTest::newRow("no input") << 2 << QByteArray("\"input\":[]")
                              << QByteArray(R"({"model":"m","embeddings":[]})");
    QTest::newRow("no input of the older form")
        << 3 << QByteArray("\"prompt\":\"\"") << QByteArray(R"({"embedding":[]})");
}

void TstOllamaRequest::asksNothing()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, answer);
    constexpr Make MAKES[] = {ollamaChat, ollamaGenerate, ollamaEmbed, ollamaEmbeddings};
    const auto made = MAKES[kind]("{\"model\":\"m:latest\"," + more.toStdString() + "}", CONTEXT);
    QVERIFY(made.has_value());
    QVERIFY(!(*made)->isStream());
    QCOMPARE((*made)->model(), std::string("m"));
    QCOMPARE((*made)->method(), std::string_view("countTokens"));
    QVERIFY(parseJsonObject((*made)->geminiBody({}).value()).has_value());
    (*made)->setTime({1'700'000'000'005, 7});
    QCOMPARE(QByteArray::fromStdString((*made)->answer(R"({"totalTokens":1})").value_or("failed")), answer);
    QCOMPARE((*made)->answer(R"({"error":{"code":404,"message":"No.","status":"NOT_FOUND"}})").error().status,
             404);
}

void TstOllamaRequest::tellsWhatItIgnores()
{
    const auto made = ollamaChat(
        chat(QUESTION,
             R"(,"keep_alive":"5m","options":{"num_ctx":4096,"temperature":1,"mirostat":2,"min_p":null})"),
        CONTEXT);
    QVERIFY(made.has_value());
    QCOMPARE((*made)->ignored(), std::string("num_ctx, mirostat"));
    const std::string penalties = R"(,"options":{"presence_penalty":0.5,"frequency_penalty":0})";
    const auto newer = ollamaChat(chat(QUESTION, penalties), CONTEXT);
    QCOMPARE((*newer)->ignored(), std::string("presence_penalty"));
    QVERIFY((*newer)->geminiBody({}).value().find("Penalty") == std::string::npos);
    const auto older = ollamaChat(chat(QUESTION, penalties, "gemini-3.5-flash"), CONTEXT);
    QCOMPARE((*older)->ignored(), std::string());
    QVERIFY((*older)->geminiBody({}).value().find("presencePenalty") != std::string::npos);
}

void TstOllamaRequest::embeds()
{
    const auto made =
        ollamaEmbed(R"({"model":"gemini-embedding-001","input":["a","b"],"dimensions":2})", CONTEXT);
    QVERIFY(made.has_value());
    QCOMPARE((*made)->geminiBody({}).value(),
             std::string(
                 R"({"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},)"
                 R"("outputDimensionality":2},{"model":"models/gemini-embedding-001","content":)"
                 R"({"parts":[{"text":"b"}]},"outputDimensionality":2}]})"));
    (*made)->setTime({0, 4});
    (*made)->setTime({0, 30});
    QCOMPARE((*made)
                 ->answer(R"({"embeddings":[{"values":[3,4]},{"values":[0,1]}],)"
                          R"("usageMetadata":{"promptTokenCount":2}})")
                 .value_or("failed"),
             std::string(R"({"model":"gemini-embedding-001","embeddings":[[0.6,0.8],[0,1]],)"
                         R"("total_duration":30000000,"load_duration":4000000,"prompt_eval_count":2})"));
    const auto odd =
        ollamaEmbed(R"({"model":"m","input":"a","truncate":false,"options":{"num_ctx":1}})", CONTEXT);
    QCOMPARE((*odd)->ignored(), std::string("truncate, num_ctx"));
    const auto older = ollamaEmbeddings(R"({"model":"m","prompt":"a"})", CONTEXT);
    QVERIFY(older.has_value());
    QVERIFY((*older)->geminiBody({}).has_value());
    QCOMPARE((*older)->answer(R"({"embeddings":[{"values":[3,4]}]})").value_or("failed"),
             std::string(R"({"embedding":[3,4]})"));
    for (const char *wrong :
         {R"({"model":"m","input":[7]})", R"({"model":"m","input":7})", R"({"model":"m","input":["a",""]})",
          R"({"model":"m","input":"a","dimensions":-1})"})
        QCOMPARE(ollamaEmbed(wrong, CONTEXT).error().status, 400);
}

void TstOllamaRequest::takesAllInputsInParts()
{
    std::string inputs;
    for (int i = 0; i < 250; ++i)
        inputs += (i > 0 ? ",\"" : "\"") + std::to_string(i) + '"';
    const auto made = ollamaEmbed(R"({"model":"m","input":[)" + inputs + "]}", CONTEXT);
    QVERIFY(made.has_value());
    const auto parts = (*made)->takeParts();
    QCOMPARE(parts.size(), std::size_t{3});
    QVERIFY(parts[2]->geminiBody({}).value().find("\"249\"") != std::string::npos);
    const std::string joined = (*made)->joined({"[1]", "[2],[3]"}, {});
    QVERIFY2(joined.starts_with(R"({"model":"m","embeddings":[[1],[2],[3]],)"), joined.c_str());
}

QTEST_APPLESS_MAIN(TstOllamaRequest)
#include "tst_ollamarequest.moc"
