#include "ui/text/format.h"

#include <array>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 SECOND = 1000;
constexpr qint64 MINUTE = 60 * SECOND;
constexpr qint64 HOUR = 60 * MINUTE;
constexpr qint64 DAY = 24 * HOUR;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString dash()
{
    return u"–"_s;
}

/// Two digits, or one before the point with one behind it.
QString shortFigure(double value)
{
    return QLocale().toString(value, 'f', value < 99.95 ? 1 : 0);
}

QString clock(qint64 ms)
{
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(ms), u"HH:mm"_s);
}

bool isSameDay(qint64 left, qint64 right)
{
    return QDateTime::fromMSecsSinceEpoch(left).date() == QDateTime::fromMSecsSinceEpoch(right).date();
}

} // namespace

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString shortCountText(qint64 count)
{
    constexpr std::array steps = {std::pair{1e9, u'G'}, std::pair{1e6, u'M'}, std::pair{1e4, u'k'}};
    for (const auto &[step, unit] : steps) {
        if (static_cast<double>(count) < step)
            continue;
        const double divisor = step == 1e4 ? 1e3 : step;
        return shortFigure(static_cast<double>(count) / divisor) + u' ' + QChar(unit);
    }
    return countText(count);
}

QString durationText(qint64 ms)
{
    if (ms < 0)
        return dash();
    if (ms < 9'995)
        return Words::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / SECOND, 'f', 2));
    if (ms < 99'950)
        return Words::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / SECOND, 'f', 1));
    return spanText(ms);
}

QString costText(qint64 microUsd)
{
    if (microUsd < 0)
        return dash();
    const double dollars = static_cast<double>(microUsd) / 1e6;
    return u"$"_s + QLocale().toString(dollars, 'f', microUsd > 0 && dollars < 1 ? 4 : 2);
}

QString percentText(double share)
{
    if (share < 0)
        return dash();
    return Words::tr("%1 %").arg(QLocale().toString(qRound(share * 100)));
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1);
}

QString agoText(qint64 ms, qint64 nowMs)
{
    if (ms <= 0)
        return dash();
    const qint64 age = nowMs - ms;
    if (age < 2 * SECOND)
        return Words::tr("now");
    if (age < MINUTE)
        return Words::tr("%1 s ago").arg(age / SECOND);
    if (age < HOUR)
        return Words::tr("%1 min ago").arg(age / MINUTE);
    if (age < DAY)
        return Words::tr("%1 h ago").arg(age / HOUR);
    return Words::tr("%1 d ago").arg(age / DAY);
}

QString backText(qint64 ms, qint64 nowMs)
{
    const qint64 wait = std::max<qint64>(0, ms - nowMs);
    if (wait < HOUR) {
        const qint64 seconds = (wait + SECOND - 1) / SECOND;
        return Words::tr("back in %1")
            .arg(u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')));
    }
    if (isSameDay(ms, nowMs))
        return Words::tr("back %1").arg(clock(ms));
    return Words::tr("back %1").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), u"ddd HH:mm"_s));
}

QString spanText(qint64 ms)
{
    if (ms < MINUTE)
        return Words::tr("%1 s").arg(ms / SECOND);
    if (ms < HOUR)
        return Words::tr("%1 min %2 s").arg(ms / MINUTE).arg(ms % MINUTE / SECOND);
    if (ms < DAY)
        return Words::tr("%1 h %2 min").arg(ms / HOUR).arg(ms % HOUR / MINUTE);
    return Words::tr("%1 d %2 h").arg(ms / DAY).arg(ms % DAY / HOUR);
}

QString momentText(qint64 ms, qint64 nowMs)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms);
    return QLocale().toString(moment, isSameDay(ms, nowMs) ? u"HH:mm:ss"_s : u"d MMM HH:mm:ss"_s);
}

QString exactMomentText(qint64 ms, qint64 nowMs)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms);
    return QLocale().toString(moment, isSameDay(ms, nowMs) ? u"HH:mm:ss.zzz"_s : u"d MMM HH:mm:ss.zzz"_s);
}

QString fullMomentText(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), u"ddd d MMM yyyy HH:mm:ss"_s);
}

} // namespace Ui
