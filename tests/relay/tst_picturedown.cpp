#include <QTest>

#include "gateway/common/json.h"
#include "gateway/relay/picturedown.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstPictureDown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsUrlsInPlaceOfPictures();
    void aPictureIsThereForAnHour();
    void otherAnswersPass_data();
    void otherAnswersPass();
    void nonsenseIsAnError();
    void tellsWhenNothingCanBeKept();
};

namespace {

constexpr const char *ROOT = "https://gateway.example/v1/images/files/";

struct Told
{
    int status = 0;
    std::string contentType;
    Headers headers;
    std::string body;
};

class RecordingDown final : public Downstream
{
public:
    explicit RecordingDown(Told &told)
        : m_told(told)
    {
    }
    void setListener(DownstreamListener *) override {}
    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override
    {
        m_told = {status, std::string(contentType), headers, std::string(body)};
    }
    void begin(int status, std::string_view, const Headers &, std::int64_t) override
    {
        m_told.status = status;
    }
    bool write(std::string_view bytes) override
    {
        m_told.body += bytes;
        return true;
    }
    void end() override {}
    void abort() override {}

private:
    Told &m_told;
};

/// A shelf that takes nothing.
class FullShelf final : public Shelf
{
public:
    void put(ShelfItem, QObject *, Done done) override { done(fail(503, "store_full", "The disk is full.")); }
    void setState(std::string, std::string) override {}
    void remove(std::string, QObject *, Done) override {}
    void find(std::string, std::string, QObject *, Found) override {}
    void list(ShelfQuery, QObject *, Listed) override {}
};

std::string answerWith(const std::vector<std::string> &pictures)
{
    std::string out;
    for (const std::string &picture : pictures)
        out +=
            (out.empty() ? "" : ",") + (R"({"b64_json":")" + picture + R"(","revised_prompt":"An otter"})");
    return R"({"created":1,"data":[)" + out + R"(],"usage":{"total_tokens":3}})";
}

std::optional<ShelfItem> found(Shelf &shelf, const std::string &id)
{
    QObject context;
    std::optional<Result<std::optional<ShelfItem>>> answer;
    shelf.find(id, {}, &context, [&](auto result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !*answer)
        return std::nullopt;
    return **answer;
}

std::string idOf(const json::value &image)
{
    std::string url(image.at("url").as_string());
    url.erase(0, std::string_view(ROOT).size());
    return url.substr(0, url.rfind('.'));
}

} // namespace

void TstPictureDown::tellsUrlsInPlaceOfPictures()
{
    StoreFixture fixture;
    const auto store = fixture.open();
    QObject context;
    Told told;
    PictureDown down(std::make_unique<RecordingDown>(told),
                     {store->shelf(), &context, ROOT, fixture.clock.nowMs()});
    down.send(200, "application/json", {{"x-gateway-model", "m"}},
              answerWith({"iVBORw0KGgoAAQ==", "/9j/4AAQ"}));
    QTRY_COMPARE(told.status, 200);
    QCOMPARE(told.contentType, std::string("application/json"));
    QCOMPARE(headerValue(told.headers, "x-gateway-model"), std::string_view("m"));
    const json::value body = parseJson(told.body).value_or(json::value());
    const json::array &data = body.at("data").as_array();
    QCOMPARE(data.size(), 2u);
    QVERIFY(!data[0].as_object().contains("b64_json"));
    QCOMPARE(std::string(data[0].at("revised_prompt").as_string()), std::string("An otter"));
    QCOMPARE(body.at("usage").at("total_tokens").to_number<int>(), 3);
    QVERIFY(std::string_view(data[0].at("url").as_string()).ends_with(".png"));
    QVERIFY(std::string_view(data[1].at("url").as_string()).ends_with(".jpeg"));
    QCOMPARE(idOf(data[0]).size(), 43u);
    QVERIFY(idOf(data[0]) != idOf(data[1]));
    const std::optional<ShelfItem> picture = found(store->shelf(), idOf(data[0]));
    QVERIFY(picture);
    QCOMPARE(picture->kind, std::string(ShelfItem::PICTURE));
    QCOMPARE(picture->label, std::string("image/png"));
    QCOMPARE(QByteArray::fromStdString(picture->content), QByteArray::fromBase64("iVBORw0KGgoAAQ=="));
}

void TstPictureDown::aPictureIsThereForAnHour()
{
    constexpr std::int64_t hourMs = 3'600'000;
    StoreFixture fixture;
    const auto store = fixture.open();
    QObject context;
    Told told;
    PictureDown down(std::make_unique<RecordingDown>(told),
                     {store->shelf(), &context, ROOT, fixture.clock.nowMs()});
    down.send(200, "application/json", {}, answerWith({"iVBORw0KGgoAAQ=="}));
    QTRY_COMPARE(told.status, 200);
    const std::string id = idOf(parseJson(told.body).value_or(json::value()).at("data").at(0));
    fixture.clock.advance(hourMs - 1);
    QVERIFY(found(store->shelf(), id));
    fixture.clock.advance(1);
    QVERIFY(!found(store->shelf(), id));
}

void TstPictureDown::otherAnswersPass_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("error") << 400 << QByteArray(R"({"error":{"code":"moderation_blocked"}})");
    QTest::newRow("no pictures") << 200 << QByteArray(R"({"object":"list"})");
    QTest::newRow("no JSON") << 200 << QByteArray("otter");
}

void TstPictureDown::otherAnswersPass()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    FullShelf shelf;
    Told told;
    PictureDown down(std::make_unique<RecordingDown>(told), {shelf, this, ROOT, 0});
    down.send(status, "application/json", {}, body.toStdString());
    QCOMPARE(told.status, status);
    QCOMPARE(QByteArray::fromStdString(told.body), body);
}

void TstPictureDown::nonsenseIsAnError()
{
    StoreFixture fixture;
    const auto store = fixture.open();
    Told told;
    PictureDown down(std::make_unique<RecordingDown>(told), {store->shelf(), this, ROOT, 0});
    down.send(200, "application/json", {}, answerWith({"iVBORw0KGgoAAQ==", "not base64!"}));
    QTRY_COMPARE(told.status, 502);
    QVERIFY(told.body.find("bad_upstream_answer") != std::string::npos);
}

void TstPictureDown::tellsWhenNothingCanBeKept()
{
    FullShelf shelf;
    Told told;
    PictureDown down(std::make_unique<RecordingDown>(told), {shelf, this, ROOT, 0});
    down.send(200, "application/json", {}, answerWith({"iVBORw0KGgoAAQ=="}));
    QCOMPARE(told.status, 503);
    QVERIFY(told.body.find("store_full") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstPictureDown)
#include "tst_picturedown.moc"
