#include <QTest>

#include "gateway/dialects/answerrounds.h"

using namespace Gateway;

/// Several rounds of a model make one answer.
class TstAnswerRounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesWhatIsComplete();
    void holdsTheEndOfACutAnswer();
    void joinsTheRest();
    void trimsWhatIsRepeated();
    void leavesOutLaterThoughts();
    void stopsWithoutProgress();
    void stopsAtTheLimitOfRounds();
    void goesOnAfterABreak();
    void asksAnewWhenOnlyThoughtsCame();
    void doesNotGoOnAfterAnEnd();
    void doesNotGoOnWithOtherParts_data();
    void doesNotGoOnWithOtherParts();
    void aClientsOwnLimitHolds();
    void aRoundThatFailsBeginsAnew();
    void cutsTwiceWithinOneRound();
};

namespace {

constexpr std::string_view MODEL = "gemini-2.5-pro";
const std::string ASKED = R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})";

std::string eventOf(const std::string &parts, const std::string &finish = "", const std::string &usage = "",
                    const std::string &id = "r1")
{
    std::string made = R"({"candidates":[{"content":{"parts":[)" + parts + R"(],"role":"model"})";
    if (!finish.empty())
        made += R"(,"finishReason":")" + finish + '"';
    made += "}]";
    if (!usage.empty())
        made += R"(,"usageMetadata":{)" + usage + "}";
    return made + R"(,"responseId":")" + id + R"("})";
}

std::string text(const std::string &said)
{
    return R"({"text":")" + said + R"("})";
}

/// What is told of some rounds.
struct Telling
{
    explicit Telling(AnswerRounds::Limits limits, std::string_view asked = ASKED)
        : rounds(limits)
    {
        rounds.setAsked(MODEL, asked);
        rounds.begin();
    }

    void hear(const std::string &json)
    {
        rounds.event(json, [this](std::string_view told) { events.emplace_back(told); });
    }
    void finish()
    {
        rounds.finish([this](std::string_view told) { events.emplace_back(told); });
    }
    void goOn()
    {
        rounds.goOnAfterCut();
        rounds.begin();
    }

    std::string said() const
    {
        std::string all;
        for (const std::string &one : events) {
            const json::object parsed = parseJsonObject(one).value_or(json::object());
            const json::array *candidates = arrayAt(parsed, "candidates");
            const json::object *content =
                candidates ? objectAt(candidates->front().get_object(), "content") : nullptr;
            const json::array *parts = content ? arrayAt(*content, "parts") : nullptr;
            for (std::size_t i = 0; parts && i < parts->size(); ++i)
                all += stringAt((*parts)[i].get_object(), "text");
        }
        return all;
    }

    AnswerRounds rounds;
    std::vector<std::string> events;
};

bool contains(std::string_view where, std::string_view what)
{
    return where.find(what) != std::string_view::npos;
}

} // namespace

void TstAnswerRounds::passesWhatIsComplete()
{
    Telling telling({3, 3});
    const std::vector<std::string> heard{eventOf(text("a")), eventOf(text("b"), "STOP")};
    for (const std::string &one : heard)
        telling.hear(one);
    telling.finish();
    QCOMPARE(telling.events, heard);
    QVERIFY(!telling.rounds.isCut());
    QVERIFY(!telling.rounds.isBroken());
}

void TstAnswerRounds::holdsTheEndOfACutAnswer()
{
    Telling telling({1, 0});
    telling.hear(eventOf(text("a")));
    telling.hear(eventOf(text("b"), "MAX_TOKENS", R"("candidatesTokenCount":9)"));
    QVERIFY(telling.rounds.isCut());
    QCOMPARE(telling.said(), std::string("ab"));
    for (const std::string &one : telling.events)
        QVERIFY2(!contains(one, "finishReason"), one.c_str());
    QVERIFY(contains(telling.rounds.cutEnd(), R"("finishReason":"MAX_TOKENS")"));
    QVERIFY(!contains(telling.rounds.cutEnd(), R"("text")"));
    Telling isSigned({1, 0});
    isSigned.hear(eventOf(R"({"text":"a"},{"text":"","thoughtSignature":"S"})", "MAX_TOKENS"));
    QVERIFY2(!contains(isSigned.events.back(), "thoughtSignature"), isSigned.events.back().c_str());
    QVERIFY(contains(isSigned.rounds.cutEnd(), R"([{"text":"","thoughtSignature":"S"}])"));
}

void TstAnswerRounds::joinsTheRest()
{
    Telling telling({2, 0});
    telling.hear(eventOf(text("one "), "MAX_TOKENS", R"("promptTokenCount":1,"candidatesTokenCount":9)"));
    telling.goOn();
    QVERIFY(telling.rounds.isGoingOn());
    QVERIFY(telling.rounds.isWaiting());
    QVERIFY(contains(telling.rounds.body(), R"({"role":"model","parts":[{"text":"one "}]})"));
    telling.hear(eventOf(text("two "), "", "", "r2"));
    QVERIFY(!telling.rounds.isWaiting());
    telling.hear(eventOf(text("three"), "STOP", R"("promptTokenCount":5,"candidatesTokenCount":2)", "r2"));
    telling.finish();
    QCOMPARE(telling.said(), std::string("one two three"));
    QVERIFY(!telling.rounds.isCut());
    QCOMPARE(telling.rounds.inputTokens(), 5);
    const std::string &last = telling.events.back();
    QVERIFY2(contains(last, R"("promptTokenCount":6,"candidatesTokenCount":11)"), last.c_str());
    QVERIFY2(contains(last, R"("responseId":"r1")"), last.c_str());
    QVERIFY(contains(last, R"("finishReason":"STOP")"));
}

void TstAnswerRounds::trimsWhatIsRepeated()
{
    Telling telling({1, 0});
    telling.hear(eventOf(text("He said that the weather was fine today"), "MAX_TOKENS"));
    telling.goOn();
    telling.hear(eventOf(text("that the weather ")));
    QVERIFY(telling.rounds.isWaiting()); // held back for comparison
    telling.hear(eventOf(text("was fine today, and left."), "STOP"));
    telling.finish();
    QCOMPARE(telling.said(), std::string("He said that the weather was fine today, and left."));
    Telling held({1, 0});
    held.hear(eventOf(text("a b c"), "MAX_TOKENS"));
    held.goOn();
    held.hear(eventOf(text("b")));
    held.hear(eventOf("", "STOP"));
    held.finish();
    QCOMPARE(held.said(), std::string("a b cb"));
    QVERIFY(contains(held.events.back(), "STOP"));
}

void TstAnswerRounds::leavesOutLaterThoughts()
{
    Telling telling({1, 0});
    telling.hear(eventOf(R"({"text":"hm","thought":true})"));
    telling.hear(eventOf(text("one"), "MAX_TOKENS"));
    telling.goOn();
    telling.hear(eventOf(R"({"text":"hm again","thought":true})"));
    telling.hear(eventOf(R"({"text":"two","thoughtSignature":"S"})", "STOP"));
    QCOMPARE(telling.said(), std::string("hmonetwo"));
    QVERIFY(contains(telling.events.back(), R"("thoughtSignature":"S")"));
    QVERIFY(!contains(telling.rounds.body(), "hm"));
}

void TstAnswerRounds::stopsWithoutProgress()
{
    Telling telling({5, 0});
    telling.hear(eventOf("", "MAX_TOKENS")); // it only thought
    QVERIFY(!telling.rounds.isCut());
    QVERIFY(contains(telling.events.back(), "MAX_TOKENS"));
    Telling second({5, 0});
    second.hear(eventOf(text("one"), "MAX_TOKENS"));
    second.goOn();
    second.hear(eventOf("", "MAX_TOKENS"));
    QVERIFY(!second.rounds.isCut());
    QVERIFY(contains(second.events.back(), "MAX_TOKENS"));
}

void TstAnswerRounds::stopsAtTheLimitOfRounds()
{
    Telling telling({2, 0});
    for (int round = 0; round < 2; ++round) {
        telling.hear(eventOf(text(std::to_string(round)), "MAX_TOKENS"));
        QVERIFY(telling.rounds.isCut());
        telling.goOn();
    }
    telling.hear(eventOf(text("2"), "MAX_TOKENS"));
    QVERIFY(!telling.rounds.isCut());
    QCOMPARE(telling.said(), std::string("012"));
    QVERIFY(contains(telling.events.back(), "MAX_TOKENS"));
}

void TstAnswerRounds::goesOnAfterABreak()
{
    Telling telling({0, 1});
    telling.hear(eventOf(text("one ")));
    QVERIFY(telling.rounds.isBroken());
    QVERIFY(telling.rounds.goOnAfterBreak());
    telling.rounds.begin();
    telling.hear(eventOf(text("two"), "STOP"));
    QCOMPARE(telling.said(), std::string("one two"));
    QVERIFY(!telling.rounds.goOnAfterBreak());
    QVERIFY(telling.rounds.cutEnd().empty());
}

void TstAnswerRounds::asksAnewWhenOnlyThoughtsCame()
{
    Telling telling({0, 1});
    telling.hear(eventOf(R"({"text":"hm","thought":true})"));
    QVERIFY(telling.rounds.goOnAfterBreak());
    QCOMPARE(telling.rounds.body(), std::string_view(ASKED));
    telling.rounds.begin();
    telling.hear(eventOf(R"({"text":"hm","thought":true})"));
    QVERIFY(telling.rounds.isWaiting());
    telling.hear(eventOf(text("one"), "STOP"));
    QCOMPARE(telling.said(), std::string("hmone"));
}

void TstAnswerRounds::doesNotGoOnAfterAnEnd()
{
    Telling telling({0, 3});
    telling.hear(eventOf(text("one"), "STOP"));
    QVERIFY(!telling.rounds.goOnAfterBreak());
}

void TstAnswerRounds::doesNotGoOnWithOtherParts_data()
{
    QTest::addColumn<std::string>("heard");
    QTest::newRow("a call") << eventOf(R"({"functionCall":{"name":"f"}})");
    QTest::newRow("a picture") << eventOf(R"({"inlineData":{"mimeType":"image/png","data":""}})");
    QTest::newRow("code") << eventOf(R"({"executableCode":{"code":"x"}})");
    QTest::newRow("something new") << eventOf(R"({"toolCall":{}})");
    QTest::newRow("two candidates") << std::string(
        R"({"candidates":[{"content":{"parts":[{"text":"a"}]}},{"index":1}]})");
    QTest::newRow("no JSON") << std::string("oops");
}

void TstAnswerRounds::doesNotGoOnWithOtherParts()
{
    QFETCH(std::string, heard);
    Telling telling({3, 3});
    telling.hear(eventOf(text("one")));
    telling.hear(heard);
    QCOMPARE(telling.events.back(), heard);
    QVERIFY(!telling.rounds.goOnAfterBreak());
    telling.hear(eventOf(text("two"), "MAX_TOKENS"));
    QVERIFY(!telling.rounds.isCut());
}

void TstAnswerRounds::aClientsOwnLimitHolds()
{
    const std::string asked = R"({"contents":[],"generationConfig":{"maxOutputTokens":100}})";
    Telling telling({3, 3}, asked);
    telling.hear(eventOf(text("one"), "MAX_TOKENS", R"("candidatesTokenCount":100)"));
    QVERIFY(!telling.rounds.isCut());
    QVERIFY(contains(telling.events.back(), "MAX_TOKENS"));
}

void TstAnswerRounds::aRoundThatFailsBeginsAnew()
{
    Telling telling({1, 0});
    telling.hear(eventOf(text("one two three four five six seven"), "MAX_TOKENS"));
    telling.goOn();
    telling.hear(eventOf(text("three four five six")));
    QVERIFY(telling.rounds.isWaiting());
    telling.rounds.begin(); // the attempt failed, and another one answers
    telling.hear(eventOf(text(" eight"), "STOP"));
    QCOMPARE(telling.said(), std::string("one two three four five six seven eight"));
}

void TstAnswerRounds::cutsTwiceWithinOneRound()
{
    Telling telling({1, 0});
    telling.hear(eventOf(text("one "), "MAX_TOKENS"));
    telling.hear(eventOf(text("two "))); // what comes after an end still counts
    QVERIFY(telling.rounds.isCut());
    telling.goOn();
    QVERIFY(contains(telling.rounds.body(), R"({"text":"one two "})"));
}

QTEST_GUILESS_MAIN(TstAnswerRounds)
#include "tst_answerrounds.moc"
