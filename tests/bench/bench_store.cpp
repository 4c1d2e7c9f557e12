// Measures the store: CPU per record, time to load keys, delay of a key's change beside a stream of records,
// and what a filter over the request log takes. Usage: bench_store [rows] [keys]
#include <cstdio>
#include <ctime>
#include <future>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QThread>
#include <QVariant>

#include "gateway/common/ids.h"
#include "gateway/store/store.h"

using namespace Gateway;

namespace {

double cpuMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

RequestRecord recordFor(std::int64_t number, std::int64_t keys, std::int64_t timeMs)
{
    static const std::string models[] = {"gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-flash",
                                         "gemini-3-pro"};
    RequestRecord record;
    record.id = "req_0123456789abcdefghijklmn";
    record.timeMs = timeMs;
    record.token = number % 50'000 == 7 ? "rare" : "default";
    record.method = "generateContent";
    record.modelAsked = models[number % 4];
    record.modelUsed = record.modelAsked;
    record.keyId = 1 + number % keys;
    record.status = number % 1000 == 0 ? 503 : 200;
    record.error = record.status == 200 ? "" : "UNAVAILABLE: The model is overloaded.";
    record.firstByteMs = 3;
    record.durationMs = 8 + number % 500;
    record.tokens = {120 + number % 1000, 400, -1, -1, -1, 520 + number % 1000};
    record.bytesIn = 2000 + number % 1000;
    record.bytesOut = 3000;
    record.attempts.push_back({record.keyId, record.status, 0, record.durationMs, record.error});
    return record;
}

void appendAll(Store &store, std::int64_t rows, std::int64_t keys, std::int64_t nowMs)
{
    constexpr std::int64_t BATCH = 256;
    double making = 0;
    const double start = cpuMicroseconds();
    for (std::int64_t done = 0; done < rows;) {
        const double before = cpuMicroseconds();
        std::vector<RequestRecord> batch;
        for (std::int64_t i = 0; i < BATCH && done < rows; ++i, ++done)
            batch.push_back(recordFor(done, keys, nowMs - (rows - done) / 20));
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
            batch.push_back(recordFor(number++, keys, clock.nowMs()));
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

void timeQuery(const QSqlDatabase &database, const char *name, const QString &sql)
{
    QElapsedTimer timer;
    timer.start();
    QSqlQuery query(database);
    query.setForwardOnly(true);
    query.exec(sql);
    int rows = 0;
    while (query.next())
        ++rows;
    std::printf("%-28s %4d rows %8.2f ms\n", name, rows, static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

/// A page of 100 newest rows: the blocks that hold the value, newest first, and their rows tested.
QString filtered(int kind, const QString &value, const QString &test)
{
    return QStringLiteral(
               "SELECT r.* FROM request_blocks b CROSS JOIN requests r WHERE b.kind = %1 AND b.value = %2 "
               "AND r.seq BETWEEN b.block * 4096 AND b.block * 4096 + 4095 AND %3 "
               "ORDER BY b.block DESC, r.seq DESC LIMIT 100")
        .arg(kind)
        .arg(value, test);
}

void readPages(const QString &path)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("read"));
        database.setDatabaseName(path);
        database.open();
        const QString name = QStringLiteral("(SELECT id FROM names WHERE text = '%1')");
        const QString rare = name.arg(QStringLiteral("rare"));
        const QString model = name.arg(QStringLiteral("gemini-3-pro"));
        timeQuery(database, "newest", QStringLiteral("SELECT * FROM requests ORDER BY seq DESC LIMIT 100"));
        timeQuery(database, "middle",
                  QStringLiteral("SELECT * FROM requests WHERE seq < "
                                 "(SELECT max(seq) / 2 FROM requests) ORDER BY seq DESC LIMIT 100"));
        timeQuery(database, "rare token", filtered(1, rare, QStringLiteral("r.token = ") + rare));
        timeQuery(database, "unknown token",
                  filtered(1, QStringLiteral("999999"), QStringLiteral("r.token = 999999")));
        timeQuery(database, "model", filtered(4, model, QStringLiteral("r.model_used = ") + model));
        timeQuery(database, "key", filtered(5, QStringLiteral("5"), QStringLiteral("r.key_id = 5")));
        timeQuery(database, "status 503",
                  filtered(6, QStringLiteral("503"), QStringLiteral("r.status = 503")));
        timeQuery(database, "failed", filtered(7, QStringLiteral("1"), QStringLiteral("r.status >= 400")));
        timeQuery(database, "dialect never used",
                  filtered(2, QStringLiteral("3"), QStringLiteral("r.dialect = 3")));
        timeQuery(database, "minute",
                  QStringLiteral(
                      "SELECT r.* FROM requests r WHERE r.seq BETWEEN "
                      "(SELECT min(block) * 4096 FROM request_blocks WHERE kind = 9 AND value = m) AND "
                      "(SELECT max(block) * 4096 + 4095 FROM request_blocks WHERE kind = 9 AND value = m) "
                      "AND r.time_ms / 60000 = m ORDER BY r.seq DESC LIMIT 100")
                      .replace(QStringLiteral(" m "),
                               QStringLiteral(" (SELECT (min(time_ms) + max(time_ms)) / 120000 FROM "
                                              "(SELECT time_ms FROM requests WHERE seq IN (1, 1000))) "))
                      .replace(QStringLiteral(" m)"),
                               QStringLiteral(" (SELECT time_ms / 60000 FROM requests WHERE seq = "
                                              "1000))")));
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("read"));
}

void manyKeys(const std::string &url, std::int64_t count, const Clock &clock)
{
    std::vector<Secret> secrets;
    for (std::int64_t i = 0; i < count; ++i)
        secrets.emplace_back("AIzaSy" + makeId("") + std::to_string(i));
    for (int round = 0; round < 2; ++round) {
        QElapsedTimer timer;
        timer.start();
        auto store = Store::open({.databaseUrl = url}, clock);
        const qint64 openUs = timer.nsecsElapsed() / 1000;
        timer.restart();
        const auto added = (*store)->mergeKeys(secrets);
        const qint64 mergeUs = timer.nsecsElapsed() / 1000;
        timer.restart();
        const auto rows = (*store)->loadKeys();
        std::printf("open %.2f ms, merge %lld keys (%zu new) %.2f ms, load %zu keys %.2f ms\n",
                    static_cast<double>(openUs) / 1e3, static_cast<long long>(count), added->size(),
                    static_cast<double>(mergeUs) / 1e3, rows->size(),
                    static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 500'000;
    const std::int64_t keys = argc > 2 ? std::atoll(argv[2]) : 1000;
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
        appendAll(**store, rows, keys, clock.nowMs());
        steadyLoad(**store, keys, clock);
    }
    readPages(folder.filePath(QStringLiteral("c.db")));
    return 0;
}
