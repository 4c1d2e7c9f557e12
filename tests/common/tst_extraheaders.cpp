#include <QTest>

#include "gateway/common/extraheaders.h"

using namespace Gateway;

class TstExtraHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHeaders();
    void refusesOthers_data();
    void refusesOthers();
};

void TstExtraHeaders::readsHeaders()
{
    const Result<Headers> read =
        parseExtraHeaders(" X-Server-Timeout: 60; x-goog-user-project : my, own:project \n");
    QVERIFY(read);
    QCOMPARE(*read, (Headers{{"X-Server-Timeout", "60"}, {"x-goog-user-project", "my, own:project"}}));
    QVERIFY(parseExtraHeaders("")->empty());
}

void TstExtraHeaders::refusesOthers_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("part");
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(text) << std::string(text) << std::string(part);
    };
    row("X-A", "before ':'");
    row("X-A:", "behind it");
    row(": x", "before ':'");
    row("X A: x", "before ':'");
    row("Authorization: Bearer x", "credential");
    row("X-Goog-Api-Key: x", "credential");
    row("proxy-authorization: x", "credential");
    row("Cookie: x", "credential");
    row("x-my-token: x", "credential");
    row("Host: x", "for itself");
    row("Connection: close", "for itself");
    row("content-length: 3", "for itself");
    row("Transfer-Encoding: chunked", "for itself");
    row("X-A: 1; x-a: 2", "twice");
}

void TstExtraHeaders::refusesOthers()
{
    QFETCH(std::string, text);
    QFETCH(std::string, part);
    const Result<Headers> read = parseExtraHeaders(text);
    QVERIFY(!read);
    QVERIFY2(read.error().text.find(part) != std::string::npos, read.error().text.c_str());
}

QTEST_APPLESS_MAIN(TstExtraHeaders)
#include "tst_extraheaders.moc"
