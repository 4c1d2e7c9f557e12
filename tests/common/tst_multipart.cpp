#include <QTest>

#include "gateway/common/multipart.h"

using namespace Gateway;

class TstMultipart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsForms_data();
    void readsForms();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
};

namespace {

constexpr const char *TYPE = "multipart/form-data; boundary=B1";

} // namespace

void TstMultipart::readsForms_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // name|file name|type|content, a line each
    QTest::newRow("a text and a file")
        << QByteArray(TYPE)
        << QByteArray("--B1\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
                      "--B1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.jsonl\"\r\n"
                      "Content-Type: application/jsonl\r\n\r\n{}\r\n{}\n\r\n--B1--\r\n")
        << QByteArray("purpose|||batch\nfile|a b.jsonl|application/jsonl|{}\r\n{}\n\n");
    QTest::newRow("a quoted boundary, words around")
        << QByteArray("Multipart/Form-Data; charset=x; boundary=\"B1 2\"")
        << QByteArray("before\r\n--B1 2  \r\ncontent-disposition:form-data;name=a\r\n\r\nx\r\n--B1 2--after")
        << QByteArray("a|||x\n");
    QTest::newRow("an empty file, escaped names")
        << QByteArray(TYPE)
        << QByteArray("--B1\r\nContent-Disposition: form-data; name=\"file\"; "
                      "filename=\"a\\\"b\"; filename*=UTF-8''c%20%C3%A9\r\n\r\n\r\n--B1--")
        << QByteArray("file|c \xC3\xA9||\n");
    QTest::newRow("the boundary's beginning within")
        << QByteArray(TYPE)
        << QByteArray("--B1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--B\r\n--B\r\n--B1--")
        << QByteArray("a|||--B\r\n--B\n");
    QTest::newRow("no fields") << QByteArray(TYPE) << QByteArray("--B1--") << QByteArray();
}

void TstMultipart::readsForms()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const auto form = readMultipart(type.toStdString(), {body.constData(), std::size_t(body.size())});
    QVERIFY2(form, form ? "" : form.error().text.c_str());
    std::string told;
    for (const FormField &field : *form)
        told += field.name + '|' + field.fileName + '|' + field.contentType + '|' +
                std::string(field.content) + '\n';
    QCOMPARE(QByteArray::fromStdString(told), expected);
}

void TstMultipart::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{}");
    QTest::newRow("no boundary") << QByteArray("multipart/form-data") << QByteArray("--B1--");
    QTest::newRow("another boundary") << QByteArray(TYPE) << QByteArray("--B2--");
    QTest::newRow("empty") << QByteArray(TYPE) << QByteArray();
    QTest::newRow("cut off in the head")
        << QByteArray(TYPE) << QByteArray("--B1\r\nContent-Disposition: form-data; name=\"a\"");
    QTest::newRow("cut off in the content")
        << QByteArray(TYPE) << QByteArray("--B1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx");
    QTest::newRow("no name") << QByteArray(TYPE) << QByteArray("--B1\r\nContent-Type: x\r\n\r\nx\r\n--B1--");
    QTest::newRow("no head") << QByteArray(TYPE) << QByteArray("--B1\r\n\r\nx\r\n--B1--");
}

void TstMultipart::refusesWhatIsNone()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto form = readMultipart(type.toStdString(), {body.constData(), std::size_t(body.size())});
    QVERIFY(!form);
    QCOMPARE(form.error().status, 400);
    QCOMPARE(form.error().code, std::string("invalid_form"));
}

QTEST_GUILESS_MAIN(TstMultipart)
#include "tst_multipart.moc"
