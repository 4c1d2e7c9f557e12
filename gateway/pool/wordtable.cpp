#include "gateway/pool/wordtable.h"

#include <algorithm>

namespace Gateway {

std::uint16_t WordTable::numberOf(std::string_view word)
{
    word = word.substr(0, MAX_BYTES);
    const auto found = std::find(m_words.begin(), m_words.end(), word);
    if (found != m_words.end())
        return static_cast<std::uint16_t>(found - m_words.begin());
    if (m_words.size() >= MAX_WORDS)
        return 0;
    m_words.emplace_back(word);
    return static_cast<std::uint16_t>(m_words.size() - 1);
}

} // namespace Gateway
