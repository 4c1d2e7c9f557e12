#include "gateway/common/timerqueue.h"

#include <algorithm>
#include <climits>
#include <vector>

#include <QCoreApplication>
#include <QTimerEvent>

namespace Gateway {

namespace {

int msUntil(TimerQueue::Clock::time_point due)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - TimerQueue::Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

} // namespace

void TimerQueue::add(int id, std::int64_t intervalMs, Qt::TimerType type, QObject *object)
{
    const auto due = Clock::now() + std::chrono::milliseconds(intervalMs);
    const auto [timer, added] = m_order.emplace(Key(due, ++m_serial), Timer{id, intervalMs, type, object});
    m_timers[id] = timer;
}

bool TimerQueue::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_order.erase(found->second);
    m_timers.erase(found);
    return true;
}

bool TimerQueue::removeAll(const QObject *object)
{
    bool any = false;
    for (auto timer = m_order.begin(); timer != m_order.end();) {
        if (timer->second.object != object) {
            ++timer;
            continue;
        }
        m_timers.erase(timer->second.id);
        timer = m_order.erase(timer);
        any = true;
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::of(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> infos;
    for (const auto &[key, timer] : m_order) {
        if (timer.object == object)
            infos.append({timer.id, static_cast<int>(timer.intervalMs), timer.type});
    }
    return infos;
}

int TimerQueue::remainingMs(int id) const
{
    const auto found = m_timers.find(id);
    return found == m_timers.end() ? -1 : msUntil(found->second->first.first);
}

int TimerQueue::timeoutMs() const
{
    for (const auto &[key, timer] : m_order) {
        if (!timer.running)
            return msUntil(key.first);
    }
    return -1;
}

void TimerQueue::reschedule(Order::iterator timer, Clock::time_point now)
{
    const std::chrono::milliseconds interval(timer->second.intervalMs);
    auto node = m_order.extract(timer);
    node.key() = Key(std::max(node.key().first + interval, now), ++m_serial);
    m_timers[node.mapped().id] = m_order.insert(std::move(node)).position;
}

int TimerQueue::fire(const std::function<void()> &afterEach)
{
    if (m_order.empty())
        return 0;
    const auto now = Clock::now();
    if (m_order.begin()->first.first > now)
        return 0;
    std::vector<std::pair<int, std::uint64_t>> due; // fixed before the first call: each fires once a turn
    for (auto timer = m_order.begin(); timer != m_order.end() && timer->first.first <= now; ++timer) {
        if (!timer->second.running)
            due.emplace_back(timer->second.id, timer->first.second);
    }
    int fired = 0;
    for (const auto &[id, serial] : due) {
        const auto found = m_timers.find(id);
        if (found == m_timers.end() || found->second->first.second != serial)
            continue; // removed, perhaps added anew, by an earlier handler
        reschedule(found->second, now);
        const auto timer = found->second;
        timer->second.running = true;
        const std::uint64_t current = timer->first.second;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->second.object, &event);
        ++fired;
        const auto still = m_timers.find(id);
        if (still != m_timers.end() && still->second->first.second == current)
            still->second->second.running = false;
        afterEach();
    }
    return fired;
}

} // namespace Gateway
