#include "gateway/pool/quotakeeper.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace Gateway {

namespace {

constexpr std::int64_t PROBE_EVERY_MS = 3'600'000;
constexpr std::int64_t OLD_LIMIT_MS = 24 * 3'600'000;
constexpr std::int64_t FIRST_ABSENCE_MS = 10 * 60'000;
constexpr std::int64_t LONGEST_ABSENCE_MS = 24 * 3'600'000;
constexpr double UNKNOWN_DAY = 1'000; ///< Requests a day of a project of which nothing is known.

/// What Google refused or never saw uses up nothing.
bool isUncounted(OutcomeKind kind)
{
    return kind == OutcomeKind::NetworkTrouble || kind == OutcomeKind::KeyFault ||
           kind == OutcomeKind::RateLimited || kind == OutcomeKind::DayQuota ||
           kind == OutcomeKind::NoSuchModel || kind == OutcomeKind::Overloaded;
}

std::int64_t absenceMs(int tries)
{
    constexpr int mostDoublings = 10;
    return std::min(FIRST_ABSENCE_MS << std::clamp(tries - 1, 0, mostDoublings), LONGEST_ABSENCE_MS);
}

} // namespace

QuotaCharge QuotaKeeper::charge(ModelState &model, std::uint32_t slot, std::int64_t tokens,
                                const PoolMoment &now)
{
    QuotaCharge charge{m_table.at(slot).scope, false, std::max<std::int64_t>(tokens, 0), now.monoMs,
                       now.day.number};
    if (!model.isRemembered())
        return charge;
    QuotaEntry &entry = model.quotas.touch(charge.scope);
    model.quotas.count(entry, 1, charge.tokens, now.monoMs, now.day.number, now);
    charge.isCounted = true;
    if (mayBeLimited(model.quotas, &entry, m_table.scopes().at(charge.scope)))
        repredict(model, charge.scope, now);
    return charge;
}

void QuotaKeeper::reported(ModelState &model, ScopeId scope, const QuotaCharge &charge,
                           const Outcome &outcome, bool isProbe, const PoolMoment &now)
{
    if (!model.isRemembered())
        return;
    QuotaEntry &entry = model.quotas.touch(scope);
    if (charge.isCounted && charge.scope == scope) {
        const bool takesBack = isUncounted(outcome.kind);
        const std::int64_t tokens = takesBack                 ? 0
                                    : outcome.inputTokens < 0 ? charge.tokens
                                                              : outcome.inputTokens;
        if (takesBack || tokens != charge.tokens)
            model.quotas.count(entry, takesBack ? -1 : 0, tokens - charge.tokens, charge.atMs, charge.day,
                               now);
    }
    if (outcome.kind == OutcomeKind::RateLimited || outcome.kind == OutcomeKind::DayQuota)
        learn(model, entry, outcome, now);
    if (outcome.kind == OutcomeKind::NoSuchModel)
        absent(model, scope, outcome, now);
    if (outcome.kind == OutcomeKind::Success) {
        model.isServed = true;
        if (entry.extras || entry.outgrown != 0 || isProbe)
            adapt(model, entry, isProbe, now);
        if (entry.extras && entry.extras->absentTries != 0)
            present(model, entry);
    }
    const ScopeState &state = m_table.scopes().at(scope);
    if (state.entries != 0 || mayBeLimited(model.quotas, &entry, state))
        repredict(model, scope, now);
}

void QuotaKeeper::learn(ModelState &model, QuotaEntry &entry, const Outcome &outcome, const PoolMoment &now)
{
    if (outcome.tier != KeyTier::Unknown)
        learnTier(model, entry, outcome.tier, now.wallMs);
    if (outcome.quotaLimit <= 0)
        return;
    const ScopeState &scope = m_table.scopes().at(entry.scope);
    model.quotas.learn(entry, scope.tier(), outcome.quota, {outcome.quotaLimit, now.wallMs});
    entry.outgrown &= static_cast<std::uint8_t>(~(1U << static_cast<unsigned>(outcome.quota)));
    // Others may have used the key as well: what Google says is used up is.
    const std::int64_t counted = model.quotas.dayRequests(entry, now);
    if (outcome.quota == QuotaKind::DayRequests && outcome.kind == OutcomeKind::DayQuota &&
        counted < outcome.quotaLimit)
        model.quotas.count(entry, outcome.quotaLimit - counted, 0, now.monoMs - OLD_LIMIT_MS, now.day.number,
                           now);
}

/// The project's limits for every model are those of its tier.
void QuotaKeeper::learnTier(ModelState &model, QuotaEntry &entry, KeyTier tier, std::int64_t atMs)
{
    QuotaExtras &extras = model.quotas.extrasOf(entry);
    extras.tier = tier;
    extras.tierMs = atMs;
    model.quotas.markDirty(entry);
    ScopeState &scope = m_table.scopes().at(entry.scope);
    if (scope.learnedTier != KeyTier::Unknown && atMs < scope.learnedTierMs)
        return; // told before what is known
    scope.learnedTierMs = atMs;
    if (std::exchange(scope.learnedTier, tier) == tier)
        return;
    for (const std::unique_ptr<ModelState> &other : m_table.models()) {
        QuotaEntry *known = other->quotas.find(entry.scope);
        if (known != nullptr && known->extras)
            other->quotas.retier(*known, scope.tier());
    }
}

/// A limit is old, and what is above it was served: it holds no more. A single success proves little of a
/// minute, as our minute is longer than Google's.
void QuotaKeeper::adapt(ModelState &model, QuotaEntry &entry, bool isProbe, const PoolMoment &now)
{
    const ScopeState &scope = m_table.scopes().at(entry.scope);
    const LimitViews limits = limitsInForce(model.quotas, &entry, scope);
    const QuotaWindow *window = model.quotas.windowOf(entry);
    std::array<std::int64_t, QUOTA_KINDS> used{};
    used[static_cast<std::size_t>(QuotaKind::MinuteRequests)] = window ? window->requests(now.monoMs) : 0;
    used[static_cast<std::size_t>(QuotaKind::MinuteTokens)] = window ? window->tokens(now.monoMs) : 0;
    used[static_cast<std::size_t>(QuotaKind::DayRequests)] = model.quotas.dayRequests(entry, now);
    used[static_cast<std::size_t>(QuotaKind::DayTokens)] = model.quotas.dayTokens(entry, now);
    for (std::size_t index = 0; index < QUOTA_KINDS; ++index) {
        const auto kind = static_cast<QuotaKind>(index);
        const LimitView &limit = limits[index];
        if (limit.value == 0 || used[index] <= limit.value)
            continue;
        const bool isDay = kind == QuotaKind::DayRequests || kind == QuotaKind::DayTokens;
        // One from the future was learned while the clock was ahead: nobody knows when.
        const bool isOld = std::abs(now.wallMs - limit.learnedMs) > OLD_LIMIT_MS;
        if (limit.source == LimitSource::Learned && (isOld || (isProbe && isDay)))
            model.quotas.learn(entry, scope.tier(), kind, {});
        else if (limit.source != LimitSource::Assumed)
            continue;
        entry.outgrown |= static_cast<std::uint8_t>(1U << index);
    }
}

void QuotaKeeper::absent(ModelState &model, ScopeId scope, const Outcome &outcome, const PoolMoment &now)
{
    const Rest *rest = model.rests.find(scope);
    if (rest != nullptr && rest->kind == RestKind::Absent && rest->untilMs > now.wallMs)
        return; // another request of the same moment said so
    QuotaEntry &entry = model.quotas.touch(scope);
    QuotaExtras &extras = model.quotas.extrasOf(entry);
    ++extras.absentTries;
    extras.absentUntilMs = now.wallMs + absenceMs(extras.absentTries);
    extras.absentReason = outcome.text.substr(0, 400);
    model.quotas.markDirty(entry);
    m_table.putRest(model, scope, {extras.absentUntilMs, 0, 0, RestKind::Absent, QuotaKind::None, 0});
}

void QuotaKeeper::present(ModelState &model, QuotaEntry &entry)
{
    entry.extras->absentTries = 0;
    entry.extras->absentUntilMs = 0;
    entry.extras->absentReason.clear();
    model.quotas.markDirty(entry);
    const Rest *rest = model.rests.find(entry.scope);
    if (rest != nullptr && rest->kind == RestKind::Absent)
        m_table.liftRest(model, entry.scope);
}

Exhaustion QuotaKeeper::exhaustion(const ModelState &model, std::uint32_t slot, std::int64_t tokens,
                                   const PoolMoment &now) const
{
    const ScopeId scope = m_table.at(slot).scope;
    const QuotaEntry *entry = model.quotas.find(scope);
    const ScopeState &state = m_table.scopes().at(scope);
    if (entry == nullptr || !mayBeLimited(model.quotas, entry, state))
        return {};
    return exhaustionOf(model.quotas, *entry, limitsInForce(model.quotas, entry, state), tokens, now);
}

void QuotaKeeper::repredict(ModelState &model, ScopeId scope, const PoolMoment &now)
{
    const Rest *rest = model.rests.find(scope);
    if (rest != nullptr && rest->kind != RestKind::Predicted)
        return;
    const QuotaEntry *entry = model.quotas.find(scope);
    const ScopeState &state = m_table.scopes().at(scope);
    Exhaustion found;
    if (entry != nullptr && mayBeLimited(model.quotas, entry, state))
        found = exhaustionOf(model.quotas, *entry, limitsInForce(model.quotas, entry, state), 0, now);
    if (found.by == QuotaKind::None) {
        if (rest != nullptr)
            m_table.liftRest(model, scope);
        return;
    }
    // What the user said is not put to the test.
    const std::int64_t probeMs =
        found.source == LimitSource::ByHand
            ? 0
            : now.wallMs + std::max<std::int64_t>(entry->nextProbeMs - now.monoMs, 0);
    if (rest == nullptr || rest->untilMs != found.untilMs || rest->by != found.by ||
        (rest->probeMs == 0) != (probeMs == 0))
        m_table.putRest(model, scope, {found.untilMs, probeMs, 0, RestKind::Predicted, found.by, 0});
}

void QuotaKeeper::repredictAll(ScopeId scope, const PoolMoment &now)
{
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        if (model->quotas.find(scope) != nullptr)
            repredict(*model, scope, now);
    }
}

void QuotaKeeper::repredictAll(const PoolMoment &now)
{
    std::vector<ScopeId> predicted;
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        predicted.clear();
        model->rests.forEach([&](ScopeId scope, const Rest &rest) {
            if (rest.kind == RestKind::Predicted)
                predicted.push_back(scope);
        });
        for (const ScopeId scope : predicted)
            repredict(*model, scope, now);
    }
}

void QuotaKeeper::probed(ModelState &model, ScopeId scope, const PoolMoment &now)
{
    model.quotas.touch(scope).nextProbeMs = now.monoMs + PROBE_EVERY_MS;
    model.rests.setProbe(scope, now.wallMs + PROBE_EVERY_MS);
}

bool QuotaKeeper::lift(ModelState &model, ScopeId scope, const PoolMoment & /*now*/)
{
    const Rest *rest = model.rests.find(scope);
    if (rest == nullptr || rest->kind == RestKind::Real)
        return false;
    QuotaEntry &entry = model.quotas.touch(scope);
    if (rest->kind == RestKind::Absent) {
        present(model, entry);
        return true;
    }
    // The limits that are used up are what is wrong: those that Google named are forgotten, those of others
    // do not hold here. One that was set by hand holds until it is changed.
    const ScopeState &state = m_table.scopes().at(scope);
    const auto kind = rest->by;
    model.quotas.learn(entry, state.tier(), kind, {});
    entry.outgrown |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
    m_table.liftRest(model, scope);
    return true;
}

double QuotaKeeper::shareOf(const ModelState &model, std::uint32_t slot, const PoolMoment &now) const
{
    constexpr double leastPart = 0.02; // of a day: what is nearly used up serves now and then
    const ScopeId scope = m_table.at(slot).scope;
    const ScopeState &state = m_table.scopes().at(scope);
    const QuotaEntry *entry = model.quotas.find(scope);
    double whole = 0;
    if (mayBeLimited(model.quotas, entry, state)) {
        const LimitViews limits = limitsInForce(model.quotas, entry, state);
        whole = static_cast<double>(limits[static_cast<std::size_t>(QuotaKind::DayRequests)].value);
    }
    if (whole == 0)
        whole = std::max(UNKNOWN_DAY, static_cast<double>(model.quotas.greatestDayLimit()));
    const double used = entry == nullptr ? 0 : static_cast<double>(model.quotas.dayRequests(*entry, now));
    const double left = std::max(whole - used, whole * leastPart);
    return std::max(left / std::max(state.usable, 1U), 1e-3);
}

void QuotaKeeper::load(const QuotaRow &row, const PoolMoment &now)
{
    std::optional<ScopeId> scope;
    if (row.scope.starts_with('#')) {
        const std::uint32_t slot = m_table.find(std::strtoll(row.scope.c_str() + 1, nullptr, 10));
        if (slot != KeyTable::NONE)
            scope = slot;
    } else if (!row.scope.empty()) {
        scope = m_table.scopes().projectOf(row.scope);
    }
    ModelState &model = m_table.modelFor(row.model, now.monoMs);
    if (!scope || !model.isRemembered())
        return;
    model.isServed = model.isServed || row.dayRequests != 0;
    QuotaEntry &entry = model.quotas.touch(*scope);
    entry.day = row.day;
    entry.dayRequests = row.dayRequests;
    entry.dayTokens = row.dayTokens;
    const KeyTier tier = m_table.scopes().at(*scope).tier();
    if (row.tier != KeyTier::Unknown)
        learnTier(model, entry, row.tier, std::min(row.tierMs, now.wallMs));
    for (std::size_t kind = 1; kind < QUOTA_KINDS; ++kind) {
        if (row.limits[kind].value > 0)
            model.quotas.learn(entry, m_table.scopes().at(*scope).tier(), static_cast<QuotaKind>(kind),
                               row.limits[kind]);
    }
    if (row.unavailableTries > 0) {
        QuotaExtras &extras = model.quotas.extrasOf(entry);
        extras.absentTries = row.unavailableTries;
        // A longer wait was written while the clock was ahead.
        extras.absentUntilMs = std::min(row.unavailableUntilMs, now.wallMs + LONGEST_ABSENCE_MS);
        extras.absentReason = row.unavailableReason;
        const Rest *rest = model.rests.find(*scope);
        if (extras.absentUntilMs > now.wallMs && (rest == nullptr || rest->untilMs < extras.absentUntilMs))
            m_table.putRest(model, *scope,
                            {extras.absentUntilMs, 0, 0, RestKind::Absent, QuotaKind::None, 0});
    }
    if (m_table.scopes().at(*scope).tier() != tier)
        repredictAll(*scope, now);
    repredict(model, *scope, now);
}

bool QuotaKeeper::describe(const ModelState &model, ScopeId scope, const PoolMoment &now,
                           KeyModelView &view) const
{
    const QuotaEntry *entry = model.quotas.find(scope);
    const Rest *rest = model.rests.find(scope);
    if (rest != nullptr && rest->untilMs > now.wallMs) {
        if (rest->kind == RestKind::Real) {
            view.restUntilMs = rest->untilMs;
            view.restReason = m_table.words().text(rest->reason);
        } else if (rest->kind == RestKind::Predicted) {
            view.predictedUntilMs = rest->untilMs;
            view.predictedBy = rest->by;
        } else {
            view.absentUntilMs = rest->untilMs;
        }
    }
    if (entry == nullptr)
        return rest != nullptr;
    if (const QuotaWindow *window = model.quotas.windowOf(*entry)) {
        view.minuteRequests = window->requests(now.monoMs);
        view.minuteTokens = window->tokens(now.monoMs);
    }
    view.dayRequests = model.quotas.dayRequests(*entry, now);
    view.dayTokens = model.quotas.dayTokens(*entry, now);
    if (entry->extras && view.absentUntilMs != 0)
        view.absentReason = entry->extras->absentReason;
    view.limits = limitsInForce(model.quotas, entry, m_table.scopes().at(scope));
    return true;
}

} // namespace Gateway
