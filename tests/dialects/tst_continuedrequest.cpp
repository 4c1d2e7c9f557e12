#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/continuedrequest.h"
#include "gateway/dialects/usagesum.h"

using namespace Gateway;

/// The request that asks for the rest of an answer.
class TstContinuedRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksEachFamilyInItsWay_data();
    void asksEachFamilyInItsWay();
    void leavesTheRestOfTheRequestAlone();
    void saysNothingOfNothing();
    void followsLimits_data();
    void followsLimits();
    void refusesWhatCannotBeJoined_data();
    void refusesWhatCannotBeJoined();
    void addsUsage();
};

namespace {

std::string asked(const std::string &more = "")
{
    return R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}])" + more + "}";
}

PartialAnswer partial(std::string_view said, bool isCut = true, std::int64_t spent = 900)
{
    return {said, spent, isCut};
}

} // namespace

void TstContinuedRequest::asksEachFamilyInItsWay_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("asksByTheUser");
    QTest::newRow("2.5") << QByteArray("gemini-2.5-flash") << false;
    QTest::newRow("3.0") << QByteArray("gemini-3-pro-preview") << false;
    QTest::newRow("3.5") << QByteArray("gemini-3.5-flash-lite") << false;
    QTest::newRow("3.6") << QByteArray("gemini-3.6-flash") << true;
    QTest::newRow("3.8") << QByteArray("gemini-3.8-flash") << true;
    QTest::newRow("the newest") << QByteArray("gemini-flash-latest") << true;
    QTest::newRow("Gemma") << QByteArray("gemma-3-27b-it") << true;
}

void TstContinuedRequest::asksEachFamilyInItsWay()
{
    QFETCH(QByteArray, model);
    QFETCH(bool, asksByTheUser);
    const Result<std::string> body = continuedBody(asked(), model.toStdString(), partial("One, two"));
    QVERIFY(body.has_value());
    const json::array contents = parseJsonObject(*body)->at("contents").as_array();
    QCOMPARE(contents.size(), std::size_t(asksByTheUser ? 3 : 2));
    QCOMPARE(toJson(contents[1]), std::string(R"({"role":"model","parts":[{"text":"One, two"}]})"));
    if (asksByTheUser)
        QCOMPARE(stringAt(contents[2].as_object(), "role"), std::string_view("user"));
}

void TstContinuedRequest::leavesTheRestOfTheRequestAlone()
{
    const std::string more =
        R"(,"systemInstruction":{"parts":[{"text":"s"}]},"generationConfig":{"temperature":0.5})";
    const Result<std::string> body = continuedBody(asked(more), "gemini-2.5-pro", partial("One"));
    QVERIFY(body.has_value());
    QVERIFY2(body->ends_with(more + "}"), body->c_str());
}

void TstContinuedRequest::saysNothingOfNothing()
{
    const Result<std::string> body = continuedBody(asked(), "gemini-3.6-flash", partial("", false));
    QCOMPARE(body.value_or("none"), asked());
}

void TstContinuedRequest::followsLimits_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<int>("spent");
    QTest::addColumn<QByteArray>("wanted"); ///< Empty: it cannot go on.
    QTest::newRow("none, cut") << QByteArray("{}") << true << 65536 << QByteArray("{}");
    QTest::newRow("the client's, reached")
        << QByteArray(R"({"maxOutputTokens":1000})") << true << 1000 << QByteArray();
    QTest::newRow("the client's, nearly reached")
        << QByteArray(R"({"maxOutputTokens":1000})") << true << 980 << QByteArray();
    QTest::newRow("the client's, snake case")
        << QByteArray(R"({"max_output_tokens":1000})") << true << 1000 << QByteArray();
    QTest::newRow("the model's below the client's") << QByteArray(R"({"maxOutputTokens":100000})") << true
                                                    << 65536 << QByteArray(R"({"maxOutputTokens":34464})");
    QTest::newRow("nobody knows") << QByteArray(R"({"maxOutputTokens":100000})") << true << -1
                                  << QByteArray();
    QTest::newRow("a break, counted") << QByteArray(R"({"maxOutputTokens":1000})") << false << 300
                                      << QByteArray(R"({"maxOutputTokens":700})");
    QTest::newRow("a break, not counted") << QByteArray(R"({"maxOutputTokens":1000})") << false << -1
                                          << QByteArray(R"({"maxOutputTokens":998})");
}

void TstContinuedRequest::followsLimits()
{
    QFETCH(QByteArray, config);
    QFETCH(bool, isCut);
    QFETCH(int, spent);
    QFETCH(QByteArray, wanted);
    const Result<std::string> body = continuedBody(asked(R"(,"generationConfig":)" + config.toStdString()),
                                                   "gemini-2.5-pro", partial("Nine bytes", isCut, spent));
    QCOMPARE(body.has_value(), !wanted.isEmpty());
    if (body)
        QCOMPARE(toJson(parseJsonObject(*body)->at("generationConfig")), wanted.toStdString());
}

void TstContinuedRequest::refusesWhatCannotBeJoined_data()
{
    QTest::addColumn<std::string>("body");
    const auto config = [](const std::string &members) {
        return asked(R"(,"generationConfig":{)" + members + "}");
    };
    QTest::newRow("JSON") << config(R"("responseMimeType":"application/json")");
    QTest::newRow("JSON, snake case") << config(R"("response_mime_type":"application/json")");
    QTest::newRow("a schema") << config(R"("responseSchema":{"type":"STRING"})");
    QTest::newRow("a JSON schema") << config(R"("responseJsonSchema":{})");
    QTest::newRow("pictures") << config(R"("responseModalities":["TEXT","IMAGE"])");
    QTest::newRow("candidates") << config(R"("candidateCount":2)");
    QTest::newRow("no contents") << std::string("{}");
    QTest::newRow("compressed") << std::string("\x1f\x8b\x08");
}

void TstContinuedRequest::refusesWhatCannotBeJoined()
{
    QFETCH(std::string, body);
    QVERIFY(!continuedBody(body, "gemini-2.5-pro", partial("One")).has_value());
}

void TstContinuedRequest::addsUsage()
{
    const json::object first =
        *parseJsonObject(R"({"promptTokenCount":3,"candidatesTokenCount":10,"totalTokenCount":13,)"
                         R"("promptTokensDetails":[{"modality":"TEXT","tokenCount":3}]})");
    const json::object second =
        *parseJsonObject(R"({"promptTokenCount":14,"candidatesTokenCount":5,"thoughtsTokenCount":2,)"
                         R"("totalTokenCount":21,"promptTokensDetails":[{"modality":"TEXT","tokenCount":13},)"
                         R"({"modality":"IMAGE","tokenCount":1}],"trafficType":"ON_DEMAND"})");
    const json::object sum = usageSum(first, second);
    QCOMPARE(integerAt(sum, "promptTokenCount", 0), 17);
    QCOMPARE(integerAt(sum, "candidatesTokenCount", 0), 15);
    QCOMPARE(integerAt(sum, "thoughtsTokenCount", 0), 2);
    QCOMPARE(integerAt(sum, "totalTokenCount", 0), 34);
    QCOMPARE(toJson(sum.at("promptTokensDetails")),
             std::string(R"([{"modality":"TEXT","tokenCount":16},{"modality":"IMAGE","tokenCount":1}])"));
    QCOMPARE(stringAt(sum, "trafficType"), std::string_view("ON_DEMAND"));
    QCOMPARE(toJson(usageSum({}, second)), toJson(second));
}

QTEST_GUILESS_MAIN(TstContinuedRequest)
#include "tst_continuedrequest.moc"
