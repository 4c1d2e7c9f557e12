// The keys themselves, their settings and scopes; keytablemodels.cpp has what is per model.
#include "gateway/pool/keytable.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::uint32_t FIRST_CAPACITY = 64;

bool limitsSomething(const KeySlot &key)
{
    const KeySettings *settings = key.settings.get();
    return settings != nullptr && (settings->minuteRequests != 0 || settings->minuteTokens != 0 ||
                                   settings->dayRequests != 0 || settings->tier != KeyTier::Unknown);
}

void tighten(ScopeState &state, const KeySlot &key)
{
    if (!key.settings)
        return;
    state.hand.tighten(*key.settings);
    if (state.handTier == KeyTier::Unknown || key.settings->tier == KeyTier::Free)
        state.handTier = key.settings->tier;
}

} // namespace

KeyTable::KeyTable(std::uint64_t firstTurn)
    : m_strategy(makeStrategy({}))
    , m_turn(firstTurn)
{
}

std::uint32_t KeyTable::find(KeyId key) const
{
    const auto found = m_index.find(key);
    return found == m_index.end() ? NONE : found->second;
}

std::uint32_t KeyTable::insert(KeyId key)
{
    const auto [position, isNew] = m_index.try_emplace(key, 0);
    if (!isNew)
        return position->second;
    if (m_free.empty()) {
        position->second = size();
        m_slots.emplace_back();
        growBitmaps();
    } else {
        position->second = m_free.back();
        m_free.pop_back();
    }
    KeySlot &slot = m_slots[position->second];
    slot.id = key;
    slot.scope = position->second;
    m_gemini.assign(position->second, true);
    m_scopes.resetOwn(position->second, key);
    return position->second;
}

void KeyTable::erase(std::uint32_t slot)
{
    setSettings(slot, {}); // out of its project, tags and lists
    m_gemini.assign(slot, false);
    liftWholeRest(slot);
    for (const std::unique_ptr<ModelState> &model : m_models) {
        liftRest(*model, slot);
        model->quotas.erase(slot);
    }
    KeySlot &key = m_slots[slot];
    m_index.erase(key.id);
    const KeySlot counted = std::exchange(key, KeySlot());
    key.scope = slot;
    key.incarnation = counted.incarnation + 1;
    key.isDirty = counted.isDirty;
    key.isCounted = counted.isCounted;
    key.isCountedResting = counted.isCountedResting;
    key.isCountedUsable = counted.isCountedUsable;
    key.countedState = counted.countedState;
    refresh(slot);
    m_free.push_back(slot);
}

void KeyTable::reserve(std::size_t more)
{
    const std::size_t needed = m_slots.size() + more;
    if (needed > m_slots.capacity())
        m_slots.reserve(std::max(needed, m_slots.capacity() + m_slots.capacity() / 2));
    m_index.reserve(m_index.size() + more);
}

void KeyTable::growBitmaps()
{
    if (size() <= m_capacity)
        return;
    m_capacity = std::max(FIRST_CAPACITY, m_capacity * 2);
    m_checkable.grow(m_capacity);
    m_tags.grow(m_capacity);
    m_gemini.grow(m_capacity);
    m_whole.index.grow(m_capacity);
    for (const std::unique_ptr<ModelState> &model : m_models)
        model->index.grow(m_capacity);
}

void KeyTable::setSettings(std::uint32_t slot, KeySettings settings)
{
    KeySlot &key = m_slots[slot];
    const bool limitedBefore = limitsSomething(key);
    if (key.settings)
        m_tags.remove(slot, key.settings->tags);
    const ScopeId before = key.scope;
    const ScopeId after = settings.project.empty() ? slot : m_scopes.projectOf(settings.project);
    m_vertexCount -= key.isVertex() ? 1 : 0;
    takeSettings(key, std::move(settings));
    m_vertexCount += key.isVertex() ? 1 : 0;
    m_gemini.assign(slot, !key.isVertex());
    if (key.settings)
        m_tags.add(slot, key.settings->tags, m_capacity);
    const bool isChoosy =
        key.settings && !(key.settings->allowedModels.empty() && key.settings->deniedModels.empty());
    if (isChoosy)
        m_choosy.insert(slot);
    else
        m_choosy.erase(slot);
    if (before != after)
        moveScope(slot, after);
    if (limitedBefore) {
        gatherHandLimits(before); // may have become looser
        gatherHandLimits(after);
    } else {
        tighten(m_scopes.at(after), key);
    }
    const auto rankAnew = [&](ModelState &model) {
        if (model.index.isAvailable(slot))
            model.index.ranks().set(slot, m_strategy->rankOf(contender(model, slot)));
    };
    rankAnew(m_whole);
    for (const std::unique_ptr<ModelState> &model : m_models)
        rankAnew(*model);
}

void KeyTable::moveScope(std::uint32_t slot, ScopeId to)
{
    KeySlot &key = m_slots[slot];
    m_scopes.at(key.scope).usable -= key.isCountedUsable ? 1U : 0U;
    m_scopes.leave(slot, key.scope);
    const ScopeId from = std::exchange(key.scope, to);
    m_scopes.join(slot, to);
    m_scopes.at(to).usable += key.isCountedUsable ? 1U : 0U;
    if (from == slot)
        mergeOwn(slot, to);
    for (const std::unique_ptr<ModelState> &model : m_models) {
        for (const ScopeId scope : {from, to}) {
            if (model->rests.find(scope) != nullptr)
                stand(*model, scope);
        }
    }
}

/// What a key used and met by itself was its project's already.
void KeyTable::mergeOwn(std::uint32_t slot, ScopeId project)
{
    const ScopeState &single = m_scopes.at(slot);
    ScopeState &joined = m_scopes.at(project);
    if (single.learnedTier != KeyTier::Unknown && single.learnedTierMs >= joined.learnedTierMs) {
        joined.learnedTier = single.learnedTier;
        joined.learnedTierMs = single.learnedTierMs;
    }
    for (const std::unique_ptr<ModelState> &model : m_models) {
        if (const Rest *own = model->rests.find(slot)) {
            const Rest moved = *own;
            const Rest *known = model->rests.find(project);
            liftRest(*model, slot);
            if (known == nullptr || known->untilMs < moved.untilMs)
                putRest(*model, project, moved);
        }
        model->quotas.merge(slot, project);
    }
}

void KeyTable::gatherHandLimits(ScopeId scope)
{
    ScopeState &state = m_scopes.at(scope);
    state.hand = {};
    state.handTier = KeyTier::Unknown;
    m_scopes.anyMember(scope, [&](std::uint32_t slot) {
        if (m_slots[slot].scope == scope)
            tighten(state, m_slots[slot]);
        return false;
    });
}

void KeyTable::refresh(std::uint32_t slot)
{
    KeySlot &key = m_slots[slot];
    count(slot);
    m_checkable.assign(slot, key.id != 0 && key.state() == KeyState::Sidelined && key.unsettled == 0 &&
                                 !key.isBeingChecked);
    place(m_whole, slot);
    const bool hasEntries = m_scopes.at(key.scope).entries != 0;
    for (const std::unique_ptr<ModelState> &model : m_models) {
        place(*model, slot);
        if (hasEntries && model->rests.find(key.scope) != nullptr)
            stand(*model, key.scope);
    }
    if (key.restsWhole)
        m_wholeRests.stand(slot, key.isUsable(), key.isUsable() && key.unsettled == 0);
}

void KeyTable::count(std::uint32_t slot)
{
    KeySlot &key = m_slots[slot];
    ScopeState &scope = m_scopes.at(key.scope);
    if (key.isCounted) {
        --m_counts[static_cast<std::size_t>(key.countedState)];
        m_resting -= key.isCountedResting ? 1 : 0;
        scope.usable -= key.isCountedUsable ? 1U : 0U;
    }
    key.isCounted = key.id != 0;
    key.countedState = key.state();
    key.isCountedUsable = key.isUsable();
    key.isCountedResting = key.isUsable() && (key.restsWhole || scope.rests != 0);
    if (key.isCounted) {
        ++m_counts[static_cast<std::size_t>(key.countedState)];
        m_resting += key.isCountedResting ? 1 : 0;
        scope.usable += key.isCountedUsable ? 1U : 0U;
    }
}

void KeyTable::countScope(ScopeId scope)
{
    m_scopes.anyMember(scope, [&](std::uint32_t slot) {
        if (m_slots[slot].scope == scope)
            count(slot);
        return false;
    });
}

} // namespace Gateway
