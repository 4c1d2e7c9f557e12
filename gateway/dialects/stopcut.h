#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Ends a streamed text before the first of some stop texts, for those that Gemini is not told. Holds back
/// only what may be the beginning of one, and looks at each letter once: however the text comes in pieces,
/// the one that is complete first ends it, of two the longer.
class StopCut
{
public:
    /// None of the texts is empty; they must outlive this and stay as they are.
    explicit StopCut(const std::vector<std::string> &stops);

    /// Appends to `out` what of the text so far can be told.
    void add(std::string_view text, std::string &out);
    /// The text is over: appends what was held back. Another may begin.
    void end(std::string &out);
    /// A stop text came; nothing behind it is told.
    bool isCut() const { return m_cutBy != nullptr; }
    /// That text, null while none has come.
    const std::string *cutBy() const { return m_cutBy; }

private:
    /// How much of one stop text the end of what came is.
    struct Search
    {
        const std::string *stop;
        std::vector<std::size_t> borders; ///< For each length, the next shorter one that fits as well.
        std::size_t matched = 0;
    };

    static std::size_t next(const Search &search, std::size_t matched, char letter);
    void look(char letter);
    std::size_t openSize() const;

    std::vector<Search> m_searches;
    std::string m_held;
    const std::string *m_cutBy = nullptr;
};

} // namespace Gateway
