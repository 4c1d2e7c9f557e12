#include <QTest>

#include "gateway/dialects/openai/chatrequest.h"

using namespace Gateway;

class TstChatRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void everyCutIsRefused();
    void toleratesWhatClientsSend_data();
    void toleratesWhatClientsSend();
    void argumentsTellThePosition();
};

namespace {

const char *const MODEL = R"("model":"gemini-3.8-flash")";

std::string withMessages(const std::string &messages)
{
    return std::string("{") + MODEL + R"(,"messages":)" + messages + "}";
}

std::string withField(const std::string &field)
{
    return std::string("{") + MODEL + R"(,"messages":[{"role":"user","content":"x"}],)" + field + "}";
}

std::string withPart(const std::string &part)
{
    return withMessages(R"([{"role":"user","content":[)" + part + "]}]");
}

/// A user message, an assistant message with `calls`, then `rest`.
std::string withCalls(const std::string &calls, const std::string &rest)
{
    return withMessages(R"([{"role":"user","content":"x"},{"role":"assistant","tool_calls":)" + calls + "}" +
                        rest + "]");
}

std::string withTool(const std::string &function)
{
    return withField(R"("tools":[{"type":"function","function":)" + function + "}]");
}

const char *const CALL = R"([{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}])";

} // namespace

void TstChatRefusals::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *name, const std::string &body, const char *param) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(param);
    };
    row("no object", "[]", "");
    row("no JSON", "{", "");
    row("no model", R"({"messages":[{"role":"user","content":"x"}]})", "model");
    row("model is a number", R"({"model":1,"messages":[{"role":"user","content":"x"}]})", "model");
    row("model leaves its path", R"({"model":"../files","messages":[{"role":"user","content":"x"}]})",
        "model");
    row("model with a query", R"({"model":"a?key=b","messages":[{"role":"user","content":"x"}]})", "model");
    row("no messages", R"({"model":"gemini-3.8-flash"})", "messages");
    row("messages empty", withMessages("[]"), "messages");
    row("messages is text", withMessages(R"("x")"), "messages");
    row("message is text", withMessages(R"(["x"])"), "messages[0]");
    row("no role", withMessages(R"([{"content":"x"}])"), "messages[0].role");
    row("unknown role", withMessages(R"([{"role":"model","content":"x"}])"), "messages[0].role");
    row("user without content", withMessages(R"([{"role":"user"}])"), "messages[0].content");
    row("content is a number", withMessages(R"([{"role":"user","content":1}])"), "messages[0].content");
    row("only an empty assistant", withMessages(R"([{"role":"assistant","content":null}])"), "messages");
    row("picture in the instructions",
        withMessages(
            R"([{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},{"role":"user","content":"x"}])"),
        "messages[0].content[0]");
    row("audio of an earlier answer",
        withMessages(R"([{"role":"user","content":"x"},{"role":"assistant","audio":{"id":"a"}}])"),
        "messages[1].audio");
    row("part is text", withPart(R"("x")"), "messages[0].content[0]");
    row("part without type", withPart(R"({"text":"x"})"), "messages[0].content[0].type");
    row("unknown part", withPart(R"({"type":"hologram"})"), "messages[0].content[0].type");
    row("text is a number", withPart(R"({"type":"text","text":1})"), "messages[0].content[0].text");
    row("image without url", withPart(R"({"type":"image_url","image_url":{}})"),
        "messages[0].content[0].image_url.url");
    row("second part is wrong",
        withPart(R"({"type":"text","text":"a"},{"type":"image_url","image_url":{"url":1}})"),
        "messages[0].content[1].image_url.url");
    row("file scheme", withPart(R"({"type":"image_url","image_url":{"url":"file:///etc/passwd"}})"),
        "messages[0].content[0].image_url.url");
    row("bad base64", withPart(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,A*AA"}})"),
        "messages[0].content[0].image_url.url");
    row("cut base64", withPart(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AAAAA"}})"),
        "messages[0].content[0].image_url.url");
    row("quote inside base64",
        withPart(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AA\"A"}})"),
        "messages[0].content[0].image_url.url");
    row("data URL without data",
        withPart(R"({"type":"image_url","image_url":{"url":"data:image/png;base64"}})"),
        "messages[0].content[0].image_url.url");
    row("data URL of nothing",
        withPart(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,"}})"),
        "messages[0].content[0].image_url.url");
    row("unknown audio format",
        withPart(R"({"type":"input_audio","input_audio":{"data":"AAAA","format":"mod"}})"),
        "messages[0].content[0].input_audio.format");
    row("file of another service", withPart(R"({"type":"file","file":{"file_id":"asset-abc"}})"),
        "messages[0].content[0].file.file_id");
    row("file of no known type",
        withPart(R"({"type":"file","file":{"file_data":"AAAA","filename":"a.xyz"}})"),
        "messages[0].content[0].file.file_data");
    row("result without a call", withMessages(R"([{"role":"tool","tool_call_id":"c","content":"x"}])"),
        "messages[0].tool_call_id");
    row("result without an id", withCalls(CALL, R"(,{"role":"tool","content":"x"})"),
        "messages[2].tool_call_id");
    row("result of another call", withCalls(CALL, R"(,{"role":"tool","tool_call_id":"d","content":"x"})"),
        "messages[2].tool_call_id");
    row("result given twice",
        withCalls(
            CALL,
            R"(,{"role":"tool","tool_call_id":"c","content":"x"},{"role":"tool","tool_call_id":"c","content":"x"})"),
        "messages[3].tool_call_id");
    row("result missing at the end", withCalls(CALL, ""), "messages");
    row("result missing before a question", withCalls(CALL, R"(,{"role":"user","content":"x"})"), "messages");
    row("legacy result without a name",
        withMessages(
            R"([{"role":"assistant","function_call":{"name":"f","arguments":"{}"}},{"role":"function","content":"x"}])"),
        "messages[1].name");
    row("call without id", withCalls(R"([{"type":"function","function":{"name":"f"}}])", ""),
        "messages[1].tool_calls[0].id");
    row("call without function", withCalls(R"([{"id":"c","type":"function"}])", ""),
        "messages[1].tool_calls[0].function");
    row("call without name", withCalls(R"([{"id":"c","function":{}}])", ""),
        "messages[1].tool_calls[0].function.name");
    row("call of another kind", withCalls(R"([{"id":"c","type":"custom","custom":{}}])", ""),
        "messages[1].tool_calls[0].type");
    row("two calls of one id",
        withCalls(R"([{"id":"c","function":{"name":"f"}},{"id":"c","function":{"name":"f"}}])", ""),
        "messages[1].tool_calls[1].id");
    row("arguments are no JSON",
        withCalls(R"([{"id":"c","function":{"name":"f","arguments":"{\"a\":}"}}])", ""),
        "messages[1].tool_calls[0].function.arguments");
    row("arguments are a list", withCalls(R"([{"id":"c","function":{"name":"f","arguments":"[1]"}}])", ""),
        "messages[1].tool_calls[0].function.arguments");
    row("tool_calls is an object", withCalls("{}", ""), "messages[1].tool_calls");
    row("temperature is text", withField(R"("temperature":"hot")"), "temperature");
    row("max_tokens is a fraction", withField(R"("max_tokens":1.5)"), "max_tokens");
    row("stream is text", withField(R"("stream":"yes")"), "stream");
    row("stream_options is a flag", withField(R"("stream_options":true)"), "stream_options");
    row("n too large", withField(R"("n":9)"), "n");
    row("n too small", withField(R"("n":0)"), "n");
    row("six stops", withField(R"("stop":["1","2","3","4","5","6"])"), "stop");
    row("stop is a number", withField(R"("stop":1)"), "stop");
    row("stop holds a number", withField(R"("stop":["a",1])"), "stop[1]");
    row("logit_bias", withField(R"("logit_bias":{"50256":-100})"), "logit_bias");
    row("top_logprobs alone", withField(R"("top_logprobs":2)"), "top_logprobs");
    row("top_logprobs too large", withField(R"("logprobs":true,"top_logprobs":21)"), "top_logprobs");
    row("audio answer",
        withField(R"("modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"})"),
        "modalities[1]");
    row("unknown format", withField(R"("response_format":{"type":"xml"})"), "response_format.type");
    row("format without schema object", withField(R"("response_format":{"type":"json_schema"})"),
        "response_format.json_schema");
    row("schema with a dead reference",
        withField(
            R"("response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"properties":{"a":{"$ref":"#/x"}}}}})"),
        "response_format.json_schema.schema.properties.a");
    row("unknown effort", withField(R"("reasoning_effort":"huge")"), "reasoning_effort");
    row("effort and budget",
        withField(R"("reasoning_effort":"low","google":{"thinking_config":{"thinking_budget":5}})"),
        "reasoning_effort");
    row("unknown word to Google", withField(R"("extra_body":{"google":{"colour":"red"}})"),
        "extra_body.google.colour");
    row("google is text", withField(R"("google":"x")"), "google");
    row("tools is an object", withField(R"("tools":{})"), "tools");
    row("unknown tool", withField(R"("tools":[{"type":"web_search_preview"}])"), "tools[0].type");
    row("tool without function", withField(R"("tools":[{"type":"function"}])"), "tools[0].function");
    row("function without name", withTool("{}"), "tools[0].function.name");
    row("name Gemini does not take", withTool(R"({"name":"2fa"})"), "tools[0].function.name");
    row("name with a space", withTool(R"({"name":"a b"})"), "tools[0].function.name");
    row("parameters of another type", withTool(R"({"name":"a","parameters":{"type":"string"}})"),
        "tools[0].function.parameters");
    row("parameters that cannot be said",
        withTool(R"({"name":"a","parameters":{"properties":{"p":{"type":"blob"}}}})"),
        "tools[0].function.parameters.properties.p.type");
    row("name declared twice",
        withField(
            R"("tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"a"}}])"),
        "tools[1].function.name");
    row("choice of an undeclared function",
        withField(
            R"("tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":{"type":"function","function":{"name":"b"}})"),
        "tool_choice.function.name");
    row("required without tools", withField(R"("tool_choice":"required")"), "tool_choice");
    row("unknown choice", withField(R"("tool_choice":"maybe")"), "tool_choice");
    row("tools and functions",
        withField(R"("tools":[{"type":"function","function":{"name":"a"}}],"functions":[{"name":"b"}])"),
        "functions");
}

void TstChatRefusals::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const Result<ChatRequest> request = ChatRequest::parse(body.toStdString());
    QVERIFY(!request);
    QCOMPARE(request.error().status, 400);
    QVERIFY(!request.error().code.empty());
    QCOMPARE(request.error().param, param.toStdString());
    QVERIFY(request.error().text.size() > request.error().param.size() + 5);
}

void TstChatRefusals::everyCutIsRefused()
{
    const std::string body = withCalls(CALL, R"(,{"role":"tool","tool_call_id":"c","content":"{\"a\":1}"})");
    QVERIFY(ChatRequest::parse(body));
    for (std::size_t length = 0; length < body.size(); ++length)
        QVERIFY(!ChatRequest::parse(std::string_view(body).substr(0, length)));
}

void TstChatRefusals::toleratesWhatClientsSend_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::string &body) {
        QTest::newRow(name) << QByteArray::fromStdString(body);
    };
    row("choice auto without tools", withField(R"("tools":[],"tool_choice":"auto")"));
    row("ends with the assistant",
        withMessages(R"([{"role":"user","content":"x"},{"role":"assistant","content":"So"}])"));
    row("empty tool_calls",
        withMessages(
            R"([{"role":"user","content":"x"},{"role":"assistant","content":"a","tool_calls":[]},{"role":"user","content":"y"}])"));
    row("instructions between call and result",
        withCalls(CALL,
                  R"(,{"role":"system","content":"s"},{"role":"tool","tool_call_id":"c","content":"x"})"));
    row("result by name only", withCalls(CALL, R"(,{"role":"tool","name":"f","content":"x"})"));
    row("whole number as a fraction", withField(R"("max_tokens":100.0)"));
    row("web search", withField(R"("web_search_options":{"search_context_size":"low"})"));
    row("names of users", withMessages(R"([{"role":"user","name":"alice","content":"x"}])"));
}

void TstChatRefusals::toleratesWhatClientsSend()
{
    QFETCH(QByteArray, body);
    Result<ChatRequest> request = ChatRequest::parse(body.toStdString());
    QVERIFY2(request, request ? "" : request.error().text.c_str());
    const Result<std::string> gemini = request->geminiBody({});
    QVERIFY(gemini);
    QVERIFY(parseJson(*gemini));
}

void TstChatRefusals::argumentsTellThePosition()
{
    const Result<ChatRequest> request =
        ChatRequest::parse(withCalls(R"([{"id":"c","function":{"name":"f","arguments":"{\"a\":}"}}])", ""));
    QVERIFY(!request);
    QVERIFY2(request.error().text.find("at byte 5") != std::string::npos, request.error().text.c_str());
}

QTEST_APPLESS_MAIN(TstChatRefusals)
#include "tst_chatrefusals.moc"
