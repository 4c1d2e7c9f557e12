#include "gateway/dialects/stopcut.h"

#include <algorithm>
#include <utility>

namespace Gateway {

// Each stop text is searched as Knuth, Morris and Pratt do: no letter is looked at twice.
StopCut::StopCut(const std::vector<std::string> &stops)
{
    m_searches.reserve(stops.size());
    for (const std::string &stop : stops) {
        Search search{&stop, {0, 0}, 0};
        for (std::size_t i = 1; i < stop.size(); ++i)
            search.borders.push_back(next(search, search.borders[i], stop[i]));
        m_searches.push_back(std::move(search));
    }
}

std::size_t StopCut::next(const Search &search, std::size_t matched, char letter)
{
    while (matched > 0 && (*search.stop)[matched] != letter)
        matched = search.borders[matched];
    return matched + ((*search.stop)[matched] == letter ? 1 : 0);
}

void StopCut::look(char letter)
{
    for (Search &search : m_searches) {
        search.matched = next(search, search.matched, letter);
        const bool isWhole = search.matched == search.stop->size();
        if (isWhole && (!m_cutBy || m_cutBy->size() < search.stop->size()))
            m_cutBy = search.stop;
    }
}

/// Of the text's end that a stop text begins with.
std::size_t StopCut::openSize() const
{
    std::size_t longest = 0;
    for (const Search &search : m_searches)
        longest = std::max(longest, search.matched);
    return longest;
}

void StopCut::add(std::string_view text, std::string &out)
{
    if (m_cutBy)
        return;
    if (m_searches.empty()) {
        out += text;
        return;
    }
    const std::size_t before = m_held.size();
    m_held += text;
    for (std::size_t i = before; i < m_held.size(); ++i) {
        look(m_held[i]);
        if (m_cutBy) {
            out.append(m_held, 0, i + 1 - m_cutBy->size());
            m_held.clear();
            return;
        }
    }
    const std::size_t told = m_held.size() - openSize();
    out.append(m_held, 0, told);
    m_held.erase(0, told);
}

void StopCut::end(std::string &out)
{
    out += std::exchange(m_held, {});
    for (Search &search : m_searches)
        search.matched = 0;
}

} // namespace Gateway
