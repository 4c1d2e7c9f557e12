#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/store/batchsource.h"

namespace Gateway {

/// Counters of keys on their way to the table, added up per key; what could not be written is added to the
/// next try.
class CounterQueue final : public BatchSource
{
public:
    /// From any thread.
    void add(const std::vector<KeyCounters> &counters);

    bool hasWaiting() const override;
    Result<void> writeBatch(StoreWorker &worker) override;
    void batchDone(StoreWorker &worker, const Result<void> &outcome) override;

private:
    mutable std::mutex m_mutex;
    std::unordered_map<KeyId, KeyCounters> m_waiting;
    std::vector<KeyCounters> m_writing; ///< Used in the store's thread only.
};

} // namespace Gateway
