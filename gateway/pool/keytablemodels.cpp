// KeyTable's part that is per model: who stands how, rests, housekeeping.
#include <algorithm>
#include <utility>

#include "gateway/pool/keytable.h"

namespace Gateway {

namespace {

constexpr std::int64_t FORGET_SERVED_MS = 48 * 3'600'000LL;

} // namespace

ModelState *KeyTable::findModel(std::string_view name)
{
    if (name.empty())
        return &m_whole;
    const auto found = m_byModel.find(name);
    return found == m_byModel.end() ? nullptr : found->second;
}

ModelState &KeyTable::modelFor(std::string_view name, std::int64_t monoMs)
{
    ModelState *known = findModel(name);
    if (known == nullptr) {
        if (name.size() > MAX_MODEL_BYTES)
            return m_whole;
        if (m_models.size() >= MAX_MODELS) {
            ModelState *unneeded = victim(monoMs);
            if (unneeded == nullptr)
                return m_whole;
            forget(*unneeded);
        }
        known = m_models.emplace_back(std::make_unique<ModelState>()).get();
        known->name = name;
        known->number = m_modelsMade++;
        known->index = m_whole.index;
        m_byModel.emplace(known->name, known);
        for (const std::uint32_t slot : m_choosy)
            place(*known, slot);
    }
    known->lastAskedMs = monoMs;
    return *known;
}

/// The model asked least lately of those of which nothing would be lost. Most likely a client's slip.
ModelState *KeyTable::victim(std::int64_t monoMs) const
{
    ModelState *found = nullptr;
    for (const std::unique_ptr<ModelState> &model : m_models) {
        const bool rests = model->rests.size() > model->rests.absentCount();
        const bool isOld = model->lastAskedMs + FORGET_SERVED_MS < monoMs;
        if (rests || !model->breaker.isClosed() || (model->isServed && !isOld))
            continue;
        if (found == nullptr || model->lastAskedMs < found->lastAskedMs)
            found = model.get();
    }
    return found;
}

void KeyTable::forget(ModelState &model)
{
    std::vector<ScopeId> resting;
    model.rests.forEach([&](ScopeId scope, const Rest &) { resting.push_back(scope); });
    for (const ScopeId scope : resting)
        liftRest(model, scope);
    m_byModel.erase(model.name);
    const auto found = std::find_if(m_models.begin(), m_models.end(),
                                    [&](const auto &held) { return held.get() == &model; });
    std::swap(*found, m_models.back());
    m_models.pop_back();
}

Standing KeyTable::standingOf(const ModelState &model, std::uint32_t slot) const
{
    const KeySlot &key = m_slots[slot];
    if (!key.isUsable())
        return Standing::Out;
    if (!isMeantFor(key, model.name))
        return Standing::Denied;
    if (key.restsWhole)
        return Standing::Resting;
    if (m_scopes.at(key.scope).entries != 0) {
        if (const Rest *rest = model.rests.find(key.scope)) {
            return rest->kind == RestKind::Real        ? Standing::Resting
                   : rest->kind == RestKind::Predicted ? Standing::Predicted
                                                       : Standing::Absent;
        }
    }
    return key.unsettled != 0 ? Standing::Settling : Standing::Available;
}

Contender KeyTable::contender(const ModelState &model, std::uint32_t slot) const
{
    return {m_slots[slot], slot, model.index.ranks().at(slot), model.index.front};
}

void KeyTable::place(ModelState &model, std::uint32_t slot)
{
    const Standing standing = standingOf(model, slot);
    if (standing == model.index.at(slot))
        return;
    std::uint64_t rank = 0;
    if (standing == Standing::Available) {
        Contender comer = contender(model, slot); // its rank is "out" as yet, which is FRESH
        rank = m_strategy->rankOf(comer);
        comer.rank = model.index.keptRank(slot);
        rank = std::max(rank, m_strategy->rankOf(comer));
        if (m_slots[slot].inFlight != 0)
            m_slots[slot].rankedIn |= std::uint64_t{1} << (model.number % 64);
    }
    model.index.place(slot, standing, rank);
}

void KeyTable::placeScope(ModelState &model, ScopeId scope)
{
    m_scopes.anyMember(scope, [&](std::uint32_t slot) {
        if (m_slots[slot].scope == scope)
            place(model, slot);
        return false;
    });
}

void KeyTable::stand(ModelState &model, ScopeId scope)
{
    bool waits = false;
    const bool probes = m_scopes.anyMember(scope, [&](std::uint32_t slot) {
        const KeySlot &key = m_slots[slot];
        if (key.scope != scope || !key.isUsable() || key.restsWhole || !isMeantFor(key, model.name))
            return false;
        waits = true;
        return key.unsettled == 0;
    });
    model.rests.stand(scope, waits, probes);
}

void KeyTable::putWholeRest(std::uint32_t slot, const Rest &rest)
{
    m_slots[slot].restsWhole = true;
    m_wholeRests.put(slot, rest);
    refresh(slot);
}

void KeyTable::liftWholeRest(std::uint32_t slot)
{
    if (!m_slots[slot].restsWhole)
        return;
    m_wholeRests.erase(slot);
    m_slots[slot].restsWhole = false;
    refresh(slot);
}

void KeyTable::putRest(ModelState &model, ScopeId scope, const Rest &rest)
{
    const Rest *known = model.rests.find(scope);
    const bool isNew = known == nullptr;
    const bool wasReal = known != nullptr && known->kind == RestKind::Real;
    const bool sameKind = known != nullptr && known->kind == rest.kind;
    model.rests.put(scope, rest);
    ScopeState &state = m_scopes.at(scope);
    state.entries += isNew ? 1 : 0;
    const bool hadRests = state.rests != 0;
    state.rests += rest.kind == RestKind::Real ? 1 : 0;
    state.rests -= wasReal ? 1 : 0;
    if (hadRests != (state.rests != 0))
        countScope(scope);
    if (!sameKind)
        placeScope(model, scope);
    stand(model, scope);
}

void KeyTable::liftRest(ModelState &model, ScopeId scope)
{
    const Rest *known = model.rests.find(scope);
    if (known == nullptr)
        return;
    ScopeState &state = m_scopes.at(scope);
    --state.entries;
    const bool wasReal = known->kind == RestKind::Real;
    state.rests -= wasReal ? 1 : 0;
    model.rests.erase(scope);
    if (wasReal && state.rests == 0)
        countScope(scope);
    placeScope(model, scope);
}

bool KeyTable::endRests(ModelState &model, std::int64_t wallMs, int limit, std::vector<ScopeId> &ended)
{
    bool more = false;
    for (int left = limit;; --left) {
        const std::uint32_t slot = m_wholeRests.firstOver(wallMs);
        more = slot != NONE;
        if (!more || left == 0)
            break;
        liftWholeRest(slot);
    }
    for (int left = limit;; --left) {
        const ScopeId scope = model.rests.firstOver(wallMs);
        if (scope == NONE)
            return more;
        if (left == 0)
            return true;
        liftRest(model, scope);
        ended.push_back(scope);
    }
}

ModelState *KeyTable::nextToSweep()
{
    if (m_models.empty())
        return nullptr;
    m_sweepAt = (m_sweepAt + 1) % m_models.size();
    return m_models[m_sweepAt].get();
}

void KeyTable::shiftRests(std::int64_t ms)
{
    m_wholeRests.shift(ms);
    for (const std::unique_ptr<ModelState> &model : m_models)
        model->rests.shift(ms);
}

void KeyTable::setStrategy(std::unique_ptr<Strategy> strategy)
{
    m_strategy = std::move(strategy);
    const auto rankAnew = [this](ModelState &model) {
        model.index.front = 0;
        for (std::uint32_t slot = 0; slot < size(); ++slot) {
            if (!model.index.isAvailable(slot))
                continue;
            const Contender fresh{m_slots[slot], slot, Contender::FRESH, 0};
            model.index.ranks().set(slot, m_strategy->rankOf(fresh));
        }
    };
    rankAnew(m_whole);
    for (const std::unique_ptr<ModelState> &model : m_models)
        rankAnew(*model);
    for (KeySlot &key : m_slots)
        key.rankedIn = key.inFlight == 0 ? 0 : ~std::uint64_t{0};
}

} // namespace Gateway
