#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatstream.h"
#include "tests/dialects/chatjoin.h"

using namespace Gateway;

class TstChatAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsAPlainAnswer();
    void putsCandidatesInOrder();
    void setsThoughtsApart();
    void tellsToolCalls();
    void givesCallsIdsThatNoOtherAnswerHas();
    void keepsGooglesCallIds();
    void handsOutSignatures();
    void tellsTheSignatureOfText();
    void keepsTheFirstCallWhenCallsMayNotBeParallel();
    void tellsLegacyFunctionCalls();
    void namesTheFinish_data();
    void namesTheFinish();
    void failsOnABrokenCall_data();
    void failsOnABrokenCall();
    void tellsABrokenCallBesideAGoodChoice();
    void tellsABlockedPrompt_data();
    void tellsABlockedPrompt();
    void tellsWhyAnAnswerWasCut();
    void fencesCode();
    void tellsImagesAsMarkdown();
    void tellsImagesApartWhenAsked();
    void leavesDraftImagesOut();
    void tellsOtherMediaAsLinks();
    void tellsAudio();
    void tellsLogprobs();
    void countsTokens_data();
    void countsTokens();
    void boundsCountsBeyondReason();
    void countsAudioTokens();
    void namesSourcesByCharacters();
    void namesCitations();
    void movesSourcesPastForeignContent();
    void survivesStrangeParts();
    void failsOnNonsense_data();
    void failsOnNonsense();
};

namespace {

const TranslationContext CONTEXT{"req_0123456789abcdefghijklmn", 1700000000};

ChatAnswerForm form()
{
    ChatAnswerForm form;
    form.model = "gemini-3.6-flash";
    form.includeUsage = true;
    return form;
}

/// One candidate with these parts and this finish reason.
std::string gemini(std::string_view parts, std::string_view finish = "STOP", std::string_view more = "")
{
    std::string out = R"({"candidates":[{"content":{"role":"model","parts":[)";
    out += parts;
    out += R"(]},"finishReason":")";
    out += finish;
    out += '"';
    out += more;
    out += "}]}";
    return out;
}

json::object whole(std::string_view answer, const ChatAnswerForm &wanted = form())
{
    ChatAnswer chat(wanted, CONTEXT);
    return parseJsonObject(chat.answer(answer).value()).value();
}

/// The only choice; that a stream of the one event tells the same is checked on the way.
json::object choice(std::string_view answer, const ChatAnswerForm &wanted = form())
{
    json::object completion = whole(answer, wanted);
    ChatStream stream(wanted, CONTEXT);
    std::string sse;
    if (!stream.event(answer, sse) || !stream.finish(sse))
        throw std::runtime_error("the stream fails");
    const json::object joined = ChatJoin(sse).completion();
    if (joined.at("choices") != completion.at("choices"))
        throw std::runtime_error("stream and whole differ:\n" + toJson(joined.at("choices")) + "\n" +
                                 toJson(completion.at("choices")));
    if (joined.at("usage") != completion.at("usage"))
        throw std::runtime_error("usage differs");
    return completion.at("choices").as_array().at(0).as_object();
}

json::object message(std::string_view answer, const ChatAnswerForm &wanted = form())
{
    return choice(answer, wanted).at("message").as_object();
}

std::string text(const json::object &object, std::string_view name)
{
    return std::string(stringAt(object, name));
}

json::object usage(std::string_view metadata)
{
    return whole(R"({"candidates":[{"content":{"parts":[{"text":"x"}]}}],"usageMetadata":)" +
                 std::string(metadata) + "}")
        .at("usage")
        .as_object();
}

} // namespace

void TstChatAnswer::tellsAPlainAnswer()
{
    const json::object out =
        whole(R"({"candidates":[{"content":{"parts":[{"text":"Hel"},{"text":"lo \"you\"\n"}],
        "role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":7,
        "candidatesTokenCount":10,"totalTokenCount":17},"modelVersion":"gemini-3.6-flash-001","responseId":"r"})");
    QCOMPARE(json::value(out),
             parseJson(R"({"id":"chatcmpl-0123456789abcdefghijklmn","object":"chat.completion",
        "created":1700000000,"model":"gemini-3.6-flash","choices":[{"index":0,"message":{"role":"assistant",
        "content":"Hello \"you\"\n","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":7,"completion_tokens":10,"total_tokens":17,
        "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":
        {"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}})")
                 .value());
}

void TstChatAnswer::putsCandidatesInOrder()
{
    const json::object out = whole(R"({"candidates":[
        {"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"MAX_TOKENS"},
        {"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]})");
    const json::array &choices = out.at("choices").as_array();
    QCOMPARE(choices.size(), std::size_t{2});
    QCOMPARE(choices[0].at("index").as_int64(), 0);
    QVERIFY(choices[0].at("message").at("content") == "a");
    QVERIFY(choices[0].at("finish_reason") == "stop");
    QVERIFY(choices[1].at("message").at("content") == "b");
    QVERIFY(choices[1].at("finish_reason") == "length");
}

void TstChatAnswer::setsThoughtsApart()
{
    const json::object out = message(gemini(
        R"({"text":"Hm. ","thought":true},{"text":"So: "},{"text":"Yes.","thought":true},{"text":"42"})"));
    QCOMPARE(text(out, "reasoning_content"), std::string("Hm. Yes."));
    QCOMPARE(text(out, "content"), std::string("So: 42"));
}

void TstChatAnswer::tellsToolCalls()
{
    const json::object out = choice(gemini(
        R"({"functionCall":{"name":"f","args":{"z":1,"a":{"b":[1.5,"x\"y",null]}}},"thoughtSignature":"SIG"},)"
        R"({"functionCall":{"name":"g"}})"));
    QVERIFY(out.at("finish_reason") == "tool_calls");
    const json::object &told = out.at("message").as_object();
    QVERIFY(told.at("content").is_null());
    const json::array &calls = told.at("tool_calls").as_array();
    QCOMPARE(calls.size(), std::size_t{2});
    QVERIFY(calls[0].at("type") == "function");
    QVERIFY(calls[0].at("function").at("name") == "f");
    QCOMPARE(text(calls[0].at("function").as_object(), "arguments"),
             std::string(R"({"z":1,"a":{"b":[1.5,"x\"y",null]}})"));
    QVERIFY(calls[0].at("extra_content").at("google").at("thought_signature") == "SIG");
    QCOMPARE(text(calls[1].at("function").as_object(), "arguments"), std::string("{}"));
    QVERIFY(!calls[1].as_object().contains("extra_content"));
    QVERIFY(calls[0].at("id") != calls[1].at("id"));
    QCOMPARE(text(message(gemini(R"({"text":"Calling."},{"functionCall":{"name":"f"}})")), "content"),
             std::string("Calling."));
}

void TstChatAnswer::givesCallsIdsThatNoOtherAnswerHas()
{
    const auto idOf = [](const TranslationContext &context, const std::string &responseId) {
        ChatAnswer chat(form(), context);
        const std::string answer = chat.answer(R"({"responseId":")" + responseId +
                                               R"(","candidates":[{"content":{"parts":[)"
                                               R"({"functionCall":{"name":"f"}}]},"finishReason":"STOP"}]})")
                                       .value();
        const json::value parsed = parseJson(answer).value();
        return std::string(parsed.at("choices")
                               .as_array()[0]
                               .at("message")
                               .at("tool_calls")
                               .as_array()[0]
                               .at("id")
                               .as_string());
    };
    const std::string first = idOf(CONTEXT, "r1");
    QVERIFY(first.starts_with("call_") && first.size() <= 40);
    QCOMPARE(idOf(CONTEXT, "r1"), first);
    QVERIFY(idOf(CONTEXT, "r2") != first);
    QVERIFY(idOf({"req_0123456789abcdefghijklmo", CONTEXT.createdSeconds}, "r1") != first);
    QVERIFY(idOf({CONTEXT.requestId, CONTEXT.createdSeconds + 1}, "r1") != first);
    QVERIFY(idOf({"any thing \"else\"", 1}, "").starts_with("call_"));
}

void TstChatAnswer::keepsGooglesCallIds()
{
    const json::object out = message(gemini(R"({"functionCall":{"id":"own-1","name":"f"}},)"
                                            R"({"functionCall":{"id":"own-1","name":"g"}})"));
    const json::array &calls = out.at("tool_calls").as_array();
    QVERIFY(calls[0].at("id") == "own-1");
    QVERIFY(calls[1].at("id") != "own-1");
}

void TstChatAnswer::handsOutSignatures()
{
    const std::string answer = gemini(R"({"text":"t","thoughtSignature":"of text"},)"
                                      R"({"functionCall":{"name":"f"},"thoughtSignature":"S1"},)"
                                      R"({"functionCall":{"name":"g"}},)"
                                      R"({"functionCall":{"id":"x","name":"h"},"thoughtSignature":"S2"})");
    ChatAnswer chat(form(), CONTEXT);
    const json::value told = parseJson(chat.answer(answer).value()).value();
    const std::string firstId(
        told.at("choices").as_array()[0].at("message").at("tool_calls").as_array()[0].at("id").as_string());
    const std::vector<std::pair<std::string, std::string>> expected{{firstId, "S1"}, {"x", "S2"}};
    QCOMPARE(chat.takeSignatures(), expected);
    QVERIFY(chat.takeSignatures().empty());

    ChatStream stream(form(), CONTEXT);
    std::string sse;
    QVERIFY(stream.event(answer, sse).has_value());
    QCOMPARE(stream.takeSignatures(), expected);
    QVERIFY(stream.takeSignatures().empty());
}

void TstChatAnswer::tellsTheSignatureOfText()
{
    const json::object out = message(gemini(
        R"({"text":"a","thoughtSignature":"old"},{"text":"b"},{"text":"","thoughtSignature":"last"})"));
    QVERIFY(out.at("content") == "ab");
    QVERIFY(out.at("extra_content").at("google").at("thought_signature") == "last");
    const json::object alone = message(gemini(R"({"text":"","thoughtSignature":"S"})"));
    QVERIFY(alone.at("content") == "" && alone.contains("extra_content"));
}

void TstChatAnswer::keepsTheFirstCallWhenCallsMayNotBeParallel()
{
    ChatAnswerForm single = form();
    single.singleCall = true;
    const json::object out =
        message(gemini(R"({"functionCall":{"name":"f"}},{"functionCall":{"name":"g"}})"), single);
    QCOMPARE(out.at("tool_calls").as_array().size(), std::size_t{1});
}

void TstChatAnswer::tellsLegacyFunctionCalls()
{
    ChatAnswerForm legacy = form();
    legacy.legacyFunctions = true;
    const json::object out =
        choice(gemini(R"({"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"S"})"), legacy);
    QVERIFY(out.at("finish_reason") == "function_call");
    QCOMPARE(
        json::value(out.at("message").at("function_call")),
        parseJson(
            R"({"name":"f","arguments":"{\"a\":1}","extra_content":{"google":{"thought_signature":"S"}}})")
            .value());
    QVERIFY(!out.at("message").as_object().contains("tool_calls"));
}

void TstChatAnswer::namesTheFinish_data()
{
    QTest::addColumn<QByteArray>("google");
    QTest::addColumn<QByteArray>("openAi");
    QTest::addColumn<bool>("tellsGoogles");
    const auto row = [](const char *google, const char *openAi, bool tellsGoogles = true) {
        QTest::newRow(google) << QByteArray(google) << QByteArray(openAi) << tellsGoogles;
    };
    row("STOP", "stop", false);
    row("MAX_TOKENS", "length", false);
    row("CONTINUATION", "length");
    row("TOO_MANY_TOOL_CALLS", "length");
    for (const char *cut :
         {"SAFETY", "RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
          "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER"})
        row(cut, "content_filter");
    row("NO_IMAGE", "stop");
    row("A_NEW_REASON", "stop");
}

void TstChatAnswer::namesTheFinish()
{
    QFETCH(QByteArray, google);
    QFETCH(bool, tellsGoogles);
    const json::object out = choice(gemini(R"({"text":"x"})", google.toStdString()));
    QTEST(QByteArray::fromStdString(text(out, "finish_reason")), "openAi");
    QCOMPARE(out.contains("native_finish_reason"), tellsGoogles);
    QCOMPARE(text(out, "native_finish_reason"), tellsGoogles ? google.toStdString() : std::string());
    QVERIFY(out.at("message").at("refusal").is_null());
}

void TstChatAnswer::failsOnABrokenCall_data()
{
    QTest::addColumn<QByteArray>("google");
    QTest::newRow("malformed") << QByteArray("MALFORMED_FUNCTION_CALL");
    QTest::newRow("unexpected") << QByteArray("UNEXPECTED_TOOL_CALL");
}

void TstChatAnswer::failsOnABrokenCall()
{
    QFETCH(QByteArray, google);
    const std::string answer =
        R"({"candidates":[{"finishReason":")" + google.toStdString() + R"(","finishMessage":"print it"}]})";
    ChatAnswer chat(form(), CONTEXT);
    const Result<std::string> out = chat.answer(answer);
    QVERIFY(!out);
    QCOMPARE(out.error().status, 502);
    QCOMPARE(QByteArray::fromStdString(out.error().code).toUpper(), google);
    QVERIFY(out.error().text.find("print it") != std::string::npos);
    ChatStream stream(form(), CONTEXT);
    std::string sse;
    QVERIFY(stream.event(answer, sse).has_value());
    const Result<void> end = stream.finish(sse);
    QVERIFY(!end && end.error().code == out.error().code);
    QVERIFY(sse.find("[DONE]") == std::string::npos);
}

void TstChatAnswer::tellsABrokenCallBesideAGoodChoice()
{
    const json::object out = whole(R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"},
        {"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]})");
    const json::array &choices = out.at("choices").as_array();
    QVERIFY(choices[0].at("finish_reason") == "stop");
    QVERIFY(choices[0].at("native_finish_reason") == "MALFORMED_FUNCTION_CALL");
    QVERIFY(choices[1].at("message").at("content") == "b");
}

void TstChatAnswer::tellsABlockedPrompt_data()
{
    QTest::addColumn<QByteArray>("feedback");
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("reason") << QByteArray(R"("blockReason":"SAFETY")")
                            << QByteArray("Gemini blocked the prompt (SAFETY).");
    QTest::newRow("message") << QByteArray(R"("blockReason":"OTHER","blockReasonMessage":"Bad words")")
                             << QByteArray("Gemini blocked the prompt (OTHER): Bad words");
    QTest::newRow("message alone") << QByteArray(R"("blockReasonMessage":"Bad words")")
                                   << QByteArray("Gemini blocked the prompt (OTHER): Bad words");
    QTest::newRow("new reason") << QByteArray(R"("blockReason":"NEW_ONE")")
                                << QByteArray("Gemini blocked the prompt (NEW_ONE).");
}

void TstChatAnswer::tellsABlockedPrompt()
{
    QFETCH(QByteArray, feedback);
    const json::object out = choice(R"({"candidates":[],"promptFeedback":{)" + feedback.toStdString() +
                                    R"(},"usageMetadata":{"promptTokenCount":8,"totalTokenCount":8}})");
    QVERIFY(out.at("finish_reason") == "content_filter");
    QVERIFY(out.at("message").at("content").is_null());
    QTEST(QByteArray::fromStdString(text(out.at("message").as_object(), "refusal")), "refusal");
}

void TstChatAnswer::tellsWhyAnAnswerWasCut()
{
    const json::object out =
        message(R"({"candidates":[{"finishReason":"SAFETY","finishMessage":"Not this."}]})");
    QCOMPARE(text(out, "refusal"), std::string("Gemini stopped the answer (SAFETY): Not this."));
    QVERIFY(out.at("content").is_null());
}

void TstChatAnswer::fencesCode()
{
    const json::object out =
        message(gemini(R"({"executableCode":{"language":"PYTHON","code":"print(1)\n"}},)"
                       R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}},{"text":"One."},)"
                       R"({"executableCode":{"language":"PYTHON","code":"'```'"}},)"
                       R"({"codeExecutionResult":{"outcome":"OUTCOME_FAILED","output":"Boom"}})"));
    QCOMPARE(text(out, "content"),
             std::string("```python\nprint(1)\n```\n\n```text\n1\n```\nOne.\n````python\n"
                         "'```'\n````\n\n```outcome_failed\nBoom\n```\n"));
}

void TstChatAnswer::tellsImagesAsMarkdown()
{
    const std::string image = R"({"inlineData":{"mimeType":"image/png","data":"iVBORw=="}})";
    const json::object out = message(gemini(R"({"text":"Here:"},)" + image));
    QCOMPARE(text(out, "content"), std::string("Here:\n\n![image](data:image/png;base64,iVBORw==)"));
    QVERIFY(!out.contains("images"));
    QCOMPARE(text(message(gemini(image)), "content"),
             std::string("![image](data:image/png;base64,iVBORw==)"));
    QCOMPARE(
        text(message(gemini(R"({"fileData":{"mimeType":"image/png","fileUri":"https://x/y"}})")), "content"),
        std::string("![image](https://x/y)"));
}

void TstChatAnswer::tellsImagesApartWhenAsked()
{
    ChatAnswerForm apart = form();
    apart.imagesApart = true;
    const std::string image = R"({"inlineData":{"mimeType":"image/png","data":"iVBORw=="}})";
    const json::object out = message(gemini(R"({"text":"Here:"},)" + image + ',' + image), apart);
    QCOMPARE(text(out, "content"), std::string("Here:"));
    QCOMPARE(out.at("images").as_array().size(), std::size_t{2});
    QCOMPARE(
        out.at("images").as_array()[1],
        parseJson(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}})").value());
    QVERIFY(message(gemini(image), apart).at("content").is_null());
}

void TstChatAnswer::leavesDraftImagesOut()
{
    const json::object out = message(
        gemini(R"({"inlineData":{"mimeType":"image/png","data":"AAAA"},"thought":true},{"text":"Done."})"));
    QCOMPARE(text(out, "content"), std::string("Done."));
    QVERIFY(!out.contains("reasoning_content"));
}

void TstChatAnswer::tellsOtherMediaAsLinks()
{
    QCOMPARE(
        text(message(gemini(R"({"inlineData":{"mimeType":"application/pdf","data":"JVBE"}})")), "content"),
        std::string("[application/pdf](data:application/pdf;base64,JVBE)"));
}

void TstChatAnswer::tellsAudio()
{
    const json::object out =
        message(gemini(R"({"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AAEC"}})"));
    QVERIFY(out.at("content").is_null());
    QVERIFY(out.at("audio").at("data") == "AAEC");
    QVERIFY(out.at("audio").at("id").is_string() && out.at("audio").at("expires_at").is_int64());
}

void TstChatAnswer::tellsLogprobs()
{
    const json::object out = choice(
        gemini(R"({"text":"Hé"})", "STOP", R"(,"avgLogprobs":-0.3,"logprobsResult":{"chosenCandidates":[
            {"token":"H","tokenId":1,"logProbability":-0.25},{"token":"é","tokenId":2}],
            "topCandidates":[{"candidates":[{"token":"H","logProbability":-0.25},{"token":"h","logProbability":-2}]}]})"));
    QCOMPARE(out.at("logprobs"), parseJson(R"({"content":[
        {"token":"H","logprob":-0.25,"bytes":[72],"top_logprobs":[{"token":"H","logprob":-0.25,"bytes":[72]},
         {"token":"h","logprob":-2,"bytes":[104]}]},
        {"token":"é","logprob":0,"bytes":[195,169],"top_logprobs":[]}],"refusal":null})")
                                     .value());
    QVERIFY(choice(gemini(R"({"text":"x"})", "STOP", R"(,"avgLogprobs":-0.3)")).at("logprobs").is_null());
}

void TstChatAnswer::countsTokens_data()
{
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<int>("prompt");
    QTest::addColumn<int>("completion");
    QTest::addColumn<int>("reasoning");
    QTest::addColumn<int>("cached");
    const auto row = [](const char *name, const char *metadata, int prompt, int completion, int reasoning = 0,
                        int cached = 0) {
        QTest::newRow(name) << QByteArray(metadata) << prompt << completion << reasoning << cached;
    };
    row("plain", R"({"promptTokenCount":6,"candidatesTokenCount":7,"totalTokenCount":13})", 6, 7);
    row("thoughts",
        R"({"promptTokenCount":38,"candidatesTokenCount":8,"totalTokenCount":547,"thoughtsTokenCount":501})",
        38, 509, 501);
    row("tools", R"({"promptTokenCount":118,"candidatesTokenCount":312,"totalTokenCount":2437,
        "toolUsePromptTokenCount":1961,"thoughtsTokenCount":46})",
        2079, 358, 46);
    row("tools within the prompt", R"({"promptTokenCount":100,"candidatesTokenCount":10,"totalTokenCount":110,
        "toolUsePromptTokenCount":40})",
        100, 10);
    row("thoughts within the candidates",
        R"({"promptTokenCount":10,"candidatesTokenCount":50,"totalTokenCount":60,
        "thoughtsTokenCount":40})",
        10, 50, 40);
    row("both within", R"({"promptTokenCount":100,"candidatesTokenCount":50,"totalTokenCount":150,
        "thoughtsTokenCount":40,"toolUsePromptTokenCount":7})",
        100, 50, 40);
    row("candidates untold", R"({"promptTokenCount":10,"totalTokenCount":30})", 10, 20);
    row("no candidates", R"({"promptTokenCount":8,"totalTokenCount":8})", 8, 0);
    row("no sense in the total", R"({"promptTokenCount":8,"candidatesTokenCount":2,"totalTokenCount":99})", 8,
        2);
    row("no total", R"({"promptTokenCount":8,"candidatesTokenCount":2,"thoughtsTokenCount":3})", 8, 5, 3);
    row("cached",
        R"({"promptTokenCount":80,"candidatesTokenCount":2,"cachedContentTokenCount":64,"totalTokenCount":82})",
        80, 2, 0, 64);
    row("strange", R"({"promptTokenCount":-5,"candidatesTokenCount":"7","totalTokenCount":null})", 0, 0);
    row("nothing", "{}", 0, 0);
}

void TstChatAnswer::countsTokens()
{
    QFETCH(QByteArray, metadata);
    QFETCH(int, prompt);
    QFETCH(int, completion);
    const json::object out = usage(metadata.toStdString());
    QCOMPARE(int(out.at("prompt_tokens").as_int64()), prompt);
    QCOMPARE(int(out.at("completion_tokens").as_int64()), completion);
    QCOMPARE(int(out.at("total_tokens").as_int64()), prompt + completion);
    QTEST(int(out.at("completion_tokens_details").at("reasoning_tokens").as_int64()), "reasoning");
    QTEST(int(out.at("prompt_tokens_details").at("cached_tokens").as_int64()), "cached");
}

/// Their sum would be no number any more.
void TstChatAnswer::boundsCountsBeyondReason()
{
    constexpr std::int64_t MOST = 1'000'000'000'000;
    const json::object out = usage(R"({"promptTokenCount":9223372036854775807,"toolUsePromptTokenCount":9,
        "candidatesTokenCount":9223372036854775807,"thoughtsTokenCount":9223372036854775807})");
    QCOMPARE(qint64(out.at("prompt_tokens").as_int64()), qint64(MOST + 9));
    QCOMPARE(qint64(out.at("completion_tokens").as_int64()), qint64(2 * MOST));
}

void TstChatAnswer::countsAudioTokens()
{
    const json::object out = usage(R"({"promptTokenCount":30,"candidatesTokenCount":20,"totalTokenCount":50,
        "promptTokensDetails":[{"modality":"TEXT","tokenCount":5},{"modality":"AUDIO","tokenCount":25}],
        "candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":20}]})");
    QCOMPARE(int(out.at("prompt_tokens_details").at("audio_tokens").as_int64()), 25);
    QCOMPARE(int(out.at("completion_tokens_details").at("audio_tokens").as_int64()), 20);
}

void TstChatAnswer::namesSourcesByCharacters()
{
    // "Café — " is 7 characters and 10 bytes; "naïve" is 5 and 6.
    const json::object out =
        message(gemini(R"({"text":"Café — naïve."})", "STOP", R"(,"groundingMetadata":{"groundingChunks":[
            {"web":{"uri":"https://a","title":"A"}},{"maps":{"uri":"https://m","title":"M"}},
            {"retrievedContext":{"uri":"https://r"}},{"web":{"title":"no uri"}}],
            "groundingSupports":[{"segment":{"startIndex":10,"endIndex":16,"text":"naïve"},
            "groundingChunkIndices":[0,1,7,-1,3]},{"segment":{"endIndex":5},"groundingChunkIndices":[0]},
            {"segment":{"startIndex":16,"endIndex":999},"groundingChunkIndices":[0]},{"segment":7}]})"));
    QCOMPARE(out.at("annotations"), parseJson(R"([
        {"type":"url_citation","url_citation":{"start_index":7,"end_index":12,"title":"A","url":"https://a"}},
        {"type":"url_citation","url_citation":{"start_index":7,"end_index":12,"title":"M","url":"https://m"}},
        {"type":"url_citation","url_citation":{"start_index":0,"end_index":4,"title":"A","url":"https://a"}},
        {"type":"url_citation","url_citation":{"start_index":12,"end_index":13,"title":"A","url":"https://a"}},
        {"type":"url_citation","url_citation":{"start_index":13,"end_index":13,"title":"","url":"https://r"}}])")
                                        .value());
    QVERIFY(!message(gemini(R"({"text":"x"})", "STOP", R"(,"groundingMetadata":{"webSearchQueries":["q"]})"))
                 .contains("annotations"));
}

void TstChatAnswer::namesCitations()
{
    const std::string_view expected =
        R"([{"type":"url_citation","url_citation":{"start_index":0,"end_index":2,"title":"","url":"https://c"}},
            {"type":"url_citation","url_citation":{"start_index":1,"end_index":3,"title":"T","url":"https://d"}}])";
    for (const std::string member : {"citationSources", "citations"}) {
        const json::object out = message(gemini(
            R"({"text":"äbc"})", "STOP",
            R"(,"citationMetadata":{")" + member +
                R"(":[{"endIndex":3,"uri":"https://c"},{"startIndex":2,"endIndex":9,"uri":"https://d","title":"T"},
                       {"startIndex":1,"endIndex":2},{"endIndex":3,"uri":"https://c"}]})"));
        QCOMPARE(out.at("annotations"), parseJson(expected).value());
    }
}

void TstChatAnswer::movesSourcesPastForeignContent()
{
    const json::object out =
        message(gemini(R"({"text":"ab"},{"executableCode":{"code":"c"}},{"text":"de"})", "STOP",
                       R"(,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"u"}}],"groundingSupports":[
               {"segment":{"startIndex":0,"endIndex":2},"groundingChunkIndices":[0]},
               {"segment":{"startIndex":2,"endIndex":4},"groundingChunkIndices":[0]}]})"));
    const std::string content = text(out, "content");
    const json::array &told = out.at("annotations").as_array();
    const auto piece = [&](const json::value &annotation) {
        const json::object &citation = annotation.at("url_citation").as_object();
        const auto start = static_cast<std::size_t>(citation.at("start_index").as_int64());
        return content.substr(start, static_cast<std::size_t>(citation.at("end_index").as_int64()) - start);
    };
    QCOMPARE(piece(told[0]), std::string("ab"));
    QCOMPARE(piece(told[1]), std::string("de"));
}

void TstChatAnswer::survivesStrangeParts()
{
    const json::object out = message(gemini(
        R"(7,null,{},{"text":5},{"functionCall":"x"},{"inlineData":{}},{"newKind":{"a":1}},{"text":""},{"text":"ok"})"));
    QCOMPARE(text(out, "content"), std::string("ok"));
    QCOMPARE(text(message(gemini(R"({"text":""})")), "content"), std::string());
}

void TstChatAnswer::failsOnNonsense_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const char *answer, int status, const char *code) {
        QTest::newRow(name) << QByteArray(answer) << status << QByteArray(code);
    };
    row("no JSON", "<html>", 502, "bad_upstream_answer");
    row("cut", R"({"candidates":[)", 502, "bad_upstream_answer");
    row("no object", "[1]", 502, "bad_upstream_answer");
    row("empty", "", 502, "bad_upstream_answer");
    row("no candidates", "{}", 502, "empty_upstream_answer");
    row("empty candidates", R"({"candidates":[],"promptFeedback":{}})", 502, "empty_upstream_answer");
    row("no parts, no reason", R"({"candidates":[{"content":{"other":true}}]})", 502,
        "empty_upstream_answer");
    row("strange candidates", R"({"candidates":[7]})", 502, "empty_upstream_answer");
    row("error", R"({"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}})", 429,
        "resource_exhausted");
    row("error list", R"([{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}])", 503, "unavailable");
}

void TstChatAnswer::failsOnNonsense()
{
    QFETCH(QByteArray, answer);
    ChatAnswer chat(form(), CONTEXT);
    const Result<std::string> out = chat.answer(answer.toStdString());
    QVERIFY(!out);
    QTEST(out.error().status, "status");
    QTEST(QByteArray::fromStdString(out.error().code), "code");
}

QTEST_APPLESS_MAIN(TstChatAnswer)
#include "tst_chatanswer.moc"
