#include "gateway/pool/modelindex.h"

namespace Gateway {

void ModelIndex::grow(std::uint32_t capacity)
{
    if (capacity <= m_standings.size())
        return;
    m_counts[static_cast<std::size_t>(Standing::Out)] += static_cast<int>(capacity - m_standings.size());
    m_standings.resize(capacity, Standing::Out);
    m_available.grow(capacity);
    m_ranks.grow(capacity);
}

void ModelIndex::place(std::uint32_t slot, Standing standing, std::uint64_t rank)
{
    Standing &held = m_standings[slot];
    if (held == standing)
        return;
    --m_counts[static_cast<std::size_t>(held)];
    ++m_counts[static_cast<std::size_t>(standing)];
    const bool keeps = standing == Standing::Settling || standing == Standing::Predicted;
    if (held == Standing::Available && keeps)
        m_kept[slot] = m_ranks.at(slot);
    else if (!keeps && !m_kept.empty())
        m_kept.erase(slot);
    held = standing;
    m_available.assign(slot, standing == Standing::Available);
    m_ranks.set(slot, standing == Standing::Available ? rank : RankTree::OUT);
}

std::uint64_t ModelIndex::keptRank(std::uint32_t slot) const
{
    if (m_kept.empty())
        return RankTree::OUT;
    const auto found = m_kept.find(slot);
    return found == m_kept.end() ? RankTree::OUT : found->second;
}

} // namespace Gateway
