#include <QTest>

#include "gateway/dialects/eventsteps.h"
#include "gateway/dialects/geminianswer.h"

using namespace Gateway;

/// An event told in steps says the same as the event.
class TstEventSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsBetweenLetters_data();
    void cutsBetweenLetters();
    void keepsWholeWhatIsNoText_data();
    void keepsWholeWhatIsNoText();
    void tellsTheRestWithTheLastStep();
    void keepsTheOrderOfParts();
    void thoughtsStayThoughts();
    void aSignatureComesWithTheEndOfItsText();
    void asMuchAsIsAskedFor();
};

namespace {

std::string eventOf(const std::string &parts, const std::string &more = "")
{
    return R"({"candidates":[{"content":{"parts":[)" + parts + R"(],"role":"model"},"index":0)" + more +
           R"(}],"usageMetadata":{"promptTokenCount":3},"modelVersion":"m","responseId":"r"})";
}

std::string textPart(const std::string &text)
{
    std::string part = R"({"text":)";
    appendJsonString(part, text);
    return part + "}";
}

std::vector<std::string> stepsOf(const std::string &event, std::size_t letters)
{
    EventSteps steps(event);
    std::vector<std::string> told;
    while (!steps.isOver())
        told.push_back(steps.take(letters));
    return told;
}

std::string textOf(const std::string &event)
{
    GeminiAnswer answer;
    if (!answer.read(event) || !answer.candidates())
        return "no event";
    std::string text;
    const GeminiCandidate candidate = GeminiCandidate::read(answer.candidates()->front());
    for (const json::value &part : *candidate.parts)
        text += GeminiPart::read(part).text;
    return text;
}

} // namespace

void TstEventSteps::cutsBetweenLetters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("letters");
    QTest::newRow("ASCII") << QByteArray("Hello") << 5;
    QTest::newRow("two bytes") << QByteArray("h\xC3\xA9llo") << 5;
    QTest::newRow("Chinese") << QByteArray("\xE4\xB8\x96\xE7\x95\x8C\xE5\x92\x8C") << 3;
    QTest::newRow("beyond the first plane") << QByteArray("a\xF0\x9F\x98\x80z") << 3;
    QTest::newRow("combining accent") << QByteArray("e\xCC\x81x") << 2;
    QTest::newRow("flag") << QByteArray("\xF0\x9F\x87\xA9\xF0\x9F\x87\xAAx") << 2;
    QTest::newRow("skin tone") << QByteArray("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBDx") << 2;
    QTest::newRow("family of joined signs")
        << QByteArray("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6x") << 2;
    QTest::newRow("escapes") << QByteArray("a\"\\\n\tb") << 6;
}

void TstEventSteps::cutsBetweenLetters()
{
    QFETCH(QByteArray, text);
    QFETCH(int, letters);
    const std::string event = eventOf(textPart(text.toStdString()));
    QCOMPARE(EventSteps(event).letters(), static_cast<std::size_t>(letters));
    const std::vector<std::string> told = stepsOf(event, 1);
    QCOMPARE(told.size(), static_cast<std::size_t>(letters));
    std::string joined;
    for (const std::string &step : told) {
        QVERIFY2(parseJsonObject(step).has_value(), step.c_str()); // whole characters only
        joined += textOf(step);
    }
    QCOMPARE(joined, text.toStdString());
}

void TstEventSteps::keepsWholeWhatIsNoText_data()
{
    QTest::addColumn<std::string>("event");
    const std::string call = R"({"functionCall":{"name":"f","args":{"text":"long long text"}}})";
    QTest::newRow("a call") << eventOf(call);
    QTest::newRow("no parts") << std::string(R"({"candidates":[{"finishReason":"STOP"}]})");
    QTest::newRow("usage only") << std::string(R"({ "usageMetadata":{"promptTokenCount":3}})");
    QTest::newRow("two candidates") << std::string(
        R"({"candidates":[{"content":{"parts":[{"text":"one"}]}},{"index":1,"content":{"parts":[{"text":"two"}]}}]})");
    QTest::newRow("log probabilities")
        << eventOf(textPart("Hello there"), R"(,"logprobsResult":{"chosenCandidates":[]})");
    QTest::newRow("an empty text") << eventOf(R"({"text":"","thoughtSignature":"S"})");
    QTest::newRow("not JSON") << std::string("oops");
    QTest::newRow("other types") << std::string(R"({"candidates":[{"content":{"parts":{"text":3}}}]})");
}

void TstEventSteps::keepsWholeWhatIsNoText()
{
    QFETCH(std::string, event);
    EventSteps steps(event);
    QCOMPARE(steps.letters(), std::size_t{0});
    QVERIFY(!steps.isOver());
    QCOMPARE(steps.take(1), event);
    QVERIFY(steps.isOver());
}

void TstEventSteps::tellsTheRestWithTheLastStep()
{
    const std::vector<std::string> told =
        stepsOf(eventOf(textPart("abcde"), R"(,"finishReason":"STOP","groundingMetadata":{"a":1})"), 2);
    QCOMPARE(told.size(), std::size_t{3});
    const std::string first =
        R"({"candidates":[{"content":{"parts":[{"text":"ab"}],"role":"model"},"index":0}],)"
        R"("modelVersion":"m","responseId":"r"})";
    QCOMPARE(told.front(), first);
    QCOMPARE(told.back(), eventOf(textPart("e"), R"(,"finishReason":"STOP","groundingMetadata":{"a":1})"));
}

void TstEventSteps::keepsTheOrderOfParts()
{
    const std::string calls = R"({"functionCall":{"name":"f","args":{}},"thoughtSignature":"S"},)"
                              R"({"functionCall":{"name":"g","args":{"x":1}}})";
    const std::vector<std::string> told =
        stepsOf(eventOf(textPart("abc") + "," + calls + "," + textPart("de")), 2);
    QCOMPARE(told.size(), std::size_t{4});
    QCOMPARE(textOf(told[0]), std::string("ab"));
    QCOMPARE(textOf(told[1]), std::string("c"));
    QVERIFY2(told[2].find("[" + calls + "]") != std::string::npos, told[2].c_str());
    QCOMPARE(textOf(told[3]), std::string("de"));
    QVERIFY(told[2].find("usageMetadata") == std::string::npos);
    QVERIFY(told[3].find("usageMetadata") != std::string::npos);
}

void TstEventSteps::thoughtsStayThoughts()
{
    for (const std::string &step : stepsOf(eventOf(R"({"text":"hmmm","thought":true})"), 2))
        QVERIFY2(step.find(R"("thought":true)") != std::string::npos, step.c_str());
}

void TstEventSteps::aSignatureComesWithTheEndOfItsText()
{
    const std::vector<std::string> told = stepsOf(eventOf(R"({"text":"abcd","thoughtSignature":"S"})"), 2);
    QCOMPARE(told.size(), std::size_t{2});
    QVERIFY(told[0].find("thoughtSignature") == std::string::npos);
    QVERIFY(told[1].find(R"("thoughtSignature":"S")") != std::string::npos);
}

void TstEventSteps::asMuchAsIsAskedFor()
{
    EventSteps steps(eventOf(textPart("abcdefghij")));
    QCOMPARE(textOf(steps.take(3)), std::string("abc"));
    QCOMPARE(steps.letters(), std::size_t{7});
    QCOMPARE(textOf(steps.take(0)), std::string("d")); // it goes on in any case
    QCOMPARE(textOf(steps.take(1000)), std::string("efghij"));
    QVERIFY(steps.isOver());
}

QTEST_GUILESS_MAIN(TstEventSteps)
#include "tst_eventsteps.moc"
