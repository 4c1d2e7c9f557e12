#include <QTest>

#include "tests/dialects/anthropicanswers.h"

using namespace Gateway;

/// Gemini's answers → Anthropic's messages, whole and streamed.
class TstAnthropicAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void content_data();
    void content();
    void everySplitTellsTheSame_data() { content_data(); }
    void everySplitTellsTheSame();
    void stopReasons_data();
    void stopReasons();
    void stopSequences_data();
    void stopSequences();
    void stopsOnlyInTheModelsText();
    void isCompleteOnceCut();
    void writesTheWholeMessage();
    void writesEventsAsAnthropicDoes();
    void tellsTheQuestionsTokensFirst();
    void keepsSignaturesOfCalls();
    void makesIdsOfItsOwn();
    void tellsOnlyOneCallWhenAsked();
    void hidesThoughtsThatWereNotAskedFor();
    void failsOnErrors_data();
    void failsOnErrors();
    void breaksOffWithAnErrorEvent();
    void beginsAnewAfterRestart();
    void countTokensAnswers();
};

void TstAnthropicAnswer::content_data()
{
    QTest::addColumn<QByteArray>("parts"); // one a line
    QTest::addColumn<QByteArray>("blocks");
    const auto row = [](const char *name, const char *parts, const char *blocks) {
        QTest::newRow(name) << QByteArray(parts) << QByteArray(blocks);
    };
    row("text", "{\"text\":\"a\"}\n{\"text\":\"b\"}", R"([{"type":"text","text":"ab"}])");
    row("thoughts, then text",
        "{\"text\":\"h\",\"thought\":true}\n{\"text\":\"m\",\"thought\":true}\n{\"text\":\"a\"}",
        R"([{"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"a"}])");
    row("signed text", "{\"text\":\"h\",\"thought\":true}\n{\"text\":\"a\",\"thoughtSignature\":\"S\"}",
        R"([{"type":"thinking","thinking":"h","signature":"gemini:S"},{"type":"text","text":"a"}])");
    row("a signature in a part without text",
        "{\"text\":\"h\",\"thought\":true}\n{\"text\":\"\",\"thoughtSignature\":\"S\"}\n{\"text\":\"a\"}",
        R"([{"type":"thinking","thinking":"h","signature":"gemini:S"},{"type":"text","text":"a"}])");
    row("a signature that comes too late",
        "{\"text\":\"h\",\"thought\":true}\n{\"text\":\"a\"}\n"
        "{\"text\":\"\",\"thoughtSignature\":\"S\"}",
        R"([{"type":"thinking","thinking":"h","signature":""},{"type":"text","text":"a"}])");
    row("calls",
        "{\"text\":\"h\",\"thought\":true}\n"
        "{\"functionCall\":{\"id\":\"i1\",\"name\":\"f\",\"args\":{\"z\":1,\"a\":\"\\\"\"}},"
        "\"thoughtSignature\":\"S\"}\n"
        "{\"functionCall\":{\"id\":\"i2\",\"name\":\"g\"}}",
        R"([{"type":"thinking","thinking":"h","signature":"gemini:S"},)"
        R"({"type":"tool_use","id":"i1","name":"f","input":{"z":1,"a":"\""}},)"
        R"({"type":"tool_use","id":"i2","name":"g","input":{}}])");
    row("words around a call",
        "{\"text\":\"a\"}\n{\"functionCall\":{\"id\":\"i1\",\"name\":\"f\",\"args\":{}}}\n{\"text\":\"b\"}",
        R"([{"type":"text","text":"a"},{"type":"tool_use","id":"i1","name":"f","input":{}},)"
        R"({"type":"text","text":"b"}])");
    row("code that ran",
        "{\"text\":\"a\"}\n{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}\n"
        "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"1\"}}",
        R"([{"type":"text","text":"a\n```python\n1\n```\n\n```text\n1\n```\n"}])");
    row("a picture", "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}",
        R"J([{"type":"text","text":"![image](data:image/png;base64,AAAA)"}])J");
    row("nothing", "{\"text\":\"\"}", "[]");
}

void TstAnthropicAnswer::content()
{
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, blocks);
    const std::vector<std::string> list = partsOf(parts);
    const json::object message =
        parsed(whole(gemini(joined(list, 0, list.size()), R"(,"finishReason":"STOP")")));
    QCOMPARE(QByteArray::fromStdString(toJson(message.at("content"))), blocks);
}

/// However Gemini cuts its parts into events, the stream joins to the whole answer.
void TstAnthropicAnswer::everySplitTellsTheSame()
{
    QFETCH(QByteArray, parts);
    const std::vector<std::string> list = partsOf(parts);
    const json::object expected =
        parsed(whole(gemini(joined(list, 0, list.size()), R"(,"finishReason":"STOP")")));
    const unsigned splits = 1U << (list.size() - 1);
    for (unsigned cuts = 0; cuts < splits; ++cuts) {
        std::vector<std::string> events;
        std::size_t from = 0;
        for (std::size_t to = 1; to <= list.size(); ++to) {
            if (to < list.size() && (cuts >> (to - 1) & 1U) == 0)
                continue;
            events.push_back(gemini(joined(list, from, to)));
            from = to;
        }
        events.push_back(R"({"candidates":[{"finishReason":"STOP"}],)" + USAGE + "}");
        const json::object told = MessageJoin(streamed(events)).message();
        QCOMPARE(QByteArray::fromStdString(toJson(told)), QByteArray::fromStdString(toJson(expected)));
    }
}

void TstAnthropicAnswer::stopReasons_data()
{
    QTest::addColumn<QByteArray>("google");
    QTest::addColumn<bool>("calls");
    QTest::addColumn<QByteArray>("anthropic");
    const auto row = [](const char *google, bool calls, const char *anthropic) {
        QTest::addRow("%s%s", google, calls ? " with a call" : "")
            << QByteArray(google) << calls << QByteArray(anthropic);
    };
    row("STOP", false, "end_turn");
    row("STOP", true, "tool_use");
    row("MAX_TOKENS", false, "max_tokens");
    row("MAX_TOKENS", true, "max_tokens");
    row("SAFETY", false, "refusal");
    row("PROHIBITED_CONTENT", false, "refusal");
    row("RECITATION", false, "refusal");
    row("SOMETHING_NEW", false, "end_turn");
}

void TstAnthropicAnswer::stopReasons()
{
    QFETCH(QByteArray, google);
    QFETCH(bool, calls);
    QFETCH(QByteArray, anthropic);
    const std::string answer = gemini(calls ? R"({"functionCall":{"name":"f"}})" : R"({"text":"a"})",
                                      R"(,"finishReason":")" + google.toStdString() + "\"");
    QCOMPARE(QByteArray::fromStdString(std::string(stringAt(parsed(whole(answer)), "stop_reason"))),
             anthropic);
    QCOMPARE(MessageJoin(streamed({answer})).message(), parsed(whole(answer)));
}

void TstAnthropicAnswer::stopSequences_data()
{
    QTest::addColumn<QByteArray>("stops"); // JSON
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QByteArray>("which"); // empty: none
    const auto row = [](const char *stops, const char *text, const char *told, const char *which) {
        QTest::addRow("%s in %s", stops, text)
            << QByteArray(stops) << QByteArray(text) << QByteArray(told) << QByteArray(which);
    };
    row(R"(["END"])", "a END b", "a ", "END");
    row(R"(["END"])", "a EN b", "a EN b", "");
    row(R"(["END"])", "a E", "a E", "");
    row(R"(["END"])", "ENEND", "EN", "END");
    row(R"(["END"])", "END", "", "END");
    row(R"(["aab"])", "xaaab", "xa", "aab");
    row(R"(["abab"])", "ababab", "", "abab");
    row(R"(["abcd","bc"])", "abcd", "a", "bc"); // the one that is complete first
    row(R"(["b","ab"])", "xab", "x", "ab");     // the longer of two
    row(R"(["","y"])", "xyz", "x", "y");
    row(R"(["1","2","3","4","5","6"])", "x6", "x", "6");
}

/// However the text comes in pieces, in all three ways: whole, whole out of Gemini's stream, and streamed.
void TstAnthropicAnswer::stopSequences()
{
    QFETCH(QByteArray, stops);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, told);
    QFETCH(QByteArray, which);
    const std::string more = "\"stop_sequences\":" + stops.toStdString() + ',';
    const auto part = [](const QByteArray &piece) { return "{\"text\":\"" + piece.toStdString() + "\"}"; };
    const std::string last =
        R"({"candidates":[{"finishReason":"MAX_TOKENS","content":{"parts":[{"functionCall":{"name":"f"}}]}}]})";
    const json::object message = parsed(whole(gemini(part(text), R"(,"finishReason":"MAX_TOKENS")"), more));
    const json::array &content = message.at("content").as_array();
    QCOMPARE(content.size(), std::size_t{told.isEmpty() ? 0u : 1u});
    if (!told.isEmpty())
        QCOMPARE(QByteArray::fromStdString(std::string(stringAt(content[0].as_object(), "text"))), told);
    QCOMPARE(stringAt(message, "stop_reason"),
             std::string_view(which.isEmpty() ? "max_tokens" : "stop_sequence"));
    QCOMPARE(message.at("stop_sequence"), which.isEmpty() ? json::value() : json::value(which.toStdString()));
    for (unsigned cuts = 0; cuts < 1U << (text.size() - 1); ++cuts) {
        std::vector<std::string> events;
        qsizetype from = 0;
        for (qsizetype to = 1; to <= text.size(); ++to) {
            if (to < text.size() && (cuts >> (to - 1) & 1U) == 0)
                continue;
            events.push_back(gemini(part(text.mid(from, to - from))));
            from = to;
        }
        events.push_back(which.isEmpty() ? R"({"candidates":[{"finishReason":"MAX_TOKENS"}]})" : last);
        const std::unique_ptr<Translation> gathered = translation(false, more);
        std::string out;
        for (const std::string &event : events)
            QVERIFY(gathered->event(event, out));
        QVERIFY(out.empty());
        QVERIFY(gathered->finish(out));
        QCOMPARE(QByteArray::fromStdString(out), QByteArray::fromStdString(toJson(message)));
        QCOMPARE(MessageJoin(streamed(events, more)).message(), message);
    }
}

/// Not in thoughts, pictures and code that ran; and not across a call.
void TstAnthropicAnswer::stopsOnlyInTheModelsText()
{
    const std::string more = std::string(THINKING) + R"("stop_sequences":["AB"],)";
    const std::string answer = gemini(
        R"({"text":"AB","thought":true},{"text":"xA"},{"functionCall":{"id":"i","name":"f"}},{"text":"B"},)"
        R"({"executableCode":{"language":"PYTHON","code":"AB"}})",
        R"(,"finishReason":"STOP")");
    const json::object message = parsed(whole(answer, more));
    QCOMPARE(QByteArray::fromStdString(toJson(message.at("content"))),
             QByteArray(R"([{"type":"thinking","thinking":"AB","signature":""},{"type":"text","text":"xA"},)"
                        R"({"type":"tool_use","id":"i","name":"f","input":{}},)"
                        R"({"type":"text","text":"B\n```python\nAB\n```\n"}])"));
    QCOMPARE(stringAt(message, "stop_reason"), std::string_view("tool_use"));
    QCOMPARE(MessageJoin(streamed({answer}, more)).message(), message);
}

void TstAnthropicAnswer::isCompleteOnceCut()
{
    for (const bool stream : {false, true}) {
        const std::unique_ptr<Translation> message = translation(stream, R"("stop_sequences":["END"],)");
        QVERIFY(message->asksStream());
        std::string out;
        QVERIFY(message->event(gemini(R"({"text":"a EN"})"), out));
        QVERIFY(!message->isComplete());
        QVERIFY(message->event(gemini(R"({"text":"D b"})"), out));
        QVERIFY(message->isComplete());
        QVERIFY(message->finish(out)); // no finish reason of Gemini's is waited for
        message->restart();
        QVERIFY(!message->isComplete());
    }
    QVERIFY(!translation(false)->asksStream());
}

void TstAnthropicAnswer::writesTheWholeMessage()
{
    QCOMPARE(QByteArray::fromStdString(whole(gemini(R"({"text":"a"})", R"(,"finishReason":"STOP")"))),
             QByteArray(R"({"id":"msg_abc","type":"message","role":"assistant","model":"gemini-3.6-flash",)"
                        R"("content":[{"type":"text","text":"a"}],"stop_reason":"end_turn",)"
                        R"("stop_sequence":null,"usage":{"input_tokens":6,"cache_creation_input_tokens":0,)"
                        R"("cache_read_input_tokens":4,"output_tokens":12}})"));
    const json::object blocked = parsed(whole(R"({"promptFeedback":{"blockReason":"SAFETY"}})"));
    QCOMPARE(stringAt(blocked, "stop_reason"), std::string_view("refusal"));
    QVERIFY(toJson(blocked.at("content")).find("SAFETY") != std::string::npos);
    QCOMPARE(MessageJoin(streamed({R"({"promptFeedback":{"blockReason":"SAFETY"}})"})).message(), blocked);
}

void TstAnthropicAnswer::writesEventsAsAnthropicDoes()
{
    const QByteArray usage =
        R"({"input_tokens":6,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,)"
        R"("output_tokens":12})";
    QByteArray expected;
    const auto event = [&expected](const QByteArray &name, const QByteArray &rest) {
        expected += "event: " + name + "\ndata: {\"type\":\"" + name + "\"" + rest + "}\n\n";
    };
    event("message_start", R"(,"message":{"id":"msg_abc","type":"message","role":"assistant",)"
                           R"("model":"gemini-3.6-flash","content":[],"stop_reason":null,)"
                           R"("stop_sequence":null,"usage":)" +
                               usage + "}");
    event("content_block_start",
          R"(,"index":0,"content_block":{"type":"thinking","thinking":"","signature":""})");
    event("content_block_delta", R"(,"index":0,"delta":{"type":"thinking_delta","thinking":"h"})");
    event("content_block_delta", R"(,"index":0,"delta":{"type":"signature_delta","signature":"gemini:S"})");
    event("content_block_stop", R"(,"index":0)");
    event("content_block_start", R"(,"index":1,"content_block":{"type":"text","text":""})");
    event("content_block_delta", R"(,"index":1,"delta":{"type":"text_delta","text":"a"})");
    event("content_block_stop", R"(,"index":1)");
    event("content_block_start",
          R"(,"index":2,"content_block":{"type":"tool_use","id":"i","name":"f","input":{}})");
    event("content_block_delta",
          R"(,"index":2,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"})");
    event("content_block_stop", R"(,"index":2)");
    event("message_delta", R"(,"delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":)" + usage);
    event("message_stop", "");
    QCOMPARE(QByteArray::fromStdString(streamed(
                 {gemini(R"({"text":"h","thought":true})"), gemini(R"({"text":"a","thoughtSignature":"S"})"),
                  gemini(R"({"functionCall":{"id":"i","name":"f","args":{"q":1}}})",
                         R"(,"finishReason":"STOP")")})),
             expected);
}

void TstAnthropicAnswer::tellsTheQuestionsTokensFirst()
{
    const MessageJoin join(streamed(
        {R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":8}})",
         R"({"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":3}})"}));
    QCOMPARE(integerAt(join.firstUsage(), "input_tokens", -1), 8);
    QCOMPARE(integerAt(join.firstUsage(), "output_tokens", -1), 0);
    QCOMPARE(integerAt(join.message().at("usage").as_object(), "output_tokens", -1), 3);
}

void TstAnthropicAnswer::keepsSignaturesOfCalls()
{
    const std::unique_ptr<Translation> message = translation(false, "");
    QVERIFY(message->answer(gemini(R"({"functionCall":{"id":"i1","name":"f"},"thoughtSignature":"S"},)"
                                   R"({"functionCall":{"id":"i2","name":"g"}})",
                                   R"(,"finishReason":"STOP")")));
    const auto signatures = message->takeSignatures();
    QCOMPARE(signatures.size(), std::size_t{1});
    QCOMPARE(signatures.front().first, std::string("i1"));
    QCOMPARE(signatures.front().second, std::string("S"));
}

void TstAnthropicAnswer::makesIdsOfItsOwn()
{
    const json::object message = parsed(whole(gemini(
        R"({"functionCall":{"name":"f"}},{"functionCall":{"name":"f"}})", R"(,"finishReason":"STOP")")));
    const json::array &content = message.at("content").as_array();
    const std::string first(stringAt(content[0].as_object(), "id"));
    QVERIFY(first.starts_with("toolu_"));
    QVERIFY(first != stringAt(content[1].as_object(), "id"));
}

void TstAnthropicAnswer::tellsOnlyOneCallWhenAsked()
{
    const std::string single = R"("tools":[{"name":"f","input_schema":{}}],)"
                               R"("tool_choice":{"type":"auto","disable_parallel_tool_use":true},)";
    const std::string answer =
        gemini(R"({"functionCall":{"name":"f"}},{"functionCall":{"name":"f"}})", R"(,"finishReason":"STOP")");
    QCOMPARE(parsed(whole(answer, single)).at("content").as_array().size(), std::size_t{1});
    QCOMPARE(MessageJoin(streamed({answer}, single)).message(), parsed(whole(answer, single)));
}

void TstAnthropicAnswer::hidesThoughtsThatWereNotAskedFor()
{
    const std::string answer = gemini(R"({"text":"h","thought":true},{"text":"a","thoughtSignature":"S"})",
                                      R"(,"finishReason":"STOP")");
    QCOMPARE(QByteArray::fromStdString(toJson(parsed(whole(answer, "")).at("content"))),
             QByteArray(R"([{"type":"text","text":"a"}])"));
}

void TstAnthropicAnswer::failsOnErrors_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("streamOnly");
    QTest::addColumn<int>("status");
    QTest::newRow("no JSON") << QByteArray("<html>") << false << 502;
    QTest::newRow("an error") << QByteArray(R"({"error":{"code":503,"message":"m","status":"UNAVAILABLE"}})")
                              << false << 503;
    QTest::newRow("nothing") << QByteArray("{}") << false << 502;
    QTest::newRow("no candidates") << QByteArray(R"({"candidates":[]})") << false << 502;
    QTest::newRow("no end") << QByteArray(R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}]})") << true
                            << 502;
    QTest::newRow("a broken call") << QByteArray(
                                          R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]})")
                                   << false << 502;
}

void TstAnthropicAnswer::failsOnErrors()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, streamOnly);
    QFETCH(int, status);
    const std::unique_ptr<Translation> stream = translation(true);
    std::string out;
    Result<void> told = stream->event(answer.toStdString(), out);
    if (told)
        told = stream->finish(out);
    QVERIFY(!told);
    QCOMPARE(told.error().status, status);
    const Result<std::string> message = translation(false)->answer(answer.toStdString());
    QCOMPARE(message.has_value(), streamOnly);
    if (!message)
        QCOMPARE(message.error().status, status);
}

void TstAnthropicAnswer::breaksOffWithAnErrorEvent()
{
    const std::unique_ptr<Translation> stream = translation(true);
    std::string out;
    stream->breakOff(Error{503, "overloaded", "Too much.", {}, 0}, out);
    QCOMPARE(QByteArray::fromStdString(out),
             QByteArray("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        "\"message\":\"Too much.\"},\"request_id\":\"req_abc\"}\n\n"));
}

void TstAnthropicAnswer::beginsAnewAfterRestart()
{
    const std::unique_ptr<Translation> stream = translation(true);
    std::string out;
    QVERIFY(stream->event(gemini(R"({"text":"lost"})"), out));
    out.clear();
    stream->restart();
    QVERIFY(stream->event(gemini(R"({"text":"a"})", R"(,"finishReason":"STOP")"), out));
    QVERIFY(stream->finish(out));
    QCOMPARE(QByteArray::fromStdString(toJson(MessageJoin(out).message().at("content"))),
             QByteArray(R"([{"type":"text","text":"a"}])"));
}

void TstAnthropicAnswer::countTokensAnswers()
{
    const auto counted = [](const char *answer) {
        const std::unique_ptr<Translation> count = std::move(
            *anthropicCountTokens(R"({"model":"m","messages":[{"role":"user","content":"x"}]})", CONTEXT));
        const Result<std::string> told = count->answer(answer);
        return told ? *told : std::to_string(told.error().status);
    };
    QCOMPARE(counted(R"({"totalTokens":31,"promptTokensDetails":[]})"),
             std::string(R"({"input_tokens":31})"));
    QCOMPARE(counted(R"({"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}})"),
             std::string("429"));
    QCOMPARE(counted("{}"), std::string("502"));
    QCOMPARE(counted("no"), std::string("502"));
}

QTEST_APPLESS_MAIN(TstAnthropicAnswer)
#include "tst_anthropicanswer.moc"
