#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/ollama/ollamacontext.h"

using namespace Gateway;

/// Gemini's answers → Ollama's, whole and streamed.
class TstOllamaAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
    void streamsTheSame_data() { tells_data(); }
    void streamsTheSame();
    void writesLinesAsOllamaDoes();
    void writesTheWholeAnswer();
    void tellsTimes();
    void tellsUtc_data();
    void tellsUtc();
    void doneReasons_data();
    void doneReasons();
    void keepsSignaturesByIdAndPrint();
    void hidesThoughtsThatWereNotAskedFor();
    void tellsProbabilities();
    void givesAContext();
    void cutsAtFurtherStops_data();
    void cutsAtFurtherStops();
    void failsOnErrors_data();
    void failsOnErrors();
    void breaksOffWithALine();
    void beginsAnewAfterRestart();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};
constexpr AnswerTime UP{1'700'000'000'000, 20};
constexpr AnswerTime LATER{1'700'000'000'400, 420};
constexpr AnswerTime END{1'700'000'001'020, 1020};

std::unique_ptr<Translation> translation(bool stream, const std::string &more = "", bool isChat = true)
{
    const std::string body = R"({"model":"gemini-3.6-flash",)" + more + (stream ? "" : R"("stream":false,)") +
                             (isChat ? R"("messages":[{"role":"user","content":"x"}]})" : R"("prompt":"x"})");
    Result<std::unique_ptr<Translation>> made = (isChat ? ollamaChat : ollamaGenerate)(body, CONTEXT);
    if (!made)
        return nullptr;
    (*made)->setTime(UP);
    return std::move(*made);
}

const std::string USAGE = R"("usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,)"
                          R"("thoughtsTokenCount":7,"totalTokenCount":22})";

/// An answer, or a stream's event, with these parts.
std::string gemini(const std::string &parts, const std::string &more = "")
{
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + more + "}]," + USAGE +
           "}";
}

std::string whole(const std::string &answer, const std::string &more = "", bool isChat = true)
{
    const std::unique_ptr<Translation> chat = translation(false, more, isChat);
    chat->setTime(END);
    const Result<std::string> told = chat->answer(answer);
    return told ? *told : "failed: " + told.error().code;
}

std::string streamed(const std::vector<std::string> &events, const std::string &more = "", bool isChat = true)
{
    const std::unique_ptr<Translation> chat = translation(true, more, isChat);
    std::string out;
    for (const std::string &event : events) {
        chat->setTime(LATER);
        if (const Result<void> told = chat->event(event, out); !told)
            return "failed: " + told.error().code;
    }
    chat->setTime(END);
    const Result<void> end = chat->finish(out);
    return end ? out : "failed: " + end.error().code;
}

std::vector<json::object> linesOf(const std::string &stream)
{
    std::vector<json::object> lines;
    for (const QByteArray &line : QByteArray::fromStdString(stream).split('\n')) {
        if (!line.isEmpty())
            lines.push_back(parseJsonObject(line.toStdString()).value());
    }
    return lines;
}

/// What a client that adds up the lines has in the end.
json::object joined(const std::string &stream)
{
    json::object message{{"role", "assistant"}, {"content", ""}};
    std::string content;
    std::string thinking;
    json::array calls;
    for (const json::object &line : linesOf(stream)) {
        const json::object &said = line.at("message").as_object();
        content += stringAt(said, "content");
        thinking += stringAt(said, "thinking");
        if (const json::array *more = arrayAt(said, "tool_calls"))
            calls.insert(calls.end(), more->begin(), more->end());
    }
    message["content"] = content;
    if (!thinking.empty())
        message["thinking"] = thinking;
    if (!calls.empty())
        message["tool_calls"] = std::move(calls);
    return message;
}

const std::string STOP = R"(,"finishReason":"STOP")";

} // namespace

void TstOllamaAnswer::tells_data()
{
    QTest::addColumn<QByteArray>("parts"); // one a line
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *parts, const char *message) {
        QTest::newRow(name) << QByteArray(parts) << QByteArray(message);
    };
    row("text", "{\"text\":\"a\"}\n{\"text\":\"b\"}", R"({"role":"assistant","content":"ab"})");
    row("thoughts, then text",
        "{\"text\":\"h\",\"thought\":true}\n{\"text\":\"m\",\"thought\":true}\n{\"text\":\"a\"}",
        R"({"role":"assistant","content":"a","thinking":"hm"})");
    row("calls",
        "{\"functionCall\":{\"id\":\"i1\",\"name\":\"f\",\"args\":{\"z\":1,\"a\":\"\\\"\"}},"
        "\"thoughtSignature\":\"S\"}\n{\"functionCall\":{\"id\":\"i2\",\"name\":\"g\"}}",
        R"({"role":"assistant","content":"","tool_calls":[)"
        R"({"id":"i1","function":{"index":0,"name":"f","arguments":{"z":1,"a":"\""}}},)"
        R"({"id":"i2","function":{"index":1,"name":"g","arguments":{}}}]})");
    row("words around a call",
        "{\"text\":\"a\"}\n{\"functionCall\":{\"id\":\"i\",\"name\":\"f\",\"args\":{}}}\n{\"text\":\"b\"}",
        R"({"role":"assistant","content":"ab","tool_calls":[)"
        R"({"id":"i","function":{"index":0,"name":"f","arguments":{}}}]})");
    row("code that ran", "{\"text\":\"a\"}\n{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}",
        R"({"role":"assistant","content":"a\n```python\n1\n```\n"})");
    row("a picture", "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}",
        R"J({"role":"assistant","content":"![image](data:image/png;base64,AAAA)"})J");
    row("a signature without text", "{\"text\":\"a\"}\n{\"text\":\"\",\"thoughtSignature\":\"S\"}",
        R"({"role":"assistant","content":"a"})");
}

void TstOllamaAnswer::tells()
{
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, message);
    const std::string told = whole(gemini(parts.replace('\n', ',').toStdString(), STOP));
    QCOMPARE(QByteArray::fromStdString(toJson(parseJsonObject(told).value().at("message"))), message);
    // The prompt's form: the same without a message around.
    const json::object generated =
        parseJsonObject(whole(gemini(parts.toStdString(), STOP), "", false)).value();
    const json::object expected = parseJsonObject(message.toStdString()).value();
    QCOMPARE(stringAt(generated, "response"), stringAt(expected, "content"));
    QCOMPARE(stringAt(generated, "thinking"), stringAt(expected, "thinking"));
}

void TstOllamaAnswer::streamsTheSame()
{
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, message);
    const QList<QByteArray> list = parts.split('\n');
    const auto upTo = [&](qsizetype from, qsizetype to) {
        return gemini(list.mid(from, to - from).join(',').toStdString());
    };
    for (qsizetype cut = 0; cut <= list.size(); ++cut) {
        const std::string told =
            streamed({upTo(0, cut), upTo(cut, list.size()), R"({"candidates":[{"finishReason":"STOP"}]})"});
        QCOMPARE(QByteArray::fromStdString(toJson(joined(told))), message);
    }
}

void TstOllamaAnswer::writesLinesAsOllamaDoes()
{
    const std::string head = R"({"model":"gemini-3.6-flash","created_at":"2023-11-14T22:13:20.400Z",)";
    const std::string end = R"({"model":"gemini-3.6-flash","created_at":"2023-11-14T22:13:21.020Z",)";
    const std::string times =
        R"("total_duration":1020000000,"load_duration":20000000,"prompt_eval_count":10,)"
        R"("prompt_eval_duration":400000000,"eval_count":12,"eval_duration":600000000})";
    QCOMPARE(streamed({gemini(R"({"text":"h","thought":true},{"text":"a"})"),
                       gemini(R"({"functionCall":{"id":"i","name":"f","args":{"q":1}}})", STOP)}),
             head + R"("message":{"role":"assistant","content":"","thinking":"h"},"done":false})" + "\n" +
                 head + R"("message":{"role":"assistant","content":"a"},"done":false})" + "\n" + head +
                 R"("message":{"role":"assistant","content":"","tool_calls":[{"id":"i","function":)"
                 R"({"index":0,"name":"f","arguments":{"q":1}}}]},"done":false})" +
                 "\n" + end +
                 R"("message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",)" + times +
                 "\n");
    QCOMPARE(streamed({gemini(R"({"text":"h","thought":true},{"text":"a"})", STOP)}, R"("raw":true,)", false),
             head + R"("response":"","thinking":"h","done":false})" + "\n" + head +
                 R"("response":"a","done":false})" + "\n" + end +
                 R"("response":"","done":true,"done_reason":"stop",)" + times + "\n");
}

void TstOllamaAnswer::writesTheWholeAnswer()
{
    QCOMPARE(whole(gemini(R"({"text":"a"})", STOP)),
             std::string(R"({"model":"gemini-3.6-flash","created_at":"2023-11-14T22:13:21.020Z",)"
                         R"("message":{"role":"assistant","content":"a"},"done":true,"done_reason":"stop",)"
                         R"("total_duration":1020000000,"load_duration":20000000,"prompt_eval_count":10,)"
                         R"("prompt_eval_duration":1000000,"eval_count":12,"eval_duration":999000000})"));
}

void TstOllamaAnswer::tellsTimes()
{
    // However fast it goes, nobody divides by nought, and the parts are no more than the whole.
    const std::unique_ptr<Translation> chat = translation(true);
    chat->setTime({0, 20});
    std::string out;
    QVERIFY(chat->event(gemini(R"({"text":"a"})", STOP), out));
    QVERIFY(chat->finish(out));
    const json::object last = linesOf(out).back();
    std::int64_t sum = 0;
    for (const char *name : {"load_duration", "prompt_eval_duration", "eval_duration"}) {
        QVERIFY(integerAt(last, name, 0) >= 1'000'000);
        sum += integerAt(last, name, 0);
    }
    QVERIFY(integerAt(last, "total_duration", 0) >= sum);
}

void TstOllamaAnswer::tellsUtc_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("the epoch") << qint64{0} << QByteArray("1970-01-01T00:00:00.000Z");
    QTest::newRow("a leap day") << qint64{1'709'210'096'007} << QByteArray("2024-02-29T12:34:56.007Z");
    QTest::newRow("the last ms of a year")
        << qint64{1'798'761'599'999} << QByteArray("2026-12-31T23:59:59.999Z");
}

void TstOllamaAnswer::tellsUtc()
{
    QFETCH(qint64, ms);
    QFETCH(QByteArray, text);
    const std::unique_ptr<Translation> chat = translation(false);
    chat->setTime({ms, 1});
    const Result<std::string> told = chat->answer(gemini(R"({"text":"a"})", STOP));
    QVERIFY(told.has_value());
    QCOMPARE(stringAt(parseJsonObject(*told).value(), "created_at"), std::string_view(text.constData()));
}

void TstOllamaAnswer::doneReasons_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const std::string &answer, const char *reason,
                        const char *content) {
        QTest::newRow(name) << QByteArray::fromStdString(answer) << QByteArray(reason) << QByteArray(content);
    };
    row("stop", gemini(R"({"text":"a"})", STOP), "stop", "a");
    row("length", gemini(R"({"text":"a"})", R"(,"finishReason":"MAX_TOKENS")"), "length", "a");
    row("cut by Google", gemini(R"({"text":"a"})", R"(,"finishReason":"SAFETY")"), "content_filter", "a");
    row("cut before a word", R"({"candidates":[{"finishReason":"SAFETY"}]})", "content_filter",
        "Gemini stopped the answer (SAFETY).");
    row("a blocked prompt", R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}})", "content_filter",
        "Gemini blocked the prompt (PROHIBITED_CONTENT).");
    row("a call", gemini(R"({"functionCall":{"name":"f"}})", STOP), "stop", "");
}

void TstOllamaAnswer::doneReasons()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, content);
    const json::object told = parseJsonObject(whole(answer.toStdString())).value();
    QCOMPARE(stringAt(told, "done_reason"), std::string_view(reason.constData()));
    QCOMPARE(stringAt(told.at("message").as_object(), "content"), std::string_view(content.constData()));
    const std::string stream = streamed({answer.toStdString()});
    QCOMPARE(stringAt(linesOf(stream).back(), "done_reason"), std::string_view(reason.constData()));
    QCOMPARE(stringAt(joined(stream), "content"), std::string_view(content.constData()));
}

/// What is kept of an answer is what the next request of a client without ids asks for.
void TstOllamaAnswer::keepsSignaturesByIdAndPrint()
{
    const std::unique_ptr<Translation> chat = translation(true);
    std::string out;
    QVERIFY(chat->event(
        gemini(R"({"functionCall":{"id":"i","name":"f","args":{"a":1,"b":2.5}},"thoughtSignature":"S"},)"
               R"({"functionCall":{"name":"g","args":{}}})"),
        out));
    const auto kept = chat->takeSignatures();
    QVERIFY(chat->takeSignatures().empty());
    QCOMPARE(kept.size(), std::size_t{2});
    QCOMPARE(kept[0], std::pair(std::string("i"), std::string("S")));
    QCOMPARE(kept[1].second, std::string("S"));
    const auto next = ollamaChat(
        R"({"model":"gemini-3.6-flash","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"",)"
        R"("tool_calls":[{"function":{"name":"f","arguments":{"b":2.5,"a":1.0}}},)"
        R"({"function":{"name":"g","arguments":{}}}]},{"role":"tool","content":"1"},{"role":"tool","content":"2"}]})",
        CONTEXT);
    QVERIFY(next.has_value());
    QCOMPARE((*next)->wantedSignatures().front(), kept[1].first);
}

void TstOllamaAnswer::hidesThoughtsThatWereNotAskedFor()
{
    const std::string parts = R"({"text":"h","thought":true},{"text":"a"})";
    const json::object told =
        parseJsonObject(whole(gemini(parts, STOP), R"("think":false,)")).value().at("message").as_object();
    QVERIFY(!told.contains("thinking"));
    QCOMPARE(linesOf(streamed({gemini(parts, STOP)}, R"("think":false,)")).size(), std::size_t{2});
}

void TstOllamaAnswer::tellsProbabilities()
{
    const std::string answer =
        gemini(R"({"text":"a"})",
               STOP + R"(,"logprobsResult":{"chosenCandidates":[{"token":"a","logProbability":-0.5}],)"
                      R"("topCandidates":[{"candidates":[{"token":"b","logProbability":-1}]}]})");
    const std::string list = R"([{"token":"a","logprob":-5E-1,"bytes":[97],"top_logprobs":)"
                             R"([{"token":"b","logprob":-1,"bytes":[98]}]}])";
    const json::value expected = parseJson(list).value();
    QCOMPARE(parseJsonObject(whole(answer)).value().at("logprobs"), expected);
    const std::vector<json::object> lines = linesOf(streamed({answer}));
    QCOMPARE(lines.front().at("logprobs"), expected);
    QVERIFY(!lines.back().contains("logprobs"));
}

void TstOllamaAnswer::givesAContext()
{
    const std::string said = gemini(R"({"text":"h","thought":true},{"text":"a"},{"text":"b"})", STOP);
    for (const bool stream : {false, true}) {
        const std::string told =
            stream ? streamed({said}, R"("system":"s",)", false) : whole(said, R"("system":"s",)", false);
        const json::object last = linesOf(told).back();
        std::string turns;
        const auto read = readOllamaContext(last.at("context").as_array(), JsonPath(), turns);
        QVERIFY(read.has_value());
        QCOMPARE(turns, std::string(R"([["s","s"],["u","x"],["m","ab"]])"));
    }
    QVERIFY(whole(said, R"("raw":true,)", false).find("context") == std::string::npos);
    QVERIFY(whole(said).find("context") == std::string::npos);
}

void TstOllamaAnswer::cutsAtFurtherStops_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *text, const char *told) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(told);
    };
    row("one END two", "one ");
    row("one <end> END two", "one ");
    row("EN one E", "EN one E");
    row("ENEND", "EN");
    row("END", "");
    row("one <en", "one <en");
    row("plain", "plain");
}

/// Wherever the text is cut into events.
void TstOllamaAnswer::cutsAtFurtherStops()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, told);
    const std::string options = R"("options":{"stop":["1","2","3","4","5","END","<end>"]},)";
    const auto part = [](const QByteArray &piece) { return "{\"text\":\"" + piece.toStdString() + "\"}"; };
    const auto contentOf = [](const json::object &message) {
        return QByteArray::fromStdString(std::string(stringAt(message, "content")));
    };
    const json::object answer =
        parseJsonObject(whole(gemini(part(text), R"(,"finishReason":"MAX_TOKENS")"), options)).value();
    QCOMPARE(contentOf(answer.at("message").as_object()), told);
    const bool isCut = text.contains("END");
    QCOMPARE(stringAt(answer, "done_reason"), std::string_view(isCut ? "stop" : "length"));
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        const std::string stream = streamed({gemini(part(text.left(cut))), gemini(part(text.mid(cut))),
                                             gemini(R"({"functionCall":{"name":"f","args":{}}})", STOP)},
                                            options);
        const json::object message = joined(stream);
        QCOMPARE(contentOf(message), told);
        QCOMPARE(message.contains("tool_calls"), !isCut);
    }
}

void TstOllamaAnswer::failsOnErrors_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no JSON") << QByteArray("<html>") << QByteArray("bad_upstream_answer");
    QTest::newRow("no candidate") << QByteArray("{}") << QByteArray("empty_upstream_answer");
    QTest::newRow("an error") << QByteArray(R"({"error":{"code":503,"message":"x","status":"UNAVAILABLE"}})")
                              << QByteArray("unavailable");
    QTest::newRow("a broken call") << QByteArray(
                                          R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]})")
                                   << QByteArray("malformed_function_call");
}

void TstOllamaAnswer::failsOnErrors()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, code);
    QCOMPARE(whole(answer.toStdString()), "failed: " + code.toStdString());
    QCOMPARE(streamed({answer.toStdString()}), "failed: " + code.toStdString());
    QCOMPARE(streamed({gemini(R"({"text":"a"})")}), std::string("failed: incomplete_upstream_answer"));
}

void TstOllamaAnswer::breaksOffWithALine()
{
    const std::unique_ptr<Translation> chat = translation(true);
    QCOMPARE(chat->streamContentType(), std::string_view("application/x-ndjson"));
    std::string out;
    chat->breakOff(Error{503, "overloaded", "Too \"much\".", {}, 0}, out);
    QCOMPARE(out, std::string("{\"error\":\"Too \\\"much\\\".\"}\n"));
}

void TstOllamaAnswer::beginsAnewAfterRestart()
{
    const std::unique_ptr<Translation> chat = translation(true);
    std::string out;
    QVERIFY(
        chat->event(gemini(R"({"functionCall":{"name":"f","args":{}},"thoughtSignature":"S"})", STOP), out));
    const std::string first = out;
    out.clear();
    chat->restart();
    QVERIFY(
        chat->event(gemini(R"({"functionCall":{"name":"f","args":{}},"thoughtSignature":"S"})", STOP), out));
    QCOMPARE(out, first);
}

QTEST_APPLESS_MAIN(TstOllamaAnswer)
#include "tst_ollamaanswer.moc"
