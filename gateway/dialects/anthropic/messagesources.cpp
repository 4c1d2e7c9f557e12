#include "gateway/dialects/anthropic/messagesources.h"

#include <algorithm>

namespace Gateway {

namespace {

/// A hostile or broken answer must not make this grow without bound.
constexpr std::size_t MAX_LOCATIONS = 1000;

/// The page that chunk `index` tells of, null when it tells of none.
const json::object *pageAt(const json::array &chunks, std::int64_t index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= chunks.size())
        return nullptr;
    const json::object *chunk = chunks[static_cast<std::size_t>(index)].if_object();
    const json::object *page = chunk ? objectAt(*chunk, "web") : nullptr;
    return page && !stringAt(*page, "uri").empty() ? page : nullptr;
}

std::size_t offsetAt(const json::object &segment, std::string_view name)
{
    return static_cast<std::size_t>(std::max<std::int64_t>(integerAt(segment, name, 0), 0));
}

std::string locationOf(const json::object &page, std::string_view words)
{
    std::string json = R"({"type":"web_search_result_location","url":)";
    appendJsonString(json, stringAt(page, "uri"));
    json += ",\"title\":";
    appendJsonString(json, stringAt(page, "title"));
    json += ",\"encrypted_index\":\"\",\"cited_text\":";
    appendJsonString(json, words);
    json += '}';
    return json;
}

} // namespace

void MessageSources::read(const json::object &grounding, std::span<const std::size_t> partStarts)
{
    readQueries(grounding);
    const json::array *chunks = arrayAt(grounding, "groundingChunks");
    if (!chunks || chunks->empty())
        return;
    m_results.clear();
    for (std::size_t i = 0; i < chunks->size(); ++i) {
        const json::object *page = pageAt(*chunks, static_cast<std::int64_t>(i));
        if (!page)
            continue;
        m_results += m_results.empty() ? "" : ",";
        m_results += R"({"type":"web_search_result","url":)";
        appendJsonString(m_results, stringAt(*page, "uri"));
        m_results += ",\"title\":";
        appendJsonString(m_results, stringAt(*page, "title"));
        m_results += ",\"encrypted_content\":\"\",\"page_age\":null}";
    }
    m_citations.clear();
    m_locations = 0;
    if (const json::array *supports = arrayAt(grounding, "groundingSupports"))
        readSupports(*supports, *chunks, partStarts);
    std::ranges::stable_sort(m_citations, {}, &Citation::start);
}

void MessageSources::readQueries(const json::object &grounding)
{
    const json::array *queries = arrayAt(grounding, "webSearchQueries");
    if (!queries || queries->empty())
        return;
    m_query.clear();
    m_searches = static_cast<int>(queries->size());
    for (const json::value &query : *queries) {
        const json::string *text = query.if_string();
        m_query += m_query.empty() ? "" : "; ";
        m_query += text ? std::string_view(*text) : std::string_view();
    }
}

void MessageSources::readSupports(const json::array &supports, const json::array &chunks,
                                  std::span<const std::size_t> partStarts)
{
    for (const json::value &value : supports) {
        const json::object *support = value.if_object();
        const json::object *segment = support ? objectAt(*support, "segment") : nullptr;
        const json::array *indices = support ? arrayAt(*support, "groundingChunkIndices") : nullptr;
        if (!segment || !indices)
            continue;
        const std::size_t part = offsetAt(*segment, "partIndex");
        const std::size_t base = part < partStarts.size() ? partStarts[part] : 0;
        const std::size_t start = base + offsetAt(*segment, "startIndex");
        const std::size_t end = std::max(start, base + offsetAt(*segment, "endIndex"));
        for (const json::value &index : *indices) {
            const std::int64_t *number = index.if_int64();
            const json::object *page = number ? pageAt(chunks, *number) : nullptr;
            if (page && m_locations < MAX_LOCATIONS)
                addLocation(start, end, locationOf(*page, stringAt(*segment, "text")));
        }
    }
}

void MessageSources::addLocation(std::size_t start, std::size_t end, std::string location)
{
    ++m_locations;
    const bool isSame =
        !m_citations.empty() && m_citations.back().start == start && m_citations.back().end == end;
    if (!isSame)
        m_citations.push_back({start, end, {}});
    m_citations.back().locations.push_back(std::move(location));
}

} // namespace Gateway
