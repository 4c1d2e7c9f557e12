#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace Gateway {

/// Small numbers with a rank each, and which of them has the lowest: a tree of minima, eight to a node (one
/// cache line), so that a change or a question touches six nodes for 100,000 numbers.
class RankTree
{
public:
    static constexpr std::uint32_t NO_INDEX = UINT32_MAX;
    /// The rank of a number that is not in the race.
    static constexpr std::uint64_t OUT = UINT64_MAX;

    /// Makes room for the numbers under `size`, the new ones out; never shrinks.
    void grow(std::uint32_t size);

    /// `index` must be under the size.
    void set(std::uint32_t index, std::uint64_t rank);
    std::uint64_t at(std::uint32_t index) const { return m_levels.front()[index]; }

    /// The lowest number of those with the lowest rank, or NO_INDEX.
    std::uint32_t first() const;
    /// The numbers with the lowest rank in their order, as many as fit; how many were written.
    std::size_t firsts(std::span<std::uint32_t> found) const;

private:
    std::size_t collect(std::size_t level, std::size_t node, std::uint64_t rank,
                        std::span<std::uint32_t> found) const;

    std::vector<std::vector<std::uint64_t>> m_levels; ///< Leaves first; the last has at most eight.
};

} // namespace Gateway
