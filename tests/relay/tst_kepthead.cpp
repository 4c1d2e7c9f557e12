#include <QTest>

#include "gateway/relay/kepthead.h"

using namespace Gateway;

class TstKeptHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestKeepsItsLineAndHeaders();
    void noCredentialIsKept_data();
    void noCredentialIsKept();
    void anAnswerKeepsItsStatusAndHeaders();
};

void TstKeptHead::aRequestKeepsItsLineAndHeaders()
{
    ClientRequest request;
    request.method = "POST";
    request.path = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";
    request.query = "alt=sse";
    request.headers = {{"User-Agent", "curl/7.88.1"}, {"content-type", "application/json"}};
    QCOMPARE(keptHead(request),
             std::string("POST /v1beta/models/gemini-3.6-flash:streamGenerateContent?alt=sse\n"
                         "User-Agent: curl/7.88.1\ncontent-type: application/json"));
}

void TstKeptHead::noCredentialIsKept_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("header");
    const auto row = [](const char *name, const char *query, const char *header) {
        QTest::newRow(name) << QByteArray(query) << QByteArray(header);
    };
    row("bearer", "", "Authorization");
    row("anthropic", "", "x-api-key");
    row("google", "", "X-Goog-Api-Key");
    row("cookie", "", "Cookie");
    row("an upload", "upload_id=my-own-word&upload_protocol=resumable", "accept");
    row("in the query", "key=my-own-word", "accept");
    row("ephemeral", "alt=sse&access_token=my-own-word", "accept");
}

void TstKeptHead::noCredentialIsKept()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, header);
    ClientRequest request;
    request.method = "GET";
    request.path = "/v1/models";
    request.query = query.toStdString();
    request.headers = {{header.toStdString(), query.isEmpty() ? "my-own-word" : "*/*"}};
    const std::string head = keptHead(request);
    QVERIFY2(head.find("my-own-word") == std::string::npos, head.c_str());
    QVERIFY(head.find(header.toStdString() + ": ") != std::string::npos);
}

void TstKeptHead::anAnswerKeepsItsStatusAndHeaders()
{
    QCOMPARE(keptHead(429, "application/json", {{"retry-after", "12"}}),
             std::string("429\ncontent-type: application/json\nretry-after: 12"));
    QCOMPARE(keptHead(204, {}, {}), std::string("204"));
    QVERIFY(keptHead(200, {}, {{"X-Goog-Upload-URL", "http://h/upload?upload_id=my-own-word"}})
                .find("my-own-word") == std::string::npos);
}

QTEST_APPLESS_MAIN(TstKeptHead)
#include "tst_kepthead.moc"
