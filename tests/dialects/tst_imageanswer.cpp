#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/base64.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/images/images.h"
#include "gateway/dialects/images/picturesize.h"

using namespace Gateway;

// Gemini's pictures on their way back to OpenAI's clients.
class TstImageAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsAPicture();
    void tellsKindsOfTokens();
    void joinsParts();
    void takesTheFirstPictureThatIsNoThought();
    void failsWithoutAPicture_data();
    void failsWithoutAPicture();
    void tellsRefusalsAsOpenAiDoes();
    void streams();
    void streamsNoMoreDraftsThanAsked();
    void breaksOff();
    void readsSizes_data();
    void readsSizes();
    void decodesLikeQt();
    void refusesWhatIsNoBase64();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

/// The head of a PNG of 3 × 2 pixels.
const QByteArray PNG = QByteArray::fromHex("89504e470d0a1a0a0000000d4948445200000003000000020802000000");

std::string base64(const QByteArray &bytes)
{
    std::string out;
    appendBase64(out, bytes.toStdString());
    return out;
}

std::unique_ptr<Translation> translation(const std::string &more = {})
{
    Result<std::unique_ptr<Translation>> made =
        openAiImageGeneration(R"({"model":"gemini-3.1-flash-image","prompt":"x")" + more + '}', CONTEXT);
    return made ? std::move(*made) : nullptr;
}

std::string picturePart(const std::string &data, bool isThought = false)
{
    return R"({"inlineData":{"mimeType":"image/png","data":")" + data + "\"}" +
           (isThought ? R"(,"thought":true})" : "}");
}

std::string gemini(const std::string &parts, const std::string &finish = "STOP")
{
    return R"({"candidates":[{"content":{"parts":[)" + parts + "]}" +
           (finish.empty() ? "" : R"(,"finishReason":")" + finish + '"') +
           R"(}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1290,"totalTokenCount":1294}})";
}

json::value parsed(const std::string &text)
{
    return parseJson(text).value_or(json::value());
}

/// The data of each event of a stream.
std::vector<json::value> eventsOf(const std::string &stream)
{
    std::vector<json::value> events;
    static const std::string START = "data: ";
    for (std::size_t at = stream.find(START); at != std::string::npos; at = stream.find(START, at)) {
        at += START.size();
        events.push_back(parsed(stream.substr(at, stream.find('\n', at) - at)));
    }
    return events;
}

} // namespace

void TstImageAnswer::tellsAPicture()
{
    const std::string data = base64(PNG);
    const auto request = translation(R"(,"quality":"high")");
    const Result<std::string> answer =
        request->answer(gemini(R"({"text":"An otter."},)" + picturePart(data)));
    QVERIFY(answer);
    const std::string expected =
        R"({"created":1700000000,"background":"opaque","data":[{"b64_json":")" + data +
        R"(","revised_prompt":"An otter."}],"output_format":"png","quality":"high","size":"3x2","usage":)"
        R"({"input_tokens":4,"input_tokens_details":{"image_tokens":0,"text_tokens":4},"output_tokens":1290,)"
        R"("output_tokens_details":{"image_tokens":1290,"text_tokens":0},"total_tokens":1294}})";
    QCOMPARE(QByteArray::fromStdString(*answer), QByteArray::fromStdString(expected));
    QCOMPARE(request->tokens().candidates, 1290);
}

void TstImageAnswer::tellsKindsOfTokens()
{
    const std::string usage =
        R"("usageMetadata":{"promptTokenCount":270,"candidatesTokenCount":1300,"thoughtsTokenCount":30,)"
        R"("totalTokenCount":1600,"promptTokensDetails":[{"modality":"TEXT","tokenCount":12},)"
        R"({"modality":"IMAGE","tokenCount":258}],"candidatesTokensDetails":[{"modality":"IMAGE",)"
        R"("tokenCount":1290},{"modality":"TEXT","tokenCount":10}]})";
    const Result<std::string> answer = translation()->answer(R"({"candidates":[{"content":{"parts":[)" +
                                                             picturePart("AAAA") + "]}}]," + usage + '}');
    QVERIFY(answer);
    const json::value told = parsed(*answer).at("usage");
    QCOMPARE(told.at("input_tokens").to_number<int>(), 270);
    QCOMPARE(told.at("input_tokens_details").at("image_tokens").to_number<int>(), 258);
    QCOMPARE(told.at("input_tokens_details").at("text_tokens").to_number<int>(), 12);
    QCOMPARE(told.at("output_tokens").to_number<int>(), 1330);
    QCOMPARE(told.at("output_tokens_details").at("image_tokens").to_number<int>(), 1290);
    QCOMPARE(told.at("output_tokens_details").at("text_tokens").to_number<int>(), 40);
    QCOMPARE(told.at("total_tokens").to_number<int>(), 1600);
    QVERIFY(!parsed(*answer).as_object().contains("size"));
}

void TstImageAnswer::joinsParts()
{
    const auto whole = translation(R"(,"n":2)");
    const auto parts = whole->takeParts();
    QCOMPARE(parts.size(), 2u);
    std::vector<std::string> pieces;
    for (const auto &part : parts) {
        const Result<std::string> piece = part->answer(gemini(picturePart(base64(PNG))));
        QVERIFY(piece);
        pieces.push_back(*piece);
    }
    const json::value answer = parsed(whole->joined(pieces, {}));
    QCOMPARE(answer.at("data").as_array().size(), 2u);
    for (const json::value &item : answer.at("data").as_array())
        QCOMPARE(std::string(item.at("b64_json").as_string()), base64(PNG));
    QCOMPARE(answer.at("usage").at("output_tokens").to_number<int>(), 2580);
    QCOMPARE(answer.at("usage").at("input_tokens").to_number<int>(), 8);
    QCOMPARE(std::string(answer.at("size").as_string()), std::string("3x2"));
    QCOMPARE(std::string(answer.at("output_format").as_string()), std::string("png"));
}

void TstImageAnswer::takesTheFirstPictureThatIsNoThought()
{
    const Result<std::string> answer = translation()->answer(
        gemini(picturePart("AAAA", true) + ',' + picturePart("BBBB") + ',' + picturePart("CCCC")));
    QVERIFY(answer);
    const json::value told = parsed(*answer);
    QCOMPARE(told.at("data").as_array().size(), 1u);
    QCOMPARE(std::string(told.at("data").at(0).at("b64_json").as_string()), std::string("BBBB"));
}

void TstImageAnswer::failsWithoutAPicture_data()
{
    QTest::addColumn<QByteArray>("gemini");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const std::string &answer, int status, const char *code) {
        QTest::newRow(name) << QByteArray::fromStdString(answer) << status << QByteArray(code);
    };
    row("prompt blocked", R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}})", 400,
        "moderation_blocked");
    row("picture blocked", R"({"candidates":[{"finishReason":"IMAGE_SAFETY"}]})", 400, "moderation_blocked");
    row("copied", R"({"candidates":[{"finishReason":"IMAGE_RECITATION"}]})", 400, "moderation_blocked");
    row("words", gemini(R"({"text":"Which otter?"})"), 400, "no_image");
    row("none", gemini("", "NO_IMAGE"), 502, "no_image");
    row("words cut off", gemini(R"({"text":"An"})", "MAX_TOKENS"), 502, "no_image");
    row("nothing", R"({"candidates":[]})", 502, "no_image");
    row("a thought", gemini(picturePart("AAAA", true)), 502, "no_image");
    row("no JSON", "<html>", 502, "bad_upstream_answer");
    row("error", R"({"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}})", 429,
        "resource_exhausted");
}

void TstImageAnswer::failsWithoutAPicture()
{
    QFETCH(QByteArray, gemini);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const Result<std::string> answer = translation()->answer(gemini.toStdString());
    QVERIFY(!answer);
    QCOMPARE(answer.error().status, status);
    QCOMPARE(QByteArray::fromStdString(answer.error().code), code);
}

void TstImageAnswer::tellsRefusalsAsOpenAiDoes()
{
    const Result<std::string> answer = translation()->answer(
        R"({"candidates":[{"finishReason":"IMAGE_SAFETY","finishMessage":"Unsafe."}]})");
    QVERIFY(!answer);
    const std::string expected =
        R"({"error":{"message":"The request was rejected by Gemini's safety system (IMAGE_SAFETY): Unsafe.",)"
        R"("type":"image_generation_user_error","param":null,"code":"moderation_blocked"}})";
    QCOMPARE(QByteArray::fromStdString(errorBody(Dialect::OpenAi, answer.error())),
             QByteArray::fromStdString(expected));
}

void TstImageAnswer::streams()
{
    const auto request = translation(R"(,"stream":true,"partial_images":2,"size":"1024x1024")");
    QVERIFY(request->isStream());
    std::string out;
    QVERIFY(request->event(gemini(picturePart(base64(PNG), true), ""), out));
    QVERIFY(request->event(gemini(picturePart("AAAA"), ""), out));
    QVERIFY(request->event(gemini("", "STOP"), out));
    QVERIFY(request->finish(out));
    QVERIFY(out.starts_with("event: image_generation.partial_image\ndata: {"));
    QVERIFY(out.find("\n\nevent: image_generation.completed\ndata: {") != std::string::npos);
    QVERIFY(out.ends_with("}\n\n"));
    const std::vector<json::value> events = eventsOf(out);
    QCOMPARE(events.size(), 2u);
    QCOMPARE(std::string(events[0].at("type").as_string()), std::string("image_generation.partial_image"));
    QCOMPARE(events[0].at("partial_image_index").to_number<int>(), 0);
    QCOMPARE(std::string(events[0].at("b64_json").as_string()), base64(PNG));
    QCOMPARE(std::string(events[0].at("size").as_string()), std::string("3x2"));
    QCOMPARE(std::string(events[0].at("quality").as_string()), std::string("auto"));
    QCOMPARE(std::string(events[1].at("type").as_string()), std::string("image_generation.completed"));
    QCOMPARE(std::string(events[1].at("b64_json").as_string()), std::string("AAAA"));
    QCOMPARE(std::string(events[1].at("size").as_string()), std::string("auto"));
    QCOMPARE(events[1].at("usage").at("total_tokens").to_number<int>(), 1294);
    QCOMPARE(events[1].at("created_at").to_number<int>(), 1700000000);
}

void TstImageAnswer::streamsNoMoreDraftsThanAsked()
{
    for (const int asked : {0, 1, 3}) {
        const auto request = translation(R"(,"stream":true,"partial_images":)" + std::to_string(asked));
        std::string out;
        QVERIFY(request->event(gemini(picturePart("AAAA", true) + ',' + picturePart("BBBB", true), ""), out));
        QVERIFY(request->event(gemini(picturePart("CCCC")), out));
        QVERIFY(request->finish(out));
        QCOMPARE(eventsOf(out).size(), static_cast<std::size_t>(std::min(asked, 2) + 1));
    }
}

void TstImageAnswer::breaksOff()
{
    const auto request = translation(R"(,"stream":true)");
    std::string out;
    QVERIFY(request->event(R"({"promptFeedback":{"blockReason":"SAFETY"}})", out));
    const Result<void> finished = request->finish(out);
    QVERIFY(!finished);
    QCOMPARE(finished.error().code, std::string("moderation_blocked"));
    QVERIFY(out.empty());
    request->breakOff(finished.error(), out);
    QVERIFY(out.starts_with("event: error\ndata: {\"error\":{"));
    QVERIFY(out.ends_with("}}\n\n"));
    request->restart();
    out.clear();
    QVERIFY(request->event(gemini(picturePart("AAAA")), out));
    QVERIFY(request->finish(out));
}

void TstImageAnswer::readsSizes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("size");
    const auto row = [](const char *name, const char *hex, const char *size) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << QByteArray(size);
    };
    QTest::newRow("png") << PNG << QByteArray("3x2");
    row("png cut off", "89504e470d0a1a0a0000000d4948445200000003", "");
    row("jpeg", "ffd8ffe000104a46494600010100000100010000ffc0001108020003000301220002110103110000",
        "768x512");
    row("progressive jpeg behind a table", "ffd8ffc40004aaaaffc200110801000200030122000211", "512x256");
    row("jpeg without a frame", "ffd8ffe000104a46494600010100000100010000ffda", "");
    row("lossy webp", "52494646240000005745425056503820180000003001009d012a40012c01", "320x300");
    row("lossless webp", "5249464600000000574542505650384c000000002f3f014b00000000000000", "320x301");
    row("extended webp", "52494646000000005745425056503858 0a00000000000000ff03 00ff0700", "1024x2048");
    row("gif", "474946383961", "");
    row("nothing", "", "");
}

void TstImageAnswer::readsSizes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, size);
    QCOMPARE(QByteArray::fromStdString(pictureSize(base64(bytes))), size);
}

void TstImageAnswer::decodesLikeQt()
{
    QByteArray bytes;
    for (int length = 0; length < 300; ++length) {
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            for (const auto padding : {QByteArray::KeepTrailingEquals, QByteArray::OmitTrailingEquals}) {
                std::string out = "x";
                QVERIFY(appendDecodedBase64(out, bytes.toBase64(option | padding).toStdString()));
                QCOMPARE(QByteArray::fromStdString(out), "x" + bytes);
            }
        }
        bytes.append(static_cast<char>(length * 37 + 11));
    }
}

void TstImageAnswer::refusesWhatIsNoBase64()
{
    for (const char *text : {"A", "AAAAA", "AA=A", "A===", "====", "AA A", "AAA\xc3"}) {
        std::string out = "x";
        QVERIFY2(!appendDecodedBase64(out, text), text);
        QCOMPARE(out, std::string("x"));
    }
}

QTEST_APPLESS_MAIN(TstImageAnswer)
#include "tst_imageanswer.moc"
