#include "gateway/store/recordqueue.h"

#include <algorithm>

#include "gateway/store/storelog.h"
#include "gateway/store/storeworker.h"

namespace Gateway {

namespace {

constexpr std::int64_t WARNING_INTERVAL_MS = 60'000;

} // namespace

RecordQueue::RecordQueue(const Clock &clock, std::size_t maxRows)
    : m_clock(clock)
    , m_maxRows(maxRows)
{
}

RecordQueue::~RecordQueue()
{
    m_lostToTell += m_rows;
    if (m_lostToTell > 0)
        qCWarning(storeLog, "%llu request records were lost.", static_cast<unsigned long long>(m_lostToTell));
}

void RecordQueue::append(std::vector<RequestRecord> records)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t kept = std::min(records.size(), m_maxRows - std::min(m_maxRows, m_rows));
    if (kept < records.size()) {
        m_lost += records.size() - kept;
        m_lostToTell += records.size() - kept;
        warn("Too many wait to be written.");
        records.erase(records.begin() + static_cast<std::ptrdiff_t>(kept), records.end());
    }
    if (records.empty())
        return;
    m_rows += records.size();
    m_waiting.push_back(std::move(records));
}

std::uint64_t RecordQueue::lost() const
{
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

bool RecordQueue::hasWaiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_rows > 0;
}

Result<void> RecordQueue::writeBatch(StoreWorker &worker)
{
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t rows = 0; !m_waiting.empty() && rows < BATCH_ROWS; m_waiting.pop_front()) {
            rows += m_waiting.front().size();
            m_rows -= m_waiting.front().size();
            m_writing.push_back(std::move(m_waiting.front()));
        }
    }
    for (const Batch &batch : m_writing) {
        if (Result<void> done = worker.requests().append(batch); !done)
            return done;
    }
    return worker.requests().writeSums();
}

void RecordQueue::batchDone(StoreWorker &worker, const Result<void> &outcome)
{
    std::vector<Batch> batches;
    batches.swap(m_writing);
    if (outcome)
        return;
    worker.requests().forgetCache();
    const std::lock_guard lock(m_mutex);
    const bool isWorthRetrying = outcome.error().code == "store_locked";
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch) {
        if (!isWorthRetrying) {
            m_lost += batch->size();
            m_lostToTell += batch->size();
            continue;
        }
        m_rows += batch->size();
        m_waiting.push_front(std::move(*batch));
    }
    warn(outcome.error().text);
}

/// Under the mutex. What is wrong goes on being wrong for every batch: one warning a minute is enough.
void RecordQueue::warn(const std::string &why)
{
    const std::int64_t nowMs = m_clock.monotonicMs();
    if (m_toldMs != 0 && nowMs - m_toldMs < WARNING_INTERVAL_MS)
        return;
    qCWarning(storeLog, "Request records could not be stored, %llu are lost: %s",
              static_cast<unsigned long long>(m_lostToTell), why.c_str());
    m_toldMs = nowMs;
    m_lostToTell = 0;
}

} // namespace Gateway
