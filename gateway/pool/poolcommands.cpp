// What people and checks order: PoolCore's part beside lending and reporting.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "gateway/pool/poolcore.h"

namespace Gateway {

namespace {

constexpr std::string_view BY_HAND = "by hand";

} // namespace

bool PoolCore::update(KeyId id, KeySettings settings)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return false;
    takeSettings(m_table.at(slot), std::move(settings));
    m_table.refresh(slot);
    tell(slot);
    return true;
}

void PoolCore::rest(KeyId id, std::int64_t untilMs, std::int64_t nowMs)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE || untilMs <= nowMs)
        return;
    const Rest rest{untilMs, 0, m_table.words().numberOf(BY_HAND)};
    m_table.putRest(slot, {}, rest);
    changed(slot, {{{}, untilMs, std::string(BY_HAND)}});
}

void PoolCore::liftRests(KeyId id, std::string_view model, std::int64_t nowMs)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    std::vector<ModelRest> lifted;
    for (ModelRest &rest : m_table.restsOf(slot, nowMs)) {
        if (!model.empty() && rest.model != model)
            continue;
        m_table.liftRest(slot, *m_table.restsFor(rest.model));
        lifted.push_back({std::move(rest.model), 0, {}});
    }
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

void PoolCore::revive(KeyId id, std::int64_t nowMs)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return;
    KeySlot &key = m_table.at(slot);
    if (key.health == KeyState::Usable && key.failures == 0)
        return;
    if (key.health == KeyState::Sidelined) {
        key.health = KeyState::Usable;
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
    return lend(slot, {}, Lease::Kind::Check);
}

} // namespace Gateway
