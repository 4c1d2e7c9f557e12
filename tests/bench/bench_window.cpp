// Measures the window over a long log: bench_window [rows] [keys]. Run it with QT_QPA_PLATFORM=offscreen;
// 5000000 rows take 2 GB.
#include <cstdio>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include "gateway/store/store.h"
#include "tests/bench/samplerecord.h"
#include "tests/gui/support/desktopstage.h"
#include "tests/gui/support/threadtime.h"
#include "ui/pages/requests/requestmodel.h"

using namespace Gateway;
using namespace Ui;

namespace {

constexpr std::int64_t DAY_MS = 86'400'000;
constexpr int TIME_OUT_MS = 30'000;

void fill(const std::string &url, std::int64_t rows, int keys)
{
    constexpr std::int64_t batchSize = 256;
    const SystemClock clock;
    const auto store = Store::open({.databaseUrl = url}, clock);
    if (!store)
        return;
    for (std::int64_t done = 0; done < rows;) {
        std::vector<RequestRecord> batch;
        for (std::int64_t i = 0; i < batchSize && done < rows; ++i, ++done) {
            batch.push_back(
                TestSupport::sampleRecord(done, keys, clock.nowMs() - (rows - done) * DAY_MS / rows));
            batch.back().id = "req_" + std::to_string(done);
        }
        (*store)->appendRecords(std::move(batch));
        if (done % 100'096 < batchSize)
            (*store)->flush();
    }
    (*store)->flush();
}

/// Runs the windows' loop until `isDone` and tells the time by the clock, and the longest turn as computed by
/// the windows' thread.
void measure(const char *name, const std::function<void()> &act, const std::function<bool()> &isDone)
{
    QElapsedTimer timer;
    timer.start();
    double before = computedMs();
    act();
    double longest = computedMs() - before;
    bool done = isDone();
    while (!done && timer.elapsed() < TIME_OUT_MS) {
        before = computedMs();
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
        longest = std::max(longest, computedMs() - before);
        done = isDone();
    }
    std::printf("%-28s %8.1f ms, longest turn %6.1f ms%s\n", name,
                static_cast<double>(timer.nsecsElapsed()) / 1e6, longest, done ? "" : " (NOT DONE)");
}

void measureRequests(DesktopStage &stage)
{
    RequestModel *model = nullptr;
    const auto isLoaded = [&model] { return model && !model->isLoading() && model->rowCount() > 0; };
    const auto isEmpty = [&model] { return model && !model->isLoading(); };
    measure(
        "Requests opens",
        [&] {
            stage.window().open({.page = PageId::Requests});
            model = stage.window().findChild<RequestModel *>();
        },
        isLoaded);
    if (!model)
        return;
    const std::int64_t now = SystemClock().nowMs();
    const std::pair<const char *, RequestFilter> filters[] = {
        {"failed", {.failedOnly = true}},
        {"a model", {.model = "gemini-3-pro"}},
        {"a key", {.keyId = 5}},
        {"a rare token", {.token = "rare"}},
        {"a minute, 12 h ago", {.fromMs = now - DAY_MS / 2, .untilMs = now - DAY_MS / 2 + 60'000}},
        {"slower than 0.5 s", {.minDurationMs = 500}},
        {"text in errors", {.errorText = "overloaded"}},
        {"text that is nowhere", {.errorText = "nowhere"}},
        {"all again", {}},
    };
    for (const auto &[name, filter] : filters)
        measure(
            name, [&, filter = filter] { model->setFilter(filter); }, isEmpty);
    measure(
        "100 pages down", [&] { model->fetchMore({}); },
        [&, pages = 0]() mutable {
            if (model->isLoading())
                return false;
            model->fetchMore({});
            return ++pages >= 100;
        });
}

void printMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS"))
            std::printf("%s (with the fake Gemini in this process)\n", line.constData());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const int keys = argc > 2 ? std::atoi(argv[2]) : 1000;
    DesktopStage stage(keys);
    QElapsedTimer timer;
    const QString failure = stage.start([&](const std::string &url) {
        fill(url, rows, keys);
        timer.start();
    });
    if (!failure.isEmpty()) {
        std::printf("%s\n", qPrintable(failure));
        return 1;
    }
    std::printf("%lld requests, %d keys\n%-28s %8.1f ms\n", static_cast<long long>(rows), keys,
                "gateway and window", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    measureRequests(stage);
    printMemory();
    return 0;
}
