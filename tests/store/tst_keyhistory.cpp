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

QTEST_GUILESS_MAIN(TstKeyHistory)
#include "tst_keyhistory.moc"
