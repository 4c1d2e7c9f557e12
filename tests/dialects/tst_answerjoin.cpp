#include <QTest>

#include "gateway/dialects/answerjoin.h"

using namespace Gateway;

/// The events of a stream put together are the whole answer.
class TstAnswerJoin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joins_data();
    void joins();
};

void TstAnswerJoin::joins_data()
{
    QTest::addColumn<QByteArrayList>("events");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray head = R"({"candidates":[{"content":{"parts":[)";
    const auto event = [head](const QByteArray &parts, const QByteArray &more = "") -> QByteArray {
        return head + parts + R"(],"role":"model"})" + more + "}]}";
    };
    QTest::newRow("one event") << QByteArrayList{event(R"({"text":"a"})")} << event(R"({"text":"a"})");
    QTest::newRow("texts become one")
        << QByteArrayList{event(R"({"text":"a"})"), event(R"({"text":"b"})")} << event(R"({"text":"ab"})");
    QTest::newRow("thoughts stay apart")
        << QByteArrayList{event(R"({"text":"a","thought":true})"), event(R"({"text":"b","thought":true})"),
                          event(R"({"text":"c"})")}
        << event(R"({"text":"ab","thought":true},{"text":"c"})");
    QTest::newRow("a signature belongs to what it ends")
        << QByteArrayList{event(R"({"text":"a"})"), event(R"({"text":"","thoughtSignature":"S"})")}
        << event(R"({"text":"a","thoughtSignature":"S"})");
    QTest::newRow("nothing joins a signed text")
        << QByteArrayList{event(R"({"text":"a","thoughtSignature":"S"})"), event(R"({"text":"b"})")}
        << event(R"({"text":"a","thoughtSignature":"S"},{"text":"b"})");
    QTest::newRow("calls keep their place")
        << QByteArrayList{event(R"({"text":"a"})"), event(R"({"functionCall":{"name":"f"}})"),
                          event(R"({"text":"b"})")}
        << event(R"({"text":"a"},{"functionCall":{"name":"f"}},{"text":"b"})");
    QTest::newRow("the last of what is repeated counts")
        << QByteArrayList{R"({"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":1},"modelVersion":"m"})",
                          R"({"candidates":[{"content":{"parts":[{"text":"b"}],"role":"model"},"finishReason":"SAFETY"}],"usageMetadata":{"totalTokenCount":2},"modelVersion":"m"})"}
        << QByteArray(
               R"({"candidates":[{"content":{"parts":[{"text":"ab"}],"role":"model"},"finishReason":"SAFETY"}],"usageMetadata":{"totalTokenCount":2},"modelVersion":"m"})");
    QTest::newRow("citations go on")
        << QByteArrayList{event("", R"(,"citationMetadata":{"citationSources":[{"uri":"a"}]})"),
                          event("", R"(,"citationMetadata":{"citationSources":[{"uri":"b"}]})")}
        << event("", R"(,"citationMetadata":{"citationSources":[{"uri":"a"},{"uri":"b"}]})");
    QTest::newRow("candidates by their index")
        << QByteArrayList{R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"index":0},{"content":{"parts":[{"text":"x"}]},"index":1}]})",
                          R"({"candidates":[{"content":{"parts":[{"text":"y"}]},"index":1}]})"}
        << QByteArray(
               R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"index":0},{"content":{"parts":[{"text":"xy"}]},"index":1}]})");
    QTest::newRow("a blocked prompt") << QByteArrayList{R"({"promptFeedback":{"blockReason":"SAFETY"}})"}
                                      << QByteArray(R"({"promptFeedback":{"blockReason":"SAFETY"}})");
}

void TstAnswerJoin::joins()
{
    QFETCH(QByteArrayList, events);
    QFETCH(QByteArray, answer);
    AnswerJoin join;
    QVERIFY(join.isEmpty());
    for (const QByteArray &event : events) {
        const Result<json::object> parsed = parseJsonObject(event.toStdString());
        QVERIFY2(parsed.has_value(), event.constData());
        join.add(*parsed);
    }
    QCOMPARE(join.answer(), answer.toStdString());
    join.clear();
    QVERIFY(join.isEmpty());
}

QTEST_GUILESS_MAIN(TstAnswerJoin)
#include "tst_answerjoin.moc"
