#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"
#include "tests/support/fakeencoding.h"

using namespace TestSupport;
using namespace Gateway;

// OpenAI's images and moderations through the program: who may ask, and where pictures are fetched.
class TstImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_stage.reset(); }
    void answersOnItsPaths_data();
    void answersOnItsPaths();
    void tokensAreAskedFor_data();
    void tokensAreAskedFor();
    void urlsBeginAsTheRequestDid_data();
    void urlsBeginAsTheRequestDid();
    void picturesNeedNoToken();
    void recordsTellBothModels();
    void theSettingNamesTheModel();

private:
    void start(const GatewayProcess::Environment &settings = {});
    RawAnswer send(const std::string &method, const std::string &path, const std::string &body = {},
                   const std::string &headers = {}) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *GENERATIONS = "/v1/images/generations";
constexpr const char *FILES = "/v1/images/files/";

std::string tokenHeader()
{
    return std::string("Authorization: Bearer ") + CLIENT_TOKEN + "\r\n";
}

std::string urlIn(const RawAnswer &answer)
{
    const Result<json::object> body = parseJsonObject(answer.body);
    const json::array *data = body ? arrayAt(*body, "data") : nullptr;
    return data && !data->empty() ? std::string(stringAt(data->front().as_object(), "url")) : std::string();
}

} // namespace

void TstImages::start(const GatewayProcess::Environment &settings)
{
    m_stage = std::make_unique<Stage>(1);
    GatewayProcess::Environment all = settings;
    all["MAX_RETRIES"] = "0";
    all["WORKERS"] = "2";
    QVERIFY(m_stage->start(all));
}

RawAnswer TstImages::send(const std::string &method, const std::string &path, const std::string &body,
                          const std::string &headers) const
{
    RawClient client(20'000);
    const std::string host = headers.find("Host:") == std::string::npos ? "Host: localhost\r\n" : "";
    const std::string request =
        method + ' ' + path + " HTTP/1.1\r\n" + host + headers +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
        body;
    if (!client.connect(m_stage->gateway().port()) || !client.send(request))
        return {};
    return client.readAnswer();
}

void TstImages::answersOnItsPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path :
         {GENERATIONS, "/images/generations", "/v1/v1/images/generations", "//openai/v1/images/generations/"})
        QTest::newRow(path) << QByteArray(path);
}

void TstImages::answersOnItsPaths()
{
    QFETCH(QByteArray, path);
    start();
    const RawAnswer answer =
        send("POST", path.toStdString(), R"({"model":"gpt-image-2","prompt":"x"})", tokenHeader());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("x-gateway-model"), std::string_view("gemini-3.1-flash-image"));
    QVERIFY(answer.body.find("\"b64_json\":\"iVBOR") != std::string::npos);
}

void TstImages::tokensAreAskedFor_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {GENERATIONS, "/v1/images/edits", "/v1/images/variations", "/v1/moderations"})
        QTest::newRow(path) << QByteArray(path);
}

void TstImages::tokensAreAskedFor()
{
    QFETCH(QByteArray, path);
    start();
    const RawAnswer answer = send("POST", path.toStdString(), R"({"prompt":"x","input":"x"})");
    QCOMPARE(answer.status, 401);
    QVERIFY(answer.body.find(R"("type":"invalid_request_error")") != std::string::npos);
    QVERIFY(m_stage->fake().requests().empty());
    QCOMPARE(send("GET", path.toStdString(), {}, tokenHeader()).status, 405);
}

void TstImages::urlsBeginAsTheRequestDid_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("host") << QByteArray("Host: localhost:8080\r\n") << QByteArray("http://localhost:8080");
    QTest::newRow("behind a proxy") << QByteArray("Host: pictures.example\r\nX-Forwarded-Proto: https\r\n")
                                    << QByteArray("https://pictures.example");
}

void TstImages::urlsBeginAsTheRequestDid()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, start);
    this->start({{"ALLOWED_HOSTS", "pictures.example"}});
    const RawAnswer answer =
        send("POST", GENERATIONS, R"({"model":"gpt-image-2","prompt":"x","response_format":"url"})",
             tokenHeader() + headers.toStdString());
    QCOMPARE(answer.status, 200);
    const std::string url = urlIn(answer);
    QVERIFY2(url.starts_with(start.toStdString() + FILES), url.c_str());
}

void TstImages::picturesNeedNoToken()
{
    start();
    const std::string url =
        urlIn(send("POST", GENERATIONS, R"({"model":"dall-e-3","prompt":"x"})", tokenHeader()));
    const std::string path = url.substr(std::min(url.find(FILES), url.size()));
    QVERIFY2(path.ends_with(".png"), url.c_str());
    for (int i = 0; i < 4; ++i) { // whichever worker is asked
        const RawAnswer picture = send("GET", path);
        QCOMPARE(picture.status, 200);
        QCOMPARE(picture.header("content-type"), std::string_view("image/png"));
        QCOMPARE(QByteArray::fromStdString(picture.body), QByteArray::fromStdString(onePixelPng()));
    }
    const RawAnswer none = send("GET", std::string(FILES) + "AAAA.png");
    QCOMPARE(none.status, 404);
    QVERIFY(none.body.find(R"("code":"not_found")") != std::string::npos);
    QCOMPARE(send("POST", path).status, 405);
    QCOMPARE(m_stage->query(
                 "SELECT count(*) FROM shelf WHERE kind = 'picture' AND expires_ms = created_ms + 3600000"),
             std::vector<std::string>{"1"});
    QVERIFY(m_stage->restart());
    QCOMPARE(send("GET", path).status, 200);
}

void TstImages::recordsTellBothModels()
{
    start();
    QCOMPARE(send("POST", GENERATIONS, R"({"model":"dall-e-3","prompt":"x","n":2})", tokenHeader()).status,
             200);
    const std::string sql = "SELECT m.text || ' ' || a.text || ' ' || u.text FROM requests r "
                            "JOIN names m ON m.id = r.method JOIN names a ON a.id = r.model_asked "
                            "JOIN names u ON u.id = r.model_used";
    QTRY_COMPARE(m_stage->query(sql),
                 std::vector<std::string>{"images.generations dall-e-3 gemini-3.1-flash-image"});
}

void TstImages::theSettingNamesTheModel()
{
    start({{"IMAGE_MODEL", "gemini-3.1-flash-image"}, {"MODERATION_MODEL", "gemini-3.6-flash"}});
    QCOMPARE(send("POST", GENERATIONS, R"({"prompt":"x"})", tokenHeader()).status, 200);
    const RawAnswer verdict = send("POST", "/v1/moderations", R"({"input":"x"})", tokenHeader());
    QCOMPARE(verdict.status, 200);
    QCOMPARE(verdict.header("x-gateway-model"), std::string_view("gemini-3.6-flash"));
    for (const SeenRequest &seen : m_stage->fake().requests())
        QVERIFY2(seen.request.method == "POST", "the list of models was not needed");
}

QTEST_GUILESS_MAIN(TstImages)
#include "tst_images.moc"
