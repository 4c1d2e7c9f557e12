#include <array>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include <QTest>

#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Kind = OutcomeKind;

namespace {

constexpr int THREADS = 8;
constexpr int KEYS = 50;

/// What people order of a key, and what they look at, while requests run.
void orderSomething(PoolFixture &f, std::mt19937 &random)
{
    const auto id = static_cast<KeyId>(1 + random() % KEYS);
    const std::vector<KeyId> keys{id, static_cast<KeyId>(1 + random() % KEYS)};
    KeySettings settings = rowOf(id).settings;
    settings.project = random() % 2 == 0 ? "" : "p" + std::to_string(random() % 3);
    settings.minuteRequests = random() % 4 == 0 ? 30 : 0;
    settings.enabled = random() % 8 != 0;
    settings.deniedModels = random() % 8 == 0 ? std::vector<std::string>{"a"} : std::vector<std::string>{};
    f.pool.update(id, std::move(settings));
    f.pool.rest(keys, f.clock.nowMs() + 100'000);
    f.pool.liftRests(keys, random() % 2 == 0 ? "" : "b");
    f.pool.resetFailures(keys);
    f.pool.revive(keys.back());
    f.pool.setChecked(id, f.clock.nowMs(), "SOME_REASON");
    if (std::optional<Lease> check = f.pool.lendForCheck(id))
        f.pool.report(std::move(*check), outcomeOf(Kind::Success));
    f.pool.setOptions({3, random() % 2 == 0 ? "most-remaining" : "least-in-flight"});
    f.pool.view(id);
    f.pool.page(0, KEYS);
    f.pool.modelHealth();
    f.pool.takeCounters();
    f.pool.takeQuotaChanges();
    f.pool.takeModelStates();
    f.pool.takeHealthChanges();
}

} // namespace

/// Run under the thread sanitizer, too.
class TstKeyPoolThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingAtOnce();
    void noKeyIsLentBeforeItIsDurable();
};

void TstKeyPoolThreads::everythingAtOnce()
{
    PoolFixture f(KEYS);
    std::atomic<std::int64_t> lent = 0;
    const auto work = [&](unsigned seed) {
        std::mt19937 random(seed);
        const std::vector<std::string> models{"a", "b", "c", ""};
        static constexpr std::array KINDS{
            Kind::Success,     Kind::Success,       Kind::Success,        Kind::RateLimited,
            Kind::Unclear,     Kind::DayQuota,      Kind::KeyFault,       Kind::Cancelled,
            Kind::CallerFault, Kind::ServerTrouble, Kind::NetworkTrouble, Kind::Overloaded,
            Kind::NoSuchModel, Kind::Success,       Kind::Success,        Kind::Success};
        for (int i = 0; i < 3'000; ++i) {
            const std::string &model = models[random() % models.size()];
            tl::expected<Lease, Refusal> lease = f.acquire(model, {static_cast<KeyId>(1 + random() % KEYS)});
            if (lease) {
                ++lent;
                if (random() % 8 != 0) // the others are dropped
                    f.pool.report(std::move(*lease), outcomeOf(KINDS[random() % KINDS.size()], 20'000));
            }
            f.clock.advance(5'000);
            if (i % 20 == 0)
                orderSomething(f, random);
            if (i % 50 == 0) {
                for (Lease &check : f.pool.sidelined(KEYS))
                    f.pool.report(std::move(check), outcomeOf(Kind::Success));
                f.pool.load({rowOf(static_cast<KeyId>(KEYS + random() % 10))});
                f.pool.remove(static_cast<KeyId>(KEYS + random() % 10));
                f.pool.snapshot();
                f.pool.counts();
            }
        }
    };
    std::vector<std::thread> threads;
    for (unsigned thread = 0; thread < THREADS; ++thread)
        threads.emplace_back(work, thread);
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(f.pool.openLeases(), 0);
    QVERIFY(lent > 1'000);
    for (std::size_t i = 0; i < f.changes.size(); ++i)
        QCOMPARE(f.changes[i].ticket, i + 1);
    const Refusal counts = f.pool.counts();
    Refusal seen;
    for (const KeyRow &row : f.pool.snapshot()) {
        ++seen.total;
        seen.invalid += row.state == KeyState::Sidelined;
        seen.resting += row.state == KeyState::Usable && !row.rests.empty();
    }
    QCOMPARE(counts.total, seen.total);
    QCOMPARE(counts.invalid, seen.invalid);
    QCOMPARE(counts.resting, seen.resting);
}

/// A store in a thread of its own. Each report here is one change; a key of which more were reported before
/// it was asked for than had begun to settle when it was lent, was lent too early.
void TstKeyPoolThreads::noKeyIsLentBeforeItIsDurable()
{
    using Counts = std::array<std::atomic<int>, 4>;
    FakeClock clock;
    std::mutex mutex;
    std::vector<KeyChange> queue;
    Counts reported{};
    Counts settling{};
    std::atomic<bool> isOver = false;
    KeyPool pool(clock, {1'000'000}, [&](std::vector<KeyChange> batch) {
        const std::lock_guard lock(mutex);
        for (KeyChange &change : batch)
            queue.push_back(std::move(change));
    });
    pool.load({rowOf(1), rowOf(2), rowOf(3), rowOf(4)});
    std::thread store([&] {
        while (!isOver) {
            std::vector<KeyChange> batch;
            {
                const std::lock_guard lock(mutex);
                batch.swap(queue);
            }
            for (const KeyChange &change : batch) {
                ++settling[static_cast<std::size_t>(change.id - 1)];
                pool.settled(std::vector{change.ticket});
            }
            std::this_thread::yield();
        }
    });
    std::atomic<int> tooEarly = 0;
    std::atomic<int> served = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 5'000; ++i) {
                const std::array<int, 4> before{reported[0], reported[1], reported[2], reported[3]};
                tl::expected<Lease, Refusal> lease = pool.acquire({"m", {}, 0});
                if (!lease) {
                    ++refused;
                    continue;
                }
                const std::size_t key = static_cast<std::size_t>(lease->key - 1);
                tooEarly += settling[key] < before[key] ? 1 : 0;
                ++served;
                pool.report(std::move(*lease), outcomeOf(Kind::Unclear));
                ++reported[key];
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    isOver = true;
    store.join();
    QCOMPARE(tooEarly.load(), 0);
    QVERIFY(served > 0);
    QVERIFY(refused > 0);
}

QTEST_APPLESS_MAIN(TstKeyPoolThreads)
#include "tst_keypoolthreads.moc"
