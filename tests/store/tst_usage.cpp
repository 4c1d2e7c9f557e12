#include <cmath>
#include <random>

#include <QTest>

#include "gateway/store/durationcounts.h"
#include "gateway/store/retention.h"
#include "gateway/store/transaction.h"
#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentilesAreNearTheTruth();
    void countsComeBackFromTheColumn();
    void refusesWhatIsNoColumn_data();
    void refusesWhatIsNoColumn();
    void sumsAreThoseOfTheRecords_data();
    void sumsAreThoseOfTheRecords();
    void aRolledBackBatchIsNotCounted();
    void oldSumsAreForgotten();
};

namespace {

// A full hour of a day of UTC.
constexpr std::int64_t START_MS = 1'788'220'800'000;
constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::int64_t HOUR_MS = 3'600'000;
constexpr std::int64_t DAY_MS = 86'400'000;

RequestRecord recordOf(int i)
{
    RequestRecord record;
    record.timeMs = START_MS + i * 7777LL;
    record.modelUsed = i % 3 == 0 ? "gemini-3-pro" : "gemini-3-flash";
    record.modelAsked = "gpt-4o";
    if (i % 10 == 9) {
        record.modelUsed.clear(); // refused before a model was chosen
        record.status = 400;
    } else {
        record.status = 200;
    }
    record.error = i % 50 == 0 ? "broke off" : "";
    record.tokens = {100 + i % 7, 10, i % 2 ? 5 : -1, i % 4 ? -1 : 50, -1, -1};
    record.costMicro = i % 5 ? 3 : -1;
    record.bytesIn = 1000;
    record.bytesOut = 10;
    record.durationMs = i % 100;
    record.firstByteMs = i % 2 ? 7 : -1;
    return record;
}

/// What the roll-up must say of these records.
UsageSums sumsOf(const std::vector<RequestRecord> &records)
{
    UsageSums sums;
    for (const RequestRecord &record : records) {
        ++sums.requests;
        sums.failed += record.status >= 400 || !record.error.empty();
        sums.inputTokens += record.tokens.prompt;
        sums.cachedTokens += std::max<std::int64_t>(record.tokens.cached, 0);
        sums.outputTokens += record.tokens.candidates + std::max<std::int64_t>(record.tokens.thoughts, 0);
        sums.bytesIn += record.bytesIn;
        sums.bytesOut += record.bytesOut;
        sums.costMicro += std::max<std::int64_t>(record.costMicro, 0);
    }
    return sums;
}

void compareSums(const UsageSums &found, const UsageSums &expected)
{
    QCOMPARE(found.requests, expected.requests);
    QCOMPARE(found.failed, expected.failed);
    QCOMPARE(found.inputTokens, expected.inputTokens);
    QCOMPARE(found.cachedTokens, expected.cachedTokens);
    QCOMPARE(found.outputTokens, expected.outputTokens);
    QCOMPARE(found.bytesIn, expected.bytesIn);
    QCOMPARE(found.bytesOut, expected.bytesOut);
    QCOMPARE(found.costMicro, expected.costMicro);
}

} // namespace

void TstUsage::percentilesAreNearTheTruth()
{
    std::mt19937 random(7);
    std::lognormal_distribution<double> spread(6, 2);
    std::vector<std::int64_t> all;
    DurationCounts counts;
    QCOMPARE(counts.percentile(50), -1);
    counts.add(-1);
    QCOMPARE(counts.percentile(50), -1);
    for (int i = 0; i < 10'000; ++i) {
        all.push_back(std::llround(spread(random)));
        counts.add(all.back());
    }
    std::ranges::sort(all);
    for (const int percent : {1, 10, 50, 95, 99, 100}) {
        const std::int64_t truth = all[static_cast<std::size_t>(percent) * all.size() / 100 - 1];
        const std::int64_t told = counts.percentile(percent);
        QVERIFY2(std::abs(told - truth) <= truth / 16 + 1,
                 qPrintable(QStringLiteral("%1: %2, %3").arg(percent).arg(told).arg(truth)));
    }
    DurationCounts few;
    for (const std::int64_t ms : {0, 3, 15})
        few.add(ms);
    QCOMPARE(few.percentile(1), 0);
    QCOMPARE(few.percentile(50), 3);
    QCOMPARE(few.percentile(100), 15);
    DurationCounts huge;
    huge.add(INT64_MAX);
    QVERIFY(huge.percentile(50) > 4'000'000'000);
}

void TstUsage::countsComeBackFromTheColumn()
{
    DurationCounts counts;
    for (std::int64_t ms = 0; ms < 100'000; ms = ms * 3 / 2 + 1) {
        for (int i = 0; i <= ms % 300; ++i)
            counts.add(ms);
    }
    DurationCounts read;
    QVERIFY(read.addEncoded(counts.encoded()));
    QCOMPARE(read.encoded(), counts.encoded());
    QVERIFY(read.addEncoded(counts.encoded()));
    counts.add(counts);
    QCOMPARE(read.encoded(), counts.encoded());
    QVERIFY(DurationCounts().encoded().empty());
}

void TstUsage::refusesWhatIsNoColumn_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::newRow("cut") << QByteArray("\x05", 1);
    QTest::newRow("an unfinished number") << QByteArray("\x05\x80", 2);
    QTest::newRow("beyond the last bucket") << QByteArray("\xff\x7f\x01", 3);
    QTest::newRow("an endless number") << QByteArray(20, '\xff');
}

void TstUsage::refusesWhatIsNoColumn()
{
    QFETCH(QByteArray, column);
    DurationCounts counts;
    QVERIFY(!counts.addEncoded(column.toStdString()));
}

void TstUsage::sumsAreThoseOfTheRecords_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<qint64>("stepMs");
    QTest::addColumn<qint64>("fromMs");
    QTest::addColumn<qint64>("untilMs");
    QTest::newRow("minutes") << 0 << qint64{MINUTE_MS} << qint64{START_MS} << qint64{START_MS + 9 * HOUR_MS};
    QTest::newRow("some minutes") << 0 << qint64{MINUTE_MS} << qint64{START_MS + 90'000}
                                  << qint64{START_MS + 5 * MINUTE_MS};
    QTest::newRow("hours") << 1 << qint64{HOUR_MS} << qint64{START_MS + HOUR_MS}
                           << qint64{START_MS + 9 * HOUR_MS};
    QTest::newRow("days") << 2 << qint64{DAY_MS} << qint64{START_MS - DAY_MS}
                          << qint64{START_MS + 9 * DAY_MS};
}

void TstUsage::sumsAreThoseOfTheRecords()
{
    QFETCH(int, step);
    QFETCH(qint64, stepMs);
    QFETCH(qint64, fromMs);
    QFETCH(qint64, untilMs);
    const StoreFixture fixture;
    const auto store = fixture.open();
    std::vector<RequestRecord> records;
    for (int i = 0; i < 20'000; ++i)
        records.push_back(recordOf(i));
    for (std::size_t at = 0; at < records.size(); at += 500) {
        store->appendRecords({records.begin() + static_cast<std::ptrdiff_t>(at),
                              records.begin() + static_cast<std::ptrdiff_t>(at + 500)});
        if (at % 3000 == 0)
            store->flush(); // several transactions add to the same hour
    }
    store->flush();
    const std::int64_t beginMs = fromMs / stepMs * stepMs;
    std::map<std::pair<std::int64_t, std::string>, std::vector<RequestRecord>> expected;
    std::vector<RequestRecord> inside;
    for (const RequestRecord &record : records) {
        if (record.timeMs < beginMs || record.timeMs >= untilMs)
            continue;
        const std::string &model = record.modelUsed.empty() ? record.modelAsked : record.modelUsed;
        expected[{record.timeMs / stepMs * stepMs, model}].push_back(record);
        inside.push_back(record);
    }
    UsageQuery query{fromMs, untilMs, static_cast<UsageStep>(step), {}, true};
    auto report = answered<UsageReport>([&](auto done) { store->readUsage(query, std::move(done)); });
    compareSums(report.value().total, sumsOf(inside));
    QCOMPARE(report->points.size(), expected.size());
    auto point = report->points.begin();
    for (const auto &[key, of] : expected) {
        QCOMPARE(point->startMs, key.first);
        QCOMPARE(point->model, key.second);
        compareSums(point->sums, sumsOf(of));
        ++point;
    }
    query.isPerModel = false;
    query.model = "gemini-3-pro";
    std::erase_if(inside, [](const RequestRecord &record) { return record.modelUsed != "gemini-3-pro"; });
    report = answered<UsageReport>([&](auto done) { store->readUsage(query, std::move(done)); });
    compareSums(report.value().total, sumsOf(inside));
    QVERIFY(report->points.empty() || report->points.front().model.empty());
    if (inside.size() > 1000) // spread evenly from 0 to 99 then
        QVERIFY(report->total.durationP50 >= 44 && report->total.durationP50 <= 54);
    QCOMPARE(report->total.firstByteP95, 7);
}

void TstUsage::aRolledBackBatchIsNotCounted()
{
    const StoreFixture fixture;
    const auto worker = std::move(*StoreWorker::open(fixture.path().toStdString(), fixture.clock));
    const std::vector<RequestRecord> records = {recordOf(1), recordOf(2)};
    {
        const Transaction dropped(worker->database());
        QVERIFY(worker->requests().append(records));
    }
    worker->requests().forgetCache();
    Transaction transaction(worker->database());
    QVERIFY(worker->requests().append(records));
    QVERIFY(worker->requests().writeSums());
    QVERIFY(transaction.commit());
    QCOMPARE(worker->database().value("SELECT sum(requests) FROM usage_minutes").value(), 2);
    QCOMPARE(worker->database().value("SELECT sum(requests) FROM usage_hours").value(), 2);
}

void TstUsage::oldSumsAreForgotten()
{
    StoreFixture fixture;
    const auto worker = std::move(*StoreWorker::open(fixture.path().toStdString(), fixture.clock));
    const std::int64_t nowMs = fixture.clock.nowMs();
    std::vector<RequestRecord> records;
    for (const std::int64_t age : {std::int64_t{0}, 2 * DAY_MS, 4 * DAY_MS, 399 * DAY_MS, 402 * DAY_MS}) {
        records.push_back(recordOf(1));
        records.back().timeMs = nowMs - age;
        records.back().keyId = 3;
    }
    Transaction transaction(worker->database());
    QVERIFY(worker->requests().append(records));
    QVERIFY(worker->requests().writeSums());
    QVERIFY(transaction.commit());
    Retention retention({});
    while (retention.step(*worker) != std::chrono::milliseconds(60'000)) {
    }
    QCOMPARE(worker->database().value("SELECT count(*) FROM usage_minutes").value(), 2);
    QCOMPARE(worker->database().value("SELECT count(*) FROM usage_hours").value(), 4);
    QCOMPARE(worker->database().value("SELECT count(*) FROM key_usage").value(), 2);
    QCOMPARE(worker->database().value("SELECT count(*) FROM requests").value(), 5);
}

QTEST_GUILESS_MAIN(TstUsage)
#include "tst_usage.moc"
