#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/dialects/responses/responsesreplay.h"
#include "gateway/dialects/responses/responsessignature.h"

using namespace Gateway;

// Gemini's answers → responses, whole and streamed.
class TstResponsesAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEventsInOrder_data();
    void tellsEventsInOrder();
    void wholeIsWhatTheStreamEndsWith_data();
    void wholeIsWhatTheStreamEndsWith();
    void replaysWhatAStreamTells_data();
    void replaysWhatAStreamTells();
    void replaysFromAnyPlace();
    void replaysItsEnd_data();
    void replaysItsEnd();
    void tellsText();
    void tellsUsage();
    void sealsSignatures();
    void namesTheNamespace();
    void annotates();
    void tellsWhyItIsIncomplete_data();
    void tellsWhyItIsIncomplete();
    void refusesBlockedPrompts();
    void failsWithoutAnEnd();
    void breaksOff();
    void echoesTheRequest();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000, "resp_xyz"};

std::unique_ptr<Translation> translation(const std::string &more, bool stream)
{
    Result<std::unique_ptr<Translation>> made = openAiResponses(
        R"({"model":"gemini-3.6-flash","input":"x")" + more + (stream ? R"(,"stream":true})" : "}"), CONTEXT);
    return made ? std::move(*made) : nullptr;
}

const std::string ALL = R"(,"reasoning":{"summary":"auto"},"include":["reasoning.encrypted_content"],)"
                        R"("tools":[{"type":"function","name":"f"},{"type":"custom","name":"patch"}])";

/// A candidate's parts and what else it holds, as one of Gemini's answers.
std::string gemini(const std::string &parts, const std::string &more = R"(,"finishReason":"STOP")")
{
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + more +
           R"(}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"thoughtsTokenCount":2,)"
           R"("totalTokenCount":10,"cachedContentTokenCount":4}})";
}

struct Told
{
    std::vector<std::string> types;
    std::vector<json::object> data;
    bool inOrder = true;
};

Told eventsOf(const std::string &text)
{
    Told told;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t end = text.find("\n\n", from);
        const std::string event = text.substr(from, end - from);
        const std::size_t line = event.find('\n');
        told.types.push_back(event.substr(7, line - 7));
        told.data.push_back(parseJsonObject(std::string_view(event).substr(line + 7)).value());
        told.inOrder = told.inOrder && stringAt(told.data.back(), "type") == told.types.back() &&
                       integerAt(told.data.back(), "sequence_number", -1) ==
                           static_cast<std::int64_t>(told.data.size()) - 1;
        from = end + 2;
    }
    return told;
}

Told streamed(const std::string &more, const std::vector<std::string> &events)
{
    const auto made = translation(more, true);
    std::string out;
    for (const std::string &event : events) {
        if (!made->event(event, out))
            return {};
    }
    if (!made->finish(out))
        return {};
    return eventsOf(out);
}

json::object whole(const std::string &more, const std::string &answer)
{
    const Result<std::string> told = translation(more, false)->answer(answer);
    return told ? parseJsonObject(*told).value() : json::object();
}

const std::string THOUGHT = R"({"text":"hm","thought":true})";
const std::string TEXT = R"({"text":"Hi é"})";
const std::string CALL =
    R"({"functionCall":{"id":"c1","name":"f","args":{"a":1}},"thoughtSignature":"U0lH"})";
const std::string PATCH = R"({"functionCall":{"id":"c2","name":"patch","args":{"input":"*** x"}}})";
const std::string CODE = R"_({"executableCode":{"language":"PYTHON","code":"print(1)"}})_";
const std::string PRINTED = R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}})";
const std::string IMAGE = R"({"inlineData":{"mimeType":"image/png","data":"AAAA"}})";
const std::string GROUNDED =
    R"(,"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["q"],"groundingChunks":[{"web":{"uri":"https://a","title":"A"}}],)"
    R"("groundingSupports":[{"segment":{"startIndex":0,"endIndex":5},"groundingChunkIndices":[0]}]})";

const std::vector<std::string> MESSAGE{"response.output_item.added", "response.content_part.added",
                                       "response.output_text.delta", "response.output_text.done",
                                       "response.content_part.done", "response.output_item.done"};

std::vector<std::string> framed(const std::vector<std::vector<std::string>> &inner)
{
    std::vector<std::string> all{"response.created", "response.in_progress"};
    for (const auto &some : inner)
        all.insert(all.end(), some.begin(), some.end());
    all.emplace_back("response.completed");
    return all;
}

} // namespace

void TstResponsesAnswer::tellsEventsInOrder_data()
{
    using Types = std::vector<std::string>;
    QTest::addColumn<std::string>("answer");
    QTest::addColumn<Types>("types");
    const Types item{"response.output_item.added", "response.output_item.done"};
    const Types reasoning{"response.output_item.added",
                          "response.reasoning_summary_part.added",
                          "response.reasoning_summary_text.delta",
                          "response.reasoning_summary_text.done",
                          "response.reasoning_summary_part.done",
                          "response.output_item.done"};
    const Types call{"response.output_item.added", "response.function_call_arguments.delta",
                     "response.function_call_arguments.done", "response.output_item.done"};
    const Types custom{"response.output_item.added", "response.custom_tool_call_input.delta",
                       "response.custom_tool_call_input.done", "response.output_item.done"};
    const Types code{"response.output_item.added",
                     "response.code_interpreter_call.in_progress",
                     "response.code_interpreter_call_code.delta",
                     "response.code_interpreter_call_code.done",
                     "response.code_interpreter_call.interpreting",
                     "response.code_interpreter_call.completed",
                     "response.output_item.done"};
    const Types image{"response.output_item.added", "response.image_generation_call.in_progress",
                      "response.image_generation_call.generating", "response.image_generation_call.completed",
                      "response.output_item.done"};
    const Types search{"response.output_item.added", "response.web_search_call.in_progress",
                       "response.web_search_call.searching", "response.web_search_call.completed",
                       "response.output_item.done"};
    Types annotated = MESSAGE;
    annotated.insert(annotated.begin() + 3, "response.output_text.annotation.added");
    QTest::newRow("text") << gemini(TEXT) << framed({MESSAGE});
    QTest::newRow("thought, text") << gemini(THOUGHT + ',' + TEXT) << framed({reasoning, MESSAGE});
    QTest::newRow("thought, calls") << gemini(THOUGHT + ',' + CALL + ',' + PATCH)
                                    << framed({reasoning, call, custom});
    QTest::newRow("call alone") << gemini(CALL) << framed({item, call});
    QTest::newRow("code") << gemini(CODE + ',' + PRINTED + ',' + TEXT) << framed({code, MESSAGE});
    QTest::newRow("picture") << gemini(IMAGE) << framed({image});
    QTest::newRow("search") << gemini(TEXT, GROUNDED) << framed({annotated, search});
}

void TstResponsesAnswer::tellsEventsInOrder()
{
    using Types = std::vector<std::string>;
    QFETCH(std::string, answer);
    QFETCH(Types, types);
    const Told told = streamed(ALL, {answer});
    QCOMPARE(told.types, types);
    QVERIFY(told.inOrder);
}

void TstResponsesAnswer::wholeIsWhatTheStreamEndsWith_data()
{
    tellsEventsInOrder_data();
}

void TstResponsesAnswer::wholeIsWhatTheStreamEndsWith()
{
    QFETCH(std::string, answer);
    json::object last = streamed(ALL, {answer}).data.back().at("response").as_object();
    QCOMPARE(toJson(last), toJson(whole(ALL, answer)));
    QCOMPARE(stringAt(last, "id"), std::string_view("resp_xyz"));
    QCOMPARE(stringAt(last, "status"), std::string_view("completed"));
}

void TstResponsesAnswer::replaysWhatAStreamTells_data()
{
    tellsEventsInOrder_data();
}

/// A stream in which each text comes in one piece.
void TstResponsesAnswer::replaysWhatAStreamTells()
{
    QFETCH(std::string, answer);
    const auto made = translation(ALL, true);
    std::string out;
    QVERIFY(made->event(answer, out));
    QVERIFY(made->finish(out));
    const json::object last = eventsOf(out).data.back().at("response").as_object();
    QCOMPARE(QByteArray::fromStdString(replayedResponse(last)), QByteArray::fromStdString(out));
}

void TstResponsesAnswer::replaysFromAnyPlace()
{
    const json::object response = whole(ALL, gemini(THOUGHT + ',' + TEXT));
    const std::string all = replayedResponse(response);
    QVERIFY(endsResponse(all));
    std::size_t at = 0;
    std::size_t number = 0;
    for (; at < all.size(); ++number) {
        QCOMPARE(eventsFrom(all, number, response), all.substr(at));
        QCOMPARE(eventsFrom(all.substr(0, at), number, response).find("event: response.completed\n"),
                 std::size_t{0}); // its end, where the rest is not known
        QCOMPARE(endsResponse(all.substr(0, at)), false);
        at = all.find("\n\n", at) + 2;
    }
    for (const std::size_t beyond : {number, number + 5}) {
        const Told end = eventsOf(eventsFrom(all, beyond, response));
        QCOMPARE(end.types, std::vector<std::string>{"response.completed"});
        QCOMPARE(integerAt(end.data.front(), "sequence_number", -1), static_cast<std::int64_t>(beyond));
        QCOMPARE(end.data.front().at("response").as_object(), response);
    }
    QCOMPARE(eventsFrom(all.substr(0, all.size() - 3), number - 1, response),
             all.substr(all.rfind("event: ")));
}

void TstResponsesAnswer::replaysItsEnd_data()
{
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("type");
    QTest::newRow("completed") << std::string("completed") << std::string("response.completed");
    QTest::newRow("incomplete") << std::string("incomplete") << std::string("response.incomplete");
    QTest::newRow("failed") << std::string("failed") << std::string("response.failed");
    QTest::newRow("cancelled") << std::string("cancelled") << std::string("response.incomplete");
}

void TstResponsesAnswer::replaysItsEnd()
{
    QFETCH(std::string, status);
    QFETCH(std::string, type);
    const Told told = eventsOf(replayedResponse({{"id", "resp_a"}, {"status", status}, {"output", nullptr}}));
    QCOMPARE(told.types.back(), type);
    QVERIFY(told.inOrder);
}

void TstResponsesAnswer::tellsText()
{
    const Told told = streamed("", {gemini(R"({"text":"a"})", ""), gemini(R"({"text":"b"})")});
    std::string text;
    for (const json::object &event : told.data) {
        if (stringAt(event, "type") == "response.output_text.delta")
            text += stringAt(event, "delta");
    }
    QCOMPARE(text, std::string("ab"));
    const std::string last = toJson(told.data.back());
    const char *const output = R"("output":[{"id":"msg_xyz_0","type":"message","status":"completed",)"
                               R"("content":[{"type":"output_text","annotations":[],"logprobs":[],)"
                               R"("text":"ab"}],"role":"assistant"}])";
    QVERIFY2(last.find(output) != std::string::npos, last.c_str());
}

void TstResponsesAnswer::tellsUsage()
{
    const std::string usage =
        R"({"input_tokens":5,"input_tokens_details":{"cached_tokens":4},"output_tokens":5,)"
        R"("output_tokens_details":{"reasoning_tokens":2},"total_tokens":10})";
    QCOMPARE(toJson(whole("", gemini(TEXT)).at("usage")), usage);
}

/// In the reasoning item before the call, and for the memory by the call's id.
void TstResponsesAnswer::sealsSignatures()
{
    const auto made = translation(ALL, false);
    const json::object response = parseJsonObject(*made->answer(gemini(CALL))).value();
    const json::array &output = response.at("output").as_array();
    ResponsesSignature sealed;
    QVERIFY(readSealedSignature(stringAt(output[0].as_object(), "encrypted_content"), sealed));
    QCOMPARE(sealed.callId, std::string_view("c1"));
    QCOMPARE(sealed.signature, std::string_view("U0lH"));
    QCOMPARE(stringAt(output[1].as_object(), "call_id"), std::string_view("c1"));
    QCOMPARE(stringAt(output[1].as_object(), "arguments"), std::string_view(R"({"a":1})"));
    const auto signatures = made->takeSignatures();
    QCOMPARE(signatures.size(), std::size_t{1});
    QCOMPARE(signatures[0], std::pair(std::string("c1"), std::string("U0lH")));
    QCOMPARE(whole("", gemini(CALL)).at("output").as_array().size(), std::size_t{1}); // not asked for
}

void TstResponsesAnswer::namesTheNamespace()
{
    const std::string tools =
        R"(,"tools":[{"type":"namespace","name":"a","tools":[{"type":"function","name":"f"}]}])";
    const json::object response =
        whole(tools, gemini(R"({"functionCall":{"id":"c1","name":"a__f","args":{}}})"));
    const json::object &call = response.at("output").as_array()[0].as_object();
    QCOMPARE(stringAt(call, "name"), std::string_view("f"));
    QCOMPARE(stringAt(call, "namespace"), std::string_view("a"));
}

/// Google counts bytes, OpenAI characters.
void TstResponsesAnswer::annotates()
{
    const json::object response = whole("", gemini(TEXT, GROUNDED));
    const std::string output = toJson(response.at("output"));
    const char *const annotation = R"("annotations":[{"type":"url_citation","end_index":4,"start_index":0,)"
                                   R"("title":"A","url":"https://a"}])";
    QVERIFY2(output.find(annotation) != std::string::npos, output.c_str());
    const char *const action = R"("action":{"type":"search","query":"q","queries":["q"],)"
                               R"("sources":[{"type":"url","url":"https://a"}]})";
    QVERIFY2(output.find(action) != std::string::npos, output.c_str());
}

void TstResponsesAnswer::tellsWhyItIsIncomplete_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("length") << QByteArray("MAX_TOKENS") << QByteArray("max_output_tokens");
    QTest::newRow("safety") << QByteArray("SAFETY") << QByteArray("content_filter");
}

void TstResponsesAnswer::tellsWhyItIsIncomplete()
{
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, word);
    const std::string answer = gemini(TEXT, R"(,"finishReason":")" + reason.toStdString() + '"');
    const Told told = streamed("", {answer});
    QCOMPARE(told.types.back(), std::string("response.incomplete"));
    const json::object &response = told.data.back().at("response").as_object();
    QCOMPARE(stringAt(response, "status"), std::string_view("incomplete"));
    QCOMPARE(stringAt(response.at("incomplete_details").as_object(), "reason"),
             std::string_view(word.toStdString()));
    QCOMPARE(toJson(response), toJson(whole("", answer)));
}

void TstResponsesAnswer::refusesBlockedPrompts()
{
    const Told told = streamed("", {R"({"promptFeedback":{"blockReason":"SAFETY"}})"});
    QVERIFY(std::ranges::find(told.types, "response.refusal.done") != told.types.end());
    QCOMPARE(told.types.back(), std::string("response.incomplete"));
}

void TstResponsesAnswer::failsWithoutAnEnd()
{
    const auto made = translation("", true);
    std::string out;
    QVERIFY(made->event(gemini(TEXT, ""), out));
    const Result<void> ended = made->finish(out);
    QVERIFY(!ended);
    QCOMPARE(ended.error().status, 502);
    QVERIFY(!translation("", false)->answer("{}"));
    QVERIFY(!translation("", false)->answer(gemini("", R"(,"finishReason":"MALFORMED_FUNCTION_CALL")")));
}

void TstResponsesAnswer::breaksOff()
{
    const Error error{429, "resource_exhausted", "Too much.", {}, 0};
    const auto made = translation("", true);
    std::string out;
    made->breakOff(error, out);
    const Told early = eventsOf(out);
    QCOMPARE(early.types, std::vector<std::string>{"error"});
    QCOMPARE(toJson(early.data.back().at("error")),
             std::string(R"({"message":"Too much.","type":"rate_limit_error","param":null,)"
                         R"("code":"rate_limit_exceeded"})"));
    QCOMPARE(stringAt(early.data.back(), "code"), std::string_view("rate_limit_exceeded"));
    QCOMPARE(stringAt(early.data.back(), "message"), std::string_view("Too much."));
    made->restart();
    out.clear();
    QVERIFY(made->event(gemini(TEXT, ""), out));
    made->breakOff(error, out);
    const Told told = eventsOf(out);
    // Some clients act on the one event, some on the other.
    QCOMPARE(told.types[told.types.size() - 2], std::string("error"));
    QCOMPARE(stringAt(told.data[told.data.size() - 2], "message"), std::string_view("Too much."));
    QCOMPARE(told.types.back(), std::string("response.failed"));
    QCOMPARE(toJson(told.data.back().at("response").as_object().at("error")),
             std::string(R"({"code":"rate_limit_exceeded","message":"Too much."})"));
    QVERIFY(told.inOrder);
}

void TstResponsesAnswer::echoesTheRequest()
{
    const json::object response = whole(
        R"(,"metadata":{"a":"b"},"temperature":0.5,"previous_response_id":"resp_1","max_output_tokens":9,)"
        R"("conversation":"conv_1","reasoning":{"effort":"low"},"text":{"verbosity":"low"})",
        gemini(TEXT));
    QCOMPARE(toJson(response.at("metadata")), std::string(R"({"a":"b"})"));
    QCOMPARE(toJson(response.at("reasoning")), std::string(R"({"effort":"low","summary":null})"));
    QCOMPARE(toJson(response.at("text")), std::string(R"({"format":{"type":"text"},"verbosity":"low"})"));
    QCOMPARE(toJson(response.at("conversation")), std::string(R"({"id":"conv_1"})"));
    QCOMPARE(stringAt(response, "previous_response_id"), std::string_view("resp_1"));
    QCOMPARE(integerAt(response, "created_at", 0), std::int64_t{1700000000});
    QVERIFY(boolAt(response, "store", false));
}

QTEST_GUILESS_MAIN(TstResponsesAnswer)
#include "tst_responsesanswer.moc"
