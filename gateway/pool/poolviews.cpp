// What PoolCore tells of itself.
#include <algorithm>
#include <utility>

#include "gateway/pool/poolcore.h"

namespace Gateway {

std::vector<KeyCounters> PoolCore::takeCounters()
{
    std::vector<KeyCounters> counters;
    counters.reserve(m_dirty.size());
    for (const std::uint32_t slot : m_dirty) {
        KeySlot &key = m_table.at(slot);
        key.isDirty = false;
        const std::uint32_t calls = std::exchange(key.unsentCalls, 0);
        const std::uint32_t failed = std::exchange(key.unsentFailed, 0);
        if (key.id == 0)
            continue;
        const std::int64_t errorMs = std::exchange(key.unsentErrorMs, 0);
        counters.push_back({key.id, key.lastUsedMs, calls, failed, key.lastCheckedMs, errorMs,
                            errorMs == 0 ? std::string() : key.lastError});
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
        rows.push_back(rowOf(slot, nowMs));
    }
}

KeyRow PoolCore::rowOf(std::uint32_t slot, std::int64_t nowMs) const
{
    const KeySlot &key = m_table.at(slot);
    KeyRow row;
    row.id = key.id;
    row.secret = key.secret;
    row.settings = settingsOf(key);
    row.state = key.state();
    row.reason = key.reason;
    row.failures = key.failures;
    row.sinceMs = key.sinceMs;
    row.createdMs = key.createdMs;
    row.lastUsedMs = key.lastUsedMs;
    row.lastCheckedMs = key.lastCheckedMs;
    row.lastErrorMs = key.lastErrorMs;
    row.lastError = key.lastError;
    row.calls = key.calls;
    row.failedCalls = key.failedCalls;
    row.rests = m_table.restsOf(slot, nowMs);
    return row;
}

KeyView PoolCore::viewOf(std::uint32_t slot, std::int64_t nowMs) const
{
    const KeySlot &key = m_table.at(slot);
    KeyView view;
    view.row = rowOf(slot, nowMs);
    view.health = key.health;
    view.inFlight = key.inFlight;
    view.tier = view.row.settings.tier;
    view.scope = quotaScope(view.row.settings.project, key.id);
    for (const ModelRest &rest : view.row.rests) {
        KeyModelView &model = view.models.emplace_back();
        model.model = rest.model;
        model.restUntilMs = rest.untilMs;
        model.restReason = rest.reason;
    }
    return view;
}

std::optional<KeyView> PoolCore::view(KeyId id, std::int64_t nowMs) const
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return std::nullopt;
    return viewOf(slot, nowMs);
}

void PoolCore::appendViews(std::vector<KeyView> &views, std::uint32_t from, std::uint32_t to,
                           std::int64_t nowMs) const
{
    for (std::uint32_t slot = from; slot < to; ++slot) {
        if (m_table.at(slot).id != 0)
            views.push_back(viewOf(slot, nowMs));
    }
}

std::vector<ModelHealth> PoolCore::modelHealth(std::int64_t nowMs)
{
    return m_table.modelHealth(nowMs);
}

HealthChanges PoolCore::takeHealthChanges()
{
    HealthChanges changes;
    changes.keys.swap(m_told);
    for (const KeyId id : changes.keys) {
        const std::uint32_t slot = m_table.find(id);
        if (slot != KeyTable::NONE)
            m_table.at(slot).isTold = false;
    }
    // A key that was removed and added again is told twice.
    std::sort(changes.keys.begin(), changes.keys.end());
    changes.keys.erase(std::unique(changes.keys.begin(), changes.keys.end()), changes.keys.end());
    return changes;
}

} // namespace Gateway
