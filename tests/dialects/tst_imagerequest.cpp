#include <QDir>
#include <QFile>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/images/images.h"
#include "gateway/dialects/images/imageshape.h"

using namespace Gateway;

// Calls of OpenAI for pictures on their way to Gemini.
class TstImageRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAsWritten_data();
    void isAsWritten();
    void findsTheNearestShape_data();
    void findsTheNearestShape();
    void refuses_data();
    void refuses();
    void namesWhatHasNoEffect_data();
    void namesWhatHasNoEffect();
    void readsForms();
    void readsUrlsInForms();
    void refusesABrokenForm();
    void choosesUrls_data();
    void choosesUrls();
    void wantsLinkedPictures();
    void makesAPartOfEachPicture();
    void knowsModelsByName();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

using Make = Result<std::unique_ptr<Translation>> (*)(std::string_view, const TranslationContext &);

QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Make makerOf(const QString &name)
{
    if (name.startsWith(QLatin1String("edit")))
        return openAiImageEdit;
    return name.startsWith(QLatin1String("variation")) ? openAiImageVariation : openAiImageGeneration;
}

std::string generation(const std::string &more)
{
    return R"({"model":"gemini-3.1-flash-image","prompt":"x")" + more + '}';
}

std::unique_ptr<Translation> made(Make make, const std::string &body)
{
    Result<std::unique_ptr<Translation>> translation = make(body, CONTEXT);
    return translation ? std::move(*translation) : nullptr;
}

json::value parsed(const std::string &text)
{
    return parseJson(text).value_or(json::value());
}

std::string field(const std::string &head, const std::string &content)
{
    return "--B\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}

const std::string FORM_TYPE = "multipart/form-data; boundary=B";

} // namespace

void TstImageRequest::isAsWritten_data()
{
    QTest::addColumn<QString>("base");
    const QDir folder(QStringLiteral(GW_SOURCE_DIR "/tests/dialects/golden/images"));
    const QString ending = QStringLiteral(".request.json");
    const QStringList files = folder.entryList({QStringLiteral("*") + ending}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 7);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file.chopped(ending.size())))
            << folder.filePath(file.chopped(ending.size()));
}

void TstImageRequest::isAsWritten()
{
    QFETCH(QString, base);
    const Make make = makerOf(QString::fromUtf8(QTest::currentDataTag()));
    const std::string request = fileContent(base + QStringLiteral(".request.json")).toStdString();
    const std::unique_ptr<Translation> translation = made(make, request);
    QVERIFY(translation);
    const Result<std::string> body = translation->geminiBody({});
    QVERIFY(body);
    const std::string expected = fileContent(base + QStringLiteral(".gemini.json")).toStdString();
    QCOMPARE(QByteArray::fromStdString(toJson(parsed(*body))),
             QByteArray::fromStdString(toJson(parsed(expected))));
}

void TstImageRequest::findsTheNearestShape_data()
{
    QTest::addColumn<QByteArray>("size");
    QTest::addColumn<QByteArray>("shape"); // ratio and size; "none": refused
    const auto row = [](const char *size, const char *shape) {
        QTest::newRow(*size ? size : "absent") << QByteArray(size) << QByteArray(shape);
    };
    row("", " ");
    row("auto", " ");
    row("256x256", "1:1 ");
    row("1024x1024", "1:1 ");
    row("1536x1024", "3:2 ");
    row("1024x1536", "2:3 ");
    row("1792x1024", "16:9 ");
    row("1024x1792", "9:16 ");
    row("1280x1024", "5:4 ");
    row("1000x1300", "3:4 ");
    row("2560x1080", "21:9 2K");
    row("2048x2048", "1:1 2K");
    row("2560x1440", "16:9 2K");
    row("3840x2160", "16:9 4K");
    row("100000x1", "21:9 ");
    row("100001x1", "none");
    row("1024", "none");
    row("1024x", "none");
    row("0x5", "none");
    row("-5x5", "none");
    row("1024x1024px", "none");
    row("large", "none");
}

void TstImageRequest::findsTheNearestShape()
{
    QFETCH(QByteArray, size);
    QFETCH(QByteArray, shape);
    const std::optional<ImageShape> found = shapeOf(size.toStdString());
    const std::string text = found ? std::string(found->ratio) + ' ' + std::string(found->size) : "none";
    QCOMPARE(QByteArray::fromStdString(text), shape);
}

void TstImageRequest::refuses_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *call, const std::string &body, const char *param) {
        QTest::addRow("%s %s", call, body.c_str())
            << QString::fromLatin1(call) << QByteArray::fromStdString(body) << QByteArray(param);
    };
    row("generation", R"({"model":"m"})", "prompt");
    row("generation", R"({"model":"m","prompt":""})", "prompt");
    row("generation", R"({"model":"m","prompt":5})", "prompt");
    row("generation", R"({"model":"a b","prompt":"x"})", "model");
    row("generation", generation(R"(,"n":0)"), "n");
    row("generation", generation(R"(,"n":11)"), "n");
    row("generation", generation(R"(,"n":"2")"), "n");
    row("generation", generation(R"(,"n":2,"stream":true)"), "n");
    row("generation", generation(R"(,"stream":"yes")"), "stream");
    row("generation", generation(R"(,"partial_images":4)"), "partial_images");
    row("generation", generation(R"(,"size":"big")"), "size");
    row("generation", generation(R"(,"quality":"best")"), "quality");
    row("generation", generation(R"(,"background":"transparent")"), "background");
    row("generation", generation(R"(,"background":"blue")"), "background");
    row("generation", generation(R"(,"output_format":"gif")"), "output_format");
    row("generation", generation(R"(,"output_format":"svg")"), "output_format");
    row("generation", generation(R"(,"svg":{})"), "svg");
    row("generation", generation(R"(,"frame_count":4)"), "frame_count");
    row("generation", generation(R"(,"style":"wild")"), "style");
    row("generation", generation(R"(,"moderation":"off")"), "moderation");
    row("generation", generation(R"(,"response_format":"png")"), "response_format");
    row("generation", generation(R"(,"response_format":"url","stream":true)"), "response_format");
    row("edit", generation(""), "image");
    row("edit", generation(R"(,"images":[])"), "images");
    row("edit", generation(R"(,"images":[{}])"), "images[0].image_url");
    row("edit", generation(R"(,"images":[5])"), "images[0]");
    row("edit", generation(R"(,"images":[{"image_url":"ftp://x"}])"), "images[0].image_url");
    row("edit", generation(R"(,"images":[{"file_id":"file-kept-1"}])"), "images[0].file_id");
    row("edit", generation(R"(,"n":2,"images":[{"file_id":"file-abc"}])"), "n");
    row("edit", generation(R"(,"markup":"x","image":"data:image/png;base64,AAAA")"), "markup");
    row("edit", generation(R"(,"image":"data:image/png;base64,AAAA","mask":{"image_url":"data:,"})"),
        "mask.image_url");
    row("variation", R"({"model":"m","images":["data:image/png;base64,AA==","data:image/png;base64,AA=="]})",
        "images");
    std::string many;
    for (int i = 0; i < 17; ++i)
        many += std::string(i == 0 ? "" : ",") + R"("data:image/png;base64,AA==")";
    row("edit", generation(",\"images\":[" + many + ']'), "images");
}

void TstImageRequest::refuses()
{
    QFETCH(QString, call);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const Result<std::unique_ptr<Translation>> translation = makerOf(call)(body.toStdString(), CONTEXT);
    QVERIFY(!translation);
    QCOMPARE(QByteArray::fromStdString(translation.error().param), param);
    QCOMPARE(translation.error().status, 400);
}

void TstImageRequest::namesWhatHasNoEffect_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("ignored");
    const auto row = [](const std::string &body, const char *ignored) {
        QTest::newRow(body.c_str()) << QByteArray::fromStdString(body) << QByteArray(ignored);
    };
    row(generation(""), "");
    row(generation(R"(,"quality":"high","output_format":"png")"), "");
    row(generation(R"(,"quality":"high","size":"1024x1024")"), "quality");
    row(generation(R"(,"quality":"hd","size":"2048x2048")"), "");
    row(generation(R"(,"quality":"low","size":"1024x1024")"), "");
    row(generation(R"(,"output_format":"webp","output_compression":50)"),
        "output_format, output_compression");
    row(generation(R"(,"input_fidelity":"high","complexity":"low")"), "input_fidelity, complexity");
    row(R"({"model":"gemini-2.5-flash-image","prompt":"x","quality":"high"})", "quality");
}

void TstImageRequest::namesWhatHasNoEffect()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, ignored);
    const std::unique_ptr<Translation> translation = made(openAiImageGeneration, body.toStdString());
    QVERIFY(translation);
    QCOMPARE(QByteArray::fromStdString(translation->ignored()), ignored);
}

void TstImageRequest::readsForms()
{
    const std::string png("\x89PNG\r\n\x1a\n\0\1", 10);
    const std::string form =
        field("name=\"model\"", "gpt-image-2") + field("name=\"prompt\"", "A \"hat\"") +
        field("name=\"n\"", "2") + field("name=\"stream\"", "false") + field("name=\"size\"", "auto") +
        field("name=\"image[]\"; filename=\"a.png\"\r\nContent-Type: image/png", png) +
        field("name=\"image[]\"; filename=\"b.jpg\"", "\xff\xd8\xff") +
        field("name=\"mask\"; filename=\"m\"\r\nContent-Type: application/octet-stream", png) + "--B--\r\n";
    const Result<AskedImages> asked = readAskedImages(FORM_TYPE, form);
    QVERIFY(asked);
    QCOMPARE(asked->model, std::string("gpt-image-2"));
    QVERIFY(!asked->wantsUrl);
    const std::string expected =
        R"({"model":"gpt-image-2","prompt":"A \"hat\"","n":2,"stream":false,"size":"auto",)"
        R"("mask":{"image_url":"data:;base64,iVBORw0KGgoAAQ=="},)"
        R"("images":[{"image_url":"data:image/png;base64,iVBORw0KGgoAAQ=="},)"
        R"({"image_url":"data:image/jpeg;base64,/9j/"}]})";
    QCOMPARE(QByteArray::fromStdString(asked->body), QByteArray::fromStdString(expected));
    const std::unique_ptr<Translation> translation = made(openAiImageEdit, asked->body);
    QVERIFY(translation);
    QCOMPARE(translation->takeParts().size(), 2u);
}

void TstImageRequest::readsUrlsInForms()
{
    const std::string svg = field("name=\"svg[model]\"", "m") +
                            field("name=\"image\"; filename=\"a\"\r\nContent-Type: image/jpg", "abc") +
                            "--B--";
    const Result<AskedImages> vector = readAskedImages(FORM_TYPE, svg);
    QVERIFY(vector);
    const std::string expectedSvg = R"({"svg":"m","images":[{"image_url":"data:image/jpeg;base64,YWJj"}]})";
    QCOMPARE(vector->body, expectedSvg);
    const std::string form =
        field("name=\"image\"", "https://example.org/a.png") + field("name=\"n\"", "two") + "--B--\r\n";
    const Result<AskedImages> asked = readAskedImages(FORM_TYPE, form);
    const std::string expected = R"({"n":"two","images":[{"image_url":"https://example.org/a.png"}]})";
    QVERIFY(asked);
    QCOMPARE(asked->body, expected);
    QCOMPARE(asked->model, std::string());
}

void TstImageRequest::refusesABrokenForm()
{
    const Result<AskedImages> asked = readAskedImages(FORM_TYPE, "--B\r\nno end");
    QVERIFY(!asked);
    QCOMPARE(asked.error().code, std::string("invalid_form"));
    QVERIFY(!readAskedImages("application/json", "[]"));
    QCOMPARE(readAskedImages("application/json", R"({"model":5})").error().param, std::string("model"));
}

void TstImageRequest::choosesUrls_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("wantsUrl");
    const auto row = [](const char *body, bool wantsUrl) {
        QTest::newRow(body) << QByteArray(body) << wantsUrl;
    };
    row(R"({"model":"dall-e-3"})", true);
    row(R"({"model":"dall-e-2","response_format":"b64_json"})", false);
    row(R"({"model":"dall-e-3","stream":true})", false);
    row(R"({"model":"gpt-image-2"})", false);
    row(R"({"model":"gpt-image-2","response_format":"url"})", true);
    row(R"({})", false);
    row(R"({"model":"gemini-3.1-flash-image","response_format":"url"})", true);
}

void TstImageRequest::choosesUrls()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, wantsUrl);
    const Result<AskedImages> asked = readAskedImages("application/json", body.toStdString());
    QVERIFY(asked);
    QCOMPARE(asked->wantsUrl, wantsUrl);
}

void TstImageRequest::wantsLinkedPictures()
{
    const std::string url = "https://example.org/a.png";
    const auto translation =
        made(openAiImageEdit, generation(",\"n\":2,\"images\":[{\"image_url\":\"" + url + "\"}]"));
    QVERIFY(translation);
    QCOMPARE(translation->wantedMedia(), std::vector<std::string>{url});
    const auto parts = translation->takeParts();
    QCOMPARE(parts.size(), 2u);
    TranslationInputs inputs;
    inputs.media.emplace(url, FetchedMedia{"image/png", "abc"});
    for (const std::unique_ptr<Translation> &part : parts) {
        const Result<std::string> body = part->geminiBody(inputs);
        QVERIFY(body);
        QVERIFY(body->find(R"("data":"YWJj")") != std::string::npos);
    }
    QCOMPARE(parts.front()->geminiBody({}).error().param, std::string("images[0].image_url"));
}

void TstImageRequest::makesAPartOfEachPicture()
{
    const auto translation = made(openAiImageGeneration, generation(R"(,"n":3)"));
    QVERIFY(translation);
    const auto parts = translation->takeParts();
    QCOMPARE(parts.size(), 3u);
    const std::string body = *parts[0]->geminiBody({});
    QCOMPARE(*parts[2]->geminiBody({}), body);
    QCOMPARE(parts[1]->model(), std::string("gemini-3.1-flash-image"));
    QCOMPARE(parts[1]->name(), std::string_view("images.generations"));
    QVERIFY(!parts[1]->isStream());
    QVERIFY(made(openAiImageGeneration, generation(""))->takeParts().empty());
}

void TstImageRequest::knowsModelsByName()
{
    for (const char *name :
         {"", "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-2.6-flare", "chatgpt-image-latest"})
        QVERIFY2(isOpenAiImageModel(name), name);
    for (const char *name : {"gemini-3.1-flash-image", "my-alias", "imagen-4"})
        QVERIFY2(!isOpenAiImageModel(name), name);
    QVERIFY(drawsPictures("gemini-2.5-flash-image"));
    QVERIFY(drawsPictures("gemini-3-pro-image-preview"));
    QVERIFY(!drawsPictures("gemini-3.6-flash"));
    QVERIFY(!drawsPictures("gpt-image-1"));
    QVERIFY(!drawsPictures("imagen-4.0-generate-001"));
}

QTEST_APPLESS_MAIN(TstImageRequest)
#include "tst_imagerequest.moc"
