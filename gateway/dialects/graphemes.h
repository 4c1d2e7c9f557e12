#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace Gateway {

/// Where a text may be cut without tearing what a reader takes for one letter (grapheme clusters,
/// unicode.org/reports/tr29). Knows places only, not the text.
class Graphemes
{
public:
    /// `text` is valid UTF-8.
    explicit Graphemes(std::string_view text);

    std::size_t count() const { return m_ends.empty() ? m_asciiBytes : m_ends.size(); }
    /// Bytes that the first `letters` letters take; all for more than there are.
    std::size_t bytesOf(std::size_t letters) const;

private:
    std::size_t m_asciiBytes = 0;      ///< Of a text that is ASCII: each byte is a letter.
    std::vector<std::uint32_t> m_ends; ///< Of another: where each letter ends.
};

} // namespace Gateway
