// What people and checks order: PoolCore's part beside lending and reporting.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "gateway/pool/keyhealth.h"
#include "gateway/pool/poolcore.h"

namespace Gateway {

bool PoolCore::update(KeyId id, KeySettings settings)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return false;
    const ScopeId before = m_table.at(slot).scope;
    m_table.setSettings(slot, std::move(settings));
    m_table.refresh(slot);
    const PoolMoment &now = moment();
    m_quotas.repredictAll(m_table.at(slot).scope, now);
    if (m_table.at(slot).scope != before)
        m_quotas.repredictAll(before, now);
    tell(slot);
    return true;
}

void PoolCore::rest(KeyId id, std::int64_t untilMs)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE || untilMs <= moment().wallMs)
        return;
    Rest rest{untilMs, 0, m_table.words().numberOf(RESTED_BY_HAND)};
    rest.teller = slot;
    m_table.putWholeRest(slot, rest);
    changed(slot, {{{}, untilMs, std::string(RESTED_BY_HAND)}});
}

void PoolCore::liftRests(KeyId id, std::string_view name)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    const PoolMoment &now = moment();
    const ScopeId scope = m_table.at(slot).scope;
    std::vector<ModelRest> lifted;
    bool isNew = false;
    if (name.empty() && m_table.at(slot).restsWhole) {
        m_table.liftWholeRest(slot);
        lifted.push_back({});
    }
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        const Rest *rest = model->rests.find(scope);
        if (rest == nullptr || (!name.empty() && model->name != name))
            continue;
        tell(*model);
        isNew = true;
        if (m_quotas.lift(*model, scope, now))
            continue;
        const Rest old = *rest;
        m_table.liftRest(*model, scope);
        m_quotas.repredict(*model, scope, now);
        if (old.teller == slot)
            lifted.push_back({model->name, 0, {}});
        else
            untell(old, scope, slot, model->name);
    }
    if (isNew)
        tell(slot);
    if (!lifted.empty())
        changed(slot, std::move(lifted));
}

void PoolCore::resetFailures(KeyId id)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE || m_table.at(slot).failures == 0)
        return;
    m_table.at(slot).failures = 0;
    changed(slot, {});
}

void PoolCore::setChecked(KeyId id, std::int64_t atMs, std::string_view error)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    KeySlot &key = m_table.at(slot);
    key.lastCheckedMs = atMs;
    if (!error.empty()) {
        key.lastErrorMs = atMs;
        key.unsentErrorMs = atMs;
        key.lastError = error;
    }
    markDirty(slot);
    tell(slot);
}

void PoolCore::revive(KeyId id)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    KeySlot &key = m_table.at(slot);
    if (key.health == KeyState::Usable && key.failures == 0)
        return;
    if (key.health == KeyState::Sidelined) {
        key.health = KeyState::Usable;
        key.sinceMs = moment().wallMs;
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
        leases.push_back(lend(slot, {}, Lease::Kind::Check, moment()));
    }
    return leases;
}

std::optional<Lease> PoolCore::lendForCheck(KeyId id)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return std::nullopt;
    KeySlot &key = m_table.at(slot);
    if (key.isBeingChecked || key.unsettled != 0)
        return std::nullopt;
    key.isBeingChecked = true;
    m_table.refresh(slot);
    return lend(slot, {}, Lease::Kind::Check, moment());
}

} // namespace Gateway
