#include "gateway/control/importexport/textimport.h"

#include <algorithm>

#include "gateway/common/text.h"
#include "gateway/control/importexport/importbuilder.h"
#include "gateway/control/importexport/keyshape.h"

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_ENTRY = 3; // words: a key with a name before or a remark behind it
constexpr std::string_view SEPARATORS = " \t\r,;|\"'`()[]{}<>";

/// A word of a line and its place in the whole text.
struct Word
{
    std::string_view text;
    std::size_t offset = 0;
};

/// "- ", "* ", "12. ", "12) " before an entry of a list.
bool isListMarker(std::string_view word)
{
    if (word == "-" || word == "*" || word == "•" || word == "+")
        return true;
    while (!word.empty() && word.front() >= '0' && word.front() <= '9')
        word.remove_prefix(1);
    return word.empty() || word == "." || word == ")" || word == ":";
}

bool isComment(std::string_view word)
{
    return word.front() == '#' || word.starts_with("//");
}

/// "GEMINI_API_KEY_1", "key2": a name whose value is a key.
bool namesAKey(std::string_view name)
{
    if (startsWithIgnoreCase(name, "export "))
        name = trimmed(name.substr(7));
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower.starts_with("key") ||
           (lower.find("api") != std::string::npos && lower.find("key") != std::string::npos);
}

class TextReader
{
public:
    TextReader(std::string_view text, const KnownKeys &isKnown)
        : m_text(text)
        , m_builder(text, ImportFormat::Text, isKnown)
    {
    }

    ImportResult read()
    {
        std::size_t from = m_text.starts_with("\xef\xbb\xbf") ? 3 : 0;
        while (from < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', from), m_text.size());
            ++m_line;
            readLine(m_text.substr(from, end - from), from);
            from = end + 1;
        }
        if (m_entries > m_prose.size())
            tellProse();
        ImportResult result = m_builder.take();
        std::stable_sort(result.keys.begin(), result.keys.end(),
                         [](const ImportedKey &left, const ImportedKey &right) {
                             return left.place.offset < right.place.offset;
                         });
        return result;
    }

private:
    struct Prose
    {
        std::string_view line;
        ImportPlace place;
    };

    /// Most lines are entries of a list, so the others are entries too, and wrong ones.
    void tellProse()
    {
        for (const Prose &prose : m_prose)
            m_builder.addMalformed(prose.line, ImportFault::NotAKey, prose.place);
    }

    void readLine(std::string_view line, std::size_t start)
    {
        bool hasKey = false;
        eachGoogleKey(line, [&](std::string_view key, std::size_t offset) {
            m_builder.addKey(key, {}, {m_line, start + offset, key.size()});
            hasKey = true;
        });
        splitWords(line, start);
        const bool hasNearKey = m_words.size() > 1 && std::any_of(m_words.begin(), m_words.end(), isNearKey);
        if (hasKey || hasNearKey) {
            tellNearKeys();
            m_entries += m_words.size() <= LONGEST_ENTRY ? 1 : 0;
            return;
        }
        const bool areUnusual = std::all_of(m_words.begin(), m_words.end(), [](const Word &word) {
            return keyShape(word.text) == KeyShape::Unusual;
        });
        if (areUnusual) {
            for (const Word &word : m_words)
                m_builder.addKey(word.text, {}, {m_line, word.offset, word.text.size()});
            m_entries += m_words.empty() ? 0 : 1;
        } else if (isComment(m_words.front().text)) {
            return;
        } else if (m_words.size() == 1) {
            readAlone(m_words.front());
            ++m_entries;
        } else {
            const std::string_view bare = trimmed(line);
            m_prose.push_back(
                {bare, {m_line, start + static_cast<std::size_t>(bare.data() - line.data()), bare.size()}});
        }
    }

    /// A word that begins as a key does and is none must not be passed over in silence.
    static bool isNearKey(const Word &word)
    {
        const KeyShape shape = keyShape(word.text);
        return word.text.starts_with("AIza") && shape != KeyShape::Google && shape != KeyShape::Other;
    }

    void tellNearKeys()
    {
        for (const Word &word : m_words) {
            if (!isNearKey(word))
                continue;
            const ImportPlace place{m_line, word.offset, word.text.size()};
            const ImportFault fault = faultOf(keyShape(word.text));
            if (fault == ImportFault::None)
                m_builder.addKey(word.text, {}, place);
            else
                m_builder.addMalformed(word.text, fault, place);
        }
    }

    /// One word that is no key as it stands.
    void readAlone(const Word &word)
    {
        const std::size_t equals = word.text.find('=');
        if (equals != std::string_view::npos && namesAKey(word.text.substr(0, equals))) {
            const std::string_view value = word.text.substr(equals + 1);
            if (!value.empty())
                m_builder.addKey(value, {}, {m_line, word.offset + equals + 1, value.size()});
            return;
        }
        m_builder.addMalformed(word.text, faultOf(keyShape(word.text)),
                               {m_line, word.offset, word.text.size()});
    }

    void splitWords(std::string_view line, std::size_t start)
    {
        m_words.clear();
        std::size_t from = 0;
        while ((from = line.find_first_not_of(SEPARATORS, from)) != std::string_view::npos) {
            const std::size_t end = std::min(line.find_first_of(SEPARATORS, from), line.size());
            const std::string_view word = line.substr(from, end - from);
            if (!(m_words.empty() && isListMarker(word)))
                m_words.push_back({word, start + from});
            from = end;
        }
    }

    std::string_view m_text;
    ImportBuilder m_builder;
    std::vector<Word> m_words;  ///< Of the line being read.
    std::vector<Prose> m_prose; ///< Lines of several words without a key.
    std::size_t m_entries = 0;  ///< Lines that are an entry of a list, good or bad.
    int m_line = 0;
};

} // namespace

ImportResult importText(std::string_view text, const KnownKeys &isKnown)
{
    return TextReader(text, isKnown).read();
}

} // namespace Gateway
