#include "gateway/control/importexport/importbuilder.h"

#include <algorithm>
#include <utility>

#include "gateway/control/importexport/keyshape.h"

namespace Gateway {

namespace {

constexpr std::size_t SHORTEST_INDEXED = 8;

} // namespace

ImportBuilder::ImportBuilder(std::string_view text, ImportFormat format, const KnownKeys &isKnown)
    : m_text(text)
    , m_isKnown(isKnown)
{
    m_result.format = format;
}

void ImportBuilder::addKey(std::string_view key, KeySettings settings, ImportPlace place)
{
    const KeyShape shape = keyShape(key);
    if (const ImportFault fault = faultOf(shape); fault != ImportFault::None) {
        addMalformed(key, fault, place);
        return;
    }
    ImportedKey found;
    found.secret = Secret(key);
    found.settings = std::move(settings);
    found.isUnusual = shape == KeyShape::Unusual;
    found.place = place;
    if (!m_seen.emplace(key).second)
        found.verdict = ImportVerdict::Twice;
    else if (m_isKnown && m_isKnown(key))
        found.verdict = ImportVerdict::Known;
    m_result.keys.push_back(std::move(found));
}

void ImportBuilder::addMalformed(std::string_view word, ImportFault fault, ImportPlace place)
{
    ImportedKey found;
    found.secret = Secret(word);
    found.verdict = ImportVerdict::Malformed;
    found.fault = fault;
    found.place = place;
    m_result.keys.push_back(std::move(found));
}

void ImportBuilder::addToken(std::string_view token, std::string name)
{
    const bool isThere =
        std::any_of(m_result.tokens.begin(), m_result.tokens.end(),
                    [token](const ImportedToken &other) { return other.secret.equals(token); });
    if (token.empty() || isThere)
        return;
    ImportedToken found;
    found.secret = Secret(token);
    found.settings.name = std::move(name);
    found.place = placeOf(token);
    m_result.tokens.push_back(std::move(found));
    setAside(token);
}

void ImportBuilder::addSetting(std::string_view name, std::string value)
{
    std::erase_if(m_result.settings, [name](const auto &setting) { return setting.first == name; });
    m_result.settings.emplace_back(name, std::move(value));
}

void ImportBuilder::addProxy(std::string_view url)
{
    m_result.proxies.emplace_back(url);
}

void ImportBuilder::warn(int line, std::string text)
{
    m_result.warnings.push_back({line, std::move(text)});
}

void ImportBuilder::takeLeftOvers()
{
    const std::size_t before = m_result.keys.size();
    std::size_t counted = 0;
    int line = 1;
    eachGoogleKey(m_text, [&](std::string_view key, std::size_t offset) {
        line += static_cast<int>(std::count(m_text.begin() + static_cast<std::ptrdiff_t>(counted),
                                            m_text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
        counted = offset;
        if (!m_seen.count(std::string(key)))
            addKey(key, {}, {line, offset, key.size()});
    });
    if (m_result.keys.size() > before)
        std::stable_sort(m_result.keys.begin(), m_result.keys.end(),
                         [](const ImportedKey &left, const ImportedKey &right) {
                             return left.place.line < right.place.line;
                         });
}

ImportPlace ImportBuilder::placeOf(std::string_view word)
{
    indexWords();
    const auto found = m_words.find(word);
    return found == m_words.end() ? ImportPlace() : found->second;
}

void ImportBuilder::indexWords()
{
    if (std::exchange(m_isIndexed, true))
        return;
    int line = 1;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= m_text.size(); ++at) {
        if (at < m_text.size() && isKeyCharacter(m_text[at]))
            continue;
        if (at - from >= SHORTEST_INDEXED)
            m_words.try_emplace(m_text.substr(from, at - from), ImportPlace{line, from, at - from});
        from = at + 1;
        if (at < m_text.size() && m_text[at] == '\n')
            ++line;
    }
}

} // namespace Gateway
