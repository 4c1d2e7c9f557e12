#include <algorithm>
#include <atomic>
#include <thread>

#include <QTest>
#include <QThread>

#include "gateway/store/lrucache.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lruKeepsTheRecentlyUsed();
    void lruHoldsItsBytes();
    void lruForgetsWhatIsOver();
    void putIsVisibleAtOnce();
    void answersComeLaterInTheContextsThread();
    void noAnswerOnceTheContextIsGone();
    void contextsMayGoAtAnyMoment();
    void survivesARestart();
    void entriesEnd();
    void forgetsForGood();
    void unknownIdsCostOneQuery();
    void whatLeftTheCacheIsStillFound();
    void foundEntriesReplaceNoNewerOnes();
    void changesLoseNothing_data();
    void changesLoseNothing();
    void changesOnlyWhatThereIs();
    void goesOnWithoutItsTable();
};

namespace {

using Found = KeyedMemory::Found;

/// find() for one who can wait: runs the loop until the answer is there.
Found lookedUp(KeyedMemory &memory, std::vector<std::string> keys)
{
    QObject context;
    Found result;
    bool isDone = false;
    memory.find(std::move(keys), &context, [&](Found found) {
        result = std::move(found);
        isDone = true;
    });
    if (!QTest::qWaitFor([&] { return isDone; }))
        qWarning("no answer");
    return result;
}

} // namespace

void TstMemory::lruKeepsTheRecentlyUsed()
{
    LruCache cache(3, 1 << 20);
    for (const char *key : {"a", "b", "c"})
        cache.put(key, {key, 0});
    QVERIFY(cache.find("a", 1));
    cache.put("d", {"d", 0});
    QVERIFY(!cache.find("b", 1));
    QCOMPARE(cache.find("a", 1)->value, std::string("a"));
    cache.put("a", {std::nullopt, 0});
    QCOMPARE(cache.size(), std::size_t{3});
    QVERIFY(!cache.find("a", 1)->value);
}

void TstMemory::lruHoldsItsBytes()
{
    LruCache cache(1000, 10'000);
    for (int i = 0; i < 100; ++i) {
        cache.put(std::to_string(i), {std::string(1000, 'x'), 0});
        QVERIFY(cache.bytes() <= 10'000);
    }
    QVERIFY(cache.size() >= 8);
    QVERIFY(cache.find("99", 1));
    cache.put("huge", {std::string(20'000, 'x'), 0});
    QCOMPARE(cache.size(), std::size_t{0});
    QCOMPARE(cache.bytes(), std::size_t{0});
}

void TstMemory::lruForgetsWhatIsOver()
{
    LruCache cache(10, 10'000);
    cache.put("a", {"x", 100});
    QVERIFY(cache.find("a", 99));
    QVERIFY(!cache.find("a", 100));
    QCOMPARE(cache.size(), std::size_t{0});
}

void TstMemory::putIsVisibleAtOnce()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    QVERIFY(!store->signatures().cached("call_1"));
    store->signatures().put("call_1", "sig", 0);
    QCOMPARE(store->signatures().cached("call_1"), std::string("sig"));
    store->signatures().put("call_1", "newer", 0);
    QCOMPARE(store->signatures().cached("call_1"), std::string("newer"));
    QVERIFY(!store->owners().cached("call_1"));
}

void TstMemory::answersComeLaterInTheContextsThread()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    store->owners().put("files/a", "7", 0);
    QThread thread;
    thread.start();
    auto *context = new QObject;
    context->moveToThread(&thread);
    for (const char *key : {"files/a", "files/unknown"}) { // from the cache, from the table
        std::atomic<QThread *> where = nullptr;
        std::atomic<std::size_t> count = 99;
        store->owners().find({key}, context, [&](const Found &found) {
            count = found.size();
            where = QThread::currentThread();
        });
        QTRY_COMPARE(where.load(), &thread);
        QCOMPARE(count.load(), std::size_t{key == std::string("files/a") ? 1U : 0U});
    }
    bool isCalled = false;
    QObject here;
    store->owners().find({"files/a"}, &here, [&](const Found &) { isCalled = true; });
    QVERIFY(!isCalled);
    QTRY_VERIFY(isCalled);
    context->deleteLater();
    thread.quit();
    thread.wait();
}

void TstMemory::noAnswerOnceTheContextIsGone()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    bool isCalled = false;
    for (const char *key : {"unknown", "known"}) {
        store->owners().put("known", "1", 0);
        const auto context = std::make_unique<QObject>();
        store->owners().find({key}, context.get(), [&](const Found &) { isCalled = true; });
    }
    store->flush();
    QTest::qWait(20);
    QVERIFY(!isCalled);
}

/// Contexts die while the store answers; under a sanitizer a race would show.
void TstMemory::contextsMayGoAtAnyMoment()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    std::vector<std::thread> threads;
    std::atomic<int> answers = 0;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
            QEventLoop loop;
            for (int i = 0; i < 300; ++i) {
                const auto context = std::make_unique<QObject>();
                store->signatures().find({std::to_string(t) + "-" + std::to_string(i)}, context.get(),
                                         [&](const Found &) { ++answers; });
                if (i % 3 == 0)
                    std::this_thread::sleep_for(std::chrono::microseconds(i));
                loop.processEvents();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    store->flush();
    const int before = answers;
    QTest::qWait(10);
    QCOMPARE(answers.load(), before);
}

void TstMemory::survivesARestart()
{
    const StoreFixture fixture;
    const std::string signature(100'000, 's');
    {
        const auto store = fixture.open();
        store->signatures().put("call_1", signature, fixture.clock.nowMs() + 5);
        store->owners().put("files/a", "12", 0);
    }
    const auto store = fixture.open();
    QVERIFY(!store->signatures().cached("call_1"));
    QCOMPARE(lookedUp(store->signatures(), {"call_1", "call_2"}), (Found{{"call_1", signature}}));
    QCOMPARE(store->signatures().cached("call_1"), signature);
    QCOMPARE(lookedUp(store->owners(), {"files/a"}), (Found{{"files/a", "12"}}));
}

void TstMemory::entriesEnd()
{
    StoreFixture fixture;
    const std::int64_t soonMs = fixture.clock.nowMs() + 10;
    auto store = fixture.open();
    store->owners().put("files/a", "1", soonMs);
    store->owners().put("files/b", "2", soonMs);
    store.reset();
    store = fixture.open();
    QCOMPARE(lookedUp(store->owners(), {"files/a"}).size(), std::size_t{1});
    fixture.clock.advance(10);
    QVERIFY(!store->owners().cached("files/a")); // it was in the cache
    QVERIFY(lookedUp(store->owners(), {"files/a", "files/b"}).empty());
}

void TstMemory::forgetsForGood()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        store->owners().put("files/a", "1", 0);
        store->owners().put("files/b", "1", 0);
        store->flush();
        store->owners().forget("files/a");
        QVERIFY(!store->owners().cached("files/a"));
        QVERIFY(lookedUp(store->owners(), {"files/a"}).empty());
    }
    const auto store = fixture.open();
    QCOMPARE(lookedUp(store->owners(), {"files/a", "files/b"}), (Found{{"files/b", "1"}}));
}

/// The row that another connection slips in is not seen, as the id is known to be unknown, for a minute.
void TstMemory::unknownIdsCostOneQuery()
{
    StoreFixture fixture;
    const auto store = fixture.open();
    QVERIFY(lookedUp(store->owners(), {"files/a"}).empty());
    fixture.rows(QStringLiteral("INSERT INTO owners VALUES ('files/a', 5, 0)"));
    QVERIFY(lookedUp(store->owners(), {"files/a"}).empty());
    fixture.clock.advance(60'000);
    QCOMPARE(lookedUp(store->owners(), {"files/a"}), (Found{{"files/a", "5"}}));

    QVERIFY(lookedUp(store->owners(), {"files/b"}).empty());
    store->owners().put("files/b", "6", 0);
    QCOMPARE(lookedUp(store->owners(), {"files/b"}), (Found{{"files/b", "6"}}));
}

/// More than the cache holds, asked for before and after it was written.
void TstMemory::whatLeftTheCacheIsStillFound()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    constexpr int COUNT = 12'000;
    for (int i = 0; i < COUNT; ++i)
        store->owners().put(std::to_string(i), std::to_string(i * 2), 0);
    QVERIFY(!store->owners().cached("0"));
    QCOMPARE(lookedUp(store->owners(), {"0", "1500", "11999"}),
             (Found{{"0", "0"}, {"1500", "3000"}, {"11999", "23998"}}));
    store->flush();
    QCOMPARE(lookedUp(store->owners(), {"1"}), (Found{{"1", "2"}}));
    QCOMPARE(fixture.rows(QStringLiteral("SELECT count(*) FROM owners")),
             QStringList{QString::number(COUNT)});
}

void TstMemory::foundEntriesReplaceNoNewerOnes()
{
    const StoreFixture fixture;
    {
        const auto store = fixture.open();
        store->owners().put("files/a", "1", 0);
    }
    const auto store = fixture.open();
    QObject context;
    Found result;
    store->owners().find({"files/a"}, &context, [&](Found found) { result = std::move(found); });
    store->owners().put("files/a", "2", 0);
    QTRY_VERIFY(!result.empty());
    QCOMPARE(store->owners().cached("files/a"), std::string("2"));
    QCOMPARE(lookedUp(store->owners(), {"files/a"}), (Found{{"files/a", "2"}}));
}

void TstMemory::changesLoseNothing_data()
{
    QTest::addColumn<int>("others"); // entries that push the changed one out of the cache
    QTest::newRow("in the cache") << 0;
    QTest::newRow("in the table") << 25'000;
}

/// Threads add to one value at once, each what it adds to the value it saw.
void TstMemory::changesLoseNothing()
{
    QFETCH(int, others);
    const StoreFixture fixture;
    const auto store = fixture.open();
    store->signatures().put("all", "", 0);
    for (int i = 0; i < others; ++i)
        store->signatures().put(std::to_string(i), "x", 0);
    store->flush();
    QCOMPARE(store->signatures().cached("all").has_value(), others == 0);
    constexpr int THREADS = 4;
    constexpr int CHANGES = 300;
    std::vector<std::thread> threads;
    for (int t = 0; t < THREADS; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < CHANGES; ++i)
                store->signatures().change(
                    "all",
                    [t](const std::string &value) {
                        return std::optional<std::string>(value + static_cast<char>('a' + t));
                    },
                    0);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    store->flush();
    const std::string all = lookedUp(store->signatures(), {"all"}).at("all");
    QCOMPARE(all.size(), std::size_t{THREADS * CHANGES});
    for (int t = 0; t < THREADS; ++t)
        QCOMPARE(std::count(all.begin(), all.end(), static_cast<char>('a' + t)), CHANGES);
    store->flush();
    QCOMPARE(fixture.rows(QStringLiteral("SELECT length(signature) FROM signatures WHERE call_id = 'all'")),
             QStringList{QString::number(THREADS * CHANGES)});
}

void TstMemory::changesOnlyWhatThereIs()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    std::atomic<int> calls = 0;
    const auto changed = [&calls](const std::string &value) {
        ++calls;
        return value == "keep" ? std::optional<std::string>() : std::optional<std::string>("changed");
    };
    store->owners().change("unknown", changed, 0);
    store->owners().put("gone", "1", 0);
    store->owners().forget("gone");
    store->owners().change("gone", changed, 0);
    store->flush();
    QCOMPARE(calls.load(), 0);
    store->owners().put("kept", "keep", 0);
    store->owners().put("other", "1", 0);
    store->owners().change("kept", changed, 0);
    store->owners().change("other", changed, 0);
    QCOMPARE(store->owners().cached("kept"), std::string("keep"));
    QCOMPARE(store->owners().cached("other"), std::string("changed"));
    QCOMPARE(calls.load(), 2);
}

void TstMemory::goesOnWithoutItsTable()
{
    const StoreFixture fixture;
    const auto store = fixture.open();
    fixture.rows(QStringLiteral("ALTER TABLE owners RENAME TO moved"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be stored")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be read")));
    store->owners().put("files/a", "1", 0);
    store->flush();
    QCOMPARE(store->owners().cached("files/a"), std::string("1"));
    QCOMPARE(lookedUp(store->owners(), {"files/a", "files/b"}), (Found{{"files/a", "1"}}));
}

QTEST_GUILESS_MAIN(TstMemory)
#include "tst_memory.moc"
