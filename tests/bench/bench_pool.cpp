// What lending and reporting a key costs, and what keys cost in memory, from 10 to 100,000 keys × 20 models.
// Prints a table; nothing is asserted, as the figures depend on the machine.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <malloc.h>
#include <time.h>

#include "gateway/pool/keypool.h"
#include "gateway/pool/strategies/strategy.h"

using namespace Gateway;

namespace {

constexpr int MODELS = 20;
constexpr std::int64_t HOUR = 3'600'000;

double nowUs()
{
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// What this thread has used of a processor: other programs on the machine do not count.
double cpuUs()
{
    struct timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// Bytes of the heap in use.
double heapBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

Secret secretOf(std::size_t number)
{
    return Secret("AIzaSyBenchmark-key-number-with-39-char" + std::to_string(number));
}

/// What the secrets alone take, which no table of keys can do without.
double bytesPerSecret(int keys)
{
    std::vector<Secret> secrets(static_cast<std::size_t>(keys));
    const double before = heapBytes();
    for (std::size_t i = 0; i < secrets.size(); ++i)
        secrets[i] = secretOf(i);
    return (heapBytes() - before) / keys;
}

std::vector<KeyRow> rowsOf(int keys)
{
    std::vector<KeyRow> rows(static_cast<std::size_t>(keys));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].id = static_cast<KeyId>(i + 1);
        rows[i].secret = secretOf(i);
    }
    return rows;
}

std::vector<std::string> modelNames()
{
    std::vector<std::string> names;
    for (int i = 0; i < MODELS; ++i)
        names.push_back("gemini-3." + std::to_string(i) + "-flash-preview");
    return names;
}

/// A pool whose journal is durable at once, with a share of the key × model pairs resting.
class Bench
{
public:
    Bench(int keys, int restPercent, PoolOptions options = {})
        : m_pool(m_clock, std::move(options), [this](std::vector<KeyChange> batch) { settle(batch); })
    {
        const double secretBytes = bytesPerSecret(keys);
        const double before = heapBytes();
        std::vector<KeyRow> rows = rowsOf(keys);
        const std::int64_t untilMs = m_clock.nowMs() + HOUR;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t model = 0; model < m_models.size(); ++model) {
                const std::size_t dice = (i * 31 + model * 17) * 2'654'435'761U % 100;
                if (dice < static_cast<std::size_t>(restPercent))
                    rows[i].rests.push_back(
                        {m_models[model], untilMs + static_cast<std::int64_t>(i), "QUOTA"});
            }
        }
        const double start = cpuUs();
        m_pool.load(std::move(rows));
        loadMs = (cpuUs() - start) / 1'000;
        bytesPerKey = (heapBytes() - before) / keys - secretBytes;
    }

    /// One attempt after another, each with the next model; every `failEvery`th meets a minute's quota (0:
    /// none).
    double usPerCall(int calls, int failEvery)
    {
        const Outcome good;
        const Outcome limited{OutcomeKind::RateLimited, 60'000, "RESOURCE_EXHAUSTED", "Quota exceeded."};
        const double start = cpuUs();
        for (int i = 0; i < calls; ++i) {
            const auto model = static_cast<std::size_t>(i) % m_models.size();
            tl::expected<Lease, Refusal> lease = m_pool.acquire({m_models[model], {}, 0});
            if (!lease)
                continue;
            const bool fails = failEvery != 0 && i % failEvery == 0;
            m_pool.report(std::move(*lease), fails ? limited : good);
        }
        return (cpuUs() - start) / calls;
    }

    /// Likewise with limits set by hand that no call reaches, tags or a conversation.
    double usPerNarrowedCall(int calls, std::span<const std::string> tags, bool talks)
    {
        const Outcome good;
        const double start = cpuUs();
        for (int i = 0; i < calls; ++i) {
            AcquireRequest request;
            request.model = m_models[static_cast<std::size_t>(i) % m_models.size()];
            request.tags = tags;
            request.affinity = talks ? static_cast<std::uint64_t>(i % 40'000) + 1 : 0;
            request.inputTokens = 1'000;
            tl::expected<Lease, Refusal> lease = m_pool.acquire(request);
            if (lease)
                m_pool.report(std::move(*lease), good);
        }
        return (cpuUs() - start) / calls;
    }

    /// Every key gets limits, every tenth a tag.
    void narrow(int keys)
    {
        for (KeyId id = 1; id <= keys; ++id) {
            KeySettings settings;
            settings.minuteRequests = 1'000'000;
            settings.minuteTokens = 1'000'000'000;
            settings.dayRequests = 1'000'000;
            if (id % 10 == 0)
                settings.tags = {"tenth"};
            m_pool.update(id, settings);
        }
    }

    /// The slowest single attempt in `calls`.
    double slowestUs(int calls)
    {
        double slowest = 0;
        for (int i = 0; i < calls; ++i) {
            const double start = nowUs();
            usPerCall(1, 0);
            slowest = std::max(slowest, nowUs() - start);
        }
        return slowest;
    }

    /// Attempts a second of `threads` threads together.
    double millionsPerSecond(int threads, int callsEach)
    {
        const double start = nowUs();
        std::vector<std::thread> running;
        for (int i = 0; i < threads; ++i)
            running.emplace_back([&] { usPerCall(callsEach, 0); });
        for (std::thread &thread : running)
            thread.join();
        return threads * callsEach / (nowUs() - start);
    }

    /// Asking for a model of which every key rests.
    double usPerRefusal(int calls)
    {
        for (;;) {
            tl::expected<Lease, Refusal> lease = m_pool.acquire({"all-rest", {}, 0});
            if (!lease)
                break;
            m_pool.report(std::move(*lease), {OutcomeKind::RateLimited, HOUR, "RESOURCE_EXHAUSTED", ""});
        }
        const double start = cpuUs();
        for (int i = 0; i < calls; ++i)
            static_cast<void>(m_pool.acquire({"all-rest", {}, 0}));
        return (cpuUs() - start) / calls;
    }

    double snapshotMs()
    {
        const double start = cpuUs();
        static_cast<void>(m_pool.snapshot());
        return (cpuUs() - start) / 1'000;
    }

    double loadMs = 0;
    double bytesPerKey = 0;

private:
    void settle(const std::vector<KeyChange> &batch)
    {
        for (const KeyChange &change : batch)
            m_pool.settled(std::array{change.ticket});
    }

    SystemClock m_clock;
    std::vector<std::string> m_models = modelNames();
    KeyPool m_pool;
};

void printRow(int keys)
{
    constexpr int CALLS = 400'000;
    Bench fresh(keys, 0);
    const double fine = fresh.usPerCall(CALLS, 0);
    const double parallel = fresh.millionsPerSecond(4, CALLS / 4);
    const double refusal = fresh.usPerRefusal(100'000);
    Bench resting(keys, 30);
    const double withRests = resting.usPerCall(CALLS, 0);
    const double slowest = resting.slowestUs(20'000);
    const double snapshot = resting.snapshotMs();
    const double failing = resting.usPerCall(std::min(CALLS, keys * 20), 20);
    std::printf("%7d  %9.2f  %9.2f  %9.2f  %9.2f  %9.1f  %9.2f  %8.1f  %8.1f  %7.0f  %7.0f  %8.1f\n", keys,
                fine, withRests, failing, refusal, slowest, parallel, fresh.loadMs, resting.loadMs,
                fresh.bytesPerKey, resting.bytesPerKey, snapshot);
}

void printStrategyRow(const StrategyInfo &info, int keys)
{
    constexpr int CALLS = 200'000;
    PoolOptions options;
    options.strategy = info.name;
    Bench fresh(keys, 0, options);
    const double first = fresh.usPerCall(CALLS, 0); // quotas are touched for the first time
    const double fine = fresh.usPerCall(CALLS, 0);
    const double talking = fresh.usPerNarrowedCall(CALLS, {}, true);
    Bench resting(keys, 30, options);
    const double withRests = resting.usPerCall(CALLS, 0);
    const double failing = resting.usPerCall(std::min(CALLS, keys * 20), 20);
    Bench limited(keys, 0, options);
    limited.narrow(keys);
    const double withLimits = limited.usPerNarrowedCall(CALLS, {}, false);
    const std::vector<std::string> tags{"tenth"};
    const double tagged = limited.usPerNarrowedCall(CALLS / 4, tags, false);
    std::printf("%-20s %7d  %8.2f  %8.2f  %8.2f  %8.2f  %8.2f  %8.2f  %8.2f\n",
                std::string(info.name).c_str(), keys, first, fine, withRests, failing, withLimits, tagged,
                talking);
}

} // namespace

int main()
{
    std::puts(
        "acquire + report in µs of processor time, 20 models in turn. rests: 30 % of the key × model pairs "
        "rest; 5 % 429: as "
        "rests,\nand every 20th call meets a 429 that is journaled and settled. load and snapshot in ms, "
        "memory "
        "without\nthe secrets (key alone; with 6 rests).");
    std::printf("%7s  %9s  %9s  %9s  %9s  %9s  %9s  %8s  %8s  %7s  %7s  %8s\n", "keys", "no rests", "rests",
                "5 % 429", "refusal", "slowest", "M/s of 4", "load", "+ rests", "B/key", "+ rests",
                "snapshot");
    for (const int keys : {10, 100, 1'000, 10'000, 100'000})
        printRow(keys);
    std::puts(
        "\nby strategy: first: no quota was counted before; limits: minute and day limits on every key, "
        "1,000 input\ntokens a call; tags: every tenth key carries it; talk: 40,000 conversations.");
    std::printf("%-20s %7s  %8s  %8s  %8s  %8s  %8s  %8s  %8s\n", "strategy", "keys", "first", "no rests",
                "rests", "5 % 429", "limits", "tags", "talk");
    for (const StrategyInfo *info : strategyTable()) {
        for (const int keys : {10, 100, 1'000, 10'000, 100'000})
            printStrategyRow(*info, keys);
    }
    return 0;
}
