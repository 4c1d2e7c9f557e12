#include <QTest>

#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"
#include "tests/support/fakeencoding.h"

using namespace Gateway;
using namespace TestSupport;

// Pictures and moderations of OpenAI's dialect through the relay.
class TstRelayImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aModelOfGoogleStandsInForOneOfOpenAi();
    void aSettingNamesTheModel();
    void anAliasThatDrawsCounts();
    void anAliasThatDoesNotDrawIsPassedOver();
    void anAliasCountsInAForm();
    void aModelOfGeminiIsAskedAsItIs();
    void withoutADrawingModelNothingIsAsked();
    void severalPicturesAreSeveralCalls();
    void aFormIsAnEdit();
    void picturesAreToldByUrl();
    void nobodyFindsOtherPictures();
    void aRefusalIsNotAskedAgain();
    void aRefusalOfOnePartIsTheWholes();
    void aMissingPictureIsAskedForAgain();
    void streams();
    void moderates();
};

namespace {

constexpr const char *DRAWING = "gemini-3.1-flash-image";

json::value parsed(const std::string &text)
{
    return parseJson(text).value_or(json::value());
}

std::string generation(const std::string &model, const std::string &more = {},
                       const std::string &prompt = "An otter")
{
    return R"({"model":")" + model + R"(","prompt":")" + prompt + '"' + more + '}';
}

std::string errorCode(const ClientView &view)
{
    return std::string(parsed(view.body).at("error").at("code").as_string());
}

std::string pngBase64()
{
    return QByteArray::fromStdString(onePixelPng()).toBase64().toStdString();
}

/// What was asked of models, without the catalogue's questions.
std::vector<SeenRequest> asked(RelayHarness &harness)
{
    std::vector<SeenRequest> all = harness.fake.requests();
    std::erase_if(all, [](const SeenRequest &seen) { return seen.request.method == "GET"; });
    return all;
}

} // namespace

void TstRelayImages::aModelOfGoogleStandsInForOneOfOpenAi()
{
    RelayHarness harness(1);
    const ClientView view = harness.images(ImageCall::Generation, generation("gpt-image-2"));
    QCOMPARE(view.status, 200);
    const json::value body = parsed(view.body);
    QCOMPARE(std::string(body.at("data").at(0).at("b64_json").as_string()), pngBase64());
    QCOMPARE(std::string(body.at("size").as_string()), std::string("1x1"));
    QVERIFY(body.at("usage").at("output_tokens").to_number<int>() > 0);
    QCOMPARE(headerValue(view.headers, "x-gateway-model"), std::string_view(DRAWING));
    QCOMPARE(harness.records.size(), 1u);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.method, std::string("images.generations"));
    QCOMPARE(record.modelAsked, std::string("gpt-image-2"));
    QCOMPARE(record.modelUsed, std::string(DRAWING));
    QCOMPARE(record.dialect, Dialect::OpenAi);
    QVERIFY(record.tokens.candidates > 0);
    QCOMPARE(record.status, 200);
}

void TstRelayImages::aSettingNamesTheModel()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.imageModel = "gemini-other-image"; });
    const ClientView view = harness.images(ImageCall::Generation, generation("dall-e-3"));
    QCOMPARE(view.status, 404); // the fake has none of that name
    QVERIFY(!asked(harness).empty());
    QVERIFY(asked(harness).front().model.find("gemini-other-image") != std::string::npos);
    QCOMPARE(harness.records.front().modelAsked, std::string("dall-e-3"));
}

void TstRelayImages::anAliasThatDrawsCounts()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        options.names.aliases = *ModelAliases::parse("gpt-image-*=gemini-mine-image");
        options.imageModel = DRAWING;
    });
    harness.images(ImageCall::Generation, generation("gpt-image-2"));
    QVERIFY(asked(harness).front().model.find("gemini-mine-image") != std::string::npos);
}

void TstRelayImages::anAliasThatDoesNotDrawIsPassedOver()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        options.names.aliases = *ModelAliases::parse("gpt-*=gemini-3.6-flash");
    });
    QCOMPARE(harness.images(ImageCall::Generation, generation("gpt-image-2")).status, 200);
    QVERIFY(asked(harness).front().model.find(DRAWING) != std::string::npos);
}

void TstRelayImages::anAliasCountsInAForm()
{
    RelayHarness harness(1, [](RelayOptions &options) {
        options.names.aliases = *ModelAliases::parse("painter=" + std::string(DRAWING));
    });
    const auto part = [](const std::string &head, const std::string &content) {
        return "--B\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
    };
    const std::string form = part("name=\"model\"", "painter") + part("name=\"prompt\"", "A hat") +
                             part("name=\"image\"; filename=\"a.png\"", "not read here") + "--B--\r\n";
    QCOMPARE(harness.images(ImageCall::Edit, form, "multipart/form-data; boundary=B").status, 200);
    QVERIFY(asked(harness).front().model.find(DRAWING) != std::string::npos);
    QCOMPARE(harness.records.front().modelAsked, std::string("painter"));
    QCOMPARE(harness.records.front().modelUsed, std::string(DRAWING));
}

void TstRelayImages::aModelOfGeminiIsAskedAsItIs()
{
    RelayHarness harness(1);
    const ClientView view = harness.images(ImageCall::Generation, generation(DRAWING));
    QCOMPARE(view.status, 200);
    QCOMPARE(headerValue(view.headers, "x-gateway-model"), std::string_view());
    QCOMPARE(harness.fake.requests().size(), 1u);
    QCOMPARE(harness.records.front().modelAsked, std::string(DRAWING));
}

void TstRelayImages::withoutADrawingModelNothingIsAsked()
{
    RelayHarness harness(0);
    const ClientView view = harness.images(ImageCall::Generation, generation("gpt-image-2"));
    QCOMPARE(view.status, 503);
    QCOMPARE(errorCode(view), std::string("no_usable_key"));
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().modelAsked, std::string("gpt-image-2"));
}

void TstRelayImages::severalPicturesAreSeveralCalls()
{
    RelayHarness harness(2);
    const ClientView view = harness.images(ImageCall::Generation, generation(DRAWING, R"(,"n":3)"));
    QCOMPARE(view.status, 200);
    QCOMPARE(parsed(view.body).at("data").as_array().size(), 3u);
    QCOMPARE(asked(harness).size(), 3u);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().attempts.size(), 3u);
}

void TstRelayImages::aFormIsAnEdit()
{
    RelayHarness harness(1);
    const std::string form = "--B\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-image-2\r\n"
                             "--B\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nA hat\r\n"
                             "--B\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
                             "Content-Type: image/png\r\n\r\n" +
                             onePixelPng() + "\r\n--B--\r\n";
    const ClientView view = harness.images(ImageCall::Edit, form, "multipart/form-data; boundary=B");
    QCOMPARE(view.status, 200);
    const json::value sent = parsed(asked(harness).front().request.body);
    const json::value &parts = sent.at("contents").at(0).at("parts");
    QCOMPARE(std::string(parts.at(0).at("inlineData").at("data").as_string()), pngBase64());
    QCOMPARE(std::string(parts.at(1).at("text").as_string()), std::string("A hat"));
    QCOMPARE(harness.records.front().method, std::string("images.edits"));
    QCOMPARE(harness.records.front().bytesIn, static_cast<std::int64_t>(form.size()));
}

void TstRelayImages::picturesAreToldByUrl()
{
    RelayHarness harness(1);
    const ClientView view = harness.images(ImageCall::Generation, generation("dall-e-3"));
    QCOMPARE(view.status, 200);
    const json::value body = parsed(view.body);
    const std::string url(body.at("data").at(0).at("url").as_string());
    const std::string origin = "http://127.0.0.1:4364";
    QVERIFY2(url.starts_with(origin + "/v1/images/files/"), url.c_str());
    QVERIFY(url.ends_with(".png"));
    const ClientView picture = harness.picture(url.substr(origin.size()));
    QCOMPARE(picture.status, 200);
    QCOMPARE(picture.contentType, std::string("image/png"));
    QCOMPARE(headerValue(picture.headers, "x-content-type-options"), std::string_view("nosniff"));
    QCOMPARE(QByteArray::fromStdString(picture.body), QByteArray::fromStdString(onePixelPng()));
    QCOMPARE(harness.records.size(), 1u);
}

void TstRelayImages::nobodyFindsOtherPictures()
{
    RelayHarness harness(1);
    const std::string file(43, 'f'); // no picture
    harness.shelf.items[file] = {file, std::string(ShelfItem::FILE), {}, {}, 0, 0, "{}", "x"};
    for (const std::string &name : {std::string("x.png"), std::string(43, 'x'), file, file + ".png",
                                    std::string(".png"), std::string("%2e%2e")}) {
        const ClientView view = harness.picture("/v1/images/files/" + name);
        QCOMPARE(view.status, 404);
        QCOMPARE(errorCode(view), std::string("not_found"));
    }
}

void TstRelayImages::aRefusalIsNotAskedAgain()
{
    for (const char *order : {"[[block=PROHIBITED_CONTENT]]", "[[finish=IMAGE_SAFETY]]"}) {
        RelayHarness harness(2);
        const ClientView view =
            harness.images(ImageCall::Generation, generation(DRAWING, {}, std::string("An otter ") + order));
        QCOMPARE(view.status, 400);
        QCOMPARE(errorCode(view), std::string("moderation_blocked"));
        QCOMPARE(std::string(parsed(view.body).at("error").at("type").as_string()),
                 std::string("image_generation_user_error"));
        QCOMPARE(asked(harness).size(), 1u);
        QCOMPARE(harness.records.front().attempts.size(), 1u);
    }
    RelayHarness harness(2);
    const ClientView words =
        harness.images(ImageCall::Generation, generation(DRAWING, {}, "An otter [[noimage]]"));
    QCOMPARE(words.status, 400);
    QCOMPARE(errorCode(words), std::string("no_image"));
    QCOMPARE(asked(harness).size(), 1u);
}

void TstRelayImages::aRefusalOfOnePartIsTheWholes()
{
    RelayHarness harness(2);
    const ClientView view = harness.images(
        ImageCall::Generation, generation(DRAWING, R"(,"n":2)", "An otter [[finish=IMAGE_SAFETY]]"));
    QCOMPARE(view.status, 400);
    QCOMPARE(errorCode(view), std::string("moderation_blocked"));
    QCOMPARE(harness.records.size(), 1u);
}

void TstRelayImages::aMissingPictureIsAskedForAgain()
{
    RelayHarness harness(2, 1);
    const ClientView view =
        harness.images(ImageCall::Generation, generation(DRAWING, {}, "An otter [[finish=NO_IMAGE]]"));
    QCOMPARE(view.status, 502);
    QCOMPARE(errorCode(view), std::string("no_image"));
    QCOMPARE(asked(harness).size(), 2u);
}

void TstRelayImages::streams()
{
    RelayHarness harness(1);
    const ClientView view = harness.images(
        ImageCall::Generation,
        generation("gpt-image-2", R"(,"stream":true,"partial_images":2)", "An otter [[drafts=3]]"));
    QCOMPARE(view.status, 200);
    QVERIFY(view.contentType.starts_with("text/event-stream"));
    std::vector<std::string> kinds;
    static const std::string START = "event: ";
    for (std::size_t at = view.body.find(START); at != std::string::npos; at = view.body.find(START, at + 1))
        kinds.push_back(view.body.substr(at + START.size(), view.body.find('\n', at) - at - START.size()));
    QCOMPARE(kinds,
             (std::vector<std::string>{"image_generation.partial_image", "image_generation.partial_image",
                                       "image_generation.completed"}));
    QVERIFY(harness.records.front().streamed);
    const ClientView blocked = harness.images(
        ImageCall::Generation, generation(DRAWING, R"(,"stream":true)", "An otter [[finish=IMAGE_SAFETY]]"));
    QCOMPARE(blocked.status, 400);
    QCOMPARE(errorCode(blocked), std::string("moderation_blocked"));
}

void TstRelayImages::moderates()
{
    RelayHarness harness(2);
    const ClientView view =
        harness.moderations(R"({"model":"omni-moderation-latest","input":["one","two"]})");
    QCOMPARE(view.status, 200);
    QCOMPARE(parsed(view.body).at("results").as_array().size(), 2u);
    QCOMPARE(headerValue(view.headers, "x-gateway-model"), std::string_view("gemini-3.5-flash-lite"));
    QCOMPARE(asked(harness).size(), 2u);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().method, std::string("moderations"));
    QCOMPARE(harness.records.front().modelAsked, std::string("omni-moderation-latest"));
    const ClientView bad = harness.moderations(R"({"input":5})");
    QCOMPARE(bad.status, 400);
    QCOMPARE(std::string(parsed(bad.body).at("error").at("param").as_string()), std::string("input"));
}

QTEST_GUILESS_MAIN(TstRelayImages)
#include "tst_relayimages.moc"
