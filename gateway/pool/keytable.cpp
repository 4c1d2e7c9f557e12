#include "gateway/pool/keytable.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::uint32_t FIRST_CAPACITY = 64;
constexpr int SWEEP_STEP = 16;

} // namespace

KeyTable::KeyTable()
    : m_whole({}, {})
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
    m_slots[position->second].id = key;
    return position->second;
}

void KeyTable::erase(std::uint32_t slot)
{
    liftAllRests(slot);
    KeySlot &key = m_slots[slot];
    m_index.erase(key.id);
    const KeySlot counted = std::exchange(key, KeySlot());
    key.incarnation = counted.incarnation + 1;
    key.isDirty = counted.isDirty;
    key.isCounted = counted.isCounted;
    key.isCountedResting = counted.isCountedResting;
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
    m_lendable.grow(m_capacity);
    m_checkable.grow(m_capacity);
    for (const std::unique_ptr<ModelRests> &rests : m_models)
        rests->available().grow(m_capacity);
}

void KeyTable::refresh(std::uint32_t slot)
{
    KeySlot &key = m_slots[slot];
    count(key);
    const bool isUsable = key.isUsable();
    const bool isSettled = key.unsettled == 0;
    const bool isLendable = isUsable && isSettled && !key.restsWhole;
    m_lendable.assign(slot, isLendable);
    m_checkable.assign(slot,
                       key.id != 0 && key.state() == KeyState::Sidelined && isSettled && !key.isBeingChecked);
    for (const std::unique_ptr<ModelRests> &rests : m_models) {
        const bool isResting = key.modelRests != 0 && rests->find(slot) != nullptr;
        rests->available().assign(slot, isLendable && !isResting);
        if (isResting)
            rests->stand(slot, isUsable && !key.restsWhole, isLendable);
    }
    if (key.restsWhole)
        m_whole.stand(slot, isUsable, isUsable && isSettled);
}

void KeyTable::count(KeySlot &slot)
{
    if (slot.isCounted) {
        --m_counts[static_cast<std::size_t>(slot.countedState)];
        m_resting -= slot.isCountedResting ? 1 : 0;
    }
    slot.isCounted = slot.id != 0;
    slot.countedState = slot.state();
    slot.isCountedResting = slot.isUsable() && (slot.restsWhole || slot.modelRests != 0);
    if (slot.isCounted) {
        ++m_counts[static_cast<std::size_t>(slot.countedState)];
        m_resting += slot.isCountedResting ? 1 : 0;
    }
}

ModelRests *KeyTable::restsFor(std::string_view model)
{
    if (model.empty())
        return &m_whole;
    if (m_byModel.empty())
        return nullptr;
    const auto found = m_byModel.find(model);
    return found == m_byModel.end() ? nullptr : found->second;
}

ModelRests *KeyTable::restsToFill(std::string_view model)
{
    ModelRests *known = restsFor(model);
    if (known != nullptr)
        return known;
    if (m_models.size() >= MAX_MODELS || model.size() > MAX_MODEL_BYTES)
        return nullptr;
    m_models.push_back(std::make_unique<ModelRests>(std::string(model), m_lendable));
    m_byModel.emplace(m_models.back()->model(), m_models.back().get());
    return m_models.back().get();
}

bool KeyTable::putRest(std::uint32_t slot, std::string_view model, const Rest &rest)
{
    ModelRests *rests = restsToFill(model);
    if (rests == nullptr)
        return false;
    KeySlot &key = m_slots[slot];
    if (rests == &m_whole)
        key.restsWhole = true;
    else if (rests->find(slot) == nullptr)
        ++key.modelRests;
    rests->put(slot, rest);
    return true;
}

void KeyTable::liftRest(std::uint32_t slot, ModelRests &rests)
{
    if (rests.find(slot) == nullptr)
        return;
    rests.erase(slot);
    if (&rests == &m_whole)
        m_slots[slot].restsWhole = false;
    else
        --m_slots[slot].modelRests;
}

void KeyTable::liftAllRests(std::uint32_t slot)
{
    liftRest(slot, m_whole);
    for (std::size_t model = 0; model < m_models.size() && m_slots[slot].modelRests != 0; ++model)
        liftRest(slot, *m_models[model]);
}

std::vector<ModelRest> KeyTable::restsOf(std::uint32_t slot, std::int64_t nowMs) const
{
    std::vector<ModelRest> found;
    const auto collect = [&](const ModelRests &rests) {
        const Rest *rest = rests.find(slot);
        if (rest != nullptr && rest->untilMs > nowMs)
            found.push_back({rests.model(), rest->untilMs, m_words.text(rest->reason)});
    };
    collect(m_whole);
    if (m_slots[slot].modelRests != 0) {
        for (const std::unique_ptr<ModelRests> &rests : m_models)
            collect(*rests);
    }
    return found;
}

bool KeyTable::endRests(ModelRests &rests, std::int64_t nowMs, int limit)
{
    for (;;) {
        const std::uint32_t slot = rests.firstOver(nowMs);
        if (slot == NONE)
            return false;
        if (limit-- == 0)
            return true;
        liftRest(slot, rests);
        refresh(slot);
    }
}

void KeyTable::endRestsOfAll(std::int64_t nowMs, int limit)
{
    endRests(m_whole, nowMs, limit);
    for (const std::unique_ptr<ModelRests> &rests : m_models)
        endRests(*rests, nowMs, limit);
}

void KeyTable::sweep(std::int64_t nowMs)
{
    if (m_models.empty())
        return;
    m_sweepAt = (m_sweepAt + 1) % m_models.size();
    std::unique_ptr<ModelRests> &rests = m_models[m_sweepAt];
    endRests(*rests, nowMs, SWEEP_STEP);
    if (rests->size() != 0)
        return;
    m_byModel.erase(rests->model());
    std::swap(rests, m_models.back());
    m_models.pop_back();
}

std::vector<ModelHealth> KeyTable::modelHealth(std::int64_t nowMs)
{
    std::vector<ModelHealth> found;
    for (const std::unique_ptr<ModelRests> &rests : m_models) {
        endRests(*rests, nowMs, static_cast<int>(rests->size()));
        ModelHealth &health = found.emplace_back();
        health.model = rests->model();
        health.available = static_cast<int>(rests->available().count());
        health.resting = static_cast<int>(rests->waiting().size() + m_whole.waiting().size());
    }
    std::sort(found.begin(), found.end(),
              [](const ModelHealth &left, const ModelHealth &right) { return left.model < right.model; });
    return found;
}

} // namespace Gateway
