#include "gateway/dialects/openai/chatanswersources.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace Gateway {

namespace {

constexpr std::size_t AT_END = std::numeric_limits<std::size_t>::max();
/// A hostile or broken answer must not make this grow without bound.
constexpr std::size_t MAX_SOURCES = 1000;
/// Text beyond this is not marked (2 MiB, 256 KiB of marks); positions there fall to the end.
constexpr std::size_t MAX_MARKED = std::size_t{2} << 20;
constexpr std::size_t WORD_BITS = 64;

bool continues(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

std::size_t charactersOf(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return !continues(byte); }));
}

std::size_t offsetAt(const json::object &object, std::string_view name, std::size_t otherwise)
{
    const std::int64_t offset = integerAt(object, name, -1);
    return offset < 0 ? otherwise : static_cast<std::size_t>(offset);
}

/// The source a grounding chunk stands for: web, maps or retrievedContext.
const json::object *sourceOf(const json::value &chunk)
{
    const json::object *object = chunk.if_object();
    if (!object)
        return nullptr;
    for (const std::string_view kind : {"web", "maps", "retrievedContext"})
        if (const json::object *source = objectAt(*object, kind); source && !stringAt(*source, "uri").empty())
            return source;
    return nullptr;
}

void appendSource(std::string &out, bool &first, std::size_t start, std::size_t end, std::string_view title,
                  std::string_view url)
{
    out += first ? "" : ",";
    first = false;
    out += R"({"type":"url_citation","url_citation":{"start_index":)" + std::to_string(start);
    out += ",\"end_index\":" + std::to_string(end);
    out += ",\"title\":";
    appendJsonString(out, title);
    out += ",\"url\":";
    appendJsonString(out, url);
    out += "}}";
}

} // namespace

void ContentPositions::add(std::string_view text)
{
    const std::size_t characters = charactersOf(text);
    if (characters != text.size())
        mark(text);
    m_bytes += text.size();
    m_characters += characters;
}

void ContentPositions::addForeign(std::string_view text)
{
    const std::size_t characters = charactersOf(text);
    m_foreign.push_back({m_bytes, characters});
    m_characters += characters;
}

void ContentPositions::mark(std::string_view text)
{
    m_tooLong = m_tooLong || m_bytes + text.size() > MAX_MARKED;
    if (m_tooLong)
        return;
    m_inner.resize((m_bytes + text.size()) / WORD_BITS + 1);
    for (std::size_t i = 0; i < text.size(); ++i)
        if (continues(text[i]))
            m_inner[(m_bytes + i) / WORD_BITS] |= std::uint64_t{1} << ((m_bytes + i) % WORD_BITS);
}

std::size_t ContentPositions::characterAt(std::size_t offset, Edge edge) const
{
    if (offset > m_bytes || m_tooLong)
        return m_characters;
    std::size_t inner = 0;
    const std::size_t whole = std::min(offset / WORD_BITS, m_inner.size());
    for (std::size_t i = 0; i < whole; ++i)
        inner += static_cast<std::size_t>(std::popcount(m_inner[i]));
    if (whole < m_inner.size()) {
        const std::uint64_t before = (std::uint64_t{1} << (offset % WORD_BITS)) - 1;
        inner += static_cast<std::size_t>(std::popcount(m_inner[whole] & before));
    }
    std::size_t characters = offset - inner;
    for (const Foreign &foreign : m_foreign)
        if (foreign.at < offset || (foreign.at == offset && edge == Edge::Start))
            characters += foreign.characters;
    return characters;
}

void ChatAnswerSources::readGrounding(const json::object &grounding, std::span<const std::size_t> partStarts)
{
    const json::array *chunks = arrayAt(grounding, "groundingChunks");
    if (!chunks || chunks->empty())
        return;
    m_grounded.clear();
    std::vector<bool> used(chunks->size());
    if (const json::array *supports = arrayAt(grounding, "groundingSupports")) {
        for (const json::value &support : *supports)
            if (const json::object *object = support.if_object())
                addSupported(*object, *chunks, partStarts, used);
    }
    for (std::size_t i = 0; i < chunks->size() && m_grounded.size() < MAX_SOURCES; ++i) {
        const json::object *source = used[i] ? nullptr : sourceOf((*chunks)[i]);
        if (source)
            m_grounded.push_back({AT_END, AT_END, std::string(stringAt(*source, "uri")),
                                  std::string(stringAt(*source, "title"))});
    }
}

void ChatAnswerSources::addSupported(const json::object &support, const json::array &chunks,
                                     std::span<const std::size_t> partStarts, std::vector<bool> &used)
{
    const json::object *segment = objectAt(support, "segment");
    const json::array *indices = arrayAt(support, "groundingChunkIndices");
    if (!segment || !indices)
        return;
    const std::size_t part = offsetAt(*segment, "partIndex", 0);
    const std::size_t base = part < partStarts.size() ? partStarts[part] : 0;
    const std::size_t start = offsetAt(*segment, "startIndex", 0);
    const std::size_t end = offsetAt(*segment, "endIndex", start);
    for (const json::value &index : *indices) {
        const std::int64_t *number = index.if_int64();
        const bool known = number && *number >= 0 && static_cast<std::size_t>(*number) < chunks.size();
        const json::object *source = known ? sourceOf(chunks[static_cast<std::size_t>(*number)]) : nullptr;
        if (!source || m_grounded.size() >= MAX_SOURCES)
            continue;
        used[static_cast<std::size_t>(*number)] = true;
        m_grounded.push_back({base + start, base + std::max(start, end),
                              std::string(stringAt(*source, "uri")),
                              std::string(stringAt(*source, "title"))});
    }
}

void ChatAnswerSources::readCitations(const json::object &citations)
{
    // Google AI says citationSources where Vertex says citations.
    const json::array *list = arrayAt(citations, "citationSources");
    list = list ? list : arrayAt(citations, "citations");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const json::object *entry = (*list)[i].if_object();
        if (!entry || stringAt(*entry, "uri").empty() || m_cited.size() >= MAX_SOURCES)
            continue;
        const std::size_t start = offsetAt(*entry, "startIndex", 0);
        Source source{start, std::max(start, offsetAt(*entry, "endIndex", start)),
                      std::string(stringAt(*entry, "uri")), std::string(stringAt(*entry, "title"))};
        if (std::ranges::find(m_cited, source) == m_cited.end())
            m_cited.push_back(std::move(source));
    }
}

std::vector<ChatAnswerSources::Place> ChatAnswerSources::places(const ContentPositions &positions) const
{
    std::vector<Place> out;
    out.reserve(m_grounded.size() + m_cited.size());
    for (const std::vector<Source> *sources : {&m_grounded, &m_cited}) {
        for (const Source &source : *sources)
            out.push_back({positions.characterAt(source.start, ContentPositions::Edge::Start),
                           positions.characterAt(source.end, ContentPositions::Edge::End), source.title,
                           source.url});
    }
    return out;
}

void ChatAnswerSources::append(std::string &out, const ContentPositions &positions) const
{
    bool first = true;
    out += '[';
    for (const Place &place : places(positions))
        appendSource(out, first, place.start, place.end, place.title, place.url);
    out += ']';
}

} // namespace Gateway
