#include <QTest>

#include "gateway/relay/answerframe.h"
#include "gateway/relay/answerreader.h"
#include "gateway/relay/streamoptions.h"

using namespace Gateway;

/// How answers are read and written between Google and a passage.
class TstAnswerForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesEvents();
    void readsAStreamAsItComes();
    void readsAWholeAnswerAtItsEnd();
    void refusesHalfAnAnswer_data();
    void refusesHalfAnAnswer();
    void seesErrorsInEvents();
    void seesBrokenCalls();
    void knowsWhichModelsAreFaked();
};

namespace {

const std::string GOOD = R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]})";

} // namespace

void TstAnswerForms::framesEvents()
{
    std::string events;
    AnswerFrame sse(AnswerShape::Sse);
    sse.event("{\"a\":\n 1}", events);
    sse.event("{}", events);
    sse.end(events);
    QCOMPARE(events, std::string("data: {\"a\":  1}\r\n\r\ndata: {}\r\n\r\n"));
    QCOMPARE(sse.contentType(), std::string_view("text/event-stream"));
    std::string list;
    AnswerFrame array(AnswerShape::JsonArray);
    array.event("{\"a\":1}", list);
    array.event("{}", list);
    array.end(list);
    QCOMPARE(list, std::string("[{\"a\":1},\r\n{}\n]\n"));
    std::string none;
    AnswerFrame(AnswerShape::JsonArray).end(none);
    QCOMPARE(none, std::string("[]\n"));
}

void TstAnswerForms::readsAStreamAsItComes()
{
    AnswerReader reader("text/event-stream; charset=utf-8");
    QVERIFY(reader.isStream());
    std::vector<std::string> seen;
    const auto visit = [&](std::string_view json) { seen.emplace_back(json); };
    QVERIFY(!reader.feed("data: {\"a\":1}\r\n\r\nda", visit));
    QCOMPARE(seen, std::vector<std::string>{"{\"a\":1}"});
    QVERIFY(!reader.feed("ta: {\"b\":2}", visit));
    QVERIFY(!reader.finish(visit));
    QCOMPARE(seen, (std::vector<std::string>{"{\"a\":1}", "{\"b\":2}"}));
}

void TstAnswerForms::readsAWholeAnswerAtItsEnd()
{
    AnswerReader reader("application/json; charset=UTF-8");
    std::vector<std::string> seen;
    const auto visit = [&](std::string_view json) { seen.emplace_back(json); };
    QVERIFY(!reader.feed(GOOD.substr(0, 9), visit));
    QVERIFY(!reader.feed(GOOD.substr(9), visit));
    QVERIFY(seen.empty());
    QVERIFY(!reader.finish(visit));
    QCOMPARE(seen, std::vector<std::string>{GOOD});
}

void TstAnswerForms::refusesHalfAnAnswer_data()
{
    QTest::addColumn<std::string>("answer");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("good") << GOOD << true;
    QTest::newRow("blocked") << std::string(R"({"promptFeedback":{"blockReason":"SAFETY"}})") << true;
    QTest::newRow("nothing") << std::string() << false;
    QTest::newRow("half") << GOOD.substr(0, 30) << false;
    QTest::newRow("no candidate") << std::string("{}") << false;
    QTest::newRow("no end") << std::string(R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}]})")
                            << false;
    QTest::newRow("an error") << std::string(R"({"error":{"code":503,"message":"m","status":"UNAVAILABLE"}})")
                              << false;
}

void TstAnswerForms::refusesHalfAnAnswer()
{
    QFETCH(std::string, answer);
    QFETCH(bool, isGood);
    AnswerReader reader("application/json");
    int seen = 0;
    const auto visit = [&](std::string_view) { ++seen; };
    QVERIFY(!reader.feed(answer, visit));
    QCOMPARE(!reader.finish(visit).has_value(), isGood);
    QCOMPARE(seen, isGood ? 1 : 0);
}

void TstAnswerForms::seesErrorsInEvents()
{
    const auto fault =
        AnswerReader::faultIn(R"({"error":{"code":503,"message":"m","status":"UNAVAILABLE"}})");
    QVERIFY(fault.has_value());
    QCOMPARE(fault->error.status, 503);
    QVERIFY(!fault->raw.empty());
    QVERIFY(!AnswerReader::faultIn(GOOD));
    const std::string quoted = R"({"candidates":[{"content":{"parts":[{"text":"the \"error\": none"}]}}]})";
    QVERIFY(!AnswerReader::faultIn(quoted));
}

void TstAnswerForms::seesBrokenCalls()
{
    const auto fault = AnswerReader::brokenCallIn(
        R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"MALFORMED_FUNCTION_CALL"}]})");
    QVERIFY(fault.has_value());
    QCOMPARE(fault->error.status, 502);
    QVERIFY(!AnswerReader::brokenCallIn(GOOD));
}

void TstAnswerForms::knowsWhichModelsAreFaked()
{
    StreamOptions options;
    QVERIFY(options.isPlain());
    QVERIFY(!options.fakes("gemini-3.6-flash"));
    options.fakeModels = {"gemini-2.5-pro", "*-flash"};
    QVERIFY(!options.isPlain());
    QVERIFY(options.fakes("gemini-3.6-flash"));
    QVERIFY(options.fakes("gemini-2.5-pro"));
    QVERIFY(!options.fakes("gemini-2.5-pro-exp"));
}

QTEST_GUILESS_MAIN(TstAnswerForms)
#include "tst_answerforms.moc"
