#include <QElapsedTimer>
#include <QTest>

#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

const std::string HELLO = R"({"contents":[{"role":"user","parts":[{"text":"Hello"}]}]})";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";

std::string numbered(int number)
{
    return R"({"contents":[{"role":"user","parts":[{"text":")" + std::to_string(number) + R"("}]}]})";
}

} // namespace

class TstRelayWaiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShortRestIsWaitedFor();
    void aLongRestIsNot();
    void nobodyWaitsWhenToldSo();
    void theyAreServedInTheOrderTheyCame();
    void aNewcomerDoesNotOvertake();
    void aClientThatLeavesFreesItsPlace();
    void aFullQueueRefuses();
    void whoWaitsInVainIsToldWhen();
    void aStreamGetsItsHeadWhileItWaits();
};

void TstRelayWaiting::aShortRestIsWaitedFor()
{
    RelayHarness harness(1);
    harness.script(1, Fault::MinuteQuota, 1, 1);
    QElapsedTimer timer;
    timer.start();
    const ClientView view = harness.native(GENERATE, HELLO);
    QCOMPARE(view.status, 200);
    QVERIFY(timer.elapsed() >= 900);
    QCOMPARE(harness.fake.requests().size(), 2u);
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().attempts.size(), 2u);
    QCOMPARE(harness.waits.waiting(), 0u);
    QCOMPARE(harness.pool.openLeases(), 0);
}

void TstRelayWaiting::aLongRestIsNot()
{
    RelayHarness harness(1);
    harness.script(1, Fault::MinuteQuota, 1, 6);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(harness.native(GENERATE, HELLO).status, 429);
    QVERIFY(timer.elapsed() < 900);
}

void TstRelayWaiting::nobodyWaitsWhenToldSo()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.waitLimitMs = 0; });
    harness.script(1, Fault::MinuteQuota, 1, 1);
    QCOMPARE(harness.native(GENERATE, HELLO).status, 429);
    QCOMPARE(harness.fake.requests().size(), 1u);
}

void TstRelayWaiting::theyAreServedInTheOrderTheyCame()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.maxRetries = 5; });
    harness.script(1, Fault::MinuteQuota, 1, 1);
    std::vector<std::unique_ptr<RelayHarness::Asked>> asked;
    asked.push_back(harness.askNative(GENERATE, numbered(0)));
    QVERIFY(RelayHarness::turnUntil([&] { return harness.waits.waiting() == 1; }));
    for (int number = 1; number < 6; ++number)
        asked.push_back(harness.askNative(GENERATE, numbered(number)));
    QCOMPARE(harness.waits.waiting(), 6u);
    const std::vector<WaitQueue::Length> lengths = harness.waits.lengths();
    QCOMPARE(lengths.size(), 1u);
    QCOMPARE(lengths.front().model, std::string("gemini-3.6-flash"));
    QVERIFY(RelayHarness::turnUntil([&] {
        return std::all_of(asked.begin(), asked.end(), [](const auto &one) { return one->isOver(); });
    }));
    for (const auto &one : asked)
        QCOMPARE(one->view.status, 200);
    QCOMPARE(harness.fake.requests().size(), 7u); // the refused one was the first's, and nobody else's
    QCOMPARE(harness.waits.waiting(), 0u);
}

void TstRelayWaiting::aNewcomerDoesNotOvertake()
{
    RelayHarness harness(1);
    harness.script(1, Fault::MinuteQuota, 1, 1);
    const auto first = harness.askNative(GENERATE, numbered(0));
    QVERIFY(RelayHarness::turnUntil([&] { return harness.waits.waiting() == 1; }));
    QTest::qSleep(1100); // the key is back, but the one in line has not looked yet
    const auto newcomer = harness.askNative(GENERATE, numbered(1));
    QCOMPARE(harness.waits.waiting(), 2u);
    QVERIFY(RelayHarness::turnUntil([&] { return first->isOver() && newcomer->isOver(); }));
    QCOMPARE(first->view.status, 200);
    QCOMPARE(newcomer->view.status, 200);
}

void TstRelayWaiting::aClientThatLeavesFreesItsPlace()
{
    RelayHarness harness(1);
    harness.script(1, Fault::MinuteQuota, 1, 1);
    const auto first = harness.askNative(GENERATE, HELLO);
    QVERIFY(RelayHarness::turnUntil([&] { return harness.waits.waiting() == 1; }));
    const auto second = harness.askNative(GENERATE, HELLO);
    QCOMPARE(harness.waits.waiting(), 2u);
    first->leave();
    QCOMPARE(harness.waits.waiting(), 1u);
    QVERIFY(RelayHarness::turnUntil([&] { return second->isOver(); }));
    QCOMPARE(second->view.status, 200);
    QCOMPARE(harness.records.size(), 2u);
    QCOMPARE(harness.records.front().status, 499);
}

void TstRelayWaiting::aFullQueueRefuses()
{
    RelayHarness harness(1);
    harness.waits.setLimit(1);
    harness.script(1, Fault::MinuteQuota, 1, 1);
    const auto first = harness.askNative(GENERATE, HELLO);
    QVERIFY(RelayHarness::turnUntil([&] { return harness.waits.waiting() == 1; }));
    const ClientView refused = harness.native(GENERATE, HELLO);
    QCOMPARE(refused.status, 429);
    QVERIFY(!headerValue(refused.headers, "retry-after").empty());
    QVERIFY(RelayHarness::turnUntil([&] { return first->isOver(); }));
    QCOMPARE(first->view.status, 200);
}

void TstRelayWaiting::whoWaitsInVainIsToldWhen()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.waitLimitMs = 1500; });
    harness.script(1, Fault::MinuteQuota, 2, 1);
    QElapsedTimer timer;
    timer.start();
    const ClientView view = harness.native(GENERATE, HELLO); // 429, 1 s, 429, and no second left
    QCOMPARE(view.status, 429);
    QVERIFY(timer.elapsed() >= 900 && timer.elapsed() < 2500);
    QCOMPARE(headerValue(view.headers, "retry-after"), std::string_view("1"));
}

void TstRelayWaiting::aStreamGetsItsHeadWhileItWaits()
{
    RelayHarness harness(1, [](RelayOptions &options) { options.heartbeatMs = 100; });
    harness.script(1, Fault::MinuteQuota, 1, 2);
    const auto asked = harness.askNative(STREAM, HELLO, "alt=sse");
    QVERIFY(RelayHarness::turnUntil([&] { return asked->view.begun; }));
    QCOMPARE(harness.waits.waiting(), 1u);
    QVERIFY(RelayHarness::turnUntil([&] { return asked->isOver(); }));
    QVERIFY(asked->view.body.find("Hello") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstRelayWaiting)
#include "tst_relaywaiting.moc"
