#pragma once

#include <array>

#include <QtGlobal>

namespace Ui {

/// How many requests ended in the last 60 seconds, to a second.
class RequestRate
{
public:
    void add(qint64 nowMs, qint64 count);
    qint64 perMinute(qint64 nowMs);

private:
    void forget(qint64 second);

    std::array<qint64, 60> m_seconds{};
    qint64 m_last = 0;
};

} // namespace Ui
