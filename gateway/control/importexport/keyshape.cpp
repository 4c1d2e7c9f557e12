#include "gateway/control/importexport/keyshape.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::string_view STANDARD = "AIza";
constexpr std::size_t STANDARD_SIZE = 39;
constexpr std::size_t SHORTEST = 20; // the shortest body of a key that was seen has more
constexpr std::size_t LONGEST = 512;

constexpr bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// URL-safe Base64's.
constexpr bool isBodyCharacter(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '-';
}

std::size_t bodySize(std::string_view text, std::size_t from)
{
    std::size_t end = from;
    while (end < text.size() && isKeyCharacter(text[end]))
        ++end;
    while (end > from && text[end - 1] == '.') // the end of a sentence
        --end;
    return end - from;
}

/// Bytes of the key that begins at `at`, 0 when none does.
std::size_t standardSize(std::string_view text, std::size_t at)
{
    if (text.substr(at, STANDARD.size()) != STANDARD || text.size() - at < STANDARD_SIZE)
        return 0;
    const std::string_view key = text.substr(at, STANDARD_SIZE);
    if (!std::all_of(key.begin(), key.end(), isBodyCharacter))
        return 0;
    const std::string_view after = text.substr(at + STANDARD_SIZE, STANDARD.size());
    return after.empty() || !isBodyCharacter(after.front()) || after == STANDARD ? STANDARD_SIZE : 0;
}

std::size_t authSize(std::string_view text, std::size_t at)
{
    const std::string_view prefix = text.substr(at, 3);
    if (prefix != "AQ." && prefix != "IQ.")
        return 0;
    const std::size_t body = bodySize(text, at + prefix.size());
    return body >= SHORTEST && body <= LONGEST ? prefix.size() + body : 0;
}

} // namespace

bool isKeyCharacter(char c)
{
    return isBodyCharacter(c) || c == '.';
}

KeyShape keyShape(std::string_view word)
{
    if (!word.empty() && (standardSize(word, 0) == word.size() || authSize(word, 0) == word.size()))
        return KeyShape::Google;
    const bool isWord = std::all_of(word.begin(), word.end(), isKeyCharacter);
    const bool isMixed =
        std::any_of(word.begin(), word.end(), isLetter) && std::any_of(word.begin(), word.end(), isDigit);
    const bool isCut = word.starts_with(STANDARD) && word.size() < STANDARD_SIZE;
    if (!isWord || (!isMixed && !isCut))
        return KeyShape::Other;
    if (word.size() < SHORTEST || isCut)
        return KeyShape::TooShort;
    return word.size() > LONGEST ? KeyShape::TooLong : KeyShape::Unusual;
}

ImportFault faultOf(KeyShape shape)
{
    switch (shape) {
    case KeyShape::Google:
    case KeyShape::Unusual:
        return ImportFault::None;
    case KeyShape::TooShort:
        return ImportFault::TooShort;
    case KeyShape::TooLong:
        return ImportFault::TooLong;
    case KeyShape::Other:
        break;
    }
    return ImportFault::NotAKey;
}

void eachGoogleKey(std::string_view text,
                   const std::function<void(std::string_view key, std::size_t offset)> &visit)
{
    std::size_t lastEnd = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        // A key begins where a word does, or right behind another key.
        const bool mayBegin = (c == 'A' || c == 'I') && (at == 0 || at == lastEnd ||
                                                         !(isLetter(text[at - 1]) || isDigit(text[at - 1])));
        const std::size_t size = mayBegin ? std::max(standardSize(text, at), authSize(text, at)) : 0;
        if (size == 0) {
            ++at;
            continue;
        }
        visit(text.substr(at, size), at);
        at += size;
        lastEnd = at;
    }
}

} // namespace Gateway
