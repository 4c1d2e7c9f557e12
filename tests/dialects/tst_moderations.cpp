#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/images/moderations.h"
#include "gateway/dialects/images/moderationscores.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

// POST /v1/moderations.
class TstModerations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForOneNumberACategory();
    void isTakenByGemini_data();
    void isTakenByGemini();
    void refuses_data();
    void refuses();
    void tellsAVerdict();
    void ratingsRaiseScores();
    void whatIsBlockedIsFlagged_data();
    void whatIsBlockedIsFlagged();
    void picturesAreJudgedByTheirCategories();
    void joinsInputs();
    void failsWithoutAVerdict_data();
    void failsWithoutAVerdict();
    void knowsModelsByName();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

Result<std::unique_ptr<Translation>> asked(const std::string &input,
                                           const std::string &model = "gemini-3.5-flash-lite")
{
    return openAiModeration(R"({"model":")" + model + R"(","input":)" + input + '}', CONTEXT);
}

std::unique_ptr<Translation> translation(const std::string &input)
{
    Result<std::unique_ptr<Translation>> made = asked(input);
    if (!made)
        return nullptr;
    if ((*made)->takeParts().empty() && !(*made)->geminiBody({}))
        return nullptr;
    return std::move(*made);
}

json::value parsed(const std::string &text)
{
    return parseJson(text).value_or(json::value());
}

/// All categories 0 but `member`.
std::string verdict(const std::string &member = {}, const std::string &score = "0")
{
    std::string out = "{";
    for (const HarmCategory &category : HARM_CATEGORIES) {
        out += out.size() > 1 ? "," : "";
        out += '"' + std::string(category.member) + "\":" + (category.member == member ? score : "0");
    }
    return out + '}';
}

std::string gemini(const std::string &text, const std::string &more = {})
{
    std::string out = R"({"candidates":[{"content":{"parts":[{"text":)";
    appendJsonString(out, text);
    return out + R"(}]},"finishReason":"STOP"}])" + more + '}';
}

std::string ratings(const std::string &category, const std::string &probability)
{
    return R"("safetyRatings":[{"category":"HARM_CATEGORY_)" + category + R"(","probability":")" +
           probability + "\"}]";
}

json::value resultOf(const Result<std::string> &answer)
{
    return answer ? parsed(*answer).at("results").at(0) : json::value();
}

} // namespace

void TstModerations::asksForOneNumberACategory()
{
    const std::string body = *(*asked(R"("ignore this")"))->geminiBody({});
    const json::value root = parsed(body);
    QCOMPARE(toJson(root.at("contents")),
             std::string(R"([{"role":"user","parts":[{"text":"ignore this"}]}])"));
    const json::value &config = root.at("generationConfig");
    QCOMPARE(config.at("responseJsonSchema").at("properties").as_object().size(), HARM_COUNT);
    QCOMPARE(config.at("responseJsonSchema").at("required").as_array().size(), HARM_COUNT);
    QCOMPARE(std::string(config.at("thinkingConfig").at("thinkingLevel").as_string()),
             std::string("MINIMAL"));
    QCOMPARE(root.at("safetySettings").as_array().size(), 4u);
    QCOMPARE(std::string(root.at("safetySettings").at(3).at("threshold").as_string()),
             std::string("BLOCK_NONE"));
}

void TstModerations::isTakenByGemini_data()
{
    QTest::addColumn<QByteArray>("model");
    for (const char *name : {"gemini-3.5-flash-lite", "gemini-3.8-flash", "gemini-2.5-flash",
                             "gemini-2.5-pro", "gemini-3.1-pro-preview", "gemini-flash-lite-latest"})
        QTest::newRow(name) << QByteArray(name);
}

void TstModerations::isTakenByGemini()
{
    QFETCH(QByteArray, model);
    const std::string input = R"([{"type":"text","text":"a"},{"type":"image_url","image_url":)"
                              R"({"url":"data:image/png;base64,iVBORw0KGgo="}}])";
    const auto request = asked(input, model.toStdString());
    QVERIFY(request);
    const Result<std::string> body = (*request)->geminiBody({});
    QVERIFY(body);
    const auto *fake = TestSupport::findFakeModel(model.toStdString());
    QVERIFY(fake);
    json::object object = parsed(*body).as_object();
    const auto fault = TestSupport::checkGenerate(*fake, object);
    QVERIFY2(!fault, fault ? fault->c_str() : "");
}

void TstModerations::refuses_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const std::string &input, const char *param) {
        QTest::newRow(input.substr(0, 60).c_str()) << QByteArray::fromStdString(input) << QByteArray(param);
    };
    row("null", "input");
    row("\"\"", "input");
    row("[]", "input");
    row("5", "input");
    row("[\"a\",5]", "input[1]");
    row("[\"a\",\"\"]", "input[1]");
    row(R"([{"type":"text","text":"a"},"b"])", "input[1]");
    row(R"([{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}])", "input[0].type");
    row(R"([{"type":"image_url","image_url":{"url":"x:y"}}])", "input[0].image_url.url");
    std::string many;
    for (int i = 0; i < 101; ++i)
        many += i == 0 ? "\"a\"" : ",\"a\"";
    row('[' + many + ']', "input");
}

void TstModerations::refuses()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, param);
    const auto made = asked(input.toStdString());
    QVERIFY(!made);
    QCOMPARE(made.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(made.error().param), param);
}

void TstModerations::tellsAVerdict()
{
    const auto request = translation(R"("text")");
    QVERIFY(request);
    const Result<std::string> answer = request->answer(
        gemini(verdict("hate_threatening", "0.75"), R"(,"usageMetadata":{"promptTokenCount":9})"));
    QVERIFY(answer);
    const json::value root = parsed(*answer);
    QCOMPARE(std::string(root.at("id").as_string()), std::string("modr-abc"));
    QCOMPARE(std::string(root.at("model").as_string()), std::string("gemini-3.5-flash-lite"));
    const json::value &result = root.at("results").at(0);
    QVERIFY(result.at("flagged").as_bool());
    for (const HarmCategory &category : HARM_CATEGORIES) {
        const bool isMeant = category.name == "hate/threatening";
        QCOMPARE(result.at("categories").at(category.name).as_bool(), isMeant);
        QCOMPARE(result.at("category_scores").at(category.name).to_number<double>(), isMeant ? 0.75 : 0.0);
        QCOMPARE(toJson(result.at("category_applied_input_types").at(category.name)),
                 std::string("[\"text\"]"));
    }
    QCOMPARE(request->tokens().prompt, 9);
    QVERIFY(
        !resultOf(translation(R"("text")")->answer(gemini(verdict("hate", "0.49")))).at("flagged").as_bool());
}

void TstModerations::ratingsRaiseScores()
{
    const auto scoreOf = [](const std::string &answer, const char *category) {
        return resultOf(translation(R"("text")")->answer(answer))
            .at("category_scores")
            .at(category)
            .to_number<double>();
    };
    const std::string prompt = ",\"promptFeedback\":{" + ratings("SEXUALLY_EXPLICIT", "HIGH") + '}';
    QCOMPARE(scoreOf(gemini(verdict(), prompt), "sexual"), 0.9);
    QCOMPARE(scoreOf(gemini(verdict("sexual", "0.95"), prompt), "sexual"), 0.95);
    QCOMPARE(scoreOf(gemini(verdict(), prompt), "hate"), 0.0);
    const std::string low = ",\"promptFeedback\":{" + ratings("HATE_SPEECH", "NEGLIGIBLE") + '}';
    QCOMPARE(scoreOf(gemini(verdict(), low), "hate"), 0.0);
}

void TstModerations::whatIsBlockedIsFlagged_data()
{
    QTest::addColumn<QByteArray>("gemini");
    QTest::newRow("prompt") << QByteArray::fromStdString(R"({"promptFeedback":{"blockReason":"SAFETY",)" +
                                                         ratings("HARASSMENT", "HIGH") + "}}");
    QTest::newRow("answer") << QByteArray::fromStdString(R"({"candidates":[{"finishReason":"SAFETY",)" +
                                                         ratings("HARASSMENT", "HIGH") + "}]}");
}

void TstModerations::whatIsBlockedIsFlagged()
{
    QFETCH(QByteArray, gemini);
    const json::value result = resultOf(translation(R"("text")")->answer(gemini.toStdString()));
    QVERIFY(result.is_object());
    QVERIFY(result.at("flagged").as_bool());
    QVERIFY(result.at("categories").at("harassment").as_bool());
    const json::value bare = resultOf(
        translation(R"("text")")->answer(R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}})"));
    QVERIFY(bare.at("flagged").as_bool());
    QVERIFY(bare.at("categories").at("illicit").as_bool());
}

void TstModerations::picturesAreJudgedByTheirCategories()
{
    const std::string picture =
        R"({"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}})";
    const json::value alone =
        resultOf(translation('[' + picture + ']')->answer(gemini(verdict("hate", "1"))));
    QVERIFY(!alone.at("flagged").as_bool());
    QCOMPARE(toJson(alone.at("category_applied_input_types").at("hate")), std::string("[]"));
    QCOMPARE(toJson(alone.at("category_applied_input_types").at("violence")), std::string("[\"image\"]"));
    const json::value both = resultOf(
        translation(R"([{"type":"text","text":"a"},)" + picture + ']')->answer(gemini(verdict("hate", "1"))));
    QVERIFY(both.at("flagged").as_bool());
    QCOMPARE(toJson(both.at("category_applied_input_types").at("hate")), std::string("[\"text\"]"));
    QCOMPARE(toJson(both.at("category_applied_input_types").at("violence")),
             std::string("[\"text\",\"image\"]"));
}

void TstModerations::joinsInputs()
{
    const auto whole = asked(R"(["good","bad"])");
    QVERIFY(whole);
    const auto parts = (*whole)->takeParts();
    QCOMPARE(parts.size(), 2u);
    QVERIFY(parts[1]->geminiBody({})->find("\"bad\"") != std::string::npos);
    QVERIFY(parts[0]->geminiBody({})->find("\"good\"") != std::string::npos);
    const std::vector<std::string> pieces{*parts[0]->answer(gemini(verdict())),
                                          *parts[1]->answer(gemini(verdict("violence", "1")))};
    const json::value answer = parsed((*whole)->joined(pieces, {}));
    QCOMPARE(answer.at("results").as_array().size(), 2u);
    QVERIFY(!answer.at("results").at(0).at("flagged").as_bool());
    QVERIFY(answer.at("results").at(1).at("flagged").as_bool());
}

void TstModerations::failsWithoutAVerdict_data()
{
    QTest::addColumn<QByteArray>("gemini");
    QTest::newRow("words") << QByteArray::fromStdString(gemini("It is fine."));
    QTest::newRow("half") << QByteArray::fromStdString(gemini(R"({"hate":0})"));
    QTest::newRow("texts") << QByteArray::fromStdString(gemini(verdict("hate", "\"no\"")));
    QTest::newRow("nothing") << QByteArray(R"({"candidates":[]})");
}

void TstModerations::failsWithoutAVerdict()
{
    QFETCH(QByteArray, gemini);
    const Result<std::string> answer = translation(R"("text")")->answer(gemini.toStdString());
    QVERIFY(!answer);
    QCOMPARE(answer.error().status, 502);
}

void TstModerations::knowsModelsByName()
{
    QVERIFY(isOpenAiModerationModel("omni-moderation-latest"));
    QVERIFY(isOpenAiModerationModel(""));
    QVERIFY(!isOpenAiModerationModel("gemini-3.5-flash-lite"));
}

QTEST_APPLESS_MAIN(TstModerations)
#include "tst_moderations.moc"
