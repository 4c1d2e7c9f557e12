// How PoolCore takes in what the store remembers, and lets keys go.
#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/pool/keyhealth.h"
#include "gateway/pool/poolcore.h"

namespace Gateway {

namespace {

/// A row that only says "disabled" tells by its reason what is behind that.
KeyState healthOf(const KeyRow &row)
{
    if (row.state != KeyState::Disabled)
        return row.state;
    return row.reason.empty() ? KeyState::Usable : KeyState::Sidelined;
}

} // namespace

void PoolCore::setOptions(PoolOptions options)
{
    if (options.strategy != m_options.strategy)
        m_table.setStrategy(makeStrategy(options.strategy));
    m_options = std::move(options);
}

void PoolCore::load(KeyRow row)
{
    if (row.id == 0 || row.secret.isEmpty())
        return;
    const PoolMoment &now = moment();
    const std::uint32_t slot = m_table.insert(row.id);
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
    m_table.setSettings(slot, std::move(row.settings));
    key.reason = std::move(row.reason);
    key.failures = row.failures;
    key.sinceMs = row.sinceMs;
    key.createdMs = row.createdMs;
    key.lastUsedMs = std::max(key.lastUsedMs, row.lastUsedMs);
    key.turn = std::max(key.turn, static_cast<std::uint64_t>(std::max<std::int64_t>(row.lastUsedMs, 0)));
    key.lastCheckedMs = std::max(key.lastCheckedMs, row.lastCheckedMs);
    if (row.lastErrorMs > key.lastErrorMs) {
        key.lastErrorMs = row.lastErrorMs;
        key.lastError = std::move(row.lastError);
    }
    key.calls = row.calls + key.unsentCalls;
    key.failedCalls = row.failedCalls + key.unsentFailed;
    loadRests(slot, row.rests, now);
    m_table.refresh(slot);
    tell(slot);
}

/// The row's word replaces what is known of a key by itself; a project's keys know together.
void PoolCore::loadRests(std::uint32_t slot, const std::vector<ModelRest> &rests, const PoolMoment &now)
{
    m_table.liftWholeRest(slot);
    const ScopeId scope = m_table.at(slot).scope;
    if (!ScopeTable::isProject(scope)) {
        for (const std::unique_ptr<ModelState> &model : m_table.models()) {
            const Rest *rest = model->rests.find(scope);
            if (rest != nullptr && rest->kind == RestKind::Real)
                m_table.liftRest(*model, scope);
        }
    }
    // No rest of Google's is longer: one that seems to be was written while the clock was ahead.
    const std::int64_t longestMs = std::max(now.wallMs + MAX_REST_MS, now.day.endMs);
    for (const ModelRest &row : rests) {
        if (row.untilMs <= now.wallMs)
            continue;
        const std::int64_t untilMs =
            row.reason == RESTED_BY_HAND ? row.untilMs : std::min(row.untilMs, longestMs);
        // A rest until midnight Pacific was for a day's quota and may be probed.
        const std::int64_t probeMs = untilMs == now.day.endMs ? now.wallMs + PROBE_AFTER_MS : 0;
        Rest rest{untilMs, probeMs, m_table.words().numberOf(row.reason)};
        rest.teller = slot;
        if (row.model.empty()) {
            m_table.putWholeRest(slot, rest);
            continue;
        }
        ModelState &model = m_table.modelFor(row.model, now.monoMs);
        const Rest *known = model.isRemembered() ? model.rests.find(scope) : nullptr;
        const bool isShorter =
            known != nullptr && known->kind == RestKind::Real && known->untilMs >= rest.untilMs;
        if (model.isRemembered() && !isShorter)
            m_table.putRest(model, scope, rest);
    }
}

void PoolCore::load(const QuotaRow &row)
{
    m_quotas.load(row, moment());
}

void PoolCore::load(const ModelStateRow &row)
{
    const PoolMoment &now = moment();
    ModelState &model = m_table.modelFor(row.model, now.monoMs);
    if (!model.isRemembered())
        return;
    model.breaker.load(row, now, m_options);
    tell(model);
}

void PoolCore::remove(KeyId key)
{
    const std::uint32_t slot = m_table.find(key);
    if (slot == KeyTable::NONE)
        return;
    handOn(slot);
    tell(slot);
    m_table.erase(slot);
}

} // namespace Gateway
