#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include <QAbstractEventDispatcher>

namespace Gateway {

/// The timers of one event loop, ordered by when they are due.
class TimerQueue
{
public:
    using Clock = std::chrono::steady_clock;

    /// `intervalMs` may be 0: due in every turn.
    void add(int id, std::int64_t intervalMs, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAll(const QObject *object);
    QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;

    bool isEmpty() const { return m_timers.empty(); }
    /// ms until the timer is due (0 when it is late), -1 for an unknown one.
    int remainingMs(int id) const;
    /// ms until the first is due, rounded up; -1 without any.
    int timeoutMs() const;

    /// Sends a QTimerEvent for each timer that is due, each once, then calls `afterEach`; returns how many.
    /// Handlers may add and remove timers and run loops of their own.
    int fire(const std::function<void()> &afterEach);

private:
    /// When, and a serial number that keeps the order of equal times.
    using Key = std::pair<Clock::time_point, std::uint64_t>;
    struct Timer
    {
        int id = 0;
        std::int64_t intervalMs = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        bool running = false; ///< Its handler is on the stack.
    };
    using Order = std::map<Key, Timer>;

    void reschedule(Order::iterator timer, Clock::time_point now);

    Order m_order;
    std::unordered_map<int, Order::iterator> m_timers;
    std::uint64_t m_serial = 0;
};

} // namespace Gateway
