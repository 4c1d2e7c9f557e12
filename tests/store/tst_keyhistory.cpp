#include <random>

#include <QTest>

#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstKeyHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsFallIntoTheirSpans();
    void anEmptyLogIsAllZeros();
    void sumsTellTheSameAsRequests_data();
    void sumsTellTheSameAsRequests();
    void sumsOutliveTheirRequests();
    void requestsFromBeforeTheSumsCount();
};

namespace {

constexpr std::int64_t FROM_MS = 1'788'220'800'000;
constexpr std::int64_t SPAN_MS = 90'000;
constexpr int SPANS = 4;

using Counts = std::vector<std::int64_t>;

RequestRecord recordOf(std::int64_t key, std::int64_t timeMs, int status, const char *error = "")
{
    RequestRecord record;
    record.keyId = key;
    record.timeMs = timeMs;
    record.status = status;
    record.error = error;
    return record;
}

Result<std::vector<KeyHistory>> read(Store &store, std::vector<KeyId> keys)
{
    return answered<std::vector<KeyHistory>>(
        [&](auto done) { store.readKeyHistory(std::move(keys), FROM_MS, SPAN_MS, SPANS, std::move(done)); });
}

} // namespace

void TstKeyHistory::callsFallIntoTheirSpans()
{
    const StoreFixture fixture;
    const std::unique_ptr<Store> store = fixture.open();
    QVERIFY(store);
    std::vector<RequestRecord> records;
    // More than one block of the coarse index lies before the time that is asked for.
    for (int i = 0; i < 9000; ++i)
        records.push_back(recordOf(7, FROM_MS - 3'600'000 + i, 200));
    records.push_back(recordOf(7, FROM_MS - 1, 200));
    records.push_back(recordOf(7, FROM_MS, 200));
    records.push_back(recordOf(7, FROM_MS + SPAN_MS - 1, 429));
    records.push_back(recordOf(7, FROM_MS + SPAN_MS, 200, "broke off"));
    records.push_back(recordOf(8, FROM_MS + 3 * SPAN_MS, 200));
    records.push_back(recordOf(9, FROM_MS, 200));
    records.push_back(recordOf(7, FROM_MS + SPANS * SPAN_MS, 200));
    store->appendRecords(std::move(records));
    store->flush();

    const Result<std::vector<KeyHistory>> told = read(*store, {8, 7});
    QVERIFY(told);
    QCOMPARE(told->size(), std::size_t(2));
    QCOMPARE((*told)[0].id, std::int64_t(8));
    QCOMPARE((*told)[0].calls, (Counts{0, 0, 0, 1}));
    QCOMPARE((*told)[0].failed, (Counts{0, 0, 0, 0}));
    QCOMPARE((*told)[1].calls, (Counts{2, 1, 0, 0}));
    QCOMPARE((*told)[1].failed, (Counts{1, 1, 0, 0}));
    QCOMPARE((*told)[1].fromMs, FROM_MS);
    QCOMPARE((*told)[1].spanMs, SPAN_MS);
}

void TstKeyHistory::anEmptyLogIsAllZeros()
{
    const StoreFixture fixture;
    const std::unique_ptr<Store> store = fixture.open();
    QVERIFY(store);
    const Result<std::vector<KeyHistory>> told = read(*store, {7});
    QVERIFY(told);
    QCOMPARE(told->front().calls, Counts(SPANS));
    QVERIFY(read(*store, {})->empty());
}

void TstKeyHistory::sumsTellTheSameAsRequests_data()
{
    QTest::addColumn<int>("keys");
    QTest::addRow("few keys") << 5;
    QTest::addRow("many keys") << 200;
}

/// Random requests in random order, read once through the sums and once, a millisecond off the step, without.
void TstKeyHistory::sumsTellTheSameAsRequests()
{
    QFETCH(int, keys);
    constexpr std::int64_t spanMs = 4 * KEY_HISTORY_STEP_MS;
    constexpr int spans = 30;
    const std::int64_t fromMs = FROM_MS - FROM_MS % KEY_HISTORY_STEP_MS;
    const StoreFixture fixture;
    const std::unique_ptr<Store> store = fixture.open();
    QVERIFY(store);
    std::mt19937 random(7);
    std::vector<KeyId> ids;
    for (int key = 1; key <= keys; ++key)
        ids.push_back(key);
    for (int batch = 0; batch < 20; ++batch) {
        std::vector<RequestRecord> records;
        for (int i = 0; i < 1000; ++i) {
            // Before, in and after the time that is asked for; some keys nobody asks for, and none at all.
            const auto timeMs =
                fromMs - spanMs + static_cast<std::int64_t>(random() % (spanMs * (spans + 2)));
            records.push_back(recordOf(random() % (static_cast<unsigned>(keys) + 5), timeMs - timeMs % 2,
                                       random() % 5 == 0 ? 429 : 200, random() % 7 == 0 ? "broke off" : ""));
        }
        store->appendRecords(std::move(records));
        store->flush();
    }
    const auto told = [&](std::int64_t startMs) {
        return answered<std::vector<KeyHistory>>(
                   [&](auto done) { store->readKeyHistory(ids, startMs, spanMs, spans, std::move(done)); })
            .value();
    };
    const std::vector<KeyHistory> sums = told(fromMs);
    const std::vector<KeyHistory> requests = told(fromMs - 1); // all times are even
    QCOMPARE(sums.size(), ids.size());
    std::int64_t calls = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        QCOMPARE(sums[i].calls, requests[i].calls);
        QCOMPARE(sums[i].failed, requests[i].failed);
        for (const std::int64_t count : sums[i].calls)
            calls += count;
    }
    QVERIFY(calls > 5'000);
}

void TstKeyHistory::sumsOutliveTheirRequests()
{
    const std::int64_t startMs = FROM_MS - FROM_MS % KEY_HISTORY_STEP_MS;
    const StoreFixture fixture;
    const std::unique_ptr<Store> store = fixture.open();
    QVERIFY(store);
    store->appendRecords({recordOf(7, startMs - KEY_HISTORY_STEP_MS, 200), recordOf(7, startMs, 200),
                          recordOf(7, startMs, 500)});
    store->flush();
    QCOMPARE(answered<std::int64_t>([&](auto done) {
                 store->deleteRequests({2, 3}, std::move(done));
             }).value(),
             2);
    const auto told = answered<std::vector<KeyHistory>>(
        [&](auto done) { store->readKeyHistory({7}, startMs, KEY_HISTORY_STEP_MS, 2, std::move(done)); });
    QCOMPARE(told->front().calls, (Counts{2, 0}));
    QCOMPARE(told->front().failed, (Counts{1, 0}));
}

/// The table came with a step of the schema: what was recorded before is not in it.
void TstKeyHistory::requestsFromBeforeTheSumsCount()
{
    const std::int64_t startMs = FROM_MS - FROM_MS % KEY_HISTORY_STEP_MS;
    const StoreFixture fixture;
    {
        const std::unique_ptr<Store> store = fixture.open();
        std::vector<RequestRecord> records;
        for (int i = 0; i < 10; ++i)
            records.push_back(recordOf(7, startMs + i, 200));
        store->appendRecords(std::move(records));
        store->flush();
    }
    QCOMPARE(fixture.rows(QStringLiteral("DELETE FROM key_usage")), QStringList());
    QCOMPARE(fixture.rows(QStringLiteral("UPDATE tallies SET value = 11 WHERE name = 'key_usage_from'")),
             QStringList());
    const std::unique_ptr<Store> store = fixture.open();
    // One that began long before and ended since, and one after.
    store->appendRecords({recordOf(7, startMs - KEY_HISTORY_STEP_MS, 200), recordOf(7, startMs + 20, 500)});
    store->flush();
    const auto told = answered<std::vector<KeyHistory>>(
        [&](auto done) { store->readKeyHistory({7}, startMs, KEY_HISTORY_STEP_MS, 2, std::move(done)); });
    QCOMPARE(told->front().calls, (Counts{11, 0}));
    QCOMPARE(told->front().failed, (Counts{1, 0}));
}

QTEST_GUILESS_MAIN(TstKeyHistory)
#include "tst_keyhistory.moc"
