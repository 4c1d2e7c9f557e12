#include <QTest>

#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";

std::string chatBody(bool stream)
{
    return std::string(
               R"({"model":"gemini-3.6-flash","messages":[{"role":"user","content":"Hello"}],"stream":)") +
           (stream ? "true}" : "false}");
}

} // namespace

class TstRelayEmpty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherKeyIsAsked_data();
    void anotherKeyIsAsked();
    void anEmptyAnswerIsNoFailureOfTheKey();
    void asOftenAsAllowed();
    void neverWhenToldSo();
    void whatIsEmptyInTheEndGoesDown();
    void withoutAnotherKeyTheSameIsAsked();
    void aGoodStreamIsNotHeldBack();
};

void TstRelayEmpty::anotherKeyIsAsked_data()
{
    QTest::addColumn<bool>("chat");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<int>("fault");
    for (const Fault fault : {Fault::EmptyCandidate, Fault::EmptyBody}) {
        const std::string name(faultName(fault));
        QTest::newRow(("native whole, " + name).c_str()) << false << false << static_cast<int>(fault);
        QTest::newRow(("native stream, " + name).c_str()) << false << true << static_cast<int>(fault);
        QTest::newRow(("chat whole, " + name).c_str()) << true << false << static_cast<int>(fault);
        QTest::newRow(("chat stream, " + name).c_str()) << true << true << static_cast<int>(fault);
    }
}

void TstRelayEmpty::anotherKeyIsAsked()
{
    QFETCH(bool, chat);
    QFETCH(bool, stream);
    QFETCH(int, fault);
    RelayHarness harness(2);
    harness.script(0, static_cast<Fault>(fault), 1);
    const ClientView view = chat     ? harness.chat(chatBody(stream))
                            : stream ? harness.native(STREAM, HELLO, "alt=sse")
                                     : harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 200);
    QVERIFY2(view.body.find("Hello") != std::string::npos, view.body.c_str());
    QCOMPARE(harness.fake.requests().size(), 2u);
    QVERIFY(harness.fake.requests()[0].key != harness.fake.requests()[1].key);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayEmpty::anEmptyAnswerIsNoFailureOfTheKey()
{
    RelayHarness harness(2);
    harness.script(0, Fault::EmptyCandidate, 1);
    harness.native(GENERATE, HELLO);
    for (const KeyRow &row : harness.pool.snapshot())
        QCOMPARE(row.failedCalls, 0);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.attempts.size(), 2u);
    QVERIFY(record.attempts.front().error.starts_with("EMPTY_ANSWER"));
    QCOMPARE(record.attempts.front().status, 200);
    QVERIFY(record.error.empty());
}

void TstRelayEmpty::asOftenAsAllowed()
{
    RelayHarness harness(4, [](RelayOptions &options) { options.emptyRetries = 2; });
    harness.script(0, Fault::EmptyCandidate);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.fake.requests().size(), 3u);
}

void TstRelayEmpty::neverWhenToldSo()
{
    RelayHarness harness(2, [](RelayOptions &options) { options.emptyRetries = 0; });
    harness.script(0, Fault::EmptyCandidate);
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 200);
    QVERIFY(view.body.find("\"finishReason\"") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelayEmpty::whatIsEmptyInTheEndGoesDown()
{
    RelayHarness harness(2);
    harness.script(0, Fault::EmptyCandidate);
    for (const bool stream : {false, true}) {
        const ClientView view = harness.chat(chatBody(stream));
        QCOMPARE(view.status, 200);
        QVERIFY(view.ended);
        QVERIFY2(view.body.find("\"finish_reason\":\"stop\"") != std::string::npos, view.body.c_str());
    }
    const ClientView native = harness.native(GENERATE, HELLO);
    QVERIFY(native.body.find("\"STOP\"") != std::string::npos);
}

void TstRelayEmpty::withoutAnotherKeyTheSameIsAsked()
{
    RelayHarness harness(1);
    harness.script(0, Fault::EmptyCandidate, 1);
    const ClientView view = harness.native(GENERATE, HELLO);
    QVERIFY(view.body.find("Hello") != std::string::npos);
    QCOMPARE(harness.fake.requests().size(), 2u);
}

void TstRelayEmpty::aGoodStreamIsNotHeldBack()
{
    RelayHarness harness(1);
    harness.script(0, Fault::StallBody, 1);
    const auto asked = harness.askNative(STREAM, HELLO, "alt=sse");
    QVERIFY(RelayHarness::turnUntil([&] { return asked->view.writes > 0; }));
    asked->leave();
}

QTEST_GUILESS_MAIN(TstRelayEmpty)
#include "tst_relayempty.moc"
