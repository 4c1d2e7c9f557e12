#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <QThread>

#include "gateway/store/batchsource.h"
#include "gateway/store/retention.h"
#include "gateway/store/storeworker.h"

namespace Gateway {

/// The store's thread and the queue into it. call(), write(), expectBatch() may be called from any thread.
class StoreThread final : public QThread
{
public:
    using Call = std::function<void(StoreWorker &)>;
    using Write = std::function<Result<void>(StoreWorker &)>;
    using Done = std::function<void(Result<void>)>;

    StoreThread(std::string path, const Clock &clock, RetentionOptions retention,
                MasterKeySources masterKeys = {});
    ~StoreThread() override;

    /// Has `source` written from now on; before open(). It must live until finish().
    void addSource(BatchSource &source);
    /// Starts the thread and waits until the database is open.
    Result<void> open();

    /// Runs `call` in the thread, after what was handed over before.
    void call(Call call);
    /// Likewise, in a transaction shared with the writes around it, which is on the disk when `done` is
    /// called.
    void write(Write write, Done done);
    /// A source has something: a batch is written within BATCH_DELAY.
    void expectBatch();
    void setRetention(std::int64_t days, std::int64_t rows);
    /// Waits until everything handed over before is written.
    void flush();
    /// Writes what waits and ends the thread.
    void finish();

    static constexpr std::chrono::milliseconds BATCH_DELAY{100};

protected:
    void run() override;

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Job
    {
        Call call;
        Write write;
        Done done;
    };
    using Jobs = std::deque<Job>;

    void push(Job job);
    bool waitForWork(Jobs &jobs, bool &isBatchDue);
    void runJobs(Jobs &jobs);
    void runWrites(Jobs &jobs);
    Result<void> runTogether(const Jobs &jobs);
    bool writeBatches();
    bool writeSource(BatchSource &source);
    void writeAll();

    const std::string m_path;
    const Clock &m_clock;
    Retention m_retention;               ///< Used in the thread only.
    const MasterKeySources m_masterKeys; ///< Likewise.
    std::vector<BatchSource *> m_sources;
    std::unique_ptr<StoreWorker> m_worker; ///< Likewise.
    Time m_maintenanceDue;                 ///< Likewise.
    Result<void> m_opened;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Jobs m_jobs;
    std::optional<Time> m_batchDue;
    bool m_isOpened = false;
    bool m_isStopping = false;
};

} // namespace Gateway
