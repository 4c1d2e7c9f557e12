#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"

namespace Gateway {

/// Turns byte offsets in the text Gemini wrote (its grounding and citations count UTF-8 bytes) into character
/// offsets in the chat content (OpenAI counts characters), without keeping the text: one bit per byte, and
/// none while the text is ASCII.
class ContentPositions
{
public:
    /// The next piece of Gemini's text.
    void add(std::string_view text);
    /// The next piece of content that Gemini did not write as text (a fenced block, an image).
    void addForeign(std::string_view text);

    /// Bytes of Gemini's text so far.
    std::size_t bytes() const { return m_bytes; }
    /// Characters of the content so far.
    std::size_t characters() const { return m_characters; }
    /// Where byte `offset` of Gemini's text lies in the content, in characters; past its end: the content's
    /// end. Content of another kind at that very byte comes before a start and after an end.
    enum class Edge : std::uint8_t { Start, End };
    std::size_t characterAt(std::size_t offset, Edge edge) const;

private:
    struct Foreign
    {
        std::size_t at; ///< Byte of Gemini's text it stands before.
        std::size_t characters;
    };

    void mark(std::string_view text);

    std::size_t m_bytes = 0;
    std::size_t m_characters = 0;
    std::vector<std::uint64_t> m_inner; ///< A bit for each byte that continues a character.
    bool m_tooLong = false;             ///< Not all of it was marked.
    std::vector<Foreign> m_foreign;
};

/// The sources an answer names (groundingMetadata, citationMetadata), told as `annotations` of the type
/// url_citation (platform.openai.com/docs/guides/tools-web-search).
class ChatAnswerSources
{
public:
    /// `partStarts`: where each part of a whole answer begins in Gemini's text; empty for a stream. A stream
    /// repeats its groundingMetadata: the last that holds anything counts.
    void readGrounding(const json::object &grounding, std::span<const std::size_t> partStarts);
    void readCitations(const json::object &citations);

    bool isEmpty() const { return m_grounded.empty() && m_cited.empty(); }

    /// Appends
    /// `[{"type":"url_citation","url_citation":{"start_index":…,"end_index":…,"title":…,"url":…}},…]`. A
    /// source that names no place in the text gets an empty range at its end.
    void append(std::string &out, const ContentPositions &positions) const;

    /// A source and the characters of the content it stands behind.
    struct Place
    {
        std::size_t start;
        std::size_t end;
        std::string_view title;
        std::string_view url;
    };
    /// All of them, in the order of append().
    std::vector<Place> places(const ContentPositions &positions) const;

private:
    struct Source
    {
        std::size_t start;
        std::size_t end;
        std::string url;
        std::string title;
        bool operator==(const Source &) const = default;
    };

    void addSupported(const json::object &support, const json::array &chunks,
                      std::span<const std::size_t> partStarts, std::vector<bool> &used);

    std::vector<Source> m_grounded;
    std::vector<Source> m_cited;
};

} // namespace Gateway
