#include "ui/pages/chat/chatgroups.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ChatGroups)
};

constexpr qint64 WEEK = 7;

qint64 daysBetween(qint64 ms, qint64 nowMs)
{
    return QDateTime::fromMSecsSinceEpoch(ms).date().daysTo(QDateTime::fromMSecsSinceEpoch(nowMs).date());
}

} // namespace

QString chatGroup(qint64 ms, qint64 nowMs)
{
    const qint64 days = daysBetween(ms, nowMs);
    if (days <= 0)
        return Words::tr("Today");
    if (days == 1)
        return Words::tr("Yesterday");
    if (days < WEEK)
        return Words::tr("This week");
    const QDate date = QDateTime::fromMSecsSinceEpoch(ms).date();
    const bool isThisYear = date.year() == QDateTime::fromMSecsSinceEpoch(nowMs).date().year();
    const QString month = QLocale().standaloneMonthName(date.month());
    //: %1 is a month's name, %2 a year.
    return isThisYear ? month : Words::tr("%1 %2").arg(month).arg(date.year());
}

QString chatMoment(qint64 ms, qint64 nowMs)
{
    const qint64 days = daysBetween(ms, nowMs);
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms);
    if (days <= 1)
        return QLocale().toString(moment.time(), QLocale::ShortFormat);
    if (days < WEEK)
        return QLocale().standaloneDayName(moment.date().dayOfWeek(), QLocale::ShortFormat);
    //: A day and a short month: "12 Oct". See Qt's QDate formats.
    return QLocale().toString(moment.date(), Words::tr("d MMM"));
}

} // namespace Ui
