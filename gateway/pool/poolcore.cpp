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
        key.isBeingChecked = false;
    }
    key.secret = std::move(row.secret);
    key.label = std::move(row.settings.label);
    key.state = row.state;
    key.reason = std::move(row.reason);
    key.failures = row.failures;
    key.sinceMs = row.sinceMs;
    key.createdMs = row.createdMs;
    key.lastUsedMs = std::max(key.lastUsedMs, row.lastUsedMs);
    key.calls = row.calls + key.unsentCalls;
    key.failedCalls = row.failedCalls + key.unsentFailed;
    for (const ModelRest &rest : row.rests) {
        if (rest.untilMs <= nowMs)
            continue;
        const std::int64_t probeMs = rest.untilMs == midnightMs ? nowMs + PROBE_AFTER_MS : 0;
        m_table.putRest(slot, rest.model, {rest.untilMs, probeMs, m_table.words().numberOf(rest.reason)});
    }
    m_table.refresh(slot);
}

void PoolCore::remove(KeyId key)
{
    const std::uint32_t slot = m_table.find(key);
    if (slot != KeyTable::NONE)
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
    const KeySlot &key = m_table.at(slot);
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
    if (!std::exchange(key.isDirty, true))
        m_dirty.push_back(slot);
}

void PoolCore::dropped(const Lease &lease)
{
    const std::lock_guard lock(mutex);
    if (takeBack(lease))
        countCall(lease.m_slot, false);
}

void PoolCore::report(const Lease &lease, const Outcome &outcome, HealthRules rules)
{
    if (!takeBack(lease))
        return;
    rules.maxFailures = options.maxFailures;
    KeySlot &key = m_table.at(lease.m_slot);
    const HealthVerdict verdict = judgeKey(key.state, key.failures, lease.kind, outcome, rules);
    countCall(lease.m_slot, verdict.blamed);
    const bool healthChanged = applyHealth(key, verdict, outcome, rules.nowMs);
    std::vector<ModelRest> rests;
    const bool restsChanged = applyRest(lease, verdict, outcome, rules.nowMs, rests);
    if (healthChanged || restsChanged)
        changed(lease.m_slot, std::move(rests));
}

bool PoolCore::applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome,
                           std::int64_t nowMs)
{
    bool isNew = verdict.failures != key.failures;
    key.failures = verdict.failures;
    if (verdict.state != key.state) {
        isNew = true;
        key.state = verdict.state;
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
        change.state = key.state;
        change.reason = key.reason;
        change.failures = key.failures;
        change.sinceMs = key.sinceMs;
        change.rests = std::move(rests);
        ++key.unsettled;
        journal.add(std::move(change), {slot, key.incarnation});
    }
    m_table.refresh(slot);
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

void PoolCore::revive(KeyId id, std::int64_t nowMs)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    KeySlot &key = m_table.at(slot);
    if (key.state == KeyState::Disabled || (key.state == KeyState::Usable && key.failures == 0))
        return;
    if (key.state == KeyState::Sidelined) {
        key.state = KeyState::Usable;
        key.sinceMs = nowMs;
        key.reason.clear();
    }
    key.failures = 0;
    changed(slot, {});
}

std::vector<Lease> PoolCore::sidelined(int limit)
{
    std::vector<Lease> leases;
    while (static_cast<int>(leases.size()) < limit) {
        const std::uint32_t slot = m_table.checkable().nextAround(m_checkCursor);
        if (slot == KeyTable::NONE)
            break;
        m_checkCursor = slot + 1;
        m_table.at(slot).isBeingChecked = true;
        m_table.refresh(slot);
        leases.push_back(lend(slot, {}, Lease::Kind::Check));
    }
    return leases;
}

std::vector<KeyCounters> PoolCore::takeCounters()
{
    std::vector<KeyCounters> counters;
    counters.reserve(m_dirty.size());
    for (const std::uint32_t slot : m_dirty) {
        KeySlot &key = m_table.at(slot);
        key.isDirty = false;
        const std::uint32_t calls = std::exchange(key.unsentCalls, 0);
        const std::uint32_t failed = std::exchange(key.unsentFailed, 0);
        if (calls != 0)
            counters.push_back({key.id, key.lastUsedMs, calls, failed});
    }
    m_dirty.clear();
    return counters;
}

void PoolCore::appendRows(std::vector<KeyRow> &rows, std::uint32_t from, std::uint32_t to,
                          std::int64_t nowMs) const
{
    for (std::uint32_t slot = from; slot < to; ++slot) {
        const KeySlot &key = m_table.at(slot);
        if (key.id == 0)
            continue;
        KeyRow row;
        row.id = key.id;
        row.secret = key.secret;
        row.settings.label = key.label;
        row.state = key.state;
        row.reason = key.reason;
        row.failures = key.failures;
        row.sinceMs = key.sinceMs;
        row.createdMs = key.createdMs;
        row.lastUsedMs = key.lastUsedMs;
        row.calls = key.calls;
        row.failedCalls = key.failedCalls;
        row.rests = m_table.restsOf(slot, nowMs);
        rows.push_back(std::move(row));
    }
}

} // namespace Gateway
