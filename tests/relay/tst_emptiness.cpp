#include <QTest>

#include "gateway/relay/emptiness.h"

using namespace Gateway;

class TstEmptiness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
};

void TstEmptiness::tells_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<bool>("something");
    const auto row = [](const char *name, const std::string &json, bool something) {
        QTest::newRow(name) << json << something;
    };
    const auto parts = [](const std::string &list) {
        return R"({"candidates":[{"content":{"parts":[)" + list + R"(],"role":"model"},"index":0}]})";
    };
    row("nothing", "", false);
    row("an empty object", "{}", false);
    row("no candidates", R"({"usageMetadata":{"promptTokenCount":5},"modelVersion":"m"})", false);
    row("no parts", R"({"candidates":[{"content":{"role":"model"},"finishReason":"STOP"}]})", false);
    row("empty text", parts(R"({"text":""})"), false);
    row("empty text, spaced", parts("{ \"text\" : \"\" }"), false);
    row("text", parts(R"({"text":"a"})"), true);
    row("text, spaced", parts("{\n \"text\" :\n \"a\" }"), true);
    row("text that is a quote", parts(R"({"text":"\""})"), true);
    row("a thought", parts(R"({"text":"hm","thought":true})"), true);
    row("a call", parts(R"({"functionCall":{"name":"f","args":{}}})"), true);
    row("a picture", parts(R"({"inlineData":{"mimeType":"image/png","data":"AAAA"}})"), true);
    row("code", parts(R"({"executableCode":{"code":"1"}})"), true);
    row("blocked", R"({"promptFeedback":{"blockReason":"SAFETY"}})", true);
    row("ended by the filter", R"({"candidates":[{"finishReason":"SAFETY"}]})", true);
    row("ended at the limit", R"({"candidates":[{"finishReason": "MAX_TOKENS"}]})", true);
    row("stopped", R"({"candidates":[{"finishReason": "STOP"}]})", false);
    row("a word that is no member", R"({"responseId":"text","modelVersion":"functionCall"})", false);
    row("a null member", R"({"functionCall":null})", false);
    row("an event", "data: " + parts(R"({"text":"a"})") + "\r\n\r\n", true);
}

void TstEmptiness::tells()
{
    QFETCH(std::string, json);
    QFETCH(bool, something);
    QCOMPARE(tellsSomething(json), something);
}

QTEST_APPLESS_MAIN(TstEmptiness)
#include "tst_emptiness.moc"
