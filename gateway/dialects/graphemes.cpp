#include "gateway/dialects/graphemes.h"

#include <algorithm>

#include <QString>
#include <QTextBoundaryFinder>

namespace Gateway {

namespace {

/// Bytes of the UTF-8 character that `first` begins.
std::size_t lengthOf(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xE0)
        return 2;
    return first < 0xF0 ? 3 : 4;
}

} // namespace

Graphemes::Graphemes(std::string_view text)
{
    const bool isAscii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (isAscii) {
        m_asciiBytes = text.size();
        return;
    }
    const QString wide = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, wide);
    std::size_t byte = 0;
    qsizetype unit = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        while (unit < end && byte < text.size()) {
            const std::size_t length = lengthOf(static_cast<unsigned char>(text[byte]));
            unit += length == 4 ? 2 : 1;
            byte += length;
        }
        m_ends.push_back(static_cast<std::uint32_t>(std::min(byte, text.size())));
    }
}

std::size_t Graphemes::bytesOf(std::size_t letters) const
{
    if (letters == 0)
        return 0;
    if (m_ends.empty())
        return std::min(letters, m_asciiBytes);
    return m_ends[std::min(letters, m_ends.size()) - 1];
}

} // namespace Gateway
