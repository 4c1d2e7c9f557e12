#include "gateway/pool/modelrests.h"

namespace Gateway {

namespace {

std::uint32_t firstUntil(const ModelRests::Order &order, std::int64_t nowMs)
{
    return !order.empty() && order.begin()->first <= nowMs ? order.begin()->second : ModelRests::NONE;
}

} // namespace

ModelRests::ModelRests(std::string model, KeyBitmap available)
    : m_model(std::move(model))
    , m_available(std::move(available))
{
}

const Rest *ModelRests::find(std::uint32_t slot) const
{
    const auto found = m_rests.find(slot);
    return found == m_rests.end() ? nullptr : &found->second.rest;
}

void ModelRests::put(std::uint32_t slot, const Rest &rest)
{
    Entry &entry = m_rests.try_emplace(slot).first->second;
    unlink(slot, entry);
    entry.rest = rest;
    link(slot, entry);
}

void ModelRests::erase(std::uint32_t slot)
{
    const auto found = m_rests.find(slot);
    if (found == m_rests.end())
        return;
    unlink(slot, found->second);
    m_rests.erase(found);
}

void ModelRests::stand(std::uint32_t slot, bool waits, bool probes)
{
    const auto found = m_rests.find(slot);
    if (found == m_rests.end())
        return;
    Entry &entry = found->second;
    if (entry.isPlaced && entry.waits == waits && entry.probes == probes)
        return;
    unlink(slot, entry);
    entry.isPlaced = true;
    entry.waits = waits;
    entry.probes = probes;
    link(slot, entry);
}

std::uint32_t ModelRests::firstOver(std::int64_t nowMs) const
{
    const std::uint32_t slot = firstUntil(m_waiting, nowMs);
    return slot == NONE ? firstUntil(m_parked, nowMs) : slot;
}

std::uint32_t ModelRests::firstProbe(std::int64_t nowMs) const
{
    return firstUntil(m_probes, nowMs);
}

bool ModelRests::mayProbe(std::uint32_t slot, std::int64_t nowMs) const
{
    const auto found = m_rests.find(slot);
    return found != m_rests.end() && found->second.probes && found->second.rest.probeMs != 0 &&
           found->second.rest.probeMs <= nowMs;
}

void ModelRests::setProbe(std::uint32_t slot, std::int64_t probeMs)
{
    Entry &entry = m_rests.at(slot);
    unlink(slot, entry);
    entry.rest.probeMs = probeMs;
    link(slot, entry);
}

void ModelRests::link(std::uint32_t slot, const Entry &entry)
{
    if (!entry.isPlaced)
        return;
    (entry.waits ? m_waiting : m_parked).emplace(entry.rest.untilMs, slot);
    if (entry.probes && entry.rest.probeMs != 0)
        m_probes.emplace(entry.rest.probeMs, slot);
}

void ModelRests::unlink(std::uint32_t slot, const Entry &entry)
{
    if (!entry.isPlaced)
        return;
    (entry.waits ? m_waiting : m_parked).erase({entry.rest.untilMs, slot});
    if (entry.probes && entry.rest.probeMs != 0)
        m_probes.erase({entry.rest.probeMs, slot});
}

} // namespace Gateway
