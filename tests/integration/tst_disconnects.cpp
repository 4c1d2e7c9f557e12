#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

namespace {

constexpr std::int64_t CANCEL_LIMIT_NS = 100'000'000;

} // namespace

// The client leaves, Google stalls or breaks off.
class TstDisconnects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(); }
    void cleanup() { m_stage.reset(); }

    void cancelsTheStreamOfALeavingClient_data();
    void cancelsTheStreamOfALeavingClient();
    void cancelsTheWaitOfALeavingClient_data();
    void cancelsTheWaitOfALeavingClient();
    void tellsAStallBeforeTheHead_data();
    void tellsAStallBeforeTheHead();
    void tellsAStallInAStream_data();
    void tellsAStallInAStream();
    void retriesABreakBeforeTheFirstByte_data();
    void retriesABreakBeforeTheFirstByte();
    void tellsABreakInAStream_data();
    void tellsABreakInAStream();
    void neverPassesAHalfAnswerAsWhole_data();
    void neverPassesAHalfAnswerAsWhole();
    void outlivesDroppedKeepAlives_data();
    void outlivesDroppedKeepAlives();

private:
    void addWays() const;
    std::string requestFor(const QString &way, const std::string &text) const;
    std::unique_ptr<Stage> m_stage;
};

void TstDisconnects::addWays() const
{
    QTest::addColumn<QString>("way");
    QTest::newRow("native") << QStringLiteral("native");
    QTest::newRow("chat") << QStringLiteral("chat");
}

std::string TstDisconnects::requestFor(const QString &way, const std::string &text) const
{
    return way == QStringLiteral("chat") ? m_stage->post(CHAT_PATH, chatBody(text, true))
                                         : m_stage->post(STREAM_PATH, nativeBody(text));
}

void TstDisconnects::cancelsTheStreamOfALeavingClient_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<bool>("reset");
    QTest::newRow("native, closed") << QStringLiteral("native") << false;
    QTest::newRow("native, reset") << QStringLiteral("native") << true;
    QTest::newRow("chat, closed") << QStringLiteral("chat") << false;
    QTest::newRow("chat, reset") << QStringLiteral("chat") << true;
}

void TstDisconnects::cancelsTheStreamOfALeavingClient()
{
    QFETCH(QString, way);
    QFETCH(bool, reset);
    QVERIFY(m_stage->start());
    Gateway::RawClient client;
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(requestFor(way, "[[chunks=200 delay=500]]")));
    QVERIFY(client.readUntil("data: ").find("200") != std::string::npos);
    const std::int64_t left = monotonicNs();
    if (reset)
        client.reset();
    else
        client.close();
    QVERIFY(m_stage->fake().waitForEnd(0, 2000));
    const SeenRequest seen = m_stage->fake().requests().at(0);
    QVERIFY(seen.closedEarly);
    QVERIFY2(seen.endedNs - left < CANCEL_LIMIT_NS, std::to_string((seen.endedNs - left) / 1000).c_str());
}

void TstDisconnects::cancelsTheWaitOfALeavingClient_data()
{
    addWays();
}

void TstDisconnects::cancelsTheWaitOfALeavingClient()
{
    QFETCH(QString, way);
    QVERIFY(m_stage->start());
    m_stage->script("*", Fault::StallHead);
    Gateway::RawClient client;
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(requestFor(way, "x")));
    QVERIFY(m_stage->fake().waitForRequests(1, 2000));
    const std::int64_t left = monotonicNs();
    client.close();
    QVERIFY(m_stage->fake().waitForEnd(0, 2000));
    QVERIFY(m_stage->fake().requests().at(0).endedNs - left < CANCEL_LIMIT_NS);
    QTest::qWait(300);
    QCOMPARE(m_stage->fake().requests().size(), 1u);
}

void TstDisconnects::tellsAStallBeforeTheHead_data()
{
    addWays();
}

void TstDisconnects::tellsAStallBeforeTheHead()
{
    QFETCH(QString, way);
    QVERIFY(m_stage->start({{"UPSTREAM_FIRST_BYTE_TIMEOUT", "1"}, {"MAX_RETRIES", "0"}}));
    m_stage->script("*", Fault::StallHead);
    Gateway::RawClient client(10'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    const std::int64_t begun = monotonicNs();
    QVERIFY(client.send(requestFor(way, "x")));
    const Gateway::RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, 504);
    QVERIFY(answer.body.find("\"error\"") != std::string::npos);
    const std::int64_t tookMs = (monotonicNs() - begun) / 1'000'000;
    QVERIFY2(tookMs >= 900 && tookMs < 3000, std::to_string(tookMs).c_str());
}

void TstDisconnects::tellsAStallInAStream_data()
{
    addWays();
}

void TstDisconnects::tellsAStallInAStream()
{
    QFETCH(QString, way);
    QVERIFY(m_stage->start({{"UPSTREAM_IDLE_TIMEOUT", "1"}}));
    m_stage->script("*", Fault::StallBody);
    Gateway::RawClient client(10'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(requestFor(way, "x")));
    const Gateway::RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.find("Echo from") != std::string::npos);
    QVERIFY2(answer.body.find("\"error\"") != std::string::npos, answer.body.c_str());
    QCOMPARE(m_stage->fake().requests().size(), 1u);
}

void TstDisconnects::retriesABreakBeforeTheFirstByte_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("way");
    for (const Fault fault : {Fault::CloseBeforeHead, Fault::ResetBeforeHead}) {
        for (const char *way : {"native", "chat"})
            QTest::addRow("%s, %s", std::string(faultName(fault)).c_str(), way)
                << static_cast<int>(fault) << QString::fromUtf8(way);
    }
}

void TstDisconnects::retriesABreakBeforeTheFirstByte()
{
    QFETCH(int, fault);
    QFETCH(QString, way);
    QVERIFY(m_stage->start());
    m_stage->script("*", static_cast<Fault>(fault), 1);
    Gateway::RawClient client(10'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(requestFor(way, "x")));
    const Gateway::RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.complete);
    QVERIFY(streamedText(answer.body).ends_with("said \"x\"."));
    const auto seen = m_stage->fake().requests();
    QCOMPARE(seen.size(), 2u);
    QVERIFY(seen[0].key != seen[1].key);
}

void TstDisconnects::tellsABreakInAStream_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("way");
    for (const Fault fault : {Fault::ResetMidBody, Fault::ResetMidEvent, Fault::TruncatedBody,
                              Fault::ErrorEvent, Fault::RawErrorTail}) {
        for (const char *way : {"native", "chat"})
            QTest::addRow("%s, %s", std::string(faultName(fault)).c_str(), way)
                << static_cast<int>(fault) << QString::fromUtf8(way);
    }
}

void TstDisconnects::tellsABreakInAStream()
{
    QFETCH(int, fault);
    QFETCH(QString, way);
    QVERIFY(m_stage->start());
    m_stage->script("*", static_cast<Fault>(fault), 1);
    Gateway::RawClient client(10'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(requestFor(way, "x")));
    const Gateway::RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.find("Echo from") != std::string::npos);
    QVERIFY2(answer.body.find("\"error\"") != std::string::npos, answer.body.c_str());
    QVERIFY(answer.body.find("\"finish_reason\":\"stop\"") == std::string::npos);
    QTest::qWait(200);
    QCOMPARE(m_stage->fake().requests().size(), 1u);
}

void TstDisconnects::neverPassesAHalfAnswerAsWhole_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("way");
    for (const Fault fault : {Fault::ResetAfterHead, Fault::ResetMidBody, Fault::TruncatedBody}) {
        for (const char *way : {"native", "chat"})
            QTest::addRow("%s, %s", std::string(faultName(fault)).c_str(), way)
                << static_cast<int>(fault) << QString::fromUtf8(way);
    }
}

// A whole answer may be had by a retry as long as nothing went down; else the break must be seen.
void TstDisconnects::neverPassesAHalfAnswerAsWhole()
{
    QFETCH(int, fault);
    QFETCH(QString, way);
    QVERIFY(m_stage->start());
    m_stage->script("*", static_cast<Fault>(fault), 1);
    const bool isChat = way == QStringLiteral("chat");
    const Gateway::RawAnswer answer =
        m_stage->ask(isChat ? CHAT_PATH : GENERATE_PATH, isChat ? chatBody("x") : nativeBody("x"));
    if (answer.complete && answer.status == 200)
        QVERIFY(Gateway::parseJsonObject(answer.body) && answer.body.find("said") != std::string::npos);
    else
        QVERIFY(!answer.complete || answer.status >= 500);
}

void TstDisconnects::outlivesDroppedKeepAlives_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<QString>("retries");
    QTest::newRow("closed") << false << QStringLiteral("0");
    // A reset that comes while the next request goes out cannot be told from one that Google had begun to
    // answer.
    QTest::newRow("reset") << true << QStringLiteral("1");
}

void TstDisconnects::outlivesDroppedKeepAlives()
{
    QFETCH(bool, reset);
    QFETCH(QString, retries);
    QVERIFY(m_stage->start({{"MAX_RETRIES", retries.toStdString()}}));
    for (int i = 0; i < 20; ++i) {
        const Gateway::RawAnswer answer = m_stage->ask(GENERATE_PATH, nativeBody("x"));
        QVERIFY2(answer.status == 200, answer.body.c_str());
        m_stage->fake().dropIdle(reset);
        QTest::qWait(5);
    }
}

QTEST_GUILESS_MAIN(TstDisconnects)
#include "tst_disconnects.moc"
