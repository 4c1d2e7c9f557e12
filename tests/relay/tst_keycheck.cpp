#include <QTest>
#include <QThread>

#include "gateway/relay/checkdesk.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

KeyCheckOptions optionsFor(const FakeGemini &fake)
{
    KeyCheckOptions options;
    options.atOnce = 3;
    options.call.googleHost = fake.url();
    options.call.model = "gemini-3.5-flash-lite";
    return options;
}

std::vector<KeyId> firstKeys(int count)
{
    std::vector<KeyId> keys;
    for (int key = 1; key <= count; ++key)
        keys.push_back(key);
    return keys;
}

/// A check and all that it told.
struct Bench
{
    explicit Bench(int keys)
        : harness(keys)
        , check(harness.parts())
    {
        options = optionsFor(harness.fake);
        check.configure(options);
    }

    KeyCheck::Tell tell()
    {
        return [this](const KeyCheck::Progress &progress) {
            results.insert(results.end(), progress.results.begin(), progress.results.end());
            last = progress;
            ++told;
        };
    }
    bool isOver() const { return told > 0 && last.isOver(); }
    const KeyCheckResult &of(KeyId key) const
    {
        static const KeyCheckResult none;
        const auto found = std::find_if(results.begin(), results.end(),
                                        [key](const auto &result) { return result.key == key; });
        return found == results.end() ? none : *found;
    }
    bool checkAndWait(std::vector<KeyId> keys)
    {
        check.start(1, std::move(keys), tell());
        return RelayHarness::turnUntil([this] { return isOver(); });
    }

    RelayHarness harness;
    KeyCheck check;
    KeyCheckOptions options;
    std::vector<KeyCheckResult> results;
    KeyCheck::Progress last;
    int told = 0;
};

} // namespace

class TstKeyCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodKeyIsTold();
    void theFreeCallGeneratesNothing();
    void theOtherCallGenerates();
    void aBadKeyIsSidelinedWithGooglesWords();
    void aGoodCheckPutsAKeyBack();
    void aQuotaMeansAccepted();
    void troubleOfGooglesChangesNothing();
    void noMoreAtOnceThanAllowed();
    void anUnknownKeyIsToldSo();
    void nothingToCheckIsOverAtOnce();
    void cancelledItAsksNoFurther();
    void theBackgroundPutsBackWhatWorksAgain();
    void theDeskReachesAnotherThread();
};

void TstKeyCheck::aGoodKeyIsTold()
{
    Bench bench(2);
    QVERIFY(bench.checkAndWait({1, 2}));
    QCOMPARE(bench.results.size(), 2u);
    QCOMPARE(bench.last.total, 2);
    QVERIFY(bench.of(1).isAccepted);
    QCOMPARE(bench.of(1).status, 200);
    QVERIFY(bench.of(1).text.empty());
    QVERIFY(bench.of(1).tookMs >= 0);
    QCOMPARE(bench.harness.pool.openLeases(), 0);
}

void TstKeyCheck::theFreeCallGeneratesNothing()
{
    Bench bench(1);
    QVERIFY(bench.checkAndWait({1}));
    const SeenRequest seen = bench.harness.fake.requests().front();
    QCOMPARE(seen.request.method, std::string("GET"));
    QCOMPARE(seen.request.path, std::string("/v1beta/models/gemini-3.5-flash-lite"));
    QCOMPARE(seen.key, RelayHarness::keyText(1));
}

void TstKeyCheck::theOtherCallGenerates()
{
    Bench bench(1);
    bench.options.call.generates = true;
    bench.check.configure(bench.options);
    QVERIFY(bench.checkAndWait({1}));
    QVERIFY(bench.of(1).isAccepted);
    QVERIFY(bench.harness.fake.requests().front().request.path.ends_with(":generateContent"));
}

void TstKeyCheck::aBadKeyIsSidelinedWithGooglesWords()
{
    Bench bench(2);
    bench.harness.script(1, Fault::LeakedKey);
    QVERIFY(bench.checkAndWait({1, 2}));
    QVERIFY(!bench.of(1).isAccepted);
    QCOMPARE(bench.of(1).status, 403);
    QVERIFY2(bench.of(1).text.find("reported as leaked") != std::string::npos, bench.of(1).text.c_str());
    QVERIFY(bench.of(2).isAccepted);
    QCOMPARE(bench.harness.pool.counts().invalid, 1);
    bench.harness.script(2, Fault::SuspendedKey); // names the key
    bench.results.clear();
    bench.told = 0;
    QVERIFY(bench.checkAndWait({2}));
    QVERIFY(bench.of(2).text.find(RelayHarness::keyText(2)) == std::string::npos);
}

void TstKeyCheck::aGoodCheckPutsAKeyBack()
{
    Bench bench(1);
    bench.harness.script(1, Fault::LeakedKey, 1);
    QVERIFY(bench.checkAndWait({1}));
    QCOMPARE(bench.harness.pool.counts().invalid, 1);
    bench.told = 0;
    QVERIFY(bench.checkAndWait({1}));
    QCOMPARE(bench.harness.pool.counts().invalid, 0);
}

void TstKeyCheck::aQuotaMeansAccepted()
{
    Bench bench(1);
    bench.options.call.generates = true;
    bench.check.configure(bench.options);
    bench.harness.script(1, Fault::MinuteQuota, 1);
    QVERIFY(bench.checkAndWait({1}));
    QVERIFY(bench.of(1).isAccepted);
    QCOMPARE(bench.of(1).status, 429);
    QVERIFY(bench.of(1).kind == OutcomeKind::RateLimited);
}

void TstKeyCheck::troubleOfGooglesChangesNothing()
{
    Bench bench(1);
    bench.harness.script(1, Fault::InternalError, 1);
    QVERIFY(bench.checkAndWait({1}));
    QVERIFY(!bench.of(1).isAccepted);
    QCOMPARE(bench.harness.pool.counts().invalid, 0);
    QCOMPARE(bench.harness.pool.snapshot().front().failures, 0);
}

void TstKeyCheck::noMoreAtOnceThanAllowed()
{
    Bench bench(8);
    bench.harness.script(0, Fault::StallHead, 3);
    bench.check.start(1, firstKeys(8), bench.tell());
    QVERIFY(bench.harness.fake.waitForRequests(3, 2000) ||
            RelayHarness::turnUntil([&] { return bench.harness.fake.requests().size() >= 3; }));
    QTest::qWait(300);
    QCOMPARE(bench.harness.fake.requests().size(), 3u);
    QCOMPARE(bench.harness.pool.openLeases(), 3);
}

void TstKeyCheck::anUnknownKeyIsToldSo()
{
    Bench bench(1);
    QVERIFY(bench.checkAndWait({1, 99}));
    QCOMPARE(bench.results.size(), 2u);
    QVERIFY(!bench.of(99).isAccepted);
    QCOMPARE(bench.of(99).reason, std::string("NOT_CHECKED"));
}

void TstKeyCheck::nothingToCheckIsOverAtOnce()
{
    Bench bench(1);
    QVERIFY(bench.checkAndWait({}));
    QCOMPARE(bench.last.total, 0);
}

void TstKeyCheck::cancelledItAsksNoFurther()
{
    Bench bench(40);
    bench.harness.script(0, Fault::SlowDrip);
    bench.check.start(1, firstKeys(40), bench.tell());
    QVERIFY(RelayHarness::turnUntil([&] { return !bench.harness.fake.requests().empty(); }));
    bench.check.cancel(1);
    QVERIFY(RelayHarness::turnUntil([&] { return bench.isOver(); }));
    QVERIFY(bench.last.cancelled);
    QVERIFY(bench.last.done < 40);
    QCOMPARE(bench.last.done, static_cast<int>(bench.results.size()));
    QCOMPARE(bench.harness.pool.openLeases(), 0);
}

void TstKeyCheck::theBackgroundPutsBackWhatWorksAgain()
{
    Bench bench(5);
    bench.harness.script(0, Fault::LeakedKey, 5);
    QVERIFY(bench.checkAndWait(firstKeys(5)));
    QCOMPARE(bench.harness.pool.counts().invalid, 5);
    bench.check.run();
    QVERIFY(RelayHarness::turnUntil([&] { return bench.harness.pool.counts().invalid == 0; }));
}

void TstKeyCheck::theDeskReachesAnotherThread()
{
    RelayHarness harness(3);
    harness.script(2, Fault::LeakedKey);
    CheckDesk desk(harness.pool);
    QCOMPARE(desk.check(CheckDesk::Which::All), 0u); // nobody is there to do it
    std::vector<KeyCheckResult> results;
    bool isOver = false;
    std::vector<ProxyCheckResult> proxies;
    connect(&desk, &CheckDesk::progressed, this, [&](const KeyCheck::Progress &progress) {
        results.insert(results.end(), progress.results.begin(), progress.results.end());
        isOver = progress.isOver();
    });
    connect(&desk, &CheckDesk::proxiesChecked, this,
            [&](quint64, const std::vector<ProxyCheckResult> &told) { proxies = told; });

    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    std::unique_ptr<UpstreamClient> upstream;
    std::unique_ptr<KeyCheck> keys;
    std::unique_ptr<ProxyChecker> proxyCheck;
    QMetaObject::invokeMethod(
        &context,
        [&] {
            upstream = std::make_unique<UpstreamClient>(harness.clock, UpstreamOptions{});
            RelayParts parts = harness.parts();
            const RelayParts own{parts.clock,    parts.pool,    *upstream,        parts.media,
                                 parts.recorder, parts.owners,  parts.signatures, parts.objects,
                                 parts.waits,    parts.proxies, parts.shelf,      parts.running};
            keys = std::make_unique<KeyCheck>(own);
            keys->configure(optionsFor(harness.fake));
            proxyCheck = std::make_unique<ProxyChecker>(own, harness.fake.url());
            desk.attach(*keys, *proxyCheck);
        },
        Qt::BlockingQueuedConnection);
    QVERIFY(desk.check(CheckDesk::Which::All) != 0);
    QVERIFY(RelayHarness::turnUntil([&] { return isOver; }));
    QCOMPARE(results.size(), 3u);
    results.clear();
    isOver = false;
    QVERIFY(desk.check(CheckDesk::Which::Failing) != 0);
    QVERIFY(RelayHarness::turnUntil([&] { return isOver; }));
    QCOMPARE(results.size(), 1u);
    QCOMPARE(results.front().key, 2);
    desk.checkProxies({"http://127.0.0.1:1"});
    QVERIFY(RelayHarness::turnUntil([&] { return !proxies.empty(); }));
    QVERIFY(!proxies.front().isGood);
    QMetaObject::invokeMethod(
        &context,
        [&] {
            desk.detach();
            proxyCheck.reset();
            keys.reset();
            upstream.reset();
            context.moveToThread(nullptr);
        },
        Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    QCOMPARE(desk.check({1}), 0u);
}

QTEST_GUILESS_MAIN(TstKeyCheck)
#include "tst_keycheck.moc"
