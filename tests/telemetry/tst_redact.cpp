#include <QTest>

#include "gateway/telemetry/recorder.h"
#include "gateway/telemetry/redact.h"

using namespace Gateway;

class TstRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksSecrets_data();
    void masksSecrets();
    void leavesOtherTextAlone_data();
    void leavesOtherTextAlone();
    void staysTheSameTheSecondTime_data();
    void staysTheSameTheSecondTime();
    void recordsGoOnWithoutSecrets();
};

namespace {

void secretRows()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("AIza key") << QStringLiteral("API key AIzaSyA1234567890abcdefghijklmnopqrstuvw not valid")
                              << QStringLiteral("API key AIza…tuvw not valid");
    QTest::newRow("AQ key") << QStringLiteral("'AQ.Ab8RN6_x-yz0123456789'") << QStringLiteral("'AQ.A…6789'");
    QTest::newRow("sk token") << QStringLiteral("token=sk-abcdefgh12345678")
                              << QStringLiteral("token=sk-a…5678");
    QTest::newRow("access token of Google")
        << QStringLiteral("ya29.a0AfB_byC1234567890") << QStringLiteral("ya29…7890");
    QTest::newRow("query") << QStringLiteral("GET /v1beta/models?key=my-own-secret-text&alt=sse")
                           << QStringLiteral("GET /v1beta/models?key=my-o…text&alt=sse");
    QTest::newRow("short value of a query") << QStringLiteral("/x?key=abc") << QStringLiteral("/x?key=…");
    QTest::newRow("bearer") << QStringLiteral("Authorization: Bearer hunter2 (curl)")
                            << QStringLiteral("Authorization: Bearer … (curl)");
    QTest::newRow("bearer without its header")
        << QStringLiteral("sent bearer abcdefghijklmnop") << QStringLiteral("sent bearer abcd…mnop");
    QTest::newRow("basic") << QStringLiteral("Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA==")
                           << QStringLiteral("Proxy-Authorization: Basic dXNl…ZA==");
    QTest::newRow("authorization without a scheme")
        << QStringLiteral("authorization=letmein") << QStringLiteral("authorization=…");
    QTest::newRow("key header") << QStringLiteral("x-goog-api-key: topsecretvalue99\r\nHost: x")
                                << QStringLiteral("x-goog-api-key: tops…ue99\r\nHost: x");
    QTest::newRow("JSON member") << QStringLiteral(R"({"apiKey": "topsecretvalue99", "n": 1})")
                                 << QStringLiteral(R"({"apiKey": "tops…ue99", "n": 1})");
    QTest::newRow("password in a URL") << QStringLiteral("proxy socks5://me:pass@word@10.0.0.1:1080/ failed")
                                       << QStringLiteral("proxy socks5://me:…@10.0.0.1:1080/ failed");
    QTest::newRow("several") << QStringLiteral("AIzaSyA1234567890abc,AIzaSyB1234567890abc")
                             << QStringLiteral("AIza…0abc,AIza…0abc");
    QTest::newRow("setting") << QStringLiteral("ALLOWED_TOKENS=one-two-three-four")
                             << QStringLiteral("ALLOWED_TOKENS=one-…four");
}

} // namespace

void TstRedact::masksSecrets_data()
{
    secretRows();
}

void TstRedact::masksSecrets()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(redacted(text.toStdString())), expected);
}

void TstRedact::leavesOtherTextAlone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "API key not valid. Please pass a valid API key.", "key: 12 failures", "the monkey=banana",
          "risk-averse-approach", "http://127.0.0.1:4364/v1beta/models?alt=sse", "token count 17, tokens: 5",
          "AIza", "FAQ.txt was basic", "grüße 你好", "https://host/path@v1:2"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TstRedact::leavesOtherTextAlone()
{
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(redacted(text.toStdString())), text);
}

void TstRedact::staysTheSameTheSecondTime_data()
{
    secretRows();
}

void TstRedact::staysTheSameTheSecondTime()
{
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(redacted(expected.toStdString())), expected);
}

void TstRedact::recordsGoOnWithoutSecrets()
{
    std::vector<RequestRecord> taken;
    Recorder recorder([&](std::vector<RequestRecord> batch) { taken = std::move(batch); });
    RequestRecord record;
    record.error = "refused AIzaSyA1234567890abcdefghij";
    record.attempts.push_back({1, 400, 0, 5, "refused AIzaSyA1234567890abcdefghij"});
    recorder.add(record);
    recorder.flush();
    QCOMPARE(taken.size(), std::size_t{1});
    QCOMPARE(taken[0].error, std::string("refused AIza…ghij"));
    QCOMPARE(taken[0].attempts[0].error, std::string("refused AIza…ghij"));
}

QTEST_APPLESS_MAIN(TstRedact)
#include "tst_redact.moc"
