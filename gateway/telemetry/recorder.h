#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

#include "gateway/common/requestrecord.h"

namespace Gateway {

/// Gathers the workers' request records and hands them on in batches, secrets in their errors masked.
/// Thread-safe; add() is a push under a mutex.
class Recorder
{
public:
    /// Called in the thread of add() or flush() with a full batch; must not block.
    using Sink = std::function<void(std::vector<RequestRecord>)>;

    /// `sink` gets a batch when `batchRows` have come. `first` is called, in the thread of add(), when a
    /// record comes and none waits: the owner then calls flush() within 250 ms.
    explicit Recorder(Sink sink, std::size_t batchRows = 256, std::function<void()> first = {});

    void add(RequestRecord record);
    void flush();

private:
    Sink m_sink;
    std::size_t m_batchRows;
    std::function<void()> m_first;
    std::mutex m_mutex;
    std::vector<RequestRecord> m_waiting;
};

} // namespace Gateway
