#include "ui/pages/overview/periodfigures.h"

#include <cmath>
#include <functional>

#include <QCoreApplication>
#include <QLocale>

#include "ui/text/format.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;
constexpr qint64 HOUR = 60 * MINUTE;
constexpr qint64 DAY = 24 * HOUR;

double successRate(const UsageSums &sums)
{
    return sums.requests == 0 ? -1
                              : 100.0 * static_cast<double>(sums.requests - sums.failed) /
                                    static_cast<double>(sums.requests);
}

qint64 tokensOf(const UsageSums &sums)
{
    return sums.inputTokens + sums.outputTokens;
}

QString signedText(double value, int decimals, const QString &unit)
{
    const QString figure = QLocale().toString(std::abs(value), 'f', decimals);
    return (value < 0 ? u"−"_s : u"+"_s) + figure + unit;
}

/// Percent against before; nothing where there is nothing to compare with.
void tellChange(StatFigure &figure, double now, double before, int moodOfMore)
{
    if (before <= 0 || now < 0)
        return;
    const double percent = (now - before) * 100 / before;
    if (std::abs(percent) < 0.5)
        return;
    figure.change = signedText(percent, 0, u" %"_s);
    figure.mood = percent > 0 ? moodOfMore : -moodOfMore;
}

StatFigure timeFigure(qint64 now, qint64 before)
{
    StatFigure figure;
    if (now < 0)
        return figure;
    figure.value = QLocale().toString(static_cast<double>(now) / 1000, 'f', now < 9950 ? 2 : 1);
    figure.unit = u"s"_s;
    tellChange(figure, static_cast<double>(now), static_cast<double>(before), -1);
    return figure;
}

std::vector<double> curve(const UsageStats &stats, const std::function<double(const UsageFigures &)> &value)
{
    std::vector<double> values;
    for (const UsageFigures &point : stats.points)
        values.push_back(std::max(0.0, value(point)));
    return values;
}

StatFigure costFigure(const UsageStats &stats)
{
    StatFigure figure;
    figure.value = u"$"_s + QLocale().toString(static_cast<double>(stats.total.costMicro) / 1e6, 'f', 2);
    figure.remark = QCoreApplication::translate("Overview", "by list price");
    return figure;
}

} // namespace

StatsQuery periodQuery(Period period, qint64 nowMs)
{
    StatsQuery query;
    switch (period) {
    case Period::Minute:
        query.fromMs = nowMs - MINUTE;
        query.step = UsageStep::Minute;
        break;
    case Period::Hour:
        query.fromMs = nowMs - HOUR;
        query.step = UsageStep::Minute;
        break;
    case Period::Day:
        query.fromMs = nowMs - DAY;
        query.step = UsageStep::Hour;
        break;
    case Period::Week:
        query.fromMs = nowMs - 7 * DAY;
        query.step = UsageStep::Hour;
        break;
    case Period::Month:
        query.fromMs = nowMs - 30 * DAY;
        query.step = UsageStep::Day;
        break;
    }
    return query;
}

std::array<StatFigure, 6> periodFigures(const UsageStats &stats)
{
    const UsageSums &now = stats.total.sums;
    const UsageSums &before = stats.before.sums;
    StatFigure requests;
    requests.value = countText(now.requests);
    tellChange(requests, static_cast<double>(now.requests), static_cast<double>(before.requests), 0);
    requests.curve =
        curve(stats, [](const UsageFigures &point) { return static_cast<double>(point.sums.requests); });

    StatFigure success;
    if (const double rate = successRate(now); rate >= 0) {
        success.value = QLocale().toString(rate, 'f', 1);
        success.unit = u"%"_s;
        const double earlier = successRate(before);
        if (earlier >= 0 && std::abs(rate - earlier) >= 0.05) {
            success.change = signedText(rate - earlier, 1, {});
            success.mood = rate > earlier ? 1 : -1;
        }
    }
    success.curve = curve(stats, [](const UsageFigures &point) { return successRate(point.sums); });

    StatFigure duration = timeFigure(now.durationP95, before.durationP95);
    duration.curve =
        curve(stats, [](const UsageFigures &point) { return static_cast<double>(point.sums.durationP95); });
    StatFigure first = timeFigure(now.firstByteP50, before.firstByteP50);
    first.curve =
        curve(stats, [](const UsageFigures &point) { return static_cast<double>(point.sums.firstByteP50); });

    StatFigure tokens;
    const QString text = shortCountText(tokensOf(now));
    tokens.value = text.section(u' ', 0, 0);
    tokens.unit = text.section(u' ', 1);
    tellChange(tokens, static_cast<double>(tokensOf(now)), static_cast<double>(tokensOf(before)), 0);
    tokens.curve =
        curve(stats, [](const UsageFigures &point) { return static_cast<double>(tokensOf(point.sums)); });
    return {requests, success, duration, first, tokens, costFigure(stats)};
}

} // namespace Ui
