#include "gateway/pool/quotabook.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::size_t SWEEP_STEP = 4;
constexpr std::int64_t WINDOW_MS = static_cast<std::int64_t>(QuotaWindow::BUCKETS) * QuotaWindow::BUCKET_MS;

} // namespace

std::map<std::int64_t, int> &TierLimits::valuesOf(KeyTier tier, QuotaKind kind)
{
    return m_values[static_cast<std::size_t>(tier)][static_cast<std::size_t>(kind)];
}

void TierLimits::add(KeyTier tier, QuotaKind kind, std::int64_t value)
{
    if (tier == KeyTier::Unknown || value == 0)
        return;
    ++valuesOf(tier, kind)[value];
    ++m_count;
}

void TierLimits::remove(KeyTier tier, QuotaKind kind, std::int64_t value)
{
    if (tier == KeyTier::Unknown || value == 0)
        return;
    std::map<std::int64_t, int> &values = valuesOf(tier, kind);
    const auto found = values.find(value);
    if (found == values.end())
        return;
    --m_count;
    if (--found->second == 0)
        values.erase(found);
}

std::int64_t TierLimits::smallest(KeyTier tier, QuotaKind kind) const
{
    const auto &values = m_values[static_cast<std::size_t>(tier)][static_cast<std::size_t>(kind)];
    return values.empty() ? 0 : values.begin()->first;
}

QuotaEntry *QuotaBook::find(ScopeId scope)
{
    const auto found = m_entries.find(scope);
    return found == m_entries.end() ? nullptr : &found->second;
}

const QuotaEntry *QuotaBook::find(ScopeId scope) const
{
    const auto found = m_entries.find(scope);
    return found == m_entries.end() ? nullptr : &found->second;
}

QuotaEntry &QuotaBook::touch(ScopeId scope)
{
    QuotaEntry &entry = m_entries[scope];
    entry.scope = scope;
    return entry;
}

void QuotaBook::erase(ScopeId scope)
{
    const auto found = m_entries.find(scope);
    if (found == m_entries.end())
        return;
    retier(found->second, KeyTier::Unknown);
    if (found->second.window != QuotaEntry::NO_WINDOW) {
        m_windows[found->second.window].isUsed = false;
        m_freeWindows.push_back(found->second.window);
    }
    m_entries.erase(found);
}

void QuotaBook::merge(ScopeId from, ScopeId to)
{
    QuotaEntry *source = find(from);
    if (source == nullptr)
        return;
    QuotaEntry &target = touch(to); // leaves `source` where it is
    if (target.day == source->day) {
        target.dayRequests += source->dayRequests;
        target.dayTokens += source->dayTokens;
    } else if (target.day < source->day) {
        target.day = source->day;
        target.dayRequests = source->dayRequests;
        target.dayTokens = source->dayTokens;
    }
    if (target.window == QuotaEntry::NO_WINDOW && source->window != QuotaEntry::NO_WINDOW) {
        target.window = std::exchange(source->window, QuotaEntry::NO_WINDOW);
        m_windows[target.window].scope = to;
    }
    if (!target.extras && source->extras) {
        retier(*source, KeyTier::Unknown);
        target.extras = std::move(source->extras);
    }
    markDirty(target);
    erase(from);
}

void QuotaBook::count(QuotaEntry &entry, std::int64_t requests, std::int64_t tokens, std::int64_t atMs,
                      std::int64_t day, const PoolMoment &now)
{
    if (entry.window == QuotaEntry::NO_WINDOW && (requests > 0 || tokens > 0)) {
        if (m_freeWindows.empty()) {
            m_freeWindows.push_back(static_cast<std::uint32_t>(m_windows.size()));
            m_windows.emplace_back();
        }
        entry.window = m_freeWindows.back();
        m_freeWindows.pop_back();
        m_windows[entry.window] = {{}, 0, entry.scope, true};
    }
    if (entry.window != QuotaEntry::NO_WINDOW) {
        Window &window = m_windows[entry.window];
        window.counts.add(atMs, now.monoMs, requests, tokens);
        window.lastMs = std::max(window.lastMs, atMs);
    }
    if (entry.day != now.day.number) {
        entry.day = now.day.number;
        entry.dayRequests = 0;
        entry.dayTokens = 0;
    }
    if (day == now.day.number) {
        entry.dayRequests = std::max<std::int64_t>(entry.dayRequests + requests, 0);
        entry.dayTokens = std::max<std::int64_t>(entry.dayTokens + tokens, 0);
    }
    markDirty(entry);
}

const QuotaWindow *QuotaBook::windowOf(const QuotaEntry &entry) const
{
    return entry.window == QuotaEntry::NO_WINDOW ? nullptr : &m_windows[entry.window].counts;
}

std::int64_t QuotaBook::dayRequests(const QuotaEntry &entry, const PoolMoment &now) const
{
    return entry.day == now.day.number ? entry.dayRequests : 0;
}

std::int64_t QuotaBook::dayTokens(const QuotaEntry &entry, const PoolMoment &now) const
{
    return entry.day == now.day.number ? entry.dayTokens : 0;
}

QuotaExtras &QuotaBook::extrasOf(QuotaEntry &entry)
{
    if (!entry.extras)
        entry.extras = std::make_unique<QuotaExtras>();
    return *entry.extras;
}

bool QuotaBook::learn(QuotaEntry &entry, KeyTier tier, QuotaKind kind, const LearnedLimit &limit)
{
    if (kind == QuotaKind::None || kind >= QuotaKind::Count)
        return false;
    retier(entry, tier);
    LearnedLimit &known = extrasOf(entry).limits[static_cast<std::size_t>(kind)];
    const bool isNew = known.value != limit.value;
    m_tierLimits.remove(tier, kind, known.value);
    known = limit;
    m_tierLimits.add(tier, kind, known.value);
    if (kind == QuotaKind::DayRequests)
        m_greatestDay = std::max(m_greatestDay, limit.value);
    markDirty(entry);
    return isNew;
}

void QuotaBook::retier(QuotaEntry &entry, KeyTier tier)
{
    if (!entry.extras || entry.extras->assumedAs == tier) {
        if (!entry.extras && tier != KeyTier::Unknown)
            extrasOf(entry).assumedAs = tier;
        return;
    }
    for (std::size_t kind = 0; kind < QUOTA_KINDS; ++kind) {
        const std::int64_t value = entry.extras->limits[kind].value;
        m_tierLimits.remove(entry.extras->assumedAs, static_cast<QuotaKind>(kind), value);
        m_tierLimits.add(tier, static_cast<QuotaKind>(kind), value);
    }
    entry.extras->assumedAs = tier;
}

void QuotaBook::markDirty(QuotaEntry &entry)
{
    if (!std::exchange(entry.isDirty, true))
        m_dirty.push_back(entry.scope);
}

void QuotaBook::takeChanges(const std::string &model, const ScopeTable &scopes, std::vector<QuotaRow> &rows)
{
    for (const ScopeId scope : m_dirty) {
        QuotaEntry *entry = find(scope);
        if (entry == nullptr || !std::exchange(entry->isDirty, false))
            continue; // forgotten, or told already
        QuotaRow &row = rows.emplace_back();
        row.scope = scopes.nameOf(scope);
        row.model = model;
        row.day = entry->day;
        row.dayRequests = entry->dayRequests;
        row.dayTokens = entry->dayTokens;
        if (!entry->extras)
            continue;
        row.limits = entry->extras->limits;
        row.unavailableUntilMs = entry->extras->absentUntilMs;
        row.unavailableTries = entry->extras->absentTries;
        row.unavailableReason = entry->extras->absentReason;
        row.tier = entry->extras->tier;
        row.tierMs = entry->extras->tierMs;
    }
    m_dirty.clear();
}

void QuotaBook::sweep(std::int64_t monoMs)
{
    for (std::size_t step = 0; step < SWEEP_STEP && !m_windows.empty(); ++step) {
        m_sweepAt = (m_sweepAt + 1) % m_windows.size();
        Window &window = m_windows[m_sweepAt];
        if (!window.isUsed || window.lastMs + WINDOW_MS > monoMs)
            continue;
        window.isUsed = false;
        m_entries.at(window.scope).window = QuotaEntry::NO_WINDOW;
        m_freeWindows.push_back(static_cast<std::uint32_t>(m_sweepAt));
    }
}

} // namespace Gateway
