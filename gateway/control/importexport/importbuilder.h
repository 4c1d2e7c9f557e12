#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "gateway/control/importexport/importresult.h"

namespace Gateway {

/// Gathers what one import finds and judges each key: new, known, or met before.
class ImportBuilder
{
public:
    /// `text` is what is imported, as the places count in it; it must outlive this.
    ImportBuilder(std::string_view text, ImportFormat format, const KnownKeys &isKnown);

    /// A key of any shape that is no nonsense; nonsense becomes Malformed with its reason.
    void addKey(std::string_view key, KeySettings settings, ImportPlace place);
    void addMalformed(std::string_view word, ImportFault fault, ImportPlace place);
    void addToken(std::string_view token, std::string name);
    void addSetting(std::string_view name, std::string value);
    void addProxy(std::string_view url);
    void warn(int line, std::string text);

    /// A secret of another kind; takeLeftOvers() does not take it for a key.
    void setAside(std::string_view text) { m_seen.emplace(text); }

    /// Takes every key in one of Google's forms that stands in the text and was not met: whatever the format,
    /// no key gets lost.
    void takeLeftOvers();

    /// The place of `word` in the text; line 0 when it does not stand there as it is.
    ImportPlace placeOf(std::string_view word);

    ImportResult take() { return std::move(m_result); }

private:
    void indexWords();

    std::string_view m_text;
    const KnownKeys &m_isKnown;
    ImportResult m_result;
    std::unordered_set<std::string> m_seen;
    std::unordered_map<std::string_view, ImportPlace>
        m_words; ///< Of m_text, first places; made when asked for.
    bool m_isIndexed = false;
};

} // namespace Gateway
