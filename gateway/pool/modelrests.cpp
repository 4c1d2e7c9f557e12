#include "gateway/pool/modelrests.h"

namespace Gateway {

namespace {

std::uint32_t firstUntil(const ModelRests::Order &order, std::int64_t nowMs)
{
    return !order.empty() && order.begin()->first <= nowMs ? order.begin()->second : ModelRests::NONE;
}

} // namespace

const Rest *ModelRests::find(std::uint32_t slot) const
{
    const auto found = m_rests.find(slot);
    return found == m_rests.end() ? nullptr : &found->second.rest;
}

void ModelRests::put(std::uint32_t slot, const Rest &rest)
{
    const auto [position, isNew] = m_rests.try_emplace(slot);
    Entry &entry = position->second;
    unlink(slot, entry);
    m_absentCount += (rest.kind == RestKind::Absent ? 1 : 0);
    m_absentCount -= (isNew || entry.rest.kind != RestKind::Absent ? 0 : 1);
    entry.rest = rest;
    link(slot, entry);
}

void ModelRests::erase(std::uint32_t slot)
{
    const auto found = m_rests.find(slot);
    if (found == m_rests.end())
        return;
    unlink(slot, found->second);
    m_absentCount -= found->second.rest.kind == RestKind::Absent ? 1 : 0;
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
    for (const Order *order : {&m_waiting, &m_parked, &m_absent}) {
        const std::uint32_t slot = firstUntil(*order, nowMs);
        if (slot != NONE)
            return slot;
    }
    return NONE;
}

std::uint32_t ModelRests::firstProbe(std::int64_t nowMs) const
{
    return firstUntil(m_probes, nowMs);
}

std::uint32_t ModelRests::firstPredictedProbe(std::int64_t nowMs) const
{
    return firstUntil(m_predictedProbes, nowMs);
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

void ModelRests::shift(std::int64_t ms)
{
    for (auto &[slot, entry] : m_rests) {
        unlink(slot, entry);
        entry.rest.untilMs += ms;
        entry.rest.probeMs += entry.rest.probeMs == 0 ? 0 : ms;
        link(slot, entry);
    }
}

ModelRests::Order &ModelRests::orderOf(const Entry &entry)
{
    if (!entry.waits)
        return m_parked;
    return entry.rest.kind == RestKind::Absent ? m_absent : m_waiting;
}

ModelRests::Order &ModelRests::probesOf(const Entry &entry)
{
    return entry.rest.kind == RestKind::Predicted ? m_predictedProbes : m_probes;
}

void ModelRests::link(std::uint32_t slot, const Entry &entry)
{
    if (!entry.isPlaced)
        return;
    orderOf(entry).emplace(entry.rest.untilMs, slot);
    if (entry.probes && entry.rest.probeMs != 0)
        probesOf(entry).emplace(entry.rest.probeMs, slot);
}

void ModelRests::unlink(std::uint32_t slot, const Entry &entry)
{
    if (!entry.isPlaced)
        return;
    orderOf(entry).erase({entry.rest.untilMs, slot});
    if (entry.probes && entry.rest.probeMs != 0)
        probesOf(entry).erase({entry.rest.probeMs, slot});
}

} // namespace Gateway
