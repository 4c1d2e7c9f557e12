#include "gateway/common/clock.h"

#include <chrono>

#include <QDateTime>
#include <QTimeZone>

namespace Gateway {

namespace {

template <typename Source>
std::int64_t msOf()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Source::now().time_since_epoch()).count();
}

} // namespace

std::int64_t SystemClock::nowMs() const
{
    return msOf<std::chrono::system_clock>();
}

std::int64_t SystemClock::monotonicMs() const
{
    return msOf<std::chrono::steady_clock>();
}

PacificDay pacificDay(std::int64_t nowMs)
{
    QTimeZone zone("America/Los_Angeles");
    if (!zone.isValid()) // a system without zone data: standard time is at most one hour late
        zone = QTimeZone(-8 * 3600);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs, zone).date();
    return {QDate(1970, 1, 1).daysTo(today), today.startOfDay(zone).toMSecsSinceEpoch(),
            today.addDays(1).startOfDay(zone).toMSecsSinceEpoch()};
}

std::int64_t nextPacificMidnightMs(std::int64_t nowMs)
{
    return pacificDay(nowMs).endMs;
}

} // namespace Gateway
