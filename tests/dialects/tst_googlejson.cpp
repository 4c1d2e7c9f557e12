#include <algorithm>
#include <random>

#include <QStringDecoder>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/googlejson.h"

using namespace Gateway;

class TstGoogleJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatGoogleTakes_data();
    void takesWhatGoogleTakes();
    void namesThePlaceOfAFault_data();
    void namesThePlaceOfAFault();
    void holdsTheNestingLimit();
    void judgesEveryCharacter();
    void takesEveryValidTextAndNoCutOne();
    void agreesWithAStrictParserOnDamage();
};

namespace {

const std::string SAMPLE =
    R"J({"contents":[{"role":"user","parts":[{"text":"a \"q\" \\ \n \u00e9\ud83d\ude00 é 空 😀"},{"a":[]},{}]}],)J"
    R"J( "n":[0,-1,2.5e-3,1E+9,true,false,null] , "long":"0123456789012345678901234567890123456789\"x"})J";

} // namespace

void TstGoogleJson::takesWhatGoogleTakes_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QByteArray(text); };
    row("object", R"J({"a":1})J");
    row("space around", " \r\n\t{ \"a\" :\n1 , \"b\" : [ 1 , 2 ] } \n");
    row("empty object", "{}");
    row("empty array", "[ ]");
    row("scalar", "12");
    row("comma before a brace", R"J({"a":1,})J");
    row("comma before a bracket", R"J([1,2, ])J");
    row("names without quotes", "{contents:[{role:\"user\"}], a_$1.b-c:1}");
    row("single quotes", R"J({'a':'it is "so"'})J");
    row("a line break in a string", "{\"a\":\"one\ntwo\"}");
    row("unknown escapes", R"J({"a":"\q\'\/"})J");
    row("half a pair of surrogates", R"J({"a":"\ud83d"})J");
}

void TstGoogleJson::takesWhatGoogleTakes()
{
    QFETCH(QByteArray, text);
    const Result<void> checked = checkGoogleJson(text.toStdString());
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().text.c_str());
}

void TstGoogleJson::namesThePlaceOfAFault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QByteArray &text, int position, const char *words) {
        QTest::newRow(name) << text << position << QByteArray(words);
    };
    row("nothing", "", 0, "ends where a value");
    row("only space", "  ", 2, "ends where a value");
    row("byte order mark", "\xef\xbb\xbf{}", 0, "a value");
    row("no JSON", "contents", 0, "a value");
    row("cut object", R"J({"a":1)J", 6, "ends where ',' or '}'");
    row("cut string", R"J({"a":"x)J", 7, "ends where the end of a string");
    row("cut escape", R"J({"a":"x\)J", 8, "the end of a string");
    row("cut \\u", R"J({"a":"\u00)J", 10, "a hexadecimal digit");
    row("bad \\u", R"J({"a":"\u00gx"})J", 10, "a hexadecimal digit");
    row("no colon", R"J({"a" 1})J", 5, "':'");
    row("no name", R"J({1:2})J", 1, "a name or '}'");
    row("two commas", R"J([1,,2])J", 3, "a value");
    row("comma at the start", R"J([,1])J", 1, "a value");
    row("comma at the start of an object", R"J({,})J", 1, "a name or '}'");
    row("no comma", R"J([1 2])J", 3, "',' or ']'");
    row("other bracket", R"J({"a":[1}})J", 7, "',' or ']'");
    row("other bracket at once", "[}", 1, "a value");
    row("too many brackets", "{}}", 2, "the end");
    row("text behind", "{} x", 3, "the end");
    row("a bad word", R"J({"a":nul})J", 5, "a value");
    row("a minus", R"J({"a":-})J", 6, "a digit");
    row("a zero byte", QByteArray("{\0}", 3), 1, "a name or '}'");
    row("Latin-1", "{\"a\":\"caf\xe9\"}", 9, "no UTF-8");
}

void TstGoogleJson::namesThePlaceOfAFault()
{
    QFETCH(QByteArray, text);
    QFETCH(int, position);
    QFETCH(QByteArray, words);
    const Result<void> checked = checkGoogleJson(text.toStdString());
    QVERIFY(!checked);
    QCOMPARE(checked.error().status, 400);
    QCOMPARE(checked.error().code, std::string("invalid_json"));
    const QByteArray told = QByteArray::fromStdString(checked.error().text);
    QVERIFY2(told.endsWith(QByteArray(", at byte " + QByteArray::number(position) + ".")), told.constData());
    QVERIFY2(told.contains(words), told.constData());
}

void TstGoogleJson::holdsTheNestingLimit()
{
    const auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i)
            text += i % 2 == 0 ? "[" : "{\"a\":";
        text += "1";
        for (int i = depth - 1; i >= 0; --i)
            text += i % 2 == 0 ? "]" : "}";
        return text;
    };
    QVERIFY(checkGoogleJson(nested(MAX_JSON_DEPTH)).has_value());
    const Result<void> deeper = checkGoogleJson(nested(MAX_JSON_DEPTH + 1));
    QVERIFY(!deeper);
    QVERIFY(deeper.error().text.find(std::to_string(MAX_JSON_DEPTH) + " levels") != std::string::npos);
}

/// Every sequence of up to three bytes from the interesting ones, as Qt judges it.
void TstGoogleJson::judgesEveryCharacter()
{
    const std::string bytes =
        "a\x7f\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf4\xf5\xff";
    const auto check = [](const std::string &text) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        Q_UNUSED(decoded);
        const bool isSound = checkGoogleJson('"' + text + '"').has_value();
        if (isSound == decoder.hasError())
            qWarning("%s", QByteArray::fromStdString(text).toHex().constData());
        return isSound != decoder.hasError();
    };
    for (const char first : bytes) {
        for (const char second : bytes) {
            for (const char third : bytes) {
                for (const std::string &text :
                     {std::string{first}, std::string{first, second}, std::string{first, second, third},
                      std::string{first, second, third, '\x80'}, std::string{first, second, third, 'a'}})
                    QVERIFY(check(text));
            }
        }
    }
}

void TstGoogleJson::takesEveryValidTextAndNoCutOne()
{
    QVERIFY(parseJson(SAMPLE).has_value());
    const Result<void> whole = checkGoogleJson(SAMPLE);
    QVERIFY2(whole.has_value(), whole ? "" : whole.error().text.c_str());
    for (std::size_t size = 0; size < SAMPLE.size(); ++size)
        QVERIFY2(!checkGoogleJson(std::string_view(SAMPLE).substr(0, size)), SAMPLE.substr(0, size).c_str());
}

/// What the strict parser takes is taken always.
void TstGoogleJson::agreesWithAStrictParserOnDamage()
{
    std::mt19937 random(7);
    const std::string bytes = "{}[]\",:\\ntu01-.e \n\x80\xc3\xf0z";
    int taken = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = SAMPLE;
        for (int i = 0; i < 1 + round % 2; ++i) {
            const std::size_t at = random() % text.size();
            text[at] = bytes[random() % bytes.size()];
        }
        if (!parseJson(text))
            continue;
        ++taken;
        QVERIFY2(checkGoogleJson(text).has_value(), text.c_str());
    }
    QVERIFY(taken > 1000);
}

QTEST_APPLESS_MAIN(TstGoogleJson)
#include "tst_googlejson.moc"
