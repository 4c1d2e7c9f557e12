// Measures the store: CPU per record, time to load keys, delay of a key's change beside a stream of records,
// what pages and sums of the request log take. Usage: bench_store [rows] [keys] [minutes that the rows are
// spread over]; 5000000 rows take 2 GB
#include <cstdio>
#include <ctime>
#include <future>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include "gateway/common/ids.h"
#include "gateway/store/store.h"
#include "tests/bench/samplerecord.h"

using namespace Gateway;

namespace {

double cpuMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// A stretch of the run: "12.3 (4.5)", ms by the clock and of the processor.
struct Stretch
{
    Stretch() { timer.start(); }

    void end()
    {
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%.1f (%.1f)", static_cast<double>(timer.nsecsElapsed()) / 1e6,
                      (cpuMicroseconds() - cpu) / 1e3);
        text = buffer;
    }

    QElapsedTimer timer;
    double cpu = cpuMicroseconds();
    std::string text;
};

void appendAll(Store &store, std::int64_t rows, std::int64_t keys, std::int64_t nowMs, std::int64_t spreadMs)
{
    constexpr std::int64_t BATCH = 256;
    double making = 0;
    const double start = cpuMicroseconds();
    for (std::int64_t done = 0; done < rows;) {
        const double before = cpuMicroseconds();
        std::vector<RequestRecord> batch;
        for (std::int64_t i = 0; i < BATCH && done < rows; ++i, ++done)
            batch.push_back(TestSupport::sampleRecord(done, keys, nowMs - (rows - done) * spreadMs / rows));
        making += cpuMicroseconds() - before;
        store.appendRecords(std::move(batch));
        if (done % 100'096 < BATCH)
            store.flush();
    }
    store.flush();
    const double spent = cpuMicroseconds() - start - making;
    std::printf("append %lld records, %lld keys: %.2f us CPU each, %llu lost\n", static_cast<long long>(rows),
                static_cast<long long>(keys), spent / static_cast<double>(rows),
                static_cast<unsigned long long>(store.lostRecords()));
}

void steadyLoad(Store &store, std::int64_t keys, const Clock &clock)
{
    QElapsedTimer wall;
    wall.start();
    double worst = 0;
    double sum = 0;
    int changes = 0;
    const double start = cpuMicroseconds();
    std::int64_t number = 0;
    while (wall.elapsed() < 3000) {
        std::vector<RequestRecord> batch;
        for (int i = 0; i < 200; ++i)
            batch.push_back(TestSupport::sampleRecord(number++, keys, clock.nowMs()));
        store.appendRecords(std::move(batch));
        if (number % 2000 == 0) {
            KeyChange change;
            change.id = 1 + number % keys;
            change.rests.push_back({"gemini-2.5-pro", clock.nowMs() + 60'000, "RESOURCE_EXHAUSTED"});
            QElapsedTimer timer;
            timer.start();
            std::promise<void> durable;
            store.saveKeyChanges({change}, [&](Result<void>) { durable.set_value(); });
            durable.get_future().wait();
            const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            worst = std::max(worst, ms);
            sum += ms;
            ++changes;
        }
        const qint64 due = number / 20; // 20,000 a second
        if (due > wall.elapsed())
            QThread::msleep(static_cast<unsigned long>(due - wall.elapsed()));
    }
    store.flush();
    std::printf("20,000 records/s for 3 s: %.2f us CPU each (making them included); key change durable after "
                "%.1f ms mean, %.1f ms worst\n",
                (cpuMicroseconds() - start) / static_cast<double>(number), sum / changes, worst);
}

void timePage(Store &store, const char *name, const RequestQuery &query)
{
    QElapsedTimer timer;
    timer.start();
    std::promise<RequestPage> answer;
    store.readRequests(query,
                       [&](Result<RequestPage> page) { answer.set_value(page.value_or(RequestPage())); });
    const RequestPage page = answer.get_future().get();
    std::printf("%-28s %4zu rows %8.2f ms%s\n", name, page.rows.size(),
                static_cast<double>(timer.nsecsElapsed()) / 1e6, page.next != 0 ? ", more" : "");
}

void timeUsage(Store &store, const char *name, const UsageQuery &query)
{
    QElapsedTimer timer;
    timer.start();
    std::promise<UsageReport> answer;
    store.readUsage(query,
                    [&](Result<UsageReport> report) { answer.set_value(report.value_or(UsageReport())); });
    const UsageReport report = answer.get_future().get();
    std::printf("%-28s %4zu points, %lld requests %8.2f ms\n", name, report.points.size(),
                static_cast<long long>(report.total.requests),
                static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

void timeHistory(Store &store, const char *name, std::int64_t keys, std::int64_t fromMs, std::int64_t spanMs,
                 int spans)
{
    std::vector<KeyId> ids;
    for (KeyId id = 1; id <= keys; ++id)
        ids.push_back(id);
    QElapsedTimer timer;
    timer.start();
    std::promise<std::vector<KeyHistory>> answer;
    store.readKeyHistory(std::move(ids), fromMs, spanMs, spans,
                         [&](Result<std::vector<KeyHistory>> histories) {
                             answer.set_value(histories.value_or(std::vector<KeyHistory>()));
                         });
    const std::vector<KeyHistory> histories = answer.get_future().get();
    std::int64_t calls = 0;
    for (const KeyHistory &history : histories) {
        for (const std::int64_t count : history.calls)
            calls += count;
    }
    std::printf("%-28s %4zu keys, %lld requests %8.2f ms\n", name, histories.size(),
                static_cast<long long>(calls), static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

/// Pages of 100 rows, as a list shows them.
void readPages(Store &store, std::int64_t rows, std::int64_t nowMs, std::int64_t spreadMs)
{
    const std::int64_t startMs = nowMs - spreadMs;
    const std::int64_t middleMs = (startMs + nowMs) / 2;
    const std::pair<const char *, RequestQuery> pages[] = {
        {"first question", {}},
        {"newest", {}},
        {"middle", {.before = rows / 2}},
        {"newer than the middle", {.after = rows / 2}},
        {"rare token", {.filter = {.token = "rare"}}},
        {"unknown token", {.filter = {.token = "nobody"}}},
        {"model", {.filter = {.model = "gemini-3-pro"}}},
        {"key", {.filter = {.keyId = 5}}},
        {"status 503", {.filter = {.statusFrom = 503, .statusTo = 503}}},
        {"any server error", {.filter = {.statusFrom = 500, .statusTo = 599}}},
        {"failed", {.filter = {.failedOnly = true}}},
        {"unused dialect", {.filter = {.dialect = Dialect::Ollama}}},
        {"a minute in the middle", {.filter = {.fromMs = middleMs, .untilMs = middleMs + 60'000}}},
        {"slower than a minute", {.filter = {.minDurationMs = 60'000}}},
        {"slower than 0.5 s", {.filter = {.minDurationMs = 500}}},
        {"error with a word", {.filter = {.errorText = "overloaded"}}},
        {"error without it", {.filter = {.errorText = "nowhere"}}},
        {"an hour's failures",
         {.filter = {.fromMs = middleMs, .untilMs = middleMs + 3'600'000, .failedOnly = true}}},
        {"a key's slow ones", {.filter = {.keyId = 5, .minDurationMs = 500}}},
        {"a model's error with a word", {.filter = {.model = "gemini-3-pro", .errorText = "overloaded"}}},
        {"retried", {.filter = {.retriedOnly = true}}},
        {"page behind: key", {.filter = {.keyId = 5}, .before = rows / 2}},
        {"page behind: failed", {.filter = {.failedOnly = true}, .before = rows / 2}},
        {"page behind: slow", {.filter = {.minDurationMs = 500}, .before = rows / 2}},
        {"page behind: error text", {.filter = {.errorText = "overloaded"}, .before = rows / 2}},
        {"page behind: time range", {.filter = {.fromMs = startMs, .untilMs = middleMs}, .before = rows / 4}},
        {"never together",
         {.filter = {.statusFrom = 503, .statusTo = 503, .model = "gemini-3-pro", .keyId = 5}}},
    };
    for (const auto &[name, query] : pages)
        timePage(store, name, query);
    const std::int64_t hourMs = 3'600'000;
    timeUsage(store, "an hour by minutes", {nowMs - hourMs, nowMs, UsageStep::Minute, {}, true});
    timeUsage(store, "a day by minutes", {nowMs - 24 * hourMs, nowMs, UsageStep::Minute, {}, true});
    timeUsage(store, "a day by hours", {nowMs - 24 * hourMs, nowMs, UsageStep::Hour, {}, true});
    timeUsage(store, "7 days by hours", {nowMs - 168 * hourMs, nowMs, UsageStep::Hour, {}, true});
    timeUsage(store, "30 days by hours", {nowMs - 720 * hourMs, nowMs, UsageStep::Hour, {}, true});
    timeUsage(store, "30 days by days", {nowMs - 720 * hourMs, nowMs, UsageStep::Day, {}, false});
    // As the window asks: a strip of a day for the keys in sight, a day and half an hour for the one chosen.
    const std::int64_t endMs = nowMs + KEY_HISTORY_STEP_MS - nowMs % KEY_HISTORY_STEP_MS;
    constexpr std::int64_t cellMs = 16 * 60'000;
    timeHistory(store, "a day of 30 keys, strips", 30, endMs - 90 * cellMs, cellMs, 90);
    timeHistory(store, "a day of 1,000 keys, sums", 1000, endMs - 24 * hourMs, 24 * hourMs, 1);
    timeHistory(store, "a day of a key, by hours", 1, endMs - 24 * hourMs, hourMs, 24);
    timeHistory(store, "an hour of a key, by minutes", 1, nowMs - hourMs, hourMs / 60, 60);
    timeHistory(store, "a week of 30 keys, by hours", 30, endMs - 168 * hourMs, hourMs, 168);
}

void manyKeys(const std::string &url, std::int64_t count, const Clock &clock)
{
    std::vector<Secret> secrets;
    for (std::int64_t i = 0; i < count; ++i)
        secrets.emplace_back("AIzaSy" + makeId("") + std::to_string(i));
    for (int round = 0; round < 2; ++round) {
        Stretch opening;
        auto store = Store::open({.databaseUrl = url}, clock);
        opening.end();
        Stretch merging;
        const auto added = (*store)->mergeKeys(secrets);
        merging.end();
        Stretch loading;
        const auto rows = (*store)->loadKeys();
        loading.end();
        std::printf("ms (of the processor): open %s, merge %lld keys (%zu new) %s, load %zu keys %s\n",
                    opening.text.c_str(), static_cast<long long>(count), added->size(), merging.text.c_str(),
                    rows->size(), loading.text.c_str());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 500'000;
    const std::int64_t keys = argc > 2 ? std::atoll(argv[2]) : 1000;
    const std::int64_t spreadMs = (argc > 3 ? std::atoll(argv[3]) : 24 * 60) * 60'000;
    const QTemporaryDir folder;
    const SystemClock clock;
    const auto urlOf = [&](const char *name) {
        return "sqlite:" + folder.filePath(QString::fromUtf8(name)).toStdString();
    };
    for (const std::int64_t count : {1000, 100'000})
        manyKeys(urlOf(count == 1000 ? "a.db" : "b.db"), count, clock);
    {
        auto store = Store::open({.databaseUrl = urlOf("c.db")}, clock);
        if (!store) {
            std::printf("%s\n", store.error().text.c_str());
            return 1;
        }
        std::vector<Secret> secrets;
        for (std::int64_t i = 0; i < keys; ++i)
            secrets.emplace_back(makeId("key"));
        (*store)->mergeKeys(secrets);
        appendAll(**store, rows, keys, clock.nowMs(), spreadMs);
        steadyLoad(**store, keys, clock);
        readPages(**store, rows, clock.nowMs(), spreadMs);
    }
    Stretch opening;
    const auto store = Store::open({.databaseUrl = urlOf("c.db")}, clock);
    opening.end();
    std::printf("ms (of the processor): open with %lld requests %s\n", static_cast<long long>(rows),
                opening.text.c_str());
    timePage(**store, "first question", {});
    return 0;
}
