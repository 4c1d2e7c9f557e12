#include "gateway/dialects/repeattrim.h"

#include <algorithm>
#include <bitset>
#include <utility>

namespace Gateway {

RepeatTrim::RepeatTrim(std::string_view before)
    : m_before(before.substr(before.size() - std::min(before.size(), MOST_BYTES)))
{
}

std::string RepeatTrim::feed(std::string_view piece)
{
    if (m_isDone)
        return std::string(piece);
    m_held += piece;
    return mayRepeatMore() ? std::string() : finish();
}

std::string RepeatTrim::finish()
{
    if (m_isDone)
        return {};
    m_isDone = true;
    m_held.erase(0, repeated());
    return std::move(m_held);
}

/// All that came is found before the end of the text before it: more may be repeated.
bool RepeatTrim::mayRepeatMore() const
{
    const std::size_t at = m_before.find(m_held);
    return at != std::string::npos && at + m_held.size() < m_before.size();
}

std::size_t RepeatTrim::repeated() const
{
    for (std::size_t size = std::min(m_held.size(), m_before.size()); size >= LEAST_BYTES; --size) {
        const std::string_view repeat = std::string_view(m_held).substr(0, size);
        if (!m_before.ends_with(repeat))
            continue;
        std::bitset<256> seen;
        for (const char byte : repeat)
            seen.set(static_cast<unsigned char>(byte));
        return seen.count() >= LEAST_DIFFERENT ? size : 0;
    }
    return 0;
}

} // namespace Gateway
