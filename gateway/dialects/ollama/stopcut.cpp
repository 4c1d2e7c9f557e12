#include "gateway/dialects/ollama/stopcut.h"

#include <algorithm>
#include <utility>

namespace Gateway {

void StopCut::add(std::string_view text, std::string &out)
{
    if (m_isCut)
        return;
    if (m_stops.empty()) {
        out += text;
        return;
    }
    m_held += text;
    std::size_t end = std::string::npos;
    for (const std::string &stop : m_stops)
        end = std::min(end, m_held.find(stop));
    m_isCut = end != std::string::npos;
    if (!m_isCut)
        end = m_held.size() - heldSize();
    out.append(m_held, 0, end);
    m_held.erase(0, m_isCut ? m_held.size() : end);
}

/// The longest end of the text that a stop text begins with.
std::size_t StopCut::heldSize() const
{
    std::size_t longest = 0;
    for (const std::string &stop : m_stops) {
        const std::size_t most = std::min(stop.size() - 1, m_held.size());
        for (std::size_t size = most; size > longest; --size) {
            if (m_held.compare(m_held.size() - size, size, stop, 0, size) == 0)
                longest = size;
        }
    }
    return longest;
}

void StopCut::end(std::string &out)
{
    out += std::exchange(m_held, {});
}

} // namespace Gateway
