#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// A few words that are used over and over, kept once each; so a rest carries two bytes instead of a string.
class WordTable
{
public:
    /// The number of `word`, at most MAX_BYTES of it. Once MAX_WORDS are known, any new one is "other".
    std::uint16_t numberOf(std::string_view word);
    const std::string &text(std::uint16_t number) const { return m_words[number]; }

    static constexpr std::size_t MAX_WORDS = 256;
    static constexpr std::size_t MAX_BYTES = 64;

private:
    std::vector<std::string> m_words{"other"};
};

} // namespace Gateway
