#include <QElapsedTimer>
#include <QTest>

#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";

void hedging(RelayOptions &options)
{
    options.hedges = true;
}

/// So many answers that the model's pace is known and a second key may be asked.
void warmUp(RelayHarness &harness)
{
    for (int i = 0; i < 25; ++i)
        QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    harness.fake.reset();
    harness.records.clear();
}

} // namespace

class TstRelayHedge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLateAnswerIsOvertaken();
    void aLateStreamIsOvertaken();
    void anotherProjectIsPreferred();
    void theFirstAnswerWinsWhenItIsSooner();
    void aFailureWaitsForTheOther();
    void bothFailingAreRetried();
    void onlyATenthOfTheRequests();
    void offMeansOff();
    void neverWithSideEffects();
};

void TstRelayHedge::aLateAnswerIsOvertaken()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QVERIFY(timer.elapsed() < 3000);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QVERIFY(harness.fake.requests()[0].key != harness.fake.requests()[1].key);
    QVERIFY(harness.fake.waitForEnd(0, 1000));
    QVERIFY(harness.fake.requests().front().closedEarly);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.attempts.size(), 2u);
    QCOMPARE(record.attempts.front().error, std::string("Another key answered first."));
    QCOMPARE(record.attempts.front().status, 0);
    QCOMPARE(record.attempts.back().status, 200);
    QCOMPARE(record.keyId, record.attempts.back().keyId);
    QCOMPARE(harness.pool.openLeases(), 0);
    for (const KeyRow &row : harness.pool.snapshot())
        QCOMPARE(row.failedCalls, 0);
}

void TstRelayHedge::aLateStreamIsOvertaken()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    const ClientView view = harness.native(STREAM, HELLO, "alt=sse");
    QVERIFY(view.ended);
    QVERIFY(view.body.find("Hello") != std::string::npos);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayHedge::anotherProjectIsPreferred()
{
    RelayHarness harness(6, hedging);
    for (KeyId id = 1; id <= 6; ++id) { // the sixth has so little left that it is nobody's first choice
        KeySettings settings = harness.pool.view(id)->row.settings;
        settings.project = id == 6 ? "other" : "same";
        settings.dayRequests = id == 6 ? 10 : 0;
        QVERIFY(harness.pool.update(id, settings));
    }
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.attempts.size(), 2u);
    QVERIFY(record.attempts.front().keyId != 6);
    QCOMPARE(record.attempts.back().keyId, KeyId{6});
}

void TstRelayHedge::theFirstAnswerWinsWhenItIsSooner()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QVERIFY(harness.records.front().attempts.size() <= 2u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayHedge::aFailureWaitsForTheOther()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    harness.script(0, Fault::InvalidKey, 1); // the second key's; the first stalls on
    const auto asked = harness.askNative(GENERATE, HELLO);
    QVERIFY(RelayHarness::turnUntil([&] { return harness.pool.counts().invalid == 1; }));
    QVERIFY(!asked->isOver());
    QCOMPARE(harness.pool.openLeases(), 1);
    asked->leave();
    QCOMPARE(harness.records.front().attempts.size(), 2u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayHedge::bothFailingAreRetried()
{
    RelayHarness harness(3, hedging);
    warmUp(harness);
    harness.script(0, Fault::SlowDrip, 0);
    harness.script(0, Fault::InternalError, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayHedge::onlyATenthOfTheRequests()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200);
    harness.script(0, Fault::StallHead, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 200); // 26 requests: two were allowed
    harness.script(0, Fault::StallHead, 1);
    const auto third = harness.askNative(GENERATE, HELLO);
    QVERIFY(!RelayHarness::turnUntil([&] { return third->isOver(); }));
    third->leave();
    QCOMPARE(harness.records.back().attempts.size(), 1u);
}

void TstRelayHedge::offMeansOff()
{
    RelayHarness harness(2);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    const auto asked = harness.askNative(GENERATE, HELLO);
    QTest::qWait(1000);
    QVERIFY(!asked->isOver());
    QCOMPARE(harness.fake.requests().size(), 1u);
    asked->leave();
}

void TstRelayHedge::neverWithSideEffects()
{
    RelayHarness harness(2, hedging);
    warmUp(harness);
    harness.script(0, Fault::StallHead, 1);
    const auto asked = harness.askNative("/v1beta/cachedContents", R"({"model":"models/gemini-3.6-flash"})");
    QTest::qWait(1000);
    QCOMPARE(harness.fake.requests().size(), 1u);
    asked->leave();
}

QTEST_GUILESS_MAIN(TstRelayHedge)
#include "tst_relayhedge.moc"
