// Lending and reporting; the other pool*.cpp hold the rest of PoolCore by subject.
#include "gateway/pool/poolcore.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

namespace Gateway {

namespace {

constexpr std::size_t MAX_REASON_BYTES = 400;

/// "API_KEY_INVALID: API key not valid. …", cut between characters.
std::string reasonOf(const Outcome &outcome)
{
    std::string reason = outcome.reason;
    if (!reason.empty() && !outcome.text.empty())
        reason += ": ";
    reason += outcome.text;
    if (reason.size() <= MAX_REASON_BYTES)
        return reason;
    std::size_t end = MAX_REASON_BYTES;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) // inside a UTF-8 character
        --end;
    reason.resize(end);
    return reason + "…";
}

} // namespace

PoolCore::PoolCore(const Clock &clock, PoolOptions options, ChangeJournal::Receiver receiver)
    : journal(std::move(receiver))
    , m_clock(clock)
    , m_options(std::move(options))
    , m_table(static_cast<std::uint64_t>(clock.nowMs()))
    , m_quotas(m_table)
    , m_chooser(m_table, m_quotas)
    , m_random(static_cast<std::uint32_t>(clock.nowMs()))
{
    m_table.setStrategy(makeStrategy(m_options.strategy));
}

const PoolMoment &PoolCore::moment()
{
    constexpr std::int64_t jitterMs = 2'000; // clocks are slewed
    const std::int64_t wallMs = m_clock.nowMs();
    const std::int64_t monoMs = m_clock.monotonicMs();
    const std::int64_t setMs = m_now.wallMs == 0 ? 0 : wallMs - m_now.wallMs - (monoMs - m_now.monoMs);
    if (setMs < -jitterMs)
        m_table.shiftRests(setMs); // set back: a rest of half a minute must not last for hours
    m_now.wallMs = wallMs;
    m_now.monoMs = monoMs;
    if (!m_now.day.holds(wallMs))
        m_now.day = pacificDay(wallMs); // reads time zone data, but once a day
    if (std::abs(setMs) > jitterMs)
        m_quotas.repredictAll(m_now); // neither a minute's window nor a day's end moved with the clock
    return m_now;
}

tl::expected<Lease, Refusal> PoolCore::acquire(const AcquireRequest &request)
{
    const PoolMoment &now = moment();
    const tl::expected<KeyChooser::Choice, Refusal> choice = m_chooser.choose(request, now);
    if (!choice)
        return tl::unexpected(choice.error());
    m_table.at(choice->slot).lastUsedMs = now.wallMs;
    Lease lease = lend(choice->slot, request.model, choice->kind, now);
    m_chooser.took(*choice, request, now);
    lease.m_charge = m_quotas.charge(*choice->model, choice->slot, request.inputTokens, now);
    lease.m_isTrial = choice->model->breaker.lent(now);
    return lease;
}

Lease PoolCore::lend(std::uint32_t slot, std::string_view model, Lease::Kind kind, const PoolMoment &now)
{
    KeySlot &key = m_table.at(slot);
    ++key.inFlight;
    tell(slot);
    Lease lease;
    lease.key = key.id;
    lease.secret = key.secret;
    if (key.settings) {
        lease.proxy = key.settings->proxy;
        lease.keyKind = key.settings->kind;
        lease.baseUrl = key.settings->baseUrl;
    }
    lease.model = model;
    lease.kind = kind;
    lease.m_pool = weak_from_this();
    lease.m_slot = slot;
    lease.m_incarnation = key.incarnation;
    lease.m_lentMs = now.monoMs;
    ++m_openLeases;
    return lease;
}

bool PoolCore::takeBack(const Lease &lease)
{
    --m_openLeases;
    KeySlot &key = m_table.at(lease.m_slot);
    if (key.incarnation != lease.m_incarnation)
        return false;
    --key.inFlight;
    m_chooser.gaveBack(lease.m_slot);
    tell(lease.m_slot);
    if (lease.kind == Lease::Kind::Check) {
        key.isBeingChecked = false;
        m_table.refresh(lease.m_slot);
    }
    return true;
}

void PoolCore::countCall(std::uint32_t slot, bool failed)
{
    KeySlot &key = m_table.at(slot);
    ++key.calls;
    ++key.unsentCalls;
    key.failedCalls += failed ? 1 : 0;
    key.unsentFailed += failed ? 1U : 0U;
    markDirty(slot);
}

void PoolCore::dropped(const Lease &lease)
{
    bool wakes = false;
    {
        const std::lock_guard lock(mutex);
        ModelState *model = lease.m_isTrial ? m_table.findModel(lease.model) : nullptr;
        if (model != nullptr)
            model->breaker.trialEnded();
        if (takeBack(lease))
            countCall(lease.m_slot, false);
        wakes = takeWake();
    }
    if (wakes && healthListener)
        healthListener();
}

/// Null: nothing need be remembered of the model.
ModelState *PoolCore::modelOf(const Lease &lease, const Outcome &outcome, const PoolMoment &now)
{
    const bool mustRemember =
        outcome.kind == OutcomeKind::RateLimited || outcome.kind == OutcomeKind::DayQuota ||
        outcome.kind == OutcomeKind::NoSuchModel || outcome.kind == OutcomeKind::Overloaded;
    return mustRemember ? &m_table.modelFor(lease.model, now.monoMs) : m_table.findModel(lease.model);
}

void PoolCore::report(const Lease &lease, const Outcome &outcome)
{
    const PoolMoment &now = moment();
    ModelState *model = modelOf(lease, outcome, now);
    if (model != nullptr)
        noteModel(*model, lease, outcome, now);
    if (!takeBack(lease))
        return;
    KeySlot &key = m_table.at(lease.m_slot);
    noteOutcome(key, lease, outcome, now);
    const HealthRules rules{m_options.maxFailures, now.wallMs, now.day.endMs};
    const HealthVerdict verdict = judgeKey(key.health, key.failures, lease.kind, outcome, rules);
    countCall(lease.m_slot, verdict.blamed);
    const bool healthChanged = applyHealth(key, verdict, outcome, now);
    std::vector<ModelRest> rests;
    const bool restsChanged = applyRest(lease, model, verdict, outcome, now, rests);
    if (model != nullptr)
        m_quotas.reported(*model, key.scope, lease.m_charge, outcome, lease.kind == Lease::Kind::Probe, now);
    if (healthChanged || restsChanged)
        changed(lease.m_slot, std::move(rests));
}

void PoolCore::noteModel(ModelState &model, const Lease &lease, const Outcome &outcome, const PoolMoment &now)
{
    if (!model.isRemembered())
        return;
    bool isNew = false;
    if (outcome.kind == OutcomeKind::Overloaded)
        isNew = model.breaker.overloaded(lease.m_isTrial, lease.m_lentMs, reasonOf(outcome), now, m_options,
                                         static_cast<std::uint32_t>(m_random()));
    else if (outcome.kind == OutcomeKind::Success)
        isNew = model.breaker.succeeded(lease.m_lentMs);
    else if (lease.m_isTrial)
        model.breaker.trialEnded();
    const bool restsChange = outcome.kind == OutcomeKind::RateLimited ||
                             outcome.kind == OutcomeKind::DayQuota ||
                             outcome.kind == OutcomeKind::NoSuchModel || lease.kind == Lease::Kind::Probe;
    if (isNew || restsChange)
        tell(model);
    if (isNew && !std::exchange(model.isBreakerDirty, true))
        m_dirtyModels.push_back(model.name);
}

void PoolCore::noteOutcome(KeySlot &key, const Lease &lease, const Outcome &outcome, const PoolMoment &now)
{
    if (lease.kind == Lease::Kind::Check)
        key.lastCheckedMs = now.wallMs;
    if (outcome.kind == OutcomeKind::Success || outcome.kind == OutcomeKind::Cancelled)
        return;
    key.lastErrorMs = now.wallMs;
    key.unsentErrorMs = now.wallMs;
    key.lastError = reasonOf(outcome);
}

bool PoolCore::applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome,
                           const PoolMoment &now)
{
    bool isNew = verdict.failures != key.failures;
    key.failures = verdict.failures;
    if (verdict.state != key.health) {
        isNew = true;
        key.health = verdict.state;
        key.sinceMs = now.wallMs;
        key.reason.clear();
    }
    if (verdict.newReason) {
        std::string reason = reasonOf(outcome);
        isNew = isNew || reason != key.reason;
        key.reason = std::move(reason);
    }
    return isNew;
}

void PoolCore::markDirty(std::uint32_t slot)
{
    if (!std::exchange(m_table.at(slot).isDirty, true))
        m_dirty.push_back(slot);
}

void PoolCore::tell(std::uint32_t slot)
{
    KeySlot &key = m_table.at(slot);
    if (std::exchange(key.isTold, true))
        return;
    m_wake = m_wake || (m_toldKeys.empty() && m_toldModels.empty());
    m_toldKeys.push_back(key.id);
}

void PoolCore::tell(ModelState &model)
{
    if (!model.isRemembered() || std::exchange(model.isTold, true))
        return;
    m_wake = m_wake || (m_toldKeys.empty() && m_toldModels.empty());
    m_toldModels.push_back(model.name);
}

void PoolCore::changed(std::uint32_t slot, std::vector<ModelRest> rests)
{
    KeySlot &key = m_table.at(slot);
    if (journal.isKept()) {
        KeyChange change;
        change.id = key.id;
        change.state = key.health;
        change.reason = key.reason;
        change.failures = key.failures;
        change.sinceMs = key.sinceMs;
        change.rests = std::move(rests);
        ++key.unsettled;
        journal.add(std::move(change), {slot, key.incarnation});
    }
    m_table.refresh(slot);
    tell(slot);
}

void PoolCore::settled(std::uint64_t ticket)
{
    const std::optional<ChangeJournal::Ticket> what = journal.settle(ticket);
    if (!what)
        return;
    KeySlot &key = m_table.at(what->slot);
    if (key.incarnation == what->incarnation && --key.unsettled == 0)
        m_table.refresh(what->slot);
}

} // namespace Gateway
