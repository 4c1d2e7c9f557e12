#include "gateway/http/sweep.h"

namespace Gateway {

Sweep::Sweep(const Clock &clock, const HttpLimits &limits, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_limits(limits)
{
}

std::int64_t Sweep::periodOf(Kind kind) const
{
    switch (kind) {
    case Kind::Idle:
        return m_limits.idleMs;
    case Kind::Head:
        return m_limits.headerMs;
    case Kind::Body:
        return m_limits.bodyMs;
    case Kind::Send:
        return m_limits.sendMs;
    case Kind::Linger:
        return m_limits.lingerMs;
    case Kind::Heartbeat:
        return m_limits.heartbeatMs;
    }
    return 0;
}

void Sweep::arm(Entry &entry, Kind kind)
{
    disarm(entry);
    const std::int64_t period = periodOf(kind);
    if (period <= 0)
        return;
    if (!m_timer.isActive()) {
        m_nowMs = m_clock.monotonicMs();
        m_timer.start(TICK_MS, this);
    }
    List &list = m_lists[static_cast<std::size_t>(kind)];
    entry.m_dueMs = m_nowMs + period + TICK_MS; // m_nowMs may be a tick old
    entry.m_kind = kind;
    entry.m_isArmed = true;
    entry.m_previous = list.last;
    entry.m_next = nullptr;
    (list.last ? list.last->m_next : list.first) = &entry;
    list.last = &entry;
    ++m_armed;
}

void Sweep::disarm(Entry &entry)
{
    if (!entry.m_isArmed)
        return;
    List &list = m_lists[static_cast<std::size_t>(entry.m_kind)];
    (entry.m_previous ? entry.m_previous->m_next : list.first) = entry.m_next;
    (entry.m_next ? entry.m_next->m_previous : list.last) = entry.m_previous;
    entry.m_isArmed = false;
    --m_armed;
}

void Sweep::sweepNow()
{
    m_nowMs = m_clock.monotonicMs();
    for (List &list : m_lists) {
        while (list.first && list.first->m_dueMs <= m_nowMs) {
            Entry &entry = *list.first;
            disarm(entry);
            entry.expired(entry.m_kind);
        }
    }
}

void Sweep::timerEvent(QTimerEvent *)
{
    sweepNow();
    if (m_armed == 0)
        m_timer.stop();
}

} // namespace Gateway
