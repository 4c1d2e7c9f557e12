#include <QTest>

#include "gateway/dialects/base64.h"

using namespace Gateway;

class TstBase64 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesLikeQt();
    void decodesLikeQt();
    void decodesNothingElse();
    void checks_data();
    void checks();
};

void TstBase64::encodesLikeQt()
{
    QByteArray bytes;
    for (int length = 0; length < 300; ++length) {
        std::string out = "x";
        appendBase64(out, bytes.toStdString());
        QCOMPARE(QByteArray::fromStdString(out), "x" + bytes.toBase64());
        bytes.append(static_cast<char>(length * 37 + 11));
    }
}

void TstBase64::decodesLikeQt()
{
    QByteArray bytes;
    for (int length = 0; length < 300; ++length) {
        for (const QByteArray::Base64Option form :
             {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding, QByteArray::OmitTrailingEquals}) {
            std::string out = "x";
            QVERIFY(appendDecodedBase64(out, bytes.toBase64(form).toStdString()));
            QCOMPARE(QByteArray::fromStdString(out), "x" + bytes);
        }
        bytes.append(static_cast<char>(length * 37 + 11));
    }
}

void TstBase64::decodesNothingElse()
{
    for (const char *text : {"YQ=Y", "Y", "YWJjZ", "YQ\"}", "YWJ ", "\xc3\xa9YQ"}) {
        std::string out;
        QVERIFY2(!appendDecodedBase64(out, text), text);
    }
}

void TstBase64::checks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // null: refused
    QTest::newRow("padded") << QByteArray("YQ==") << QByteArray("YQ==");
    QTest::newRow("without padding") << QByteArray("YQ") << QByteArray("YQ");
    QTest::newRow("URL alphabet") << QByteArray("-_8=") << QByteArray("-_8=");
    QTest::newRow("line breaks") << QByteArray("YW\r\nJj \tZA==\n") << QByteArray("YWJjZA==");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("one digit left over") << QByteArray("YWJjZ") << QByteArray();
    QTest::newRow("padding inside") << QByteArray("YQ==YQ==") << QByteArray();
    QTest::newRow("too much padding") << QByteArray("YQ===") << QByteArray();
    QTest::newRow("wrong padding") << QByteArray("YQ=") << QByteArray();
    QTest::newRow("foreign byte") << QByteArray("YQ\xc3\xa9") << QByteArray();
    QTest::newRow("quote") << QByteArray("YQ\"}") << QByteArray();
    QTest::newRow("padding only") << QByteArray("==") << QByteArray();
}

void TstBase64::checks()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    std::string out = "before";
    const bool good = appendCheckedBase64(out, text.toStdString());
    QCOMPARE(good, !expected.isNull());
    QCOMPARE(QByteArray::fromStdString(out), "before" + expected);
}

QTEST_APPLESS_MAIN(TstBase64)
#include "tst_base64.moc"
