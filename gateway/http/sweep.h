#pragma once

#include <array>
#include <cstdint>

#include <QBasicTimer>
#include <QObject>

#include "gateway/common/clock.h"
#include "gateway/http/httplimits.h"

namespace Gateway {

/// All deadlines of one worker's connections in one coarse timer: arming and disarming cost a few pointers,
/// a tick costs what has expired. A deadline is kept to within two ticks, never early.
class Sweep : public QObject
{
public:
    enum class Kind : std::uint8_t { Idle, Head, Body, Send, Linger, Heartbeat };
    static constexpr std::size_t KINDS = 6;
    static constexpr int TICK_MS = 250;

    /// One deadline; its owner inherits it. In at most one list at a time.
    class Entry
    {
    public:
        Entry() = default;
        Entry(const Entry &) = delete;
        Entry &operator=(const Entry &) = delete;

    protected:
        virtual ~Entry() = default;
        /// The time of `kind` is over; the entry is disarmed. It may arm itself again or be destroyed later.
        virtual void expired(Kind kind) = 0;

    private:
        friend class Sweep;
        Entry *m_previous = nullptr;
        Entry *m_next = nullptr;
        std::int64_t m_dueMs = 0;
        Kind m_kind = Kind::Idle;
        bool m_isArmed = false;
    };

    Sweep(const Clock &clock, const HttpLimits &limits, QObject *parent = nullptr);

    /// From now on `kind`'s time of the limits; takes the place of what was armed before. A kind whose time
    /// is 0 only disarms.
    void arm(Entry &entry, Kind kind);
    void disarm(Entry &entry);
    bool isArmed(const Entry &entry, Kind kind) const { return entry.m_isArmed && entry.m_kind == kind; }

    /// Expires what is due now; tests call it, otherwise the timer does.
    void sweepNow();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct List
    {
        Entry *first = nullptr;
        Entry *last = nullptr;
    };

    std::int64_t periodOf(Kind kind) const;

    const Clock &m_clock;
    const HttpLimits &m_limits;
    std::array<List, KINDS> m_lists; ///< Each in order of time, as its period is the same for all.
    std::size_t m_armed = 0;
    std::int64_t m_nowMs = 0; ///< Of the last tick.
    QBasicTimer m_timer;
};

} // namespace Gateway
