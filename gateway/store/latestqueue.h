#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "gateway/store/batchsource.h"
#include "gateway/store/storelog.h"
#include "gateway/store/storeworker.h"

namespace Gateway {

/// Rows on their way to a table of which only the newest state of each matters: a later one takes the place
/// of an earlier one that still waits. What could not be written waits for the next batch.
template <typename Key, typename Row>
class LatestQueue final : public BatchSource
{
public:
    using KeyOf = std::function<Key(const Row &)>;
    using Write = std::function<Result<void>(StoreWorker &, const Row &)>;

    /// `what`: for the log, "Quotas".
    LatestQueue(const char *what, KeyOf keyOf, Write write)
        : m_what(what)
        , m_keyOf(std::move(keyOf))
        , m_write(std::move(write))
    {
    }

    /// From any thread.
    void put(std::vector<Row> rows)
    {
        const std::lock_guard lock(m_mutex);
        for (Row &row : rows) {
            Key key = m_keyOf(row);
            m_waiting.insert_or_assign(std::move(key), std::move(row));
        }
    }

    bool hasWaiting() const override
    {
        const std::lock_guard lock(m_mutex);
        return !m_waiting.empty();
    }

    Result<void> writeBatch(StoreWorker &worker) override
    {
        {
            const std::lock_guard lock(m_mutex);
            while (!m_waiting.empty() && m_writing.size() < BATCH_ROWS)
                m_writing.insert(m_waiting.extract(m_waiting.begin()));
        }
        for (const auto &[key, row] : m_writing) {
            if (Result<void> done = m_write(worker, row); !done)
                return done;
        }
        return {};
    }

    void batchDone(StoreWorker & /*worker*/, const Result<void> &outcome) override
    {
        Rows written;
        written.swap(m_writing);
        if (outcome)
            return;
        qCWarning(storeLog, "%s could not be stored: %s", m_what, outcome.error().text.c_str());
        const std::lock_guard lock(m_mutex);
        m_waiting.merge(written); // what came meanwhile is newer and stays
    }

    /// Rows in one transaction.
    static constexpr std::size_t BATCH_ROWS = 2000;

private:
    using Rows = std::map<Key, Row>;

    const char *m_what;
    const KeyOf m_keyOf;
    const Write m_write;
    mutable std::mutex m_mutex;
    Rows m_waiting;
    Rows m_writing; ///< Used in the store's thread only.
};

} // namespace Gateway
