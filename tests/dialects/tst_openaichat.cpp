#include <algorithm>

#include <QTest>

#include "gateway/dialects/openai/openai.h"
#include "tests/dialects/chatjoin.h"

using namespace Gateway;

class TstOpenAiChat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesItself();
    void refusesABadRequest();
    void answersInTheAskedForm();
    void streamsInTheAskedForm();
    void forgetsAFailedAttempt();
    void breaksOffBothForms();
    void refusesTheOtherFormsCalls();
    void takesItsOwnAnswerBack();
    void searchesBesideFunctionsWhereTheModelCan_data();
    void searchesBesideFunctionsWhereTheModelCan();
};

namespace {

using Chat = std::unique_ptr<Translation>;

Chat chat(std::string_view more)
{
    const std::string body =
        R"J({"model":"models/gemini-3.6-flash","messages":[{"role":"user","content":"hi"}])J" +
        std::string(more) + "}";
    return std::move(openAiChat(body, {"req_1", 1700000000}).value());
}

constexpr std::string_view TEXT =
    R"J({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],)J"
    R"J("usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}})J";
constexpr std::string_view CALL =
    R"J({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":1}},)J"
    R"J("thoughtSignature":"U0lH"},{"functionCall":{"name":"g"}}]},"finishReason":"STOP"}]})J";
constexpr std::string_view IMAGE =
    R"J({"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},)J"
    R"J("finishReason":"STOP"}]})J";

json::object messageOf(std::string_view completion)
{
    return parseJson(completion).value().at("choices").at(0).at("message").as_object();
}

} // namespace

void TstOpenAiChat::namesItself()
{
    const Chat whole = chat("");
    QCOMPARE(whole->model(), std::string("gemini-3.6-flash"));
    QCOMPARE(whole->method(), std::string_view("generateContent"));
    QCOMPARE(whole->name(), std::string_view("chat.completions"));
    QVERIFY(!whole->isStream());
    QVERIFY(chat(R"J(,"stream":true)J")->isStream());
    QCOMPARE(whole->tokens().total, std::int64_t{-1});
    QVERIFY(parseJson(whole->geminiBody({}).value()).value().as_object().contains("contents"));
}

void TstOpenAiChat::refusesABadRequest()
{
    const auto out = openAiChat(R"J({"model":"m"})J", {"req_1", 1});
    QVERIFY(!out);
    QCOMPARE(out.error().status, 400);
    QCOMPARE(out.error().param, std::string("messages"));
}

void TstOpenAiChat::answersInTheAskedForm()
{
    const Chat plain = chat("");
    const json::value told = parseJson(plain->answer(TEXT).value()).value();
    QVERIFY(told.at("model") == "gemini-3.6-flash");
    QVERIFY(told.at("id") == "chatcmpl-1");
    QCOMPARE(plain->tokens().total, std::int64_t{3});
    QVERIFY(messageOf(chat("")->answer(IMAGE).value()).at("content") ==
            "![image](data:image/png;base64,AAAA)");
    QVERIFY(messageOf(chat(R"J(,"modalities":["text","image"])J")->answer(IMAGE).value()).contains("images"));
    const std::string tools = R"J(,"tools":[{"type":"function","function":{"name":"f"}},
        {"type":"function","function":{"name":"g"}}])J";
    QCOMPARE(messageOf(chat(tools)->answer(CALL).value()).at("tool_calls").as_array().size(), std::size_t{2});
    QCOMPARE(messageOf(chat(tools + R"J(,"parallel_tool_calls":false)J")->answer(CALL).value())
                 .at("tool_calls")
                 .as_array()
                 .size(),
             std::size_t{1});
    QVERIFY(messageOf(chat(R"J(,"functions":[{"name":"f"},{"name":"g"}])J")->answer(CALL).value())
                .contains("function_call"));
}

void TstOpenAiChat::streamsInTheAskedForm()
{
    for (const bool usage : {false, true}) {
        const Chat stream = chat(usage ? R"J(,"stream":true,"stream_options":{"include_usage":true})J"
                                       : R"J(,"stream":true)J");
        std::string out;
        QVERIFY(stream->event(TEXT, out).has_value());
        QVERIFY(stream->finish(out).has_value());
        const json::object joined = ChatJoin(out).completion();
        QVERIFY(joined.at("choices").at(0).at("message").at("content") == "Hi");
        QCOMPARE(joined.contains("usage"), usage);
        QCOMPARE(stream->tokens().total, std::int64_t{3});
    }
}

void TstOpenAiChat::forgetsAFailedAttempt()
{
    const Chat stream = chat(R"J(,"stream":true)J");
    std::string lost;
    stream->restart();
    QVERIFY(stream->event(CALL, lost).has_value());
    stream->restart();
    QCOMPARE(stream->tokens().total, std::int64_t{-1});
    QVERIFY(stream->takeSignatures().empty());
    std::string out;
    QVERIFY(stream->event(TEXT, out).has_value());
    QVERIFY(stream->finish(out).has_value());
    const json::object joined = ChatJoin(out).completion();
    QVERIFY(!joined.at("choices").at(0).at("message").as_object().contains("tool_calls"));
    QVERIFY(joined.at("choices").at(0).at("finish_reason") == "stop");

    const Chat whole = chat("");
    QVERIFY(!whole->answer(R"J({"usageMetadata":{"promptTokenCount":9}})J"));
    whole->restart();
    QCOMPARE(whole->tokens().prompt, std::int64_t{-1});
}

void TstOpenAiChat::breaksOffBothForms()
{
    const Error error{503, "unavailable", "Gone.", {}, 0};
    std::string out;
    chat(R"J(,"stream":true)J")->breakOff(error, out);
    QVERIFY(out.starts_with("data: {\"error\":{") && out.ends_with("}}\n\n"));
    out.clear();
    chat("")->breakOff(error, out);
    QVERIFY(parseJson(out).value().at("error").at("message") == "Gone.");
}

void TstOpenAiChat::refusesTheOtherFormsCalls()
{
    std::string out;
    QVERIFY(!chat("")->event(TEXT, out));
    QVERIFY(!chat("")->finish(out));
    QVERIFY(!chat(R"J(,"stream":true)J")->answer(TEXT));
    QVERIFY(out.empty());
}

void TstOpenAiChat::takesItsOwnAnswerBack()
{
    const Chat first = chat("");
    json::object said = messageOf(first->answer(CALL).value());
    const auto signatures = first->takeSignatures();
    QCOMPARE(signatures.size(), std::size_t{1});
    const std::string id(said.at("tool_calls").at(0).at("id").as_string());
    QCOMPARE(signatures[0], std::pair(id, std::string("U0lH")));

    const auto next = [&](bool withSignature) {
        json::object message = said;
        if (!withSignature)
            message.at("tool_calls").at(0).as_object().erase("extra_content");
        const std::string otherId(said.at("tool_calls").at(1).at("id").as_string());
        json::array messages{{{"role", "user"}, {"content", "hi"}},
                             std::move(message),
                             {{"role", "tool"}, {"tool_call_id", id}, {"content", "1"}},
                             {{"role", "tool"}, {"tool_call_id", otherId}, {"content", "2"}}};
        const json::object body{{"model", "gemini-3.6-flash"}, {"messages", std::move(messages)}};
        return std::move(openAiChat(toJson(body), {"req_2", 2}).value());
    };
    const auto firstPart = [](const std::string &body) {
        return parseJson(body).value().at("contents").at(1).at("parts").at(0).as_object();
    };
    const Chat carried = next(true);
    QVERIFY(carried->wantedSignatures().empty());
    QVERIFY(firstPart(carried->geminiBody({}).value()).at("thoughtSignature") == "U0lH");

    const Chat looked = next(false);
    const std::vector<std::string> &wanted = looked->wantedSignatures();
    QVERIFY(std::find(wanted.begin(), wanted.end(), id) != wanted.end());
    TranslationInputs inputs;
    inputs.signatures[id] = signatures[0].second;
    const json::object part = firstPart(looked->geminiBody(inputs).value());
    QVERIFY(part.at("thoughtSignature") == "U0lH");
    QVERIFY(part.at("functionCall").at("name") == "f");
}

void TstOpenAiChat::searchesBesideFunctionsWhereTheModelCan_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("hasFunctions");
    QTest::addColumn<bool>("searches");
    QTest::newRow("Gemini 3") << QByteArray("gemini-3.6-flash") << true << true;
    QTest::newRow("before it") << QByteArray("gemini-2.5-flash") << true << false;
    QTest::newRow("before it, alone") << QByteArray("gemini-2.5-flash") << false << true;
}

void TstOpenAiChat::searchesBesideFunctionsWhereTheModelCan()
{
    QFETCH(QByteArray, model);
    QFETCH(bool, hasFunctions);
    QFETCH(bool, searches);
    const std::string functions =
        hasFunctions ? R"J(,"tools":[{"type":"function","function":{"name":"f"}}])J" : "";
    const std::string body = R"J({"model":")J" + model.toStdString() +
                             R"J(","messages":[{"role":"user","content":"hi"}],"web_search_options":{})J" +
                             functions + "}";
    const Chat asked = std::move(openAiChat(body, {"req_1", 1700000000}).value());
    const std::string gemini = asked->geminiBody({}).value();
    QCOMPARE(gemini.find("googleSearch") != std::string::npos, searches);
    QCOMPARE(gemini.find("functionDeclarations") != std::string::npos, hasFunctions);
    QCOMPARE(asked->ignored(), std::string(searches ? "" : "web_search_options"));
}

QTEST_APPLESS_MAIN(TstOpenAiChat)
#include "tst_openaichat.moc"
