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

void PoolCore::appendRows(std::vector<KeyRow> &rows, std::uint32_t from, std::uint32_t to)
{
    const PoolMoment &now = moment();
    for (std::uint32_t slot = from; slot < to; ++slot) {
        const KeySlot &key = m_table.at(slot);
        if (key.id == 0)
            continue;
        rows.push_back(rowOf(slot, now));
    }
}

KeyRow PoolCore::rowOf(std::uint32_t slot, const PoolMoment &now) const
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
    row.rests = restsOf(slot, now);
    return row;
}

KeyView PoolCore::viewOf(std::uint32_t slot, const PoolMoment &now) const
{
    const KeySlot &key = m_table.at(slot);
    KeyView view;
    view.row = rowOf(slot, now);
    view.health = key.health;
    view.inFlight = key.inFlight;
    const ScopeState &scope = m_table.scopes().at(key.scope);
    view.tier = scope.tier();
    view.scope = m_table.scopes().nameOf(key.scope);
    if (const Rest *whole = m_table.wholeRests().find(slot);
        whole != nullptr && whole->untilMs > now.wallMs) {
        KeyModelView &model = view.models.emplace_back();
        model.restUntilMs = whole->untilMs;
        model.restReason = m_table.words().text(whole->reason);
    }
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        KeyModelView told;
        told.model = model->name;
        if (m_quotas.describe(*model, key.scope, now, told))
            view.models.push_back(std::move(told));
    }
    std::sort(view.models.begin(), view.models.end(),
              [](const KeyModelView &left, const KeyModelView &right) { return left.model < right.model; });
    return view;
}

std::optional<KeyView> PoolCore::view(KeyId id)
{
    const std::uint32_t slot = m_table.find(id);
    if (slot == KeyTable::NONE)
        return std::nullopt;
    return viewOf(slot, moment());
}

void PoolCore::appendViews(std::vector<KeyView> &views, std::uint32_t from, std::uint32_t to)
{
    const PoolMoment &now = moment();
    for (std::uint32_t slot = from; slot < to; ++slot) {
        if (m_table.at(slot).id != 0)
            views.push_back(viewOf(slot, now));
    }
}

std::vector<ModelHealth> PoolCore::modelHealth()
{
    const PoolMoment &now = moment();
    std::vector<ModelHealth> found;
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        constexpr int allOfThem = 1'000;
        m_chooser.endRests(*model, now, allOfThem);
        ModelHealth &health = found.emplace_back();
        const ModelStateRow row = model->breaker.row(now);
        health.model = model->name;
        health.breaker = model->breaker.state(now);
        health.openUntilMs = row.openUntilMs;
        health.overloads = row.failures;
        health.reason = row.reason;
        health.available = model->index.count(Standing::Available);
        health.resting = model->index.count(Standing::Resting);
        health.predicted = model->index.count(Standing::Predicted);
        health.absent = model->index.count(Standing::Absent);
    }
    std::sort(found.begin(), found.end(),
              [](const ModelHealth &left, const ModelHealth &right) { return left.model < right.model; });
    return found;
}

std::vector<QuotaRow> PoolCore::takeQuotaChanges()
{
    std::vector<QuotaRow> rows;
    for (const std::unique_ptr<ModelState> &model : m_table.models())
        model->quotas.takeChanges(model->name, m_table.scopes(), rows);
    return rows;
}

std::vector<ModelStateRow> PoolCore::takeModelStates()
{
    const PoolMoment &now = moment();
    std::vector<ModelStateRow> rows;
    for (const std::string &name : m_dirtyModels) {
        ModelState *model = m_table.findModel(name);
        if (model == nullptr || !std::exchange(model->isBreakerDirty, false))
            continue;
        rows.push_back(model->breaker.row(now));
        rows.back().model = name;
    }
    m_dirtyModels.clear();
    return rows;
}

HealthChanges PoolCore::takeHealthChanges()
{
    HealthChanges changes;
    changes.keys.swap(m_toldKeys);
    changes.models.swap(m_toldModels);
    for (const KeyId id : changes.keys) {
        const std::uint32_t slot = m_table.find(id);
        if (slot != KeyTable::NONE)
            m_table.at(slot).isTold = false;
    }
    // A key that was removed and added again is told twice.
    std::sort(changes.keys.begin(), changes.keys.end());
    changes.keys.erase(std::unique(changes.keys.begin(), changes.keys.end()), changes.keys.end());
    for (const std::string &name : changes.models) {
        if (ModelState *model = m_table.findModel(name))
            model->isTold = false;
    }
    std::sort(changes.models.begin(), changes.models.end());
    changes.models.erase(std::unique(changes.models.begin(), changes.models.end()), changes.models.end());
    return changes;
}

} // namespace Gateway
