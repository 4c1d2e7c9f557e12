#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include <QObject>
#include <QTimer>

#include "gateway/control/values/requestview.h"

namespace Gateway {

/// Gathers what the workers have recorded and hands it on in its own thread, at most ten times a second and
/// the newest 500. Costs next to nothing while nobody watches.
class RecordFeed final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecordFeed)

public:
    explicit RecordFeed(std::function<void(std::vector<RequestView>)> tell, QObject *parent = nullptr);

    void setWatched(bool isWatched) { m_isWatched.store(isWatched, std::memory_order_relaxed); }
    /// From any thread.
    void add(std::span<const RequestRecord> records);

private:
    void flush();

    std::function<void(std::vector<RequestView>)> m_tell;
    std::atomic<bool> m_isWatched{false};
    std::mutex m_mutex;
    std::deque<RequestView> m_waiting;
    QTimer m_timer;
};

} // namespace Gateway
