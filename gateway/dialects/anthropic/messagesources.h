#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"

namespace Gateway {

/// What Google's search found for an answer (groundingMetadata, ai.google.dev/gemini-api/docs/google-search)
/// and which words of the answer it stands behind, as Anthropic's web_search_result and
/// web_search_result_location (platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool).
class MessageSources
{
public:
    /// The sources of some words: bytes `start` to before `end` of the text that Gemini wrote.
    struct Citation
    {
        std::size_t start;
        std::size_t end;
        std::vector<std::string> locations; ///< JSON objects.
    };

    /// `partStarts`: where each part of a whole answer begins in Gemini's text; empty for a stream. A
    /// stream's last grounding counts: each tells all that was found so far.
    void read(const json::object &grounding, std::span<const std::size_t> partStarts);

    /// How many questions the search was asked.
    int searches() const { return m_searches; }
    /// All of them in one line.
    const std::string &query() const { return m_query; }
    /// What it found, as web_search_result objects, comma-separated.
    const std::string &results() const { return m_results; }
    /// In the order of the text, each place once. Gemini does not tell the source's own words: `cited_text`
    /// are those of the answer.
    const std::vector<Citation> &citations() const { return m_citations; }

private:
    void readQueries(const json::object &grounding);
    void readSupports(const json::array &supports, const json::array &chunks,
                      std::span<const std::size_t> partStarts);
    void addLocation(std::size_t start, std::size_t end, std::string location);

    int m_searches = 0;
    std::string m_query;
    std::string m_results;
    std::vector<Citation> m_citations;
    std::size_t m_locations = 0;
};

} // namespace Gateway
