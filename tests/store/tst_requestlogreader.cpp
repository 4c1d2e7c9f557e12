#include <QTest>

#include "gateway/store/requestlogreader.h"
#include "gateway/store/storeworker.h"
#include "gateway/store/transaction.h"
#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstRequestLogReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsWhatTheFilterSays_data();
    void findsWhatTheFilterSays();
    void pagesJoinWithoutGaps_data();
    void pagesJoinWithoutGaps();
    void newerPagesAreTheNearest();
    void aSlowSearchAnswersInPieces_data();
    void aSlowSearchAnswersInPieces();
    void limitsAreKept();
    void anEmptyLogHasNoPages();
    void everyFieldComesBack();
    void readsBesideAWriter();
    void deletedOnesAreGone();
    void deletesWhatIsOld();

private:
    /// All pages of a question, joined.
    std::vector<RequestRow> all(RequestLogReader &reader, RequestQuery query) const;

    static constexpr int COUNT = 30'000; // eight blocks
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<StoreWorker> m_worker;
    std::vector<RequestRecord> m_records; ///< seq − 1 is the index.
};

namespace {

constexpr std::int64_t START_MS = 1'788'264'000'000;

RequestRecord recordOf(int i)
{
    RequestRecord record;
    record.id = "req_" + std::to_string(i);
    record.timeMs = START_MS + i * 100LL;
    record.token = i % 9000 == 17 ? "rare" : "default";
    record.dialect = i % 5 == 0 ? Dialect::OpenAi : Dialect::Gemini;
    record.method = "generateContent";
    record.modelAsked = i % 7 == 0 ? "gpt-4o" : "gemini-3-flash";
    record.modelUsed = i % 7 == 0 ? "gemini-3-pro" : "gemini-3-flash";
    record.keyId = 1 + i % 300;
    record.status = i % 100 == 3 ? 503 : i % 250 == 0 ? 429 : 200;
    record.error = record.status == 503 ? "UNAVAILABLE: The 100% Model_x is overloaded." : "";
    if (i == 12'345)
        record.error = "broke off";
    record.durationMs = i % 4000 == 1 ? 70'000 : i % 900;
    record.firstByteMs = i % 3 == 0 ? -1 : 5;
    if (record.keyId != 0)
        record.attempts = {{record.keyId, record.status, 0, record.durationMs, ""}};
    if (i % 3000 == 11)
        record.attempts.insert(record.attempts.begin(), {7, 429, 0, 12, "RESOURCE_EXHAUSTED"});
    return record;
}

bool isMeant(const RequestFilter &filter, const RequestRecord &record)
{
    const bool hasFailed = record.status >= 400 || !record.error.empty();
    return record.timeMs >= filter.fromMs && (filter.untilMs == 0 || record.timeMs < filter.untilMs) &&
           (filter.statusFrom == 0 ||
            (record.status >= filter.statusFrom && record.status <= filter.statusTo)) &&
           (filter.model.empty() || record.modelAsked == filter.model || record.modelUsed == filter.model) &&
           (filter.token.empty() || record.token == filter.token) &&
           (filter.keyId == 0 || record.keyId == filter.keyId) &&
           (!filter.dialect || record.dialect == *filter.dialect) &&
           record.durationMs >= filter.minDurationMs && (!filter.failedOnly || hasFailed) &&
           (!filter.retriedOnly || record.attempts.size() > 1) &&
           (filter.errorText.empty() ||
            QString::fromStdString(record.error)
                .contains(QString::fromStdString(filter.errorText), Qt::CaseInsensitive));
}

void filterRows()
{
    QTest::addColumn<RequestFilter>("filter");
    RequestFilter filter;
    QTest::newRow("everything") << filter;
    QTest::newRow("from a time") << RequestFilter{.fromMs = START_MS + 1'234'567};
    QTest::newRow("until a time") << RequestFilter{.untilMs = START_MS + 1'234'567};
    QTest::newRow("a span") << RequestFilter{.fromMs = START_MS + 60'100, .untilMs = START_MS + 90'000};
    QTest::newRow("no time at all") << RequestFilter{.fromMs = START_MS, .untilMs = START_MS};
    QTest::newRow("a status") << RequestFilter{.statusFrom = 429, .statusTo = 429};
    QTest::newRow("a class of them") << RequestFilter{.statusFrom = 500, .statusTo = 599};
    QTest::newRow("model asked") << RequestFilter{.model = "gpt-4o"};
    QTest::newRow("model used") << RequestFilter{.model = "gemini-3-pro"};
    QTest::newRow("a model nobody asked") << RequestFilter{.model = "gemini-9"};
    QTest::newRow("a rare token") << RequestFilter{.token = "rare"};
    QTest::newRow("an unknown token") << RequestFilter{.token = "nobody"};
    QTest::newRow("a key") << RequestFilter{.keyId = 77};
    QTest::newRow("a dialect") << RequestFilter{.dialect = Dialect::OpenAi};
    QTest::newRow("an unused dialect") << RequestFilter{.dialect = Dialect::Ollama};
    QTest::newRow("slow ones") << RequestFilter{.minDurationMs = 60'000};
    QTest::newRow("not so slow ones") << RequestFilter{.minDurationMs = 890};
    QTest::newRow("failed ones") << RequestFilter{.failedOnly = true};
    QTest::newRow("retried ones") << RequestFilter{.retriedOnly = true};
    QTest::newRow("a word of the error") << RequestFilter{.errorText = "OVERLOADED"};
    QTest::newRow("a rare word") << RequestFilter{.errorText = "broke"};
    QTest::newRow("signs of LIKE") << RequestFilter{.errorText = "100% model_X"};
    QTest::newRow("signs of LIKE, meant as such") << RequestFilter{.errorText = "model%is"};
    QTest::newRow("several at once") << RequestFilter{.statusFrom = 500,
                                                      .statusTo = 599,
                                                      .model = "gemini-3-flash",
                                                      .keyId = 4,
                                                      .minDurationMs = 100,
                                                      .failedOnly = true};
}

} // namespace

void TstRequestLogReader::initTestCase()
{
    m_fixture = std::make_unique<StoreFixture>();
    m_worker = std::move(*StoreWorker::open(m_fixture->path().toStdString(), m_fixture->clock));
    for (int i = 0; i < COUNT; ++i)
        m_records.push_back(recordOf(i));
    Transaction transaction(m_worker->database());
    QVERIFY(m_worker->requests().append(m_records));
    QVERIFY(transaction.commit());
}

std::vector<RequestRow> TstRequestLogReader::all(RequestLogReader &reader, RequestQuery query) const
{
    std::vector<RequestRow> rows;
    for (int pages = 0; pages < 1000; ++pages) {
        const Result<RequestPage> page = reader.page(query);
        if (!page || page->rows.size() > static_cast<std::size_t>(query.limit))
            return {};
        rows.insert(rows.end(), page->rows.begin(), page->rows.end());
        if (page->next == 0)
            return rows;
        query.before = page->next;
    }
    return {};
}

void TstRequestLogReader::findsWhatTheFilterSays_data()
{
    filterRows();
}

void TstRequestLogReader::findsWhatTheFilterSays()
{
    QFETCH(RequestFilter, filter);
    RequestLogReader reader(m_worker->database());
    const std::vector<RequestRow> found = all(reader, {.filter = filter, .limit = 1000});
    std::vector<std::int64_t> expected;
    for (std::size_t i = m_records.size(); i > 0; --i) {
        if (isMeant(filter, m_records[i - 1]))
            expected.push_back(static_cast<std::int64_t>(i));
    }
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(found[i].seq, expected[i]);
        QCOMPARE(found[i].record.id, m_records[static_cast<std::size_t>(expected[i] - 1)].id);
    }
}

void TstRequestLogReader::pagesJoinWithoutGaps_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 7, 100, 1000})
        QTest::newRow(qPrintable(QString::number(limit))) << limit;
}

void TstRequestLogReader::pagesJoinWithoutGaps()
{
    QFETCH(int, limit);
    RequestLogReader reader(m_worker->database());
    const RequestFilter filter{.minDurationMs = 800, .failedOnly = true};
    const auto whole = all(reader, {.filter = filter, .limit = 1000});
    const auto pieces = all(reader, {.filter = filter, .limit = limit});
    QCOMPARE(pieces.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        QCOMPARE(pieces[i].seq, whole[i].seq);
}

void TstRequestLogReader::newerPagesAreTheNearest()
{
    RequestLogReader reader(m_worker->database());
    RequestQuery query{
        .filter = {.token = "rare"}, .after = 18, .limit = 2}; // there are 18, 9018, 18018, 27018
    auto page = reader.page(query);
    QCOMPARE(page.value().rows.size(), std::size_t{2});
    QCOMPARE(page->rows[0].seq, 18'018); // newest first in a page too
    QCOMPARE(page->rows[1].seq, 9018);
    QCOMPARE(page->next, 18'018);
    query.after = page->next;
    page = reader.page(query);
    QCOMPARE(page.value().rows.size(), std::size_t{1});
    QCOMPARE(page->rows[0].seq, 27'018);
    QCOMPARE(page->next, 0);
    query.after = COUNT;
    QVERIFY(reader.page(query).value().rows.empty());
}

void TstRequestLogReader::aSlowSearchAnswersInPieces_data()
{
    filterRows();
}

/// Without any time a page is at most one block's; joined they are the same.
void TstRequestLogReader::aSlowSearchAnswersInPieces()
{
    QFETCH(RequestFilter, filter);
    RequestLogReader reader(m_worker->database());
    RequestLogReader slow(m_worker->database(), std::chrono::milliseconds(0));
    const auto whole = all(reader, {.filter = filter, .limit = 1000});
    const auto pieces = all(slow, {.filter = filter, .limit = 1000});
    QCOMPARE(pieces.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        QCOMPARE(pieces[i].seq, whole[i].seq);
}

void TstRequestLogReader::limitsAreKept()
{
    RequestLogReader reader(m_worker->database());
    QCOMPARE(reader.page({.filter = {}, .limit = 0}).value().rows.size(), std::size_t{1});
    QCOMPARE(reader.page({.filter = {}, .limit = 100'000}).value().rows.size(), std::size_t{1000});
    const auto last = reader.page({.filter = {}, .before = 11, .limit = 10});
    QCOMPARE(last.value().rows.size(), std::size_t{10});
    QCOMPARE(last->next, 0);
}

void TstRequestLogReader::anEmptyLogHasNoPages()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    const auto page = answered<RequestPage>(
        [&](auto done) { store->readRequests({.filter = {.keyId = 1}, .limit = 10}, std::move(done)); });
    QVERIFY(page.value().rows.empty());
    QCOMPARE(page->next, 0);
}

void TstRequestLogReader::everyFieldComesBack()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    RequestRecord record = recordOf(7);
    record.tokens = {1, 2, 3, 4, 5, 6};
    record.costMicro = 77;
    record.bytesIn = 8;
    record.bytesOut = 9;
    record.streamed = true;
    record.attempts = {{6, 429, 0, 100, "RESOURCE_EXHAUSTED: \"wait\""}, {8, 200, 150, 190, ""}};
    record.requestHead = "POST /v1/messages\naccept: */*";
    record.responseHead = "200";
    record.sentBody = "sent";
    record.requestBody = "asked";
    record.responseBody = std::string("\0answered", 9);
    store->appendRecords({RequestRecord{}, record});
    store->flush();
    const auto found = answered<std::optional<RequestRow>>(
        [&](auto done) { store->findRequest(record.id, std::move(done)); });
    QVERIFY(found.value().has_value());
    QCOMPARE((*found)->seq, 2);
    const RequestRecord &read = (*found)->record;
    QCOMPARE(read.timeMs, record.timeMs);
    QCOMPARE(read.token, record.token);
    QCOMPARE(read.dialect, record.dialect);
    QCOMPARE(read.method, record.method);
    QCOMPARE(read.modelAsked, record.modelAsked);
    QCOMPARE(read.modelUsed, record.modelUsed);
    QCOMPARE(read.keyId, record.keyId);
    QCOMPARE(read.status, record.status);
    QCOMPARE(read.firstByteMs, record.firstByteMs);
    QCOMPARE(read.durationMs, record.durationMs);
    QCOMPARE(read.tokens.prompt, 1);
    QCOMPARE(read.tokens.total, 6);
    QCOMPARE(read.costMicro, 77);
    QCOMPARE(read.bytesIn, 8);
    QCOMPARE(read.bytesOut, 9);
    QVERIFY(read.streamed);
    QCOMPARE(read.attempts.size(), std::size_t{2});
    QCOMPARE(read.attempts[0].error, record.attempts[0].error);
    QCOMPARE(read.attempts[1].startMs, 150);
    QCOMPARE(read.requestBody, record.requestBody);
    QCOMPARE(read.requestHead, record.requestHead);
    QCOMPARE(read.responseHead, record.responseHead);
    QCOMPARE(read.sentBody, record.sentBody);
    QCOMPARE(read.responseBody, record.responseBody);
    const auto bare =
        answered<std::optional<RequestRow>>([&](auto done) { store->readRequest(1, std::move(done)); });
    QCOMPARE(bare.value()->record.tokens.prompt, -1);
    QCOMPARE(bare.value()->record.costMicro, -1);
    QVERIFY(bare.value()->record.attempts.empty());
    QVERIFY(!answered<std::optional<RequestRow>>([&](auto done) {
                 store->readRequest(3, std::move(done));
             }).value());
}

/// A question is answered while a change holds the store's own thread.
void TstRequestLogReader::readsBesideAWriter()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    store->appendRecords({recordOf(1)});
    store->flush();
    std::promise<void> go;
    store->saveSetting("A", "1", false, [&](Result<void>) { go.get_future().wait(); });
    const auto page = answered<RequestPage>(
        [&](auto done) { store->readRequests({.filter = {}, .limit = 10}, std::move(done)); });
    QCOMPARE(page.value().rows.size(), std::size_t{1});
    go.set_value();
}

void TstRequestLogReader::deletedOnesAreGone()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    RequestRecord record = recordOf(1);
    record.requestBody = "asked";
    store->appendRecords({record, record, record});
    store->flush();
    QCOMPARE(answered<std::int64_t>([&](auto done) {
                 store->deleteRequests({1, 3, 99}, std::move(done));
             }).value(),
             2);
    const auto page = answered<RequestPage>(
        [&](auto done) { store->readRequests({.filter = {.keyId = 2}, .limit = 10}, std::move(done)); });
    QCOMPARE(page.value().rows.size(), std::size_t{1});
    QCOMPARE(page->rows[0].seq, 2);
    QCOMPARE(fixture.rows(QStringLiteral("SELECT value, (SELECT count(*) FROM request_bodies) FROM tallies "
                                         "WHERE name = 'request_rows'")),
             QStringList{QStringLiteral("1|1")});
}

void TstRequestLogReader::deletesWhatIsOld()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    store->appendRecords({m_records.begin(), m_records.begin() + 3500});
    store->flush();
    const std::int64_t timeMs = m_records[3200].timeMs;
    QCOMPARE(answered<std::int64_t>([&](auto done) {
                 store->deleteRequestsBefore(timeMs, std::move(done));
             }).value(),
             3200);
    QCOMPARE(fixture.rows(QStringLiteral("SELECT value, (SELECT min(seq) FROM requests) FROM tallies "
                                         "WHERE name = 'request_rows'")),
             QStringList{QStringLiteral("300|3201")});
}

QTEST_GUILESS_MAIN(TstRequestLogReader)
#include "tst_requestlogreader.moc"
