#include "gateway/store/storethread.h"

#include <future>

#include "gateway/store/storeerror.h"
#include "gateway/store/storelog.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

/// Below, a change was refused for what it asks (a name that is taken): no matter for the log.
constexpr int FIRST_FAULT = 500;

} // namespace

StoreThread::StoreThread(std::string path, const Clock &clock, RetentionOptions retention,
                         MasterKeySources masterKeys)
    : m_path(std::move(path))
    , m_clock(clock)
    , m_retention(retention)
    , m_masterKeys(std::move(masterKeys))
{
    setObjectName(QStringLiteral("store"));
}

StoreThread::~StoreThread()
{
    finish();
}

void StoreThread::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    wait();
}

void StoreThread::addSource(BatchSource &source)
{
    m_sources.push_back(&source);
}

Result<void> StoreThread::open()
{
    start();
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_isOpened; });
    return m_opened;
}

void StoreThread::call(Call call)
{
    push({std::move(call), {}, {}});
}

void StoreThread::write(Write write, Done done)
{
    push({{}, std::move(write), std::move(done)});
}

void StoreThread::push(Job job)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_jobs.empty();
        m_jobs.push_back(std::move(job));
    }
    if (wasEmpty)
        m_wake.notify_one();
}

void StoreThread::expectBatch()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_batchDue)
            return;
        m_batchDue = std::chrono::steady_clock::now() + BATCH_DELAY;
    }
    m_wake.notify_one();
}

void StoreThread::setRetention(std::int64_t days, std::int64_t rows)
{
    call([this, days, rows](StoreWorker &) { m_retention.setLimits(days, rows); });
}

void StoreThread::flush()
{
    std::promise<void> written;
    call([this, &written](StoreWorker &) {
        writeAll();
        written.set_value();
    });
    written.get_future().wait();
}

void StoreThread::run()
{
    Result<std::unique_ptr<StoreWorker>> worker = StoreWorker::open(m_path, m_clock, m_masterKeys);
    const bool isOpen = worker.has_value();
    {
        const std::lock_guard lock(m_mutex);
        if (isOpen)
            m_worker = std::move(*worker);
        else
            m_opened = fail(std::move(worker.error()));
        m_isOpened = true;
    }
    m_wake.notify_all();
    if (!isOpen)
        return;
    m_maintenanceDue = std::chrono::steady_clock::now() + m_retention.firstDelay();
    Jobs jobs;
    bool isBatchDue = false;
    while (waitForWork(jobs, isBatchDue)) {
        runJobs(jobs);
        if (isBatchDue && !writeBatches())
            expectBatch();
        if (std::chrono::steady_clock::now() >= m_maintenanceDue)
            m_maintenanceDue = std::chrono::steady_clock::now() + m_retention.step(*m_worker);
    }
    writeAll();
    m_worker.reset();
}

/// False when the thread is to end and no job waits.
bool StoreThread::waitForWork(Jobs &jobs, bool &isBatchDue)
{
    std::unique_lock lock(m_mutex);
    const auto isWork = [this] { return m_isStopping || !m_jobs.empty(); };
    const Time until = m_batchDue ? std::min(*m_batchDue, m_maintenanceDue) : m_maintenanceDue;
    if (!isWork() && std::chrono::steady_clock::now() < until) {
        // A batch announced meanwhile has an earlier time than the one waited for: come round again.
        const bool hadBatch = m_batchDue.has_value();
        m_wake.wait_until(lock, until, [&] { return isWork() || (m_batchDue.has_value() && !hadBatch); });
    }
    jobs.swap(m_jobs);
    isBatchDue = m_batchDue && std::chrono::steady_clock::now() >= *m_batchDue;
    if (isBatchDue)
        m_batchDue.reset();
    return !m_isStopping || !jobs.empty();
}

void StoreThread::runJobs(Jobs &jobs)
{
    Jobs writes;
    while (!jobs.empty()) {
        Job job = std::move(jobs.front());
        jobs.pop_front();
        if (job.write)
            writes.push_back(std::move(job));
        if (job.call || jobs.empty())
            runWrites(writes);
        if (job.call)
            job.call(*m_worker);
    }
}

void StoreThread::runWrites(Jobs &jobs)
{
    if (jobs.empty())
        return;
    const Result<void> together = runTogether(jobs);
    const bool isShared = together || jobs.size() == 1 || isEnvironmentFault(together.error());
    if (!together && isShared && together.error().status >= FIRST_FAULT)
        qCWarning(storeLog, "%zu changes could not be stored: %s", jobs.size(),
                  together.error().text.c_str());
    for (Job &job : jobs) {
        // One bad write must not take the others with it.
        Result<void> outcome = together;
        if (!isShared) {
            Jobs alone;
            alone.push_back({{}, job.write, {}});
            outcome = runTogether(alone);
        }
        if (!outcome && !isShared && outcome.error().status >= FIRST_FAULT)
            qCWarning(storeLog, "A change could not be stored: %s", outcome.error().text.c_str());
        if (job.done)
            job.done(std::move(outcome));
    }
    jobs.clear();
}

Result<void> StoreThread::runTogether(const Jobs &jobs)
{
    Transaction transaction(m_worker->database(), true);
    if (!transaction.begun())
        return transaction.begun();
    for (const Job &job : jobs) {
        if (Result<void> done = job.write(*m_worker); !done)
            return done;
    }
    return transaction.commit();
}

/// True when nothing waits any more.
bool StoreThread::writeBatches()
{
    bool isDone = true;
    for (BatchSource *source : m_sources) {
        if (source->hasWaiting())
            static_cast<void>(writeSource(*source));
        isDone = isDone && !source->hasWaiting();
    }
    return isDone;
}

/// False when the batch could not be written; the source has said so and decided what becomes of it.
bool StoreThread::writeSource(BatchSource &source)
{
    Result<void> outcome;
    {
        Transaction transaction(m_worker->database());
        outcome = transaction.begun();
        if (outcome)
            outcome = source.writeBatch(*m_worker);
        if (outcome)
            outcome = transaction.commit();
    }
    source.batchDone(*m_worker, outcome);
    return outcome.has_value();
}

void StoreThread::writeAll()
{
    for (BatchSource *source : m_sources) {
        while (source->hasWaiting() && writeSource(*source)) {
        }
    }
}

} // namespace Gateway
