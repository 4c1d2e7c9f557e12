#include <thread>

#include <QElapsedTimer>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/store/migrations.h"
#include "gateway/store/recordqueue.h"
#include "gateway/store/requestrepository.h"
#include "gateway/store/transaction.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsEveryField_data();
    void keepsEveryField();
    void keepsAttemptsOnlyWhenTheyTellMore();
    void keepsBodiesApart();
    void namesAreKeptOnce();
    void clientsCannotFloodTheNames();
    void everyRequestIsInTheBlocks();
    void aRolledBackBatchLeavesNoTrace();
    void tallyFollowsTheRows();
    void appearsSoonAfterArrival();
    void dropsTheNewestWhenFull();
    void keepsWhatALockHoldsBack();

private:
    /// A migrated database of its own.
    std::unique_ptr<Database> open(Database::Access access = Database::Access::Fast) const
    {
        auto database = Database::open(m_fixture->path().toStdString(), access);
        return database && migrate(**database, *loadMigrations()) ? std::move(*database) : nullptr;
    }
    QStringList rows(const char *sql) const { return m_fixture->rows(QString::fromUtf8(sql)); }

    std::unique_ptr<StoreFixture> m_fixture;
};

namespace {

RequestRecord fullRecord()
{
    RequestRecord record;
    record.id = "req_1";
    record.timeMs = 1'788'264'000'123;
    record.token = "laptop";
    record.dialect = Dialect::OpenAi;
    record.method = "chat.completions";
    record.modelAsked = "gpt-4o";
    record.modelUsed = "gemini-2.5-flash";
    record.keyId = 7;
    record.status = 503;
    record.error = "UNAVAILABLE: \"grüße\"";
    record.firstByteMs = 12;
    record.durationMs = 345;
    record.tokens = {1, 2, 3, 4, 5, 6};
    record.costMicro = 77;
    record.bytesIn = 1000;
    record.bytesOut = 2000;
    record.streamed = true;
    record.attempts = {{6, 429, 0, 100, "RESOURCE_EXHAUSTED: \"wait\""}, {7, 503, 150, 190, "UNAVAILABLE"}};
    return record;
}

/// fullRecord() as the table has it, names resolved.
const char *const FULL_ROW =
    "1|req_1|1788264000123|laptop|1|chat.completions|gpt-4o|gemini-2.5-flash|7|503|"
    "UNAVAILABLE: \"grüße\"|1|12|345|1|2|3|4|5|6|1000|2000|"
    "[{\"key\":6,\"status\":429,\"start\":0,\"ms\":100,\"error\":\"RESOURCE_EXHAUSTED: \\\"wait\\\"\"},"
    "{\"key\":7,\"status\":503,\"start\":150,\"ms\":190,\"error\":\"UNAVAILABLE\"}]|77";

Result<void> append(Database &database, RequestRepository &requests,
                    const std::vector<RequestRecord> &records)
{
    Transaction transaction(database);
    Result<void> done = requests.append(records);
    return done ? transaction.commit() : done;
}

} // namespace

void TstRequests::init()
{
    m_fixture = std::make_unique<StoreFixture>();
}

void TstRequests::keepsEveryField_data()
{
    QTest::addColumn<int>("access");
    QTest::newRow("fast") << static_cast<int>(Database::Access::Fast);
    QTest::newRow("portable") << static_cast<int>(Database::Access::Portable);
}

void TstRequests::keepsEveryField()
{
    QFETCH(int, access);
    {
        const auto database = open(static_cast<Database::Access>(access));
        QVERIFY(database);
        RequestRepository requests(*database);
        QVERIFY(append(*database, requests, {fullRecord(), RequestRecord{}}));
    }
    QCOMPARE(
        rows("SELECT seq, r.id, time_ms, t.text, dialect, m.text, a.text, u.text, key_id, status, error, "
             "streamed, first_byte_ms, duration_ms, prompt_tokens, candidate_tokens, thought_tokens, "
             "cached_tokens, tool_tokens, total_tokens, bytes_in, bytes_out, attempts, cost_micro FROM "
             "requests r "
             "JOIN names t ON t.id = token JOIN names m ON m.id = method JOIN names a ON a.id = model_asked "
             "JOIN names u ON u.id = model_used"),
        QStringList{QString::fromUtf8(FULL_ROW)});
    QCOMPARE(rows("SELECT * FROM requests WHERE seq = 2"),
             QStringList{QStringLiteral(
                 "2||0|0|0|0|0|0|0|0|null|0|null|0|null|null|null|null|null|null|0|0|null|null")});
}

void TstRequests::keepsAttemptsOnlyWhenTheyTellMore()
{
    RequestRecord record;
    std::string text;
    appendAttempts(text, record);
    QVERIFY(text.empty());

    record.keyId = 7;
    record.status = 200;
    record.attempts = {{7, 200, 0, 3, ""}};
    appendAttempts(text, record);
    QVERIFY(text.empty());

    record.status = 499; // the client left, the attempt itself went well
    appendAttempts(text, record);
    QCOMPARE(toJson(parseJson(text).value()), std::string(R"([{"key":7,"status":200,"start":0,"ms":3}])"));
}

void TstRequests::keepsBodiesApart()
{
    {
        const auto store = m_fixture->open();
        QVERIFY(store);
        RequestRecord record;
        record.requestBody = std::string("{\0}", 3);
        record.responseBody = "answer";
        record.requestHead = "POST /v1/messages";
        record.responseHead = "200";
        record.sentBody = "sent";
        store->appendRecords({RequestRecord{}, record, RequestRecord{}});
    }
    QCOMPARE(rows("SELECT seq, hex(request), CAST(response AS TEXT), request_head, response_head, CAST(sent "
                  "AS TEXT) FROM "
                  "request_bodies"),
             QStringList{QStringLiteral("2|7B007D|answer|POST /v1/messages|200|sent")});
}

void TstRequests::namesAreKeptOnce()
{
    for (int start = 0; start < 2; ++start) {
        const auto store = m_fixture->open();
        QVERIFY(store);
        store->appendRecords({fullRecord(), fullRecord()});
    }
    QCOMPARE(rows("SELECT text FROM names ORDER BY text"),
             (QStringList{QStringLiteral("chat.completions"), QStringLiteral("gemini-2.5-flash"),
                          QStringLiteral("gpt-4o"), QStringLiteral("laptop")}));
    QCOMPARE(rows("SELECT count(*), max(seq) FROM requests"), QStringList{QStringLiteral("4|4")});
}

void TstRequests::clientsCannotFloodTheNames()
{
    const auto database = open();
    QVERIFY(database->execute("INSERT INTO names (id, text) VALUES (49999, 'last but one')"));
    NameRepository names(*database);
    QCOMPARE(names.idOf("").value(), 0);
    const std::int64_t last = names.idOf("last").value();
    QCOMPARE(last, 50'000);
    const std::int64_t shared = names.idOf("one too many").value();
    QVERIFY(shared > 0);
    QCOMPARE(names.idOf("two too many").value(), shared);
    QCOMPARE(names.idOf("last").value(), last);
    QCOMPARE(database->value("SELECT count(*) FROM names").value(), 3);

    // "é" straddles the cut at 200 bytes and is left out whole.
    const auto other = open();
    QVERIFY(other->execute("DELETE FROM names"));
    NameRepository fresh(*other);
    QVERIFY(fresh.idOf(std::string(199, 'x') + "é" + std::string(100, 'y')));
    QCOMPARE(other->value("SELECT length(CAST(text AS BLOB)) FROM names").value(), 199);
}

/// What the blocks name for a value is exactly where its rows are.
void TstRequests::everyRequestIsInTheBlocks()
{
    {
        const auto database = open();
        RequestRepository requests(*database);
        std::vector<RequestRecord> records;
        for (int i = 0; i < 10'000; ++i) {
            RequestRecord record;
            record.timeMs = 1'788'264'000'000 + i * 30LL;
            record.token = i == 5000 ? "rare" : "default";
            record.dialect = i % 3 ? Dialect::Gemini : Dialect::OpenAi;
            record.modelAsked = i % 7 ? "a" : "b";
            record.modelUsed = i % 11 ? "a" : "c";
            record.keyId = i % 1500;
            record.status = i == 9999 ? 429 : 200;
            record.error = i == 3 ? "broke off" : "";
            record.durationMs = i % 100;
            records.push_back(record);
        }
        // In two sittings, so that the second begins inside a block the first has noted.
        QVERIFY(append(*database, requests, {records.begin(), records.begin() + 5000}));
        RequestRepository after(*database);
        QVERIFY(append(*database, after, {records.begin() + 5000, records.end()}));
    }
    const std::pair<int, const char *> kinds[] = {
        {1, "SELECT token"},  {2, "SELECT dialect"},
        {3, "SELECT method"}, {4, "SELECT model_asked AS v, seq >> 12 FROM requests UNION SELECT model_used"},
        {5, "SELECT key_id"}, {6, "SELECT status"},
        {7, "SELECT 1"},      {9, "SELECT time_ms / 60000"}};
    for (const auto &[kind, select] : kinds) {
        const QString where =
            kind == 7 ? QStringLiteral(" WHERE status >= 400 OR error IS NOT NULL") : QString();
        const QString expected =
            QString::fromUtf8(select) + QStringLiteral(" AS v, seq >> 12 FROM requests") + where;
        const QString noted =
            QStringLiteral("SELECT value, block FROM request_blocks WHERE kind = %1").arg(kind);
        const QString pattern = QStringLiteral("SELECT count(*) FROM (%1 EXCEPT %2)");
        // A UNION inside needs its own brackets to be excepted whole.
        const QString bracketed = QStringLiteral("SELECT * FROM (%1)").arg(expected);
        QCOMPARE(m_fixture->rows(pattern.arg(noted, bracketed)), QStringList{QStringLiteral("0")});
        QCOMPARE(m_fixture->rows(pattern.arg(bracketed, noted)), QStringList{QStringLiteral("0")});
    }
    QCOMPARE(
        rows("SELECT DISTINCT value FROM request_blocks WHERE kind = 8 ORDER BY 1"),
        (QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
                     QStringLiteral("4"), QStringLiteral("5"), QStringLiteral("6"), QStringLiteral("7")}));
}

void TstRequests::aRolledBackBatchLeavesNoTrace()
{
    const auto database = open();
    RequestRepository requests(*database);
    {
        const Transaction dropped(*database);
        QVERIFY(requests.append(std::vector<RequestRecord>{fullRecord()}));
    }
    requests.forgetCache();
    QCOMPARE(requests.rows().value(), 0);
    QVERIFY(append(*database, requests, {fullRecord()}));
    QCOMPARE(requests.rows().value(), 1);
    // Names and blocks known from the lost transaction must be written again.
    QCOMPARE(rows("SELECT count(*) FROM requests JOIN names ON names.id = token WHERE text = 'laptop'"),
             QStringList{QStringLiteral("1")});
    QCOMPARE(rows("SELECT count(*) FROM request_blocks WHERE kind = 5"), QStringList{QStringLiteral("1")});
}

void TstRequests::tallyFollowsTheRows()
{
    const auto database = open();
    RequestRepository requests(*database);
    QVERIFY(append(*database, requests, std::vector<RequestRecord>(50)));
    QCOMPARE(requests.dropOldest(20).value(), 20);
    QCOMPARE(requests.rows().value(), 30);
    QCOMPARE(requests.dropOldest(100).value(), 30);
    QCOMPARE(requests.rows().value(), 0);
    QCOMPARE(requests.dropOldest(100).value(), 0);
}

void TstRequests::appearsSoonAfterArrival()
{
    const auto store = m_fixture->open();
    qint64 best = 10'000;
    for (int number = 1; number <= 5; ++number) { // a busy machine may be late once, not always
        QElapsedTimer timer;
        timer.start();
        store->appendRecords({RequestRecord{}});
        QTRY_COMPARE(rows("SELECT count(*) FROM requests"), QStringList{QString::number(number)});
        best = std::min(best, timer.elapsed());
    }
    QVERIFY2(best < 250, qPrintable(QString::number(best)));
}

void TstRequests::dropsTheNewestWhenFull()
{
    FakeClock clock;
    QTest::ignoreMessage(QtWarningMsg,
                         "Request records could not be stored, 3 are lost: Too many wait to be written.");
    QTest::ignoreMessage(QtWarningMsg,
                         "Request records could not be stored, 6 are lost: Too many wait to be written.");
    QTest::ignoreMessage(QtWarningMsg, "10 request records were lost.");
    RecordQueue queue(clock, 10);
    queue.append(std::vector<RequestRecord>(8));
    queue.append(std::vector<RequestRecord>(5));
    QCOMPARE(queue.lost(), std::uint64_t{3});
    clock.advance(59'999);
    queue.append(std::vector<RequestRecord>(5)); // within the minute: counted, not told
    clock.advance(1);
    queue.append(std::vector<RequestRecord>(1));
    QCOMPARE(queue.lost(), std::uint64_t{9});
    QVERIFY(queue.hasWaiting());
}

/// Another process holds the write lock for longer than a batch waits for it.
void TstRequests::keepsWhatALockHoldsBack()
{
    const auto store = m_fixture->open();
    const auto other = open();
    QVERIFY(other);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral(
                                           "Request records could not be stored, 0 are lost: .*locked")));
    {
        const Transaction holder(*other);
        QVERIFY(holder.begun());
        store->appendRecords(std::vector<RequestRecord>(7));
        store->flush(); // gives up after its 3 s
    }
    QTRY_COMPARE_WITH_TIMEOUT(rows("SELECT count(*) FROM requests"), QStringList{QStringLiteral("7")}, 2000);
    QCOMPARE(store->lostRecords(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TstRequests)
#include "tst_requests.moc"
