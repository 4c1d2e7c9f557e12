#include "gateway/upstream/quotaname.h"

namespace Gateway {

namespace {

using Period = QuotaName::Period;

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

KeyTier tierIn(std::string_view id, std::string_view metric)
{
    if (contains(id, "FreeTier") || contains(metric, "free_tier"))
        return KeyTier::Free;
    if (contains(id, "PaidTier") || contains(metric, "paid_tier"))
        return KeyTier::Paid;
    return KeyTier::Unknown;
}

QuotaKind kindOf(bool isSpend, bool isTokens, bool isRequests, Period period)
{
    if (isSpend)
        return QuotaKind::Spend;
    if (isTokens && period == Period::Minute)
        return QuotaKind::MinuteTokens;
    if (isTokens && period == Period::Day)
        return QuotaKind::DayTokens;
    if (isRequests && period == Period::Minute)
        return QuotaKind::MinuteRequests;
    if (isRequests && period == Period::Day)
        return QuotaKind::DayRequests;
    return QuotaKind::None;
}

} // namespace

QuotaName readQuotaName(std::string_view id, std::string_view metric)
{
    QuotaName name;
    name.tier = tierIn(id, metric);
    if (contains(id, "PerDay") || contains(id, "Daily") || contains(metric, "per_day"))
        name.period = Period::Day;
    else if (contains(id, "PerMinute") || contains(metric, "per_minute"))
        name.period = Period::Minute;
    const bool isSpend = contains(id, "Spend") || contains(metric, "spend");
    const bool isTokens = contains(id, "Token") || contains(metric, "token");
    const bool isRequests = contains(id, "Request") || contains(metric, "request");
    name.kind = kindOf(isSpend, isTokens, isRequests, name.period);
    return name;
}

QuotaName readQuotaWords(std::string_view words)
{
    QuotaName name;
    name.tier = tierIn({}, words);
    if (contains(words, "per day") || contains(words, "per_day"))
        name.period = Period::Day;
    else if (contains(words, "per minute") || contains(words, "per_minute"))
        name.period = Period::Minute;
    const bool isSpend = contains(words, "spend-based") || contains(words, "spend limit");
    name.kind = kindOf(isSpend, contains(words, "token"), contains(words, "request"), name.period);
    return name;
}

} // namespace Gateway
