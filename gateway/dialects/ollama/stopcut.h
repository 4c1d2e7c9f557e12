#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Ends a streamed text before the first of some stop texts, for those that Gemini takes no more of. Holds
/// back only what may be the beginning of one.
class StopCut
{
public:
    /// None of the texts is empty; they must outlive this.
    explicit StopCut(const std::vector<std::string> &stops)
        : m_stops(stops)
    {
    }

    /// Appends to `out` what of the text so far can be told.
    void add(std::string_view text, std::string &out);
    /// The text is over: appends what was held back.
    void end(std::string &out);
    /// A stop text came; nothing behind it is told.
    bool isCut() const { return m_isCut; }

private:
    std::size_t heldSize() const;

    const std::vector<std::string> &m_stops;
    std::string m_held;
    bool m_isCut = false;
};

} // namespace Gateway
