#include "gateway/pool/quotalimits.h"

#include <algorithm>
#include <cstddef>

namespace Gateway {

namespace {

constexpr std::size_t at(QuotaKind kind)
{
    return static_cast<std::size_t>(kind);
}

void takeHandLimit(LimitView &limit, std::int64_t byHand)
{
    if (byHand > 0 && (limit.value == 0 || limit.source == LimitSource::Assumed || byHand < limit.value))
        limit = {byHand, LimitSource::ByHand, 0};
}

void takeLater(Exhaustion &found, QuotaKind kind, const LimitView &limit, std::int64_t untilMs)
{
    if (found.by == QuotaKind::None || untilMs > found.untilMs)
        found = {kind, limit.source, untilMs};
}

} // namespace

LimitViews limitsInForce(const QuotaBook &book, const QuotaEntry *entry, const ScopeState &scope)
{
    LimitViews limits;
    for (std::size_t kind = 0; kind < QUOTA_KINDS; ++kind) {
        LimitView &limit = limits[kind];
        if (entry != nullptr && entry->extras && entry->extras->limits[kind].value > 0) {
            const LearnedLimit &learned = entry->extras->limits[kind];
            limit = {learned.value, LimitSource::Learned, learned.learnedMs};
        } else if (entry == nullptr || (entry->outgrown & (1U << kind)) == 0) {
            const std::int64_t assumed =
                book.tierLimits().smallest(scope.tier(), static_cast<QuotaKind>(kind));
            if (assumed > 0)
                limit = {assumed, LimitSource::Assumed, 0};
        }
    }
    takeHandLimit(limits[at(QuotaKind::MinuteRequests)], scope.hand.minuteRequests);
    takeHandLimit(limits[at(QuotaKind::MinuteTokens)], scope.hand.minuteTokens);
    takeHandLimit(limits[at(QuotaKind::DayRequests)], scope.hand.dayRequests);
    return limits;
}

bool mayBeLimited(const QuotaBook &book, const QuotaEntry *entry, const ScopeState &scope)
{
    return (entry != nullptr && entry->extras) || !scope.hand.isEmpty() ||
           (scope.tier() != KeyTier::Unknown && !book.tierLimits().isEmpty());
}

Exhaustion exhaustionOf(const QuotaBook &book, const QuotaEntry &entry, const LimitViews &limits,
                        std::int64_t tokens, const PoolMoment &now)
{
    Exhaustion found;
    const std::int64_t size = std::max<std::int64_t>(tokens, 1);
    if (const QuotaWindow *window = book.windowOf(entry)) {
        const LimitView &requests = limits[at(QuotaKind::MinuteRequests)];
        if (requests.value > 0) {
            const std::int64_t waitMs = window->untilRequests(requests.value - 1, now.monoMs);
            if (waitMs > 0)
                takeLater(found, QuotaKind::MinuteRequests, requests, now.wallMs + waitMs);
        }
        const LimitView &input = limits[at(QuotaKind::MinuteTokens)];
        if (input.value > 0) {
            const std::int64_t room = std::max<std::int64_t>(input.value - size, 0);
            const std::int64_t waitMs = window->untilTokens(room, now.monoMs);
            if (waitMs > 0)
                takeLater(found, QuotaKind::MinuteTokens, input, now.wallMs + waitMs);
        }
    }
    const LimitView &day = limits[at(QuotaKind::DayRequests)];
    if (day.value > 0 && book.dayRequests(entry, now) >= day.value)
        takeLater(found, QuotaKind::DayRequests, day, now.day.endMs);
    const LimitView &dayTokens = limits[at(QuotaKind::DayTokens)];
    const std::int64_t used = book.dayTokens(entry, now);
    if (dayTokens.value > 0 && used > 0 && used + size > dayTokens.value)
        takeLater(found, QuotaKind::DayTokens, dayTokens, now.day.endMs);
    return found;
}

} // namespace Gateway
