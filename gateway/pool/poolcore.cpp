#include "gateway/pool/poolcore.h"

#include <algorithm>
#include <cstddef>
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

/// A row that only says "disabled" tells by its reason what is behind that.
KeyState healthOf(const KeyRow &row)
{
    if (row.state != KeyState::Disabled)
        return row.state;
    return row.reason.empty() ? KeyState::Usable : KeyState::Sidelined;
}

} // namespace

PoolCore::PoolCore(const Clock &poolClock, PoolOptions poolOptions, ChangeJournal::Receiver receiver)
    : clock(poolClock)
    , options(poolOptions)
    , journal(std::move(receiver))
    , m_chooser(m_table)
{
}

void PoolCore::load(KeyRow row, std::int64_t nowMs, std::int64_t midnightMs)
{
    if (row.id == 0 || row.secret.isEmpty())
        return;
    const std::uint32_t slot = m_table.insert(row.id);
    m_table.liftAllRests(slot);
    KeySlot &key = m_table.at(slot);
    if (!key.secret.equals(row.secret.reveal())) { // what old leases tell is not about this secret
        ++key.incarnation;
        key.unsettled = 0;
        key.inFlight = 0;
        key.isBeingChecked = false;
    }
    key.secret = std::move(row.secret);
    key.health = healthOf(row);
    if (row.state == KeyState::Disabled)
        row.settings.enabled = false;
    takeSettings(key, std::move(row.settings));
    key.reason = std::move(row.reason);
    key.failures = row.failures;
    key.sinceMs = row.sinceMs;
    key.createdMs = row.createdMs;
    key.lastUsedMs = std::max(key.lastUsedMs, row.lastUsedMs);
    key.lastCheckedMs = std::max(key.lastCheckedMs, row.lastCheckedMs);
    if (row.lastErrorMs > key.lastErrorMs) {
        key.lastErrorMs = row.lastErrorMs;
        key.lastError = std::move(row.lastError);
    }
    key.calls = row.calls + key.unsentCalls;
    key.failedCalls = row.failedCalls + key.unsentFailed;
    for (const ModelRest &rest : row.rests) {
        if (rest.untilMs <= nowMs)
            continue;
        const std::int64_t probeMs = rest.untilMs == midnightMs ? nowMs + PROBE_AFTER_MS : 0;
        m_table.putRest(slot, rest.model, {rest.untilMs, probeMs, m_table.words().numberOf(rest.reason)});
    }
    m_table.refresh(slot);
    tell(slot);
}

void PoolCore::remove(KeyId key)
{
    const std::uint32_t slot = m_table.find(key);
    if (slot == KeyTable::NONE)
        return;
    tell(slot);
    m_table.erase(slot);
}

tl::expected<Lease, Refusal> PoolCore::acquire(const AcquireRequest &request, std::int64_t nowMs)
{
    const tl::expected<KeyChooser::Choice, Refusal> choice = m_chooser.choose(request, nowMs);
    if (!choice)
        return tl::unexpected(choice.error());
    m_table.at(choice->slot).lastUsedMs = nowMs;
    return lend(choice->slot, request.model, choice->kind);
}

Lease PoolCore::lend(std::uint32_t slot, std::string_view model, Lease::Kind kind)
{
    KeySlot &key = m_table.at(slot);
    ++key.inFlight;
    tell(slot);
    Lease lease;
    lease.key = key.id;
    lease.secret = key.secret;
    lease.model = model;
    lease.kind = kind;
    lease.m_pool = weak_from_this();
    lease.m_slot = slot;
    lease.m_incarnation = key.incarnation;
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
    m_wake = m_wake || m_told.empty();
    m_told.push_back(key.id);
}

void PoolCore::dropped(const Lease &lease)
{
    bool wakes = false;
    {
        const std::lock_guard lock(mutex);
        if (takeBack(lease))
            countCall(lease.m_slot, false);
        wakes = takeWake();
    }
    if (wakes && healthListener)
        healthListener();
}

void PoolCore::report(const Lease &lease, const Outcome &outcome, HealthRules rules)
{
    if (!takeBack(lease))
        return;
    rules.maxFailures = options.maxFailures;
    KeySlot &key = m_table.at(lease.m_slot);
    noteOutcome(key, lease, outcome, rules.nowMs);
    const HealthVerdict verdict = judgeKey(key.health, key.failures, lease.kind, outcome, rules);
    countCall(lease.m_slot, verdict.blamed);
    const bool healthChanged = applyHealth(key, verdict, outcome, rules.nowMs);
    std::vector<ModelRest> rests;
    const bool restsChanged = applyRest(lease, verdict, outcome, rules.nowMs, rests);
    if (healthChanged || restsChanged)
        changed(lease.m_slot, std::move(rests));
}

void PoolCore::noteOutcome(KeySlot &key, const Lease &lease, const Outcome &outcome, std::int64_t nowMs)
{
    if (lease.kind == Lease::Kind::Check)
        key.lastCheckedMs = nowMs;
    if (outcome.kind == OutcomeKind::Success || outcome.kind == OutcomeKind::Cancelled)
        return;
    key.lastErrorMs = nowMs;
    key.unsentErrorMs = nowMs;
    key.lastError = reasonOf(outcome);
}

bool PoolCore::applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome,
                           std::int64_t nowMs)
{
    bool isNew = verdict.failures != key.failures;
    key.failures = verdict.failures;
    if (verdict.state != key.health) {
        isNew = true;
        key.health = verdict.state;
        key.sinceMs = nowMs;
        key.reason.clear();
    }
    if (verdict.newReason) {
        std::string reason = reasonOf(outcome);
        isNew = isNew || reason != key.reason;
        key.reason = std::move(reason);
    }
    return isNew;
}

bool PoolCore::applyRest(const Lease &lease, const HealthVerdict &verdict, const Outcome &outcome,
                         std::int64_t nowMs, std::vector<ModelRest> &changes)
{
    if (!verdict.liftsRest && verdict.restUntilMs == 0)
        return false;
    ModelRests *rests = m_table.restsFor(lease.model);
    const Rest *old = rests == nullptr ? nullptr : rests->find(lease.m_slot);
    if (old != nullptr && old->untilMs <= nowMs)
        old = nullptr; // over, but nobody has looked since
    if (verdict.liftsRest) {
        if (old == nullptr)
            return false;
        m_table.liftRest(lease.m_slot, *rests);
        changes.push_back({lease.model, 0, {}});
        return true;
    }
    // Several leases may meet the same 429: the longest rest holds.
    if (old != nullptr && !verdict.replacesRest && old->untilMs > verdict.restUntilMs)
        return false;
    const bool isNew = old == nullptr || old->untilMs != verdict.restUntilMs;
    const Rest rest{verdict.restUntilMs, verdict.probeMs, m_table.words().numberOf(outcome.reason)};
    if (!m_table.putRest(lease.m_slot, lease.model, rest) || !isNew)
        return false;
    changes.push_back({lease.model, rest.untilMs, m_table.words().text(rest.reason)});
    return true;
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
