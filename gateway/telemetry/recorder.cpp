#include "gateway/telemetry/recorder.h"

#include "gateway/telemetry/redact.h"

namespace Gateway {

Recorder::Recorder(Sink sink, std::size_t batchRows, std::function<void()> first)
    : m_sink(std::move(sink))
    , m_batchRows(batchRows)
    , m_first(std::move(first))
{
    m_waiting.reserve(batchRows);
}

void Recorder::add(RequestRecord record)
{
    if (!record.error.empty())
        record.error = redacted(record.error);
    for (AttemptRecord &attempt : record.attempts) {
        if (!attempt.error.empty())
            attempt.error = redacted(attempt.error);
    }
    std::vector<RequestRecord> batch;
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(record));
        isFirst = m_waiting.size() == 1;
        if (m_waiting.size() >= m_batchRows) {
            batch.swap(m_waiting);
            m_waiting.reserve(m_batchRows);
        }
    }
    if (isFirst && m_first)
        m_first();
    if (!batch.empty())
        m_sink(std::move(batch));
}

void Recorder::flush()
{
    std::vector<RequestRecord> batch;
    {
        const std::lock_guard lock(m_mutex);
        batch.swap(m_waiting);
    }
    if (!batch.empty())
        m_sink(std::move(batch));
}

} // namespace Gateway
