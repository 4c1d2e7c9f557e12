#include <QTest>

#include "gateway/common/json.h"

using namespace Gateway;

class TstJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrderAndNumbers();
    void tellsThePositionOfAFault();
    void refusesDeepNesting();
    void refusesBadUtf8();
    void refusesTrailingBytes();
    void escapesControlCharacters();
    void escapesAtEveryPlace();
};

void TstJson::keepsOrderAndNumbers()
{
    const std::string text =
        R"({"z":1,"a":1.5,"m":{"y":true,"b":null},"big":18446744073709551615,"whole":1.0})";
    const Result<json::value> parsed = parseJson(text);
    QVERIFY(parsed);
    QCOMPARE(toJson(*parsed), text);
}

void TstJson::tellsThePositionOfAFault()
{
    const Result<json::value> parsed = parseJson(R"({"a":1,})");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().status, 400);
    QVERIFY(parsed.error().text.find("byte 7") != std::string::npos);
}

void TstJson::refusesDeepNesting()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(parseJson(nested(MAX_JSON_DEPTH)));
    const Result<json::value> parsed = parseJson(nested(MAX_JSON_DEPTH + 1));
    QVERIFY(!parsed);
    QVERIFY(parsed.error().text.find("64 levels") != std::string::npos);
}

void TstJson::refusesBadUtf8()
{
    QVERIFY(!parseJson("{\"a\":\"\xff\"}"));
    QVERIFY(parseJson("{\"a\":\"\xc3\xa9\"}"));
}

void TstJson::refusesTrailingBytes()
{
    QVERIFY(!parseJson("{} x"));
    QVERIFY(parseJson("{} \n"));
}

void TstJson::escapesControlCharacters()
{
    std::string out;
    appendJsonString(out, std::string_view("a\"\\\n\x01\xc3\xa9", 7));
    QCOMPARE(out, std::string("\"a\\\"\\\\\\n\\u0001\xc3\xa9\""));
}

void TstJson::escapesAtEveryPlace()
{
    for (int byte = 1; byte < 0x80; ++byte) { // more is no UTF-8 when alone
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(20, 'a');
            text[at] = static_cast<char>(byte);
            std::string out;
            appendJsonString(out, text);
            const Result<json::value> parsed = parseJson(out);
            QVERIFY2(parsed, out.c_str());
            QCOMPARE(std::string(parsed->as_string()), text);
        }
    }
    std::string out;
    appendJsonString(out, "\xc3\xa9\xe4\xb8\xad\xe6\x96\x87\xf0\x9f\x98\x80 plain");
    QCOMPARE(out, std::string("\"\xc3\xa9\xe4\xb8\xad\xe6\x96\x87\xf0\x9f\x98\x80 plain\""));
}

QTEST_APPLESS_MAIN(TstJson)
#include "tst_json.moc"
