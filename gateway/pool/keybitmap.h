#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace Gateway {

/// A set of small numbers as a tree of 64-bit words: a bit of one level says that a word of the level below
/// is not empty. Setting, clearing and finding the next member take one step a level (three for 100,000
/// keys).
class KeyBitmap
{
public:
    static constexpr std::uint32_t NONE = UINT32_MAX;

    /// Makes room for the numbers under `size`; never shrinks.
    void grow(std::uint32_t size);

    /// `index` must be under the size.
    void assign(std::uint32_t index, bool on);
    bool test(std::uint32_t index) const;

    /// How many are set.
    std::uint32_t count() const { return m_count; }

    /// The first member at or after `from`, or NONE.
    std::uint32_t next(std::uint32_t from) const;

    /// The first at or after `from` that is in this and in all the others too, or NONE. Reads every word of
    /// 64 until then.
    std::uint32_t nextIn(std::span<const KeyBitmap *const> others, std::uint32_t from) const;

    /// As next(), and from the start again when there is none.
    std::uint32_t nextAround(std::uint32_t from) const;

private:
    std::vector<std::vector<std::uint64_t>> m_levels; ///< Leaves first; the last has one word.
    std::uint32_t m_count = 0;
};

} // namespace Gateway
