#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/requestrecord.h"
#include "gateway/store/batchsource.h"

namespace Gateway {

/// Request records on their way to the table. Bounded: when the store cannot keep up or cannot write, the
/// newest are dropped and counted, and nobody waits.
class RecordQueue final : public BatchSource
{
public:
    explicit RecordQueue(const Clock &clock, std::size_t maxRows = MAX_ROWS);
    ~RecordQueue() override;

    /// From any thread.
    void append(std::vector<RequestRecord> records);
    /// Records that never reached the table.
    std::uint64_t lost() const;

    bool hasWaiting() const override;
    Result<void> writeBatch(StoreWorker &worker) override;
    void batchDone(StoreWorker &worker, const Result<void> &outcome) override;

    static constexpr std::size_t MAX_ROWS = 200'000;
    /// Rows in one transaction, so that a key's change never waits much over 20 ms behind it.
    static constexpr std::size_t BATCH_ROWS = 5000;

private:
    using Batch = std::vector<RequestRecord>;

    void warn(const std::string &why);

    const Clock &m_clock;
    const std::size_t m_maxRows;
    mutable std::mutex m_mutex;
    std::deque<Batch> m_waiting;
    std::size_t m_rows = 0; ///< In m_waiting.
    std::uint64_t m_lost = 0;
    std::uint64_t m_lostToTell = 0;
    std::int64_t m_toldMs = 0;    ///< Monotonic; of the last warning, 0: none yet.
    std::vector<Batch> m_writing; ///< Used in the store's thread only.
};

} // namespace Gateway
