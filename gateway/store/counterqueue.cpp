#include "gateway/store/counterqueue.h"

#include <algorithm>

#include "gateway/store/storelog.h"
#include "gateway/store/storeworker.h"

namespace Gateway {

namespace {

/// Keys in one transaction.
constexpr std::size_t BATCH_KEYS = 5000;

} // namespace

void CounterQueue::add(const std::vector<KeyCounters> &counters)
{
    const std::lock_guard lock(m_mutex);
    for (const KeyCounters &counter : counters) {
        KeyCounters &sum = m_waiting[counter.id];
        sum.id = counter.id;
        sum.lastUsedMs = std::max(sum.lastUsedMs, counter.lastUsedMs);
        sum.calls += counter.calls;
        sum.failedCalls += counter.failedCalls;
        sum.lastCheckedMs = std::max(sum.lastCheckedMs, counter.lastCheckedMs);
        if (counter.lastErrorMs > sum.lastErrorMs) {
            sum.lastErrorMs = counter.lastErrorMs;
            sum.lastError = counter.lastError;
        }
    }
}

bool CounterQueue::hasWaiting() const
{
    const std::lock_guard lock(m_mutex);
    return !m_waiting.empty();
}

Result<void> CounterQueue::writeBatch(StoreWorker &worker)
{
    {
        const std::lock_guard lock(m_mutex);
        for (auto it = m_waiting.begin(); it != m_waiting.end() && m_writing.size() < BATCH_KEYS;) {
            m_writing.push_back(it->second);
            it = m_waiting.erase(it);
        }
    }
    // In the order of ids, which is the order of pages.
    std::ranges::sort(m_writing, {}, &KeyCounters::id);
    for (const KeyCounters &counter : m_writing) {
        if (Result<void> done = worker.keys().count(counter); !done)
            return done;
    }
    return {};
}

void CounterQueue::batchDone(StoreWorker & /*worker*/, const Result<void> &outcome)
{
    std::vector<KeyCounters> counters;
    counters.swap(m_writing);
    if (outcome)
        return;
    qCWarning(storeLog, "Key counters could not be stored: %s", outcome.error().text.c_str());
    add(counters); // bounded by the number of keys
}

} // namespace Gateway
