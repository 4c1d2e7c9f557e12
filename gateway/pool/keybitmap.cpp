#include "gateway/pool/keybitmap.h"

#include <bit>
#include <cstddef>

namespace Gateway {

namespace {

constexpr std::uint32_t WORD_BITS = 64;

constexpr std::uint64_t bitOf(std::uint32_t index)
{
    return std::uint64_t{1} << (index % WORD_BITS);
}

std::uint32_t lowestBit(std::uint64_t word)
{
    return static_cast<std::uint32_t>(std::countr_zero(word));
}

} // namespace

void KeyBitmap::grow(std::uint32_t size)
{
    std::size_t words = (std::size_t{size} + WORD_BITS - 1) / WORD_BITS;
    if (words == 0 || (!m_levels.empty() && words <= m_levels.front().size()))
        return;
    if (m_levels.empty())
        m_levels.emplace_back();
    m_levels.resize(1); // the levels above are made anew
    m_levels.front().resize(words);
    while (words > 1) {
        const std::vector<std::uint64_t> &below = m_levels.back();
        std::vector<std::uint64_t> above((words + WORD_BITS - 1) / WORD_BITS);
        for (std::size_t word = 0; word < words; ++word) {
            if (below[word] != 0)
                above[word / WORD_BITS] |= bitOf(static_cast<std::uint32_t>(word));
        }
        words = above.size();
        m_levels.push_back(std::move(above));
    }
}

void KeyBitmap::assign(std::uint32_t index, bool on)
{
    if (test(index) == on)
        return;
    m_count += on ? 1U : UINT32_MAX;
    for (std::vector<std::uint64_t> &level : m_levels) {
        std::uint64_t &word = level[index / WORD_BITS];
        const bool wasEmpty = word == 0;
        word ^= bitOf(index);
        if (!wasEmpty && word != 0)
            return; // the level above knows this word already
        index /= WORD_BITS;
    }
}

bool KeyBitmap::test(std::uint32_t index) const
{
    return (m_levels.front()[index / WORD_BITS] & bitOf(index)) != 0;
}

std::uint32_t KeyBitmap::next(std::uint32_t from) const
{
    std::uint32_t position = from;
    for (std::size_t level = 0; level < m_levels.size(); ++level) {
        const std::size_t wordIndex = position / WORD_BITS;
        if (wordIndex >= m_levels[level].size())
            return NONE;
        const std::uint64_t word = m_levels[level][wordIndex] & ~(bitOf(position) - 1);
        if (word != 0) {
            position = static_cast<std::uint32_t>(wordIndex) * WORD_BITS + lowestBit(word);
            for (; level > 0; --level)
                position = position * WORD_BITS + lowestBit(m_levels[level - 1][position]);
            return position;
        }
        position = static_cast<std::uint32_t>(wordIndex) + 1;
    }
    return NONE;
}

std::uint32_t KeyBitmap::nextIn(std::span<const KeyBitmap *const> others, std::uint32_t from) const
{
    if (m_levels.empty())
        return NONE;
    const std::vector<std::uint64_t> &words = m_levels.front();
    std::uint64_t mask = ~(bitOf(from) - 1);
    for (std::size_t index = from / WORD_BITS; index < words.size(); ++index) {
        std::uint64_t word = words[index] & mask;
        for (const KeyBitmap *other : others)
            word &= index < other->m_levels.front().size() ? other->m_levels.front()[index] : 0;
        if (word != 0)
            return static_cast<std::uint32_t>(index) * WORD_BITS + lowestBit(word);
        mask = ~std::uint64_t{0};
    }
    return NONE;
}

std::uint32_t KeyBitmap::nextAround(std::uint32_t from) const
{
    const std::uint32_t found = next(from);
    return found == NONE && from != 0 ? next(0) : found;
}

} // namespace Gateway
