#include "ui/frame/requestrate.h"

#include <algorithm>
#include <numeric>

namespace Ui {

void RequestRate::forget(qint64 second)
{
    const qint64 gone = std::clamp<qint64>(second - m_last, 0, std::ssize(m_seconds));
    for (qint64 i = 0; i < gone; ++i)
        m_seconds[static_cast<std::size_t>((second - i) % std::ssize(m_seconds))] = 0;
    m_last = std::max(m_last, second);
}

void RequestRate::add(qint64 nowMs, qint64 count)
{
    const qint64 second = nowMs / 1000;
    forget(second);
    m_seconds[static_cast<std::size_t>(second % std::ssize(m_seconds))] += count;
}

qint64 RequestRate::perMinute(qint64 nowMs)
{
    forget(nowMs / 1000);
    return std::accumulate(m_seconds.begin(), m_seconds.end(), qint64(0));
}

} // namespace Ui
