#include <QTest>

#include "gateway/common/json.h"
#include "gateway/relay/streamgate.h"

using namespace Gateway;

namespace {

const std::string SSE =
    "data: {\"a\":1}\r\n\r\ndata: {\"b\":\"x\\n\\n\"}\n\n: note\n\ndata: {\"c\":3}\r\n\r\n";
const std::string ARRAY = "[{\"a\":\"]}\\\"{[\"}\n,\r\n{\"b\":[1,2,{\"c\":[]}]}\n]\n";

} // namespace

class TstStreamGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesTheSameBytesInEverySplit_data();
    void passesTheSameBytesInEverySplit();
    void holdsBackUnfinishedEvents();
    void holdsBackUnfinishedElements();
    void aBrokenArrayStaysJson();
    void aFinishedArrayGetsNoError();
    void anErrorIsAnEventOfItsOwn();
};

void TstStreamGate::passesTheSameBytesInEverySplit_data()
{
    QTest::addColumn<bool>("isSse");
    QTest::addRow("events") << true;
    QTest::addRow("elements") << false;
}

void TstStreamGate::passesTheSameBytesInEverySplit()
{
    QFETCH(bool, isSse);
    const std::string &whole = isSse ? SSE : ARRAY;
    const AnswerShape shape = isSse ? AnswerShape::Sse : AnswerShape::JsonArray;
    for (std::size_t first = 0; first <= whole.size(); ++first) {
        for (std::size_t second = first; second <= whole.size(); ++second) {
            StreamGate gate(shape);
            std::string out;
            gate.feed(whole.substr(0, first), out);
            gate.feed(whole.substr(first, second - first), out);
            gate.feed(whole.substr(second), out);
            gate.release(out);
            QCOMPARE(out, whole);
        }
    }
}

void TstStreamGate::holdsBackUnfinishedEvents()
{
    StreamGate gate(AnswerShape::Sse);
    std::string out;
    gate.feed("data: 1\r\n\r\ndata: 2", out);
    QCOMPARE(out, std::string("data: 1\r\n\r\n"));
    QCOMPARE(gate.rest(), std::string_view("data: 2"));
    gate.feed("\r\n", out);
    QCOMPARE(out, std::string("data: 1\r\n\r\n"));
    gate.feed("\r\n", out);
    QCOMPARE(out, std::string("data: 1\r\n\r\ndata: 2\r\n\r\n"));
}

void TstStreamGate::holdsBackUnfinishedElements()
{
    StreamGate gate(AnswerShape::JsonArray);
    std::string out;
    gate.feed("[{\"a\":1},{\"b\"", out);
    QCOMPARE(out, std::string("[{\"a\":1}"));
}

void TstStreamGate::aBrokenArrayStaysJson()
{
    for (std::size_t cut = 0; cut < ARRAY.size() - 2; ++cut) {
        StreamGate gate(AnswerShape::JsonArray);
        std::string out;
        gate.feed(std::string_view(ARRAY).substr(0, cut), out);
        gate.breakOff("{\"error\":{\"code\":502}}", out);
        const Result<json::value> parsed = parseJson(out);
        QVERIFY2(parsed, out.c_str());
        QCOMPARE(toJson(parsed->as_array().back()), std::string("{\"error\":{\"code\":502}}"));
    }
}

void TstStreamGate::aFinishedArrayGetsNoError()
{
    StreamGate gate(AnswerShape::JsonArray);
    std::string out;
    gate.feed("[{}]", out);
    gate.breakOff("{\"error\":{}}", out);
    QCOMPARE(out, std::string("[{}]"));
}

void TstStreamGate::anErrorIsAnEventOfItsOwn()
{
    StreamGate gate(AnswerShape::Sse);
    std::string out;
    gate.feed("data: {\"a\":1}\r\n\r\ndata: {\"b", out);
    gate.breakOff("{\"error\":{}}", out);
    QCOMPARE(out, std::string("data: {\"a\":1}\r\n\r\ndata: {\"error\":{}}\r\n\r\n"));
}

QTEST_APPLESS_MAIN(TstStreamGate)
#include "tst_streamgate.moc"
