#include "ui/pages/clients/tokentexts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "ui/text/dialecttext.h"
#include "ui/text/format.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 DAY_MS = 24 * 60 * 60 * 1000;
constexpr double MICRO = 1'000'000;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Ui::TokenTexts)
};

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += QString::fromStdString(text);
    return list.join(", "_L1);
}

QString dollars(std::int64_t microUsd)
{
    return u'$' +
           QLocale().toString(static_cast<double>(microUsd) / MICRO, 'f', microUsd % 1'000'000 ? 2 : 0);
}

} // namespace

bool isExpired(const TokenSettings &settings, qint64 nowMs)
{
    return settings.expiresMs != 0 && settings.expiresMs <= nowMs;
}

bool isTaken(const TokenView &token, qint64 nowMs)
{
    return token.settings.enabled && !isExpired(token.settings, nowMs);
}

QString tokenHintText(const TokenView &token)
{
    return token.hint.empty() ? u"–"_s : u'…' + QString::fromStdString(token.hint);
}

QString tokenModelsText(const TokenSettings &settings)
{
    return settings.allowedModels.empty() ? Words::tr("any model") : joined(settings.allowedModels);
}

QString tokenLimitText(const TokenLimits &limits)
{
    if (limits.minuteRequests)
        return Words::tr("%1 / min").arg(countText(limits.minuteRequests));
    if (limits.minuteTokens)
        return Words::tr("%1 tokens / min").arg(shortCountText(limits.minuteTokens));
    if (limits.dayRequests)
        return Words::tr("%1 / day").arg(countText(limits.dayRequests));
    if (limits.dayTokens)
        return Words::tr("%1 tokens / day").arg(shortCountText(limits.dayTokens));
    if (limits.monthMicroUsd)
        return Words::tr("%1 / month").arg(dollars(limits.monthMicroUsd));
    return Words::tr("no limit");
}

QString tokenLimitsText(const TokenSettings &settings)
{
    const TokenLimits &limits = settings.limits;
    QStringList lines;
    const auto add = [&](std::int64_t limit, const QString &line) {
        if (limit)
            lines += line;
    };
    add(limits.minuteRequests, Words::tr("Requests per minute: %1").arg(countText(limits.minuteRequests)));
    add(limits.minuteTokens, Words::tr("Tokens per minute: %1").arg(countText(limits.minuteTokens)));
    add(limits.dayRequests, Words::tr("Requests per day: %1").arg(countText(limits.dayRequests)));
    add(limits.dayTokens, Words::tr("Tokens per day: %1").arg(countText(limits.dayTokens)));
    add(limits.monthMicroUsd, Words::tr("US dollars per month: %1").arg(dollars(limits.monthMicroUsd)));
    if (!settings.tags.empty())
        lines += Words::tr("Only keys with: %1").arg(joined(settings.tags));
    if (!settings.networks.empty())
        lines += Words::tr("Only from: %1").arg(joined(settings.networks));
    QStringList dialects;
    for (const Dialect dialect : settings.allowedDialects)
        dialects += dialectText(dialect);
    if (!dialects.isEmpty())
        lines += Words::tr("Only by: %1").arg(dialects.join(", "_L1));
    return lines.join(u'\n');
}

qint64 tokenRequestsToday(const TokenUse &use, qint64 nowMs)
{
    return use.day == nowMs / DAY_MS ? use.dayRequests : 0;
}

QString tokenTodayText(const TokenView &token, qint64 nowMs)
{
    const qint64 used = tokenRequestsToday(token.use, nowMs);
    const std::int64_t limit = token.settings.limits.dayRequests;
    return limit ? Words::tr("%1 of %2").arg(countText(used), countText(limit))
                 : Words::tr("%n request(s)", nullptr, static_cast<int>(used));
}

double tokenTodayShare(const TokenView &token, qint64 nowMs)
{
    const std::int64_t limit = token.settings.limits.dayRequests;
    return limit ? static_cast<double>(tokenRequestsToday(token.use, nowMs)) / static_cast<double>(limit)
                 : -1;
}

QString tokenExpiryText(const TokenSettings &settings, qint64 nowMs)
{
    if (!settings.expiresMs)
        return Words::tr("never");
    const QDate date = QDateTime::fromMSecsSinceEpoch(settings.expiresMs).date();
    const bool isThisYear = date.year() == QDateTime::fromMSecsSinceEpoch(nowMs).date().year();
    return QLocale().toString(date, isThisYear ? Words::tr("d MMM") : Words::tr("d MMM yyyy"));
}

QString tokenSentence(const TokenView &token, qint64 nowMs)
{
    QStringList parts{QString::fromStdString(token.settings.name)};
    if (!token.hint.empty())
        parts += Words::tr("ends in %1").arg(QString::fromStdString(token.hint));
    parts += tokenModelsText(token.settings);
    parts += tokenLimitText(token.settings.limits);
    parts += Words::tr("today %1").arg(tokenTodayText(token, nowMs));
    if (!token.settings.enabled)
        parts += Words::tr("disabled");
    if (isExpired(token.settings, nowMs))
        parts += Words::tr("expired");
    else
        parts += Words::tr("expires %1").arg(tokenExpiryText(token.settings, nowMs));
    return parts.join(", "_L1);
}

} // namespace Ui
