#include <QTest>

#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatstream.h"
#include "tests/dialects/chatjoin.h"

using namespace Gateway;

class TstChatStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesChunksAsOpenAiDoes();
    void tellsUsageOnlyWhenAsked();
    void tellsAllPartsOfAnEvent();
    void countsCallsOverTheWholeStream();
    void keepsChoicesApart();
    void believesTheLastFinishReason();
    void tellsAnEmptyAnswer();
    void tellsABlockedPrompt();
    void passesOverEventsThatSayNothing();
    void failsWithoutAFinishReason();
    void failsWhenOneChoiceIsUnfinished();
    void failsWithoutAnyAnswer();
    void failsOnAnErrorEvent_data();
    void failsOnAnErrorEvent();
    void breaksOffSoThatClientsThrow();
    void tellsTheLastGrounding();
    void countsPositionsOverEvents();
    void tellsLogprobsThatComeWithoutText();
    void keepsTheLastTokenCounts();
    void joinsToTheWholeAnswer();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

ChatAnswerForm form(bool includeUsage = false)
{
    ChatAnswerForm form;
    form.model = "gemini-3.6-flash";
    form.includeUsage = includeUsage;
    return form;
}

/// An event with these parts of candidate `index`.
std::string partsEvent(std::string_view parts, int index = 0, std::string_view more = "")
{
    std::string out = R"J({"candidates":[{"content":{"role":"model","parts":[)J";
    out += parts;
    out += R"J(]},"index":)J" + std::to_string(index);
    out += more;
    out += "}]}";
    return out;
}

std::string finishEvent(std::string_view reason, int index = 0)
{
    return R"J({"candidates":[{"finishReason":")J" + std::string(reason) + R"J(","index":)J" +
           std::to_string(index) + "}]}";
}

std::string run(const std::vector<std::string> &events, const ChatAnswerForm &wanted = form())
{
    ChatStream stream(wanted, CONTEXT);
    std::string out;
    for (const std::string &event : events)
        if (const Result<void> told = stream.event(event, out); !told)
            throw std::runtime_error(told.error().text);
    if (const Result<void> end = stream.finish(out); !end)
        throw std::runtime_error(end.error().text);
    return out;
}

json::array joined(const std::vector<std::string> &events, const ChatAnswerForm &wanted = form())
{
    return ChatJoin(run(events, wanted)).completion().at("choices").as_array();
}

} // namespace

void TstChatStream::writesChunksAsOpenAiDoes()
{
    const std::string head = R"J(data: {"id":"chatcmpl-abc","object":"chat.completion.chunk",)J"
                             R"J("created":1700000000,"model":"gemini-3.6-flash","choices":[)J";
    const std::string out =
        run({partsEvent(R"J({"text":"Hi"})J"), partsEvent(R"J({"text":" \"you\""})J"),
             R"J({"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}],)J"
             R"J("usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}})J"},
            form(true));
    const std::string open = R"J({"index":0,"delta":{)J";
    const std::string close = R"J(},"logprobs":null,"finish_reason":null}],"usage":null})J";
    std::string expected;
    expected += head + open + R"J("role":"assistant","content":"Hi")J" + close + "\n\n";
    expected += head + open + R"J("content":" \"you\"")J" + close + "\n\n";
    expected += head + open + R"J("content":".")J" + close + "\n\n";
    expected += head + open + R"J(},"logprobs":null,"finish_reason":"stop"}],"usage":null})J" + "\n\n";
    expected += head + R"J(],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,)J"
                       R"J("prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},)J"
                       R"J("completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,)J"
                       R"J("accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}})J"
                       "\n\ndata: [DONE]\n\n";
    QCOMPARE(out, expected);
}

void TstChatStream::tellsUsageOnlyWhenAsked()
{
    const std::string out =
        run({R"J({"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}],)J"
             R"J("usageMetadata":{"promptTokenCount":1}})J"});
    QVERIFY(out.find("usage") == std::string::npos);
    QCOMPARE(sseData(out).size(), std::size_t{3});
}

void TstChatStream::tellsAllPartsOfAnEvent()
{
    const json::array choices = joined(
        {partsEvent(
             R"J({"text":"Hm","thought":true},{"text":"a"},{"functionCall":{"name":"f"}},{"text":"b"})J"),
         finishEvent("STOP")});
    const json::object &message = choices.at(0).at("message").as_object();
    QVERIFY(message.at("content") == "ab");
    QVERIFY(message.at("reasoning_content") == "Hm");
    QCOMPARE(message.at("tool_calls").as_array().size(), std::size_t{1});
    QVERIFY(choices.at(0).at("finish_reason") == "tool_calls");
}

void TstChatStream::countsCallsOverTheWholeStream()
{
    const std::string out =
        run({partsEvent(R"J({"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"name":"g"}})J"),
             partsEvent(R"J({"functionCall":{"name":"h"},"thoughtSignature":"S"})J"), finishEvent("STOP")});
    const json::array calls =
        ChatJoin(out).completion().at("choices").at(0).at("message").at("tool_calls").as_array();
    QCOMPARE(calls.size(), std::size_t{3});
    std::vector<std::string> names;
    for (const json::value &call : calls)
        names.emplace_back(call.at("function").at("name").as_string());
    QCOMPARE(names, (std::vector<std::string>{"f", "g", "h"}));
    QVERIFY(calls[0].at("id") != calls[1].at("id") && calls[1].at("id") != calls[2].at("id") &&
            calls[0].at("id") != calls[2].at("id"));
    QVERIFY(calls[2].at("extra_content").at("google").at("thought_signature") == "S");
    const json::value first = parseJson(sseData(out)[0]).value();
    QVERIFY(first.at("choices").at(0).at("delta").at("content").is_null());
    const json::value third = parseJson(sseData(out)[2]).value();
    QCOMPARE(third.at("choices").at(0).at("delta").at("tool_calls").at(0).at("index").as_int64(), 2);
}

void TstChatStream::keepsChoicesApart()
{
    const json::array choices = joined(
        {partsEvent(R"J({"text":"B1"})J", 1), partsEvent(R"J({"text":"A1"})J"),
         R"J({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"},)J"
         R"J({"index":1,"content":{"parts":[{"text":"B2"}]},"finishReason":"MAX_TOKENS"}]})J"});
    QCOMPARE(choices.size(), std::size_t{2});
    QVERIFY(choices[0].at("message").at("content") == "A1");
    QVERIFY(choices[0].at("finish_reason") == "tool_calls");
    QVERIFY(choices[1].at("message").at("content") == "B1B2");
    QVERIFY(choices[1].at("finish_reason") == "length");
}

void TstChatStream::believesTheLastFinishReason()
{
    const json::array choices = joined({partsEvent(R"J({"text":"a"})J", 0, R"J(,"finishReason":"STOP")J"),
                                        partsEvent(R"J({"text":"b"})J"), finishEvent("RECITATION")});
    QVERIFY(choices[0].at("message").at("content") == "ab");
    QVERIFY(choices[0].at("finish_reason") == "content_filter");
    QVERIFY(choices[0].at("native_finish_reason") == "RECITATION");
}

void TstChatStream::tellsAnEmptyAnswer()
{
    const json::array choices = joined({finishEvent("STOP")});
    QVERIFY(choices[0].at("message").at("content") == "");
    QVERIFY(choices[0].at("message").at("role") == "assistant");
    QVERIFY(choices[0].at("finish_reason") == "stop");
}

void TstChatStream::tellsABlockedPrompt()
{
    const json::array choices =
        joined({R"J({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","blockReasonMessage":"No."}})J"});
    QVERIFY(choices[0].at("message").at("refusal") == "Gemini blocked the prompt (PROHIBITED_CONTENT): No.");
    QVERIFY(choices[0].at("message").at("content").is_null());
    QVERIFY(choices[0].at("finish_reason") == "content_filter");
}

void TstChatStream::passesOverEventsThatSayNothing()
{
    const json::array choices =
        joined({"{}", R"J({"usageMetadata":{"promptTokenCount":1}})J", R"J({"promptFeedback":{}})J",
                partsEvent(""), partsEvent(R"J({"text":""})J"), partsEvent(R"J({"text":"a"})J"),
                R"J({"candidates":[]})J", R"J({"candidates":[{"content":{}}]})J", finishEvent("STOP"), "{}"});
    QCOMPARE(choices.size(), std::size_t{1});
    QVERIFY(choices[0].at("message").at("content") == "a");
}

void TstChatStream::failsWithoutAFinishReason()
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    QVERIFY(stream.event(partsEvent(R"J({"text":"a"})J"), out).has_value());
    const std::string before = out;
    const Result<void> end = stream.finish(out);
    QVERIFY(!end);
    QCOMPARE(end.error().status, 502);
    QCOMPARE(end.error().code, std::string("incomplete_upstream_answer"));
    QCOMPARE(out, before);
}

void TstChatStream::failsWhenOneChoiceIsUnfinished()
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    QVERIFY(stream.event(finishEvent("STOP"), out).has_value());
    QVERIFY(stream.event(partsEvent(R"J({"text":"a"})J", 1), out).has_value());
    QVERIFY(!stream.finish(out));
}

void TstChatStream::failsWithoutAnyAnswer()
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    QVERIFY(stream.event(R"J({"usageMetadata":{"promptTokenCount":1}})J", out).has_value());
    const Result<void> end = stream.finish(out);
    QVERIFY(!end && end.error().code == "empty_upstream_answer");
    QVERIFY(out.empty());
}

void TstChatStream::failsOnAnErrorEvent_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<int>("status");
    QTest::newRow("error") << QByteArray(R"J({"error":{"code":503,"message":"m","status":"UNAVAILABLE"}})J")
                           << 503;
    QTest::newRow("list") << QByteArray(R"J([{"error":{"code":429,"message":"m"}}])J") << 429;
    QTest::newRow("without a number") << QByteArray(R"J({"error":{"message":"m"}})J") << 502;
    QTest::newRow("no JSON") << QByteArray("oops") << 502;
    QTest::newRow("cut") << QByteArray(R"J({"candidates":[{"content")J") << 502;
    QTest::newRow("no object") << QByteArray("[]") << 502;
}

void TstChatStream::failsOnAnErrorEvent()
{
    QFETCH(QByteArray, event);
    ChatStream stream(form(), CONTEXT);
    std::string out;
    const Result<void> told = stream.event(event.toStdString(), out);
    QVERIFY(!told);
    QTEST(told.error().status, "status");
    QVERIFY(out.empty());
}

void TstChatStream::breaksOffSoThatClientsThrow()
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    stream.breakOff(Error{503, "unavailable", "The model is\noverloaded.", {}, 0}, out);
    QCOMPARE(out, std::string(R"J(data: {"error":{"message":"The model is\noverloaded.",)J"
                              R"J("type":"service_unavailable_error","param":null,"code":"unavailable"}})J"
                              "\n\n"));
}

void TstChatStream::tellsTheLastGrounding()
{
    const auto grounding = [](const char *uri) {
        return R"J(,"groundingMetadata":{"groundingChunks":[{"web":{"uri":")J" + std::string(uri) +
               R"J("}}],"groundingSupports":[{"segment":{"startIndex":1,"endIndex":2},"groundingChunkIndices":[0]}]})J";
    };
    const json::array choices =
        joined({partsEvent(R"J({"text":"abc"})J", 0, grounding("old")), partsEvent("", 0, grounding("new")),
                partsEvent("", 0, R"J(,"groundingMetadata":{})J"), finishEvent("STOP")});
    QCOMPARE(choices[0].at("message").at("annotations"), parseJson(R"J([{"type":"url_citation","url_citation":
                 {"start_index":1,"end_index":2,"title":"","url":"new"}}])J")
                                                             .value());
}

void TstChatStream::countsPositionsOverEvents()
{
    std::vector<std::string> events;
    for (int i = 0; i < 100; ++i)
        events.push_back(partsEvent(R"J({"text":"ab"},{"text":"日本—語"})J"));
    // Each round is 2 + 12 bytes and 6 characters: byte 1391 is the 日 of round 99 plus 3, its 本.
    events.push_back(partsEvent("", 0,
                                R"J(,"citationMetadata":{"citationSources":[
        {"startIndex":1391,"endIndex":1394,"uri":"u"}]})J"));
    events.push_back(finishEvent("STOP"));
    const json::array choices = joined(events);
    const json::object &citation =
        choices[0].at("message").at("annotations").at(0).at("url_citation").as_object();
    QCOMPARE(citation.at("start_index").as_int64(), 597);
    QCOMPARE(citation.at("end_index").as_int64(), 598);
}

void TstChatStream::tellsLogprobsThatComeWithoutText()
{
    const std::string probabilities =
        R"J(,"logprobsResult":{"chosenCandidates":[{"token":"a","logProbability":-1}]})J";
    const json::array choices = joined({partsEvent(R"J({"text":"a"})J", 0, probabilities),
                                        partsEvent("", 0, probabilities), finishEvent("STOP")});
    QCOMPARE(choices[0].at("logprobs").at("content").as_array().size(), std::size_t{2});
}

void TstChatStream::keepsTheLastTokenCounts()
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    QCOMPARE(stream.tokens().prompt, std::int64_t{-1});
    QVERIFY(
        stream
            .event(
                R"J({"usageMetadata":{"promptTokenCount":7,"thoughtsTokenCount":70,"totalTokenCount":77}})J",
                out)
            .has_value());
    QVERIFY(
        stream
            .event(
                R"J({"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":80}})J",
                out)
            .has_value());
    QCOMPARE(stream.tokens().prompt, std::int64_t{7});
    QCOMPARE(stream.tokens().thoughts, std::int64_t{70});
    QCOMPARE(stream.tokens().candidates, std::int64_t{3});
    QCOMPARE(stream.tokens().total, std::int64_t{80});
}

void TstChatStream::joinsToTheWholeAnswer()
{
    const std::vector<std::string> parts{
        R"J({"text":"Let me see. ","thought":true})J",
        R"J({"text":"Ünï"})J",
        R"J({"executableCode":{"language":"PYTHON","code":"1"}})J",
        R"J({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}})J",
        R"J({"inlineData":{"mimeType":"image/png","data":"AAAA"}})J",
        R"J({"text":"code"})J",
        R"J({"functionCall":{"name":"f","args":{"b":1,"a":[true,null,0.5]}},"thoughtSignature":"S"})J",
        R"J({"functionCall":{"name":"g"}})J",
    };
    const std::string sources =
        R"J(,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"u","title":"t"}}],"groundingSupports":[
            {"segment":{"startIndex":2,"endIndex":7},"groundingChunkIndices":[0]}]})J";
    std::vector<std::string> events;
    std::string all;
    for (const std::string &part : parts) {
        events.push_back(partsEvent(part));
        all += (all.empty() ? "" : ",") + part;
    }
    events.push_back(partsEvent("", 0, sources));
    events.push_back(finishEvent("STOP"));
    ChatAnswer chat(form(), CONTEXT);
    const json::value whole =
        parseJson(chat.answer(partsEvent(all, 0, sources + R"J(,"finishReason":"STOP")J")).value()).value();
    const json::array choices = joined(events);
    QVERIFY2(json::value(choices) == whole.at("choices"),
             (toJson(choices) + "\n" + toJson(whole.at("choices"))).c_str());
    QVERIFY(choices[0].at("message").as_object().contains("annotations"));
}

QTEST_APPLESS_MAIN(TstChatStream)
#include "tst_chatstream.moc"
