#include <QTest>

#include "gateway/relay/livesetup.h"
#include "gateway/relay/liveusage.h"
#include "gateway/relay/resources.h"
#include "gateway/upstream/closeverdict.h"

using namespace Gateway;

/// What is read out of a Live session's messages and its closing.
class TstLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSetups_data();
    void readsSetups();
    void refusesWhatIsNoSetup_data();
    void refusesWhatIsNoSetup();
    void writesAnotherModel();
    void findsHandles();
    void addsUpTurns_data();
    void addsUpTurns();
    void judgesClosings_data();
    void judgesClosings();
};

void TstLive::readsSetups_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<std::vector<std::string>>("resources");
    using Names = std::vector<std::string>;
    QTest::newRow("plain") << QByteArray(R"({"setup":{"model":"models/gemini-live"}})")
                           << QByteArray("gemini-live") << Names{};
    QTest::newRow("bare name") << QByteArray(R"({"setup":{"model":"gemini-live"}})")
                               << QByteArray("gemini-live") << Names{};
    QTest::newRow("fixed by a token") << QByteArray(R"({"setup":{}})") << QByteArray() << Names{};
    QTest::newRow("resumed") << QByteArray(R"({"setup":{"model":"m","sessionResumption":{"handle":"h1"}}})")
                             << QByteArray("m") << Names{credentialName("h1")};
    QTest::newRow("resumed, snake case")
        << QByteArray(R"({"setup":{"model":"m","session_resumption":{"handle":"h1"}}})") << QByteArray("m")
        << Names{credentialName("h1")};
    QTest::newRow("to be resumed") << QByteArray(R"({"setup":{"model":"m","sessionResumption":{}}})")
                                   << QByteArray("m") << Names{};
    QTest::newRow("with a file")
        << QByteArray(R"({"setup":{"model":"m","systemInstruction":{"parts":[{"fileData":{"fileUri":)"
                      R"("https://g/v1beta/files/f1"}}]}}})")
        << QByteArray("m") << Names{"files/f1"};
}

void TstLive::readsSetups()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, model);
    QFETCH(std::vector<std::string>, resources);
    const Result<LiveSetup> setup = readLiveSetup(message.toStdString());
    QVERIFY(setup.has_value());
    QCOMPARE(setup->model, model.toStdString());
    QCOMPARE(setup->resources, resources);
}

void TstLive::refusesWhatIsNoSetup_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("another message") << QByteArray(R"({"clientContent":{}})");
    QTest::newRow("a text") << QByteArray(R"({"setup":"x"})");
}

void TstLive::refusesWhatIsNoSetup()
{
    QFETCH(QByteArray, message);
    const Result<LiveSetup> setup = readLiveSetup(message.toStdString());
    QVERIFY(!setup);
    QCOMPARE(setup.error().status, 400);
}

void TstLive::writesAnotherModel()
{
    QCOMPARE(withLiveModel(R"({"setup":{"z":1,"model":"models/mine","a":2}})", "gemini-3.8-live"),
             std::string(R"({"setup":{"z":1,"model":"models/gemini-3.8-live","a":2}})"));
    QCOMPARE(withLiveModel("hello", "x"), std::string("hello"));
}

void TstLive::findsHandles()
{
    QCOMPARE(resumptionName(R"({"sessionResumptionUpdate":{"newHandle":"h1","resumable":true}})"),
             credentialName("h1"));
    QVERIFY(credentialName("h1").find("h1") == std::string::npos);
    QVERIFY(credentialName("h1") != credentialName("h2"));
    QVERIFY(resumptionName(R"({"sessionResumptionUpdate":{}})").empty());
    const std::string said = "{\"serverContent\":{\"text\":\"\\\"newHandle\\\":1\"}}";
    QVERIFY(resumptionName(said).empty());
}

void TstLive::addsUpTurns_data()
{
    QTest::addColumn<std::vector<std::string>>("messages");
    QTest::addColumn<std::int64_t>("total");
    QTest::addColumn<std::int64_t>("answer");
    const auto tells = [](int total, int answer, const std::string &more = {}) {
        return "{" + more + R"("usageMetadata":{"totalTokenCount":)" + std::to_string(total) +
               R"(,"responseTokenCount":)" + std::to_string(answer) + "}}";
    };
    const std::string content = R"({"serverContent":{"modelTurn":{"parts":[]}}})";
    const std::string complete = R"({"serverContent":{"turnComplete":true}})";
    const std::string completes = R"("serverContent":{"turnComplete":true},)";
    using Messages = std::vector<std::string>;
    const auto row = [](const char *name, Messages messages, std::int64_t total, std::int64_t answer) {
        QTest::newRow(name) << std::move(messages) << total << answer;
    };
    row("nothing", {}, -1, -1);
    row("nothing told", {content, complete}, -1, -1);
    row("with the turn's end", {content, tells(10, 4, completes), content, tells(20, 5, completes)}, 30, 9);
    row("before the turn's end", {content, tells(10, 4), complete, content, tells(20, 5), complete}, 30, 9);
    row("behind the turn's end", {content, complete, tells(10, 4), content, complete, tells(20, 5)}, 30, 9);
    row("growing within a turn", {content, tells(6, 1), content, tells(10, 4), complete}, 10, 4);
    row("a turn that never ended", {content, tells(10, 4), complete, content, tells(7, 2)}, 17, 6);
    row("a tool call in between",
        {tells(10, 4, R"("toolCall":{"functionCalls":[]},)"), content, tells(20, 5, completes)}, 30, 9);
    row("words inside a text", {R"({"serverContent":{"text":"\"usageMetadata\":{\"totalTokenCount\":9}"}})"},
        -1, -1);
}

void TstLive::addsUpTurns()
{
    QFETCH(std::vector<std::string>, messages);
    QFETCH(std::int64_t, total);
    QFETCH(std::int64_t, answer);
    LiveUsage usage;
    for (const std::string &message : messages)
        usage.message(message);
    QCOMPARE(usage.tokens().total, total);
    QCOMPARE(usage.tokens().candidates, answer);
}

void TstLive::judgesClosings_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("status");
    QTest::addColumn<OutcomeKind>("kind");
    const auto row = [](int code, const char *reason, int status, OutcomeKind kind) {
        QTest::addRow("%d %s", code, reason) << code << QByteArray(reason) << status << kind;
    };
    row(1000, "", 0, OutcomeKind::Success);
    row(1005, "", 0, OutcomeKind::Success);
    row(1001, "", 0, OutcomeKind::Success);
    row(1007, "API key not valid. Please pass a valid API key.", 400, OutcomeKind::KeyFault);
    row(1008, "Your API key was reported as leaked. Please use another API key.", 403, OutcomeKind::KeyFault);
    row(1008, "Permission denied: Consumer 'x' has been suspended.", 403, OutcomeKind::KeyFault);
    row(1011, "You exceeded your current quota, please check your plan and billing details.", 429,
        OutcomeKind::RateLimited);
    row(1011, "RESOURCE_EXHAUSTED", 429, OutcomeKind::RateLimited);
    row(1011, "The model is overloaded. Please try again later.", 503, OutcomeKind::Overloaded);
    row(1011, "Internal error encountered.", 500, OutcomeKind::ServerTrouble);
    row(1008, "models/x is not found for API version v1beta, or is not supported for bidiGenerateContent.",
        404, OutcomeKind::NoSuchModel);
    row(1007, "Request contains an invalid argument.", 400, OutcomeKind::CallerFault);
    row(1008, "The operation was cancelled.", 400, OutcomeKind::CallerFault);
    row(1007, "User location is not supported for the API use.", 400, OutcomeKind::Unclear);
    row(1006, "", 502, OutcomeKind::ServerTrouble);
}

void TstLive::judgesClosings()
{
    QFETCH(int, code);
    QFETCH(QByteArray, reason);
    QFETCH(int, status);
    QFETCH(OutcomeKind, kind);
    const WsClose close{code, reason.toStdString()};
    QCOMPARE(errorOfClose(close).status, status);
    QVERIFY(classifyClose(close, {}).kind == kind);
}

QTEST_APPLESS_MAIN(TstLive)
#include "tst_live.moc"
