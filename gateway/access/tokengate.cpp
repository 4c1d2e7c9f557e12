#include "gateway/access/tokengate.h"

#include <algorithm>
#include <utility>

#include "gateway/common/parametertext.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// How each limit is told.
struct LimitWords
{
    TokenLimit limit;
    std::string_view code;
    std::string_view words;
};

constexpr LimitWords LIMIT_WORDS[] = {
    {TokenLimit::MinuteRequests, "token_minute_requests", "requests a minute"},
    {TokenLimit::MinuteTokens, "token_minute_tokens", "tokens a minute"},
    {TokenLimit::DayRequests, "token_day_requests", "requests a UTC day"},
    {TokenLimit::DayTokens, "token_day_tokens", "tokens a UTC day"},
    {TokenLimit::MonthSpend, "token_month_spend", "US dollars a UTC month"},
};

std::int64_t sizeOf(const TokenLimits &limits, TokenLimit limit)
{
    switch (limit) {
    case TokenLimit::MinuteRequests:
        return limits.minuteRequests;
    case TokenLimit::MinuteTokens:
        return limits.minuteTokens;
    case TokenLimit::DayRequests:
        return limits.dayRequests;
    case TokenLimit::DayTokens:
        return limits.dayTokens;
    case TokenLimit::MonthSpend:
        break;
    }
    return limits.monthMicroUsd;
}

/// 12'345'678 → "12.35"
std::string dollarText(std::int64_t micro)
{
    constexpr std::int64_t MICROS_A_CENT = 10'000;
    const std::int64_t cents = (micro + MICROS_A_CENT / 2) / MICROS_A_CENT;
    const std::string rest = std::to_string(cents % 100);
    return std::to_string(cents / 100) + (rest.size() < 2 ? ".0" : ".") + rest;
}

/// "12 s", "5 min", "3 h", "2 days": rounded up, for people.
std::string durationText(std::int64_t ms)
{
    constexpr std::pair<std::int64_t, std::string_view> UNITS[] = {
        {86'400'000, " days"}, {3'600'000, " h"}, {60'000, " min"}, {1000, " s"}};
    for (const auto &[unit, word] : UNITS) {
        if (ms > 2 * unit || unit == 1000)
            return std::to_string((ms + unit - 1) / unit).append(word);
    }
    return {};
}

std::int64_t tokensOf(const TokenCounts &counts)
{
    if (counts.total >= 0)
        return counts.total;
    std::int64_t sum = 0;
    for (const std::int64_t count : {counts.prompt, counts.candidates, counts.thoughts, counts.toolUse})
        sum += std::max<std::int64_t>(count, 0);
    return sum;
}

} // namespace

TokenGate::TokenGate(TokenRow row, TokenMeter &meter, OwnerFound ownerFound)
    : m_row(std::move(row))
    , m_networks(m_row.settings.networks)
    , m_parameters(parseModelParameters(m_row.settings.parameters).value_or(nullptr))
    , m_clock(meter.clock())
    , m_counters(meter.counters(m_row.id))
    , m_ownerFound(std::move(ownerFound))
{
}

void TokenGate::noteText(std::string_view token)
{
    // Read first: an exchange for each request would take the cache line from the other workers.
    if (m_row.owner.empty() && m_ownerFound && !m_isOwnerTold.load(std::memory_order_relaxed) &&
        !m_isOwnerTold.exchange(true))
        m_ownerFound(m_row.id, tokenFingerprint(token));
}

Result<void> TokenGate::letIn(Dialect dialect, std::string_view peer) const
{
    const TokenSettings &settings = m_row.settings;
    if (!settings.enabled)
        return fail(401, "token_disabled", "The access token \"" + settings.name + "\" is switched off.");
    if (settings.expiresMs > 0 && m_clock.nowMs() >= settings.expiresMs)
        return fail(401, "token_expired", "The access token \"" + settings.name + "\" has expired.");
    const std::vector<Dialect> &dialects = settings.allowedDialects;
    if (!dialects.empty() && std::find(dialects.begin(), dialects.end(), dialect) == dialects.end())
        return fail(403, "dialect_not_allowed",
                    "The access token \"" + settings.name + "\" may not use the API \"" +
                        std::string(dialectName(dialect)) + "\".");
    if (!settings.networks.empty() && !m_networks.contains(peer))
        return fail(403, "network_not_allowed",
                    "The access token \"" + settings.name + "\" may not be used from this address.");
    return {};
}

Result<void> TokenGate::admit(std::string_view model)
{
    if (!model.empty() && !allowsModel(model))
        return fail(Error{403, "model_not_allowed",
                          "The access token \"" + m_row.settings.name + "\" may not use the model \"" +
                              std::string(model) + "\".",
                          "model", 0});
    if (const std::optional<LimitHit> hit = m_counters->admit(m_row.settings.limits))
        return fail(limitError(*hit));
    return {};
}

bool TokenGate::allowsModel(std::string_view model) const
{
    const std::vector<std::string> &allowed = m_row.settings.allowedModels;
    return allowed.empty() ||
           std::any_of(allowed.begin(), allowed.end(),
                       [model](const std::string &pattern) { return matchesPattern(model, pattern); });
}

bool TokenGate::isUnlimited() const
{
    const TokenSettings &settings = m_row.settings;
    return settings.limits == TokenLimits() && settings.allowedModels.empty() && settings.networks.empty() &&
           settings.tags.empty() && settings.expiresMs == 0;
}

void TokenGate::settle(const RequestRecord &record)
{
    m_counters->settle(tokensOf(record.tokens), record.costMicro);
}

Error TokenGate::limitError(const LimitHit &hit) const
{
    const auto *words = std::find_if(std::begin(LIMIT_WORDS), std::end(LIMIT_WORDS),
                                     [&hit](const LimitWords &row) { return row.limit == hit.limit; });
    const std::int64_t size = sizeOf(m_row.settings.limits, hit.limit);
    std::string text = "The access token \"" + m_row.settings.name + "\" has reached its limit (";
    text += words->words;
    text += ": ";
    text += hit.limit == TokenLimit::MonthSpend ? dollarText(size) : std::to_string(size);
    text += "); it may go on in " + durationText(hit.waitMs) + '.';
    return Error{429, std::string(words->code), std::move(text), {}, hit.waitMs};
}

} // namespace Gateway
