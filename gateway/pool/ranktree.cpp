#include "gateway/pool/ranktree.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::size_t WIDTH = 8;

std::size_t nodesFor(std::size_t entries)
{
    return (entries + WIDTH - 1) / WIDTH;
}

std::uint64_t lowestOf(const std::vector<std::uint64_t> &level, std::size_t node)
{
    const std::uint64_t *entries = level.data() + node * WIDTH;
    std::uint64_t lowest = entries[0];
    for (std::size_t i = 1; i < WIDTH; ++i)
        lowest = std::min(lowest, entries[i]);
    return lowest;
}

} // namespace

void RankTree::grow(std::uint32_t size)
{
    const std::size_t leaves = std::max<std::size_t>(nodesFor(size), 1) * WIDTH; // whole nodes only
    if (!m_levels.empty() && leaves <= m_levels.front().size())
        return;
    if (m_levels.empty())
        m_levels.emplace_back();
    m_levels.resize(1); // the levels above are made anew
    m_levels.front().resize(leaves, OUT);
    while (m_levels.back().size() > WIDTH) {
        const std::vector<std::uint64_t> &below = m_levels.back();
        std::vector<std::uint64_t> above(nodesFor(nodesFor(below.size())) * WIDTH, OUT);
        for (std::size_t node = 0; node < nodesFor(below.size()); ++node)
            above[node] = lowestOf(below, node);
        m_levels.push_back(std::move(above));
    }
}

void RankTree::set(std::uint32_t index, std::uint64_t rank)
{
    std::size_t position = index;
    for (std::vector<std::uint64_t> &level : m_levels) {
        if (level[position] == rank)
            return;
        level[position] = rank;
        position /= WIDTH;
        rank = lowestOf(level, position);
    }
}

std::uint32_t RankTree::first() const
{
    if (m_levels.empty())
        return NO_INDEX;
    const std::uint64_t rank = lowestOf(m_levels.back(), 0);
    if (rank == OUT)
        return NO_INDEX;
    std::size_t position = 0;
    for (auto level = m_levels.rbegin(); level != m_levels.rend(); ++level) {
        position *= WIDTH;
        while ((*level)[position] != rank)
            ++position;
    }
    return static_cast<std::uint32_t>(position);
}

std::size_t RankTree::firsts(std::span<std::uint32_t> found) const
{
    if (m_levels.empty())
        return 0;
    const std::uint64_t rank = lowestOf(m_levels.back(), 0);
    return rank == OUT ? 0 : collect(m_levels.size() - 1, 0, rank, found);
}

std::size_t RankTree::collect(std::size_t level, std::size_t node, std::uint64_t rank,
                              std::span<std::uint32_t> found) const
{
    std::size_t written = 0;
    for (std::size_t i = node * WIDTH; i < (node + 1) * WIDTH && written < found.size(); ++i) {
        if (m_levels[level][i] != rank)
            continue;
        if (level == 0)
            found[written++] = static_cast<std::uint32_t>(i);
        else
            written += collect(level - 1, i, rank, found.subspan(written));
    }
    return written;
}

} // namespace Gateway
