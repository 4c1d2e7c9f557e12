#include <algorithm>

#include <QTest>

#include "tests/integration/stage.h"

using namespace TestSupport;

namespace {

constexpr int RECORD_MS = 1000; ///< 250 are promised; a busy machine gets more.

} // namespace

// One record per request, and no key's text outside the pool and the store.
class TstRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(); }
    void cleanup() { m_stage.reset(); }

    void keepsOneRecordOfEachRequest();
    void keepsTheAttempts();
    void countsTokens();
    void recordsALeavingClient();
    void tellsNoKey();
    void keepsHeadsAndBodiesWhereWanted_data();
    void keepsHeadsAndBodiesWhereWanted();

private:
    std::vector<std::string> recordedIds() const;
    std::unique_ptr<Stage> m_stage;
};

std::vector<std::string> TstRecords::recordedIds() const
{
    return m_stage->query("SELECT id FROM requests ORDER BY id");
}

void TstRecords::keepsOneRecordOfEachRequest()
{
    QVERIFY(m_stage->start());
    std::vector<std::string> ids;
    const auto ask = [&](const std::string &path, const std::string &body, int status) {
        const auto answer = m_stage->ask(path, body);
        QCOMPARE(answer.status, status);
        ids.emplace_back(answer.header("x-request-id"));
    };
    ask(GENERATE_PATH, nativeBody("x"), 200);
    ask(STREAM_PATH, nativeBody("x"), 200);
    ask(CHAT_PATH, chatBody("x"), 200);
    ask(CHAT_PATH, chatBody("x", true), 200);
    ask(GENERATE_PATH, "{}", 400);
    ask(CHAT_PATH, "{}", 400);
    ask(CHAT_PATH, chatBody("x", false, "no-such-model"), 404);
    m_stage->script("*", Fault::Overloaded, 1);
    ask(CHAT_PATH, chatBody("x"), 200);
    m_stage->script("*", Fault::ErrorEvent, 1);
    ask(CHAT_PATH, chatBody("x", true), 200);
    std::sort(ids.begin(), ids.end());
    QTRY_COMPARE_WITH_TIMEOUT(recordedIds(), ids, RECORD_MS);
    // The stream that broke is no success, though it began with 200.
    const auto broken =
        m_stage->query("SELECT status || ' ' || error FROM requests WHERE streamed AND error != ''");
    QCOMPARE(broken.size(), 1u);
    QVERIFY2(broken[0].find("overloaded") != std::string::npos, broken[0].c_str());
}

void TstRecords::keepsTheAttempts()
{
    QVERIFY(m_stage->start());
    m_stage->script("*", Fault::InvalidKey, 1);
    m_stage->script("*", Fault::MinuteQuota, 1);
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x")).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(recordedIds().size(), 1u, RECORD_MS);
    const auto attempts = Gateway::parseJson(m_stage->query("SELECT attempts FROM requests").at(0));
    QVERIFY(attempts);
    const json::array &tries = attempts->as_array();
    QCOMPARE(tries.size(), 3u);
    QCOMPARE(tries[0].at("status").to_number<int>(), 400);
    QCOMPARE(tries[1].at("status").to_number<int>(), 429);
    QVERIFY(tries[0].at("key") != tries[1].at("key"));
    QCOMPARE(m_stage->query("SELECT state FROM keys WHERE state = 1").size(), 1u);
    QCOMPARE(m_stage->query("SELECT key_id FROM key_rests WHERE model = 'gemini-3.6-flash'").size(), 1u);
}

void TstRecords::countsTokens()
{
    QVERIFY(m_stage->start());
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    QCOMPARE(m_stage->ask(STREAM_PATH, nativeBody("x")).status, 200);
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x")).status, 200);
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x", true)).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(recordedIds().size(), 4u, RECORD_MS);
    QCOMPARE(m_stage->query("SELECT DISTINCT thought_tokens FROM requests"), std::vector<std::string>{"12"});
    QCOMPARE(
        m_stage->query("SELECT count(*) FROM requests WHERE total_tokens = prompt_tokens + candidate_tokens "
                       "+ thought_tokens AND candidate_tokens > 0 AND first_byte_ms >= 0"),
        std::vector<std::string>{"4"});
}

void TstRecords::recordsALeavingClient()
{
    QVERIFY(m_stage->start());
    m_stage->script("*", Fault::StallHead);
    {
        Gateway::RawClient client;
        QVERIFY(client.connect(m_stage->gateway().port()));
        QVERIFY(client.send(m_stage->post(GENERATE_PATH, nativeBody("x"))));
        QVERIFY(m_stage->fake().waitForRequests(1, 2000));
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT status FROM requests"), std::vector<std::string>{"499"},
                              RECORD_MS);
}

void TstRecords::tellsNoKey()
{
    QVERIFY(m_stage->start({{"LOG_LEVEL", "debug"}, {"RECORD_BODIES", "all"}, {"MAX_RETRIES", "0"}}));
    std::string told;
    const auto gather = [&](const Gateway::RawAnswer &answer) {
        told += answer.statusLine + answer.body;
        for (const auto &[name, value] : answer.headers)
            told += name + value;
    };
    for (const Fault fault : {Fault::SuspendedKey, Fault::InvalidKey, Fault::None, Fault::LeakedKey}) {
        m_stage->script("*", fault, 1);
        gather(m_stage->ask(GENERATE_PATH, nativeBody("x")));
    }
    gather(m_stage->ask(CHAT_PATH, chatBody("x")));
    gather(m_stage->ask("/upload/v1beta/files", "{}",
                        "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"));
    for (const char *path : {"/readyz", "/health", "/v1/models"}) {
        Gateway::RawClient client;
        QVERIFY(client.connect(m_stage->gateway().port()));
        QVERIFY(client.send("GET " + std::string(path) +
                            " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + CLIENT_TOKEN +
                            "\r\n\r\n"));
        gather(client.readAnswer());
    }
    QTRY_VERIFY_WITH_TIMEOUT(recordedIds().size() >= 5, RECORD_MS);
    for (const char *sql : {"SELECT coalesce(error, '') || coalesce(attempts, '') FROM requests",
                            "SELECT CAST(request AS TEXT) || CAST(response AS TEXT) FROM request_bodies",
                            "SELECT reason || label FROM keys", "SELECT reason FROM key_rests",
                            "SELECT resource FROM owners", "SELECT value FROM settings"}) {
        for (const std::string &row : m_stage->query(sql))
            told += row;
    }
    told += m_stage->gateway().output();
    QVERIFY(told.size() > 2000);
    for (const std::string &key : m_stage->keys())
        QVERIFY(told.find(key) == std::string::npos);
    QVERIFY(m_stage->gateway().output().find(CLIENT_TOKEN) == std::string::npos);
}

void TstRecords::keepsHeadsAndBodiesWhereWanted_data()
{
    QTest::addColumn<std::string>("setting");
    QTest::addColumn<std::vector<std::string>>("kept");
    const std::string good = "POST " + std::string(GENERATE_PATH) + " 200";
    const std::string bad = "POST " + std::string(CHAT_PATH) + " 404 sent";
    QTest::newRow("off") << std::string("off") << std::vector<std::string>{};
    QTest::newRow("errors") << std::string("errors") << std::vector<std::string>{bad};
    QTest::newRow("all") << std::string("all") << std::vector<std::string>{good, bad};
}

void TstRecords::keepsHeadsAndBodiesWhereWanted()
{
    QFETCH(std::string, setting);
    QFETCH(std::vector<std::string>, kept);
    QVERIFY(m_stage->start({{"RECORD_BODIES", setting}}));
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("x", false, "no-such-model")).status, 404);
    QTRY_COMPARE_WITH_TIMEOUT(recordedIds().size(), 2u, RECORD_MS);
    // The first line of each head; both bodies are there as well.
    const std::string line = "substr(%1, 1, instr(%1 || char(10), char(10)) - 1)";
    const auto firstLine = [&](const char *column) {
        return QString::fromStdString(line)
            .replace(QStringLiteral("%1"), QString::fromUtf8(column))
            .toStdString();
    };
    QCOMPARE(m_stage->query("SELECT " + firstLine("request_head") + " || ' ' || " +
                            firstLine("response_head") +
                            " || iif(length(sent) > 2, ' sent', '') FROM request_bodies WHERE "
                            "length(request) > 2 AND length(response) > 2 ORDER BY seq"),
             kept);
    QVERIFY(m_stage
                ->query("SELECT 1 FROM request_bodies WHERE request_head LIKE '%" +
                        std::string(CLIENT_TOKEN) + "%'")
                .empty());
}

QTEST_GUILESS_MAIN(TstRecords)
#include "tst_records.moc"
