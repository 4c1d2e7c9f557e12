#include "gateway/control/local/keylisting.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

struct Allowance
{
    QuotaKind kind;
    std::int64_t KeyModelView::*used;
    double KeyInfo::*share;
};

constexpr std::array<Allowance, 4> ALLOWANCES{{
    {QuotaKind::MinuteRequests, &KeyModelView::minuteRequests, &KeyInfo::minuteShare},
    {QuotaKind::MinuteTokens, &KeyModelView::minuteTokens, &KeyInfo::minuteShare},
    {QuotaKind::DayRequests, &KeyModelView::dayRequests, &KeyInfo::dayShare},
    {QuotaKind::DayTokens, &KeyModelView::dayTokens, &KeyInfo::dayShare},
}};

std::int64_t limitOf(const KeyModelView &model, QuotaKind kind)
{
    return model.limits[static_cast<std::size_t>(kind)].value;
}

KeyModelInfo modelInfo(const KeyModelView &view)
{
    KeyModelInfo info;
    info.model = view.model;
    info.restUntilMs = view.restUntilMs;
    info.restReason = view.restReason;
    info.expectedUntilMs = view.predictedUntilMs;
    info.unavailableUntilMs = view.absentUntilMs;
    info.unavailableReason = view.absentReason;
    for (const Allowance &allowance : ALLOWANCES) {
        const LimitView &limit = view.limits[static_cast<std::size_t>(allowance.kind)];
        if (limit.value > 0 || view.*allowance.used > 0)
            info.quotas.push_back({allowance.kind, view.*allowance.used, limit.value, limit.learnedMs});
    }
    return info;
}

void takeModel(KeyInfo &key, const KeyModelView &model, std::int64_t nowMs)
{
    for (const Allowance &allowance : ALLOWANCES) {
        const std::int64_t limit = limitOf(model, allowance.kind);
        if (limit <= 0)
            continue;
        const double share = static_cast<double>(model.*allowance.used) / static_cast<double>(limit);
        key.*allowance.share = std::max(key.*allowance.share, std::min(share, 1.0));
    }
    if (model.restUntilMs <= nowMs || key.status == KeyStatus::Sidelined || key.status == KeyStatus::Disabled)
        return;
    if (key.status == KeyStatus::Usable || model.restUntilMs < key.untilMs) {
        key.untilMs = model.restUntilMs;
        key.reason = model.restReason;
    }
    key.status = KeyStatus::Resting;
}

KeyStatus statusOf(KeyState state)
{
    switch (state) {
    case KeyState::Sidelined:
        return KeyStatus::Sidelined;
    case KeyState::Disabled:
        return KeyStatus::Disabled;
    case KeyState::Usable:
        break;
    }
    return KeyStatus::Usable;
}

bool isFound(const KeyInfo &key, std::string_view search)
{
    const auto has = [search](std::string_view text) { return containsIgnoreCase(text, search); };
    return has(key.settings.label) || has(key.settings.note) || has(key.masked) ||
           has(key.settings.project) || std::any_of(key.settings.tags.begin(), key.settings.tags.end(), has);
}

} // namespace

KeyInfo keyInfo(const KeyView &view, std::int64_t nowMs, bool withModels)
{
    const KeyRow &row = view.row;
    KeyInfo key;
    key.id = row.id;
    key.masked = row.secret.masked();
    key.settings = row.settings;
    if (key.settings.tier == KeyTier::Unknown)
        key.settings.tier = view.tier;
    key.status = statusOf(row.state);
    key.reason = row.reason;
    key.sinceMs = row.sinceMs;
    key.failures = row.failures;
    key.createdMs = row.createdMs;
    key.lastUsedMs = row.lastUsedMs;
    key.lastCheckedMs = row.lastCheckedMs;
    key.lastErrorMs = row.lastErrorMs;
    key.lastError = row.lastError;
    key.calls = row.calls;
    key.failedCalls = row.failedCalls;
    key.inFlight = view.inFlight;
    for (const KeyModelView &model : view.models) {
        takeModel(key, model, nowMs);
        if (withModels)
            key.models.push_back(modelInfo(model));
    }
    return key;
}

bool isWanted(const KeyInfo &key, const KeyQuery &query)
{
    if (query.status && key.status != *query.status)
        return false;
    if (!query.project.empty() && key.settings.project != query.project)
        return false;
    const std::vector<std::string> &tags = key.settings.tags;
    if (!query.tag.empty() && std::find(tags.begin(), tags.end(), query.tag) == tags.end())
        return false;
    if (!query.model.empty() && !isModelAllowed(key.settings, query.model))
        return false;
    return key.failures >= query.minFailures && (query.search.empty() || isFound(key, query.search));
}

} // namespace Gateway
