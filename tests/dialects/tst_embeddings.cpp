#include <cmath>
#include <cstring>

#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/openai/openai.h"

using namespace Gateway;

class TstEmbeddings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesOneRequestPerInput();
    void readsTheModelsName_data();
    void readsTheModelsName();
    void refusesByName_data();
    void refusesByName();
    void splitsOverAHundredInputs();
    void takesWhatOpenAiTakesAndNoMore();
    void answersAsFloats();
    void answersAsBase64();
    void bringsShortenedVectorsToLengthOne();
    void tellsTokensWhenGeminiDoes();
    void failsOnAnswersThatDoNotFit_data();
    void failsOnAnswersThatDoNotFit();
};

namespace {

Result<std::unique_ptr<Translation>> request(std::string_view body)
{
    return openAiEmbeddings(body, {"req_1", 1700000000});
}

/// A request for `count` inputs "t0", "t1", …
std::unique_ptr<Translation> unasked(std::size_t count, std::string_view more = "")
{
    std::string body = R"J({"model":"gemini-embedding-001")J" + std::string(more) + R"J(,"input":[)J";
    for (std::size_t i = 0; i < count; ++i)
        body += (i == 0 ? "\"t" : ",\"t") + std::to_string(i) + '"';
    return std::move(request(body + "]}").value());
}

/// As unasked(), and the Gemini body was written.
std::unique_ptr<Translation> asked(std::size_t count, std::string_view more = "")
{
    std::unique_ptr<Translation> translation = unasked(count, more);
    translation->geminiBody({}).value();
    return translation;
}

json::value parsed(std::string_view text)
{
    return parseJson(text).value();
}

} // namespace

void TstEmbeddings::writesOneRequestPerInput()
{
    const auto one = request(R"J({"model":"gemini-embedding-001","input":"a \"b\"","user":"u"})J");
    QVERIFY(one.has_value());
    QCOMPARE((*one)->method(), std::string_view("batchEmbedContents"));
    QCOMPARE((*one)->name(), std::string_view("embeddings"));
    QVERIFY(!(*one)->isStream());
    QCOMPARE((*one)->geminiBody({}).value(),
             std::string(R"J({"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[)J"
                         R"J({"text":"a \"b\""}]}}]})J"));
    const auto two =
        request(R"J({"model":"models/m","input":["a","é"],"dimensions":768,"encoding_format":null})J");
    QVERIFY(two.has_value());
    QCOMPARE(
        (*two)->geminiBody({}).value(),
        std::string(R"J({"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},)J"
                    R"J("outputDimensionality":768},{"model":"models/m","content":{"parts":[{"text":"é"}]},)J"
                    R"J("outputDimensionality":768}]})J"));
}

void TstEmbeddings::readsTheModelsName_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("plain") << QByteArray("gemini-embedding-001") << QByteArray("gemini-embedding-001");
    QTest::newRow("models/") << QByteArray("models/m") << QByteArray("m");
    QTest::newRow("google/") << QByteArray("google/m") << QByteArray("m");
    QTest::newRow("both") << QByteArray("google/models/m") << QByteArray("m");
    QTest::newRow("tuned") << QByteArray("a/b") << QByteArray("a/b");
    for (const char *bad : {"", "models/", "m?x", "../m", "a/../b", "m:x y", "/m", "m#", "m%2f", "a\\\\b"})
        QTest::newRow(QByteArray("bad ").append(bad).constData()) << QByteArray(bad) << QByteArray();
}

void TstEmbeddings::readsTheModelsName()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, id);
    const auto out = request(R"J({"input":"x","model":")J" + asked.toStdString() + "\"}");
    QCOMPARE(out.has_value(), !id.isEmpty());
    if (out)
        QCOMPARE(QByteArray::fromStdString((*out)->model()), id);
    else
        QCOMPARE(out.error().param, std::string("model"));
}

void TstEmbeddings::refusesByName_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *name, const char *body, const char *param) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(param);
    };
    row("no JSON", "{", "");
    row("no model", R"J({"input":"x"})J", "model");
    row("model of another kind", R"J({"model":7,"input":"x"})J", "model");
    row("no input", R"J({"model":"m"})J", "input");
    row("null input", R"J({"model":"m","input":null})J", "input");
    row("input of another kind", R"J({"model":"m","input":{"a":1}})J", "input");
    row("empty text", R"J({"model":"m","input":""})J", "input");
    row("empty list", R"J({"model":"m","input":[]})J", "input");
    row("empty text in a list", R"J({"model":"m","input":["a",""]})J", "input[1]");
    row("no text in a list", R"J({"model":"m","input":["a",null]})J", "input[1]");
    row("tokens", R"J({"model":"m","input":[1,2,3]})J", "input");
    row("lists of tokens", R"J({"model":"m","input":[[1,2],[3]]})J", "input");
    row("dimensions 0", R"J({"model":"m","input":"x","dimensions":0})J", "dimensions");
    row("dimensions 1.5", R"J({"model":"m","input":"x","dimensions":1.5})J", "dimensions");
    row("dimensions text", R"J({"model":"m","input":"x","dimensions":"3"})J", "dimensions");
    row("format", R"J({"model":"m","input":"x","encoding_format":"int8"})J", "encoding_format");
}

void TstEmbeddings::refusesByName()
{
    QFETCH(QByteArray, body);
    const auto out = request(body.toStdString());
    QVERIFY(!out);
    QCOMPARE(out.error().status, 400);
    QTEST(QByteArray::fromStdString(out.error().param), "param");
}

void TstEmbeddings::splitsOverAHundredInputs()
{
    QVERIFY(unasked(100)->takeParts().empty());
    const std::unique_ptr<Translation> whole = unasked(201, R"J(,"dimensions":2,"encoding_format":"float")J");
    std::vector<std::unique_ptr<Translation>> parts = whole->takeParts();
    QCOMPARE(parts.size(), 3u);
    std::vector<std::string> pieces;
    std::size_t first = 0;
    for (const std::unique_ptr<Translation> &part : parts) {
        QCOMPARE(part->model(), whole->model());
        const std::string body = part->geminiBody({}).value();
        const std::size_t count = parsed(body).at("requests").as_array().size();
        QCOMPARE(count, first < 200 ? 100u : 1u);
        const std::string text = "\"t" + std::to_string(first) + "\"";
        QVERIFY2(body.find(text) < body.find("outputDimensionality\":2"), body.c_str());
        std::string answer = R"J({"embeddings":[)J";
        for (std::size_t i = first; i < first + count; ++i)
            answer += (i == first ? "" : ",") + std::string(R"J({"values":[0,)J") +
                      (i % 2 == 0 ? "2" : "-2") + "]}";
        pieces.push_back(part->answer(answer + "]}").value());
        first += count;
    }
    TokenCounts tokens;
    tokens.prompt = 402;
    const json::value out = parsed(whole->joined(pieces, tokens));
    QCOMPARE(out.at("usage"), parsed(R"J({"prompt_tokens":402,"total_tokens":402})J"));
    QCOMPARE(out.at("data").as_array().size(), 201u);
    for (std::size_t i = 0; i < 201; ++i) {
        const json::value &item = out.at("data").at(i);
        QCOMPARE(item.at("index").to_number<std::size_t>(), i);
        QCOMPARE(item.at("embedding").at(1).to_number<double>(), i % 2 == 0 ? 1.0 : -1.0);
    }
}

void TstEmbeddings::takesWhatOpenAiTakesAndNoMore()
{
    QCOMPARE(unasked(2048)->takeParts().size(), 21u);
    std::string list = "\"t\"";
    for (int i = 1; i < 2049; ++i)
        list += ",\"t\"";
    const auto out = request(R"J({"model":"m","input":[)J" + list + "]}");
    QVERIFY(!out);
    QCOMPARE(out.error().param, std::string("input"));
    QVERIFY(out.error().text.find("2048") != std::string::npos &&
            out.error().text.find("2049") != std::string::npos);
}

void TstEmbeddings::answersAsFloats()
{
    const std::string out =
        asked(2)->answer(R"J({"embeddings":[{"values":[0.013168523,-1,2e-05,0]},{"values":[1]}]})J").value();
    QCOMPARE(out, std::string(
                      R"J({"object":"list","data":[{"object":"embedding","index":0,"embedding":)J"
                      R"J([0.013168523,-1,2e-05,0]},{"object":"embedding","index":1,"embedding":[1]}],)J"
                      R"J("model":"gemini-embedding-001","usage":{"prompt_tokens":0,"total_tokens":0}})J"));
}

void TstEmbeddings::answersAsBase64()
{
    const json::value out = parsed(asked(1, R"J(,"encoding_format":"base64")J")
                                       ->answer(R"J({"embeddings":[{"values":[1,-2.5,0.1]}]})J")
                                       .value());
    const QByteArray bytes = QByteArray::fromBase64(
        QByteArray::fromStdString(std::string(out.at("data").at(0).at("embedding").as_string())));
    QCOMPARE(bytes.toHex(), QByteArray("0000803f000020c0cdcccc3d"));
}

void TstEmbeddings::bringsShortenedVectorsToLengthOne()
{
    const auto first = [](std::unique_ptr<Translation> translation, std::string_view values) {
        const json::value out = parsed(
            translation->answer(R"J({"embeddings":[{"values":)J" + std::string(values) + "}]}").value());
        return out.at("data").at(0).at("embedding").at(0).to_number<double>();
    };
    QVERIFY(std::abs(first(asked(1, R"J(,"dimensions":2)J"), "[3,4]") - 0.6) < 1e-6);
    QCOMPARE(first(asked(1, R"J(,"dimensions":2)J"), "[0.6,0.8]"), 0.6);
    QCOMPARE(first(asked(1, R"J(,"dimensions":2)J"), "[0,0]"), 0.0);
    QCOMPARE(first(asked(1), "[3,4]"), 3.0);
}

void TstEmbeddings::tellsTokensWhenGeminiDoes()
{
    const std::unique_ptr<Translation> translation = asked(1);
    const json::value out =
        parsed(translation
                   ->answer(R"J({"embeddings":[{"values":[1]}],"usageMetadata":{"promptTokenCount":12,
                                "totalTokenCount":12}})J")
                   .value());
    QCOMPARE(out.at("usage"), parsed(R"J({"prompt_tokens":12,"total_tokens":12})J"));
    QCOMPARE(translation->tokens().prompt, std::int64_t{12});
    QCOMPARE(asked(1)->tokens().prompt, std::int64_t{-1});
}

void TstEmbeddings::failsOnAnswersThatDoNotFit_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("no JSON") << QByteArray("<") << 502;
    QTest::newRow("nothing") << QByteArray("{}") << 502;
    QTest::newRow("too few") << QByteArray(R"J({"embeddings":[]})J") << 502;
    QTest::newRow("too many") << QByteArray(R"J({"embeddings":[{"values":[1]},{"values":[1]}]})J") << 502;
    QTest::newRow("no values") << QByteArray(R"J({"embeddings":[{}]})J") << 502;
    QTest::newRow("no numbers") << QByteArray(R"J({"embeddings":[{"values":["1"]}]})J") << 502;
    QTest::newRow("out of range") << QByteArray(R"J({"embeddings":[{"values":[1e300]}]})J") << 502;
    QTest::newRow("error") << QByteArray(R"J({"error":{"code":400,"message":"m"}})J") << 400;
}

void TstEmbeddings::failsOnAnswersThatDoNotFit()
{
    QFETCH(QByteArray, answer);
    const Result<std::string> out = asked(1)->answer(answer.toStdString());
    QVERIFY(!out);
    QTEST(out.error().status, "status");
}

QTEST_APPLESS_MAIN(TstEmbeddings)
#include "tst_embeddings.moc"
