#include "gateway/telemetry/redact.h"

#include <algorithm>
#include <optional>

#include "gateway/common/secret.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// How a secret begins, and how many characters of a key must follow so that it is none of our words.
struct Prefix
{
    std::string_view text;
    std::size_t least;
};

constexpr Prefix PREFIXES[] = {{"AIza", 10}, {"AQ.", 10}, {"IQ.", 10}, {"ya29.", 10}, {"sk-", 8}};

/// What stands before a secret, compared without case.
struct Name
{
    std::string_view text;
    bool needsEquals; ///< The word also occurs in sentences ("key: …"), so only key=… counts.
};

constexpr Name NAMES[] = {
    {"key", true},         {"token", true},           {"api_key", false},         {"apikey", false},
    {"api-key", false},    {"access_token", false},   {"refresh_token", false},   {"client_secret", false},
    {"auth_token", false}, {"allowed_tokens", false}, {"gemini_api_keys", false}, {"authorization", false},
    {"password", false},   {"cookie", false},
};

/// What stands before a credential in an Authorization header.
constexpr Prefix SCHEMES[] = {{"Bearer", 1}, {"Basic", 8}};
constexpr std::string_view MASK_SIGN = "…";

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool isKeyCharacter(char c)
{
    return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~' || c == '+' || c == '/' ||
           c == '=';
}

/// With the bytes of MASK_SIGN, so that what is masked already is seen as such.
bool isCredentialCharacter(char c)
{
    return isKeyCharacter(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool endsValue(char c)
{
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view("&\"'<>#;,)}]\\").find(c) != std::string_view::npos;
}

std::size_t skipSpaces(std::string_view text, std::size_t at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    return at;
}

/// A stretch of the text that is a secret.
struct Span
{
    std::size_t from = 0;
    std::size_t to = 0;
};

std::optional<Span> spanWhile(std::string_view text, std::size_t from, bool (*belongs)(char))
{
    const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), belongs);
    const auto to = static_cast<std::size_t>(end - text.begin());
    return to > from ? std::optional<Span>({from, to}) : std::nullopt;
}

std::optional<Span> secretByPrefix(std::string_view text, std::size_t at)
{
    if (at > 0 && isLetterOrDigit(text[at - 1]))
        return std::nullopt;
    for (const Prefix &prefix : PREFIXES) {
        if (!text.substr(at).starts_with(prefix.text))
            continue;
        const auto span = spanWhile(text, at, isKeyCharacter);
        if (span && span->to - at >= prefix.text.size() + prefix.least)
            return span;
    }
    return std::nullopt;
}

std::optional<Span> secretAfterScheme(std::string_view text, std::size_t at)
{
    if (at > 0 && isLetterOrDigit(text[at - 1]))
        return std::nullopt;
    for (const Prefix &scheme : SCHEMES) {
        if (!startsWithIgnoreCase(text.substr(at), scheme.text))
            continue;
        const std::size_t end = at + scheme.text.size();
        const std::size_t value = skipSpaces(text, end);
        const auto span = spanWhile(text, value, isCredentialCharacter);
        if (value > end && span && span->to - span->from >= scheme.least)
            return span;
    }
    return std::nullopt;
}

/// Of `name=value`, `name: value`, `"name": "value"` with an optional scheme before the value.
std::optional<Span> valueAfter(std::string_view text, std::size_t at, bool needsEquals)
{
    if (at < text.size() && (text[at] == '"' || text[at] == '\'') && !needsEquals)
        ++at;
    at = needsEquals ? at : skipSpaces(text, at);
    if (at >= text.size() || (text[at] != '=' && (needsEquals || text[at] != ':')))
        return std::nullopt;
    at = skipSpaces(text, at + 1);
    if (at < text.size() && (text[at] == '"' || text[at] == '\''))
        ++at;
    if (const auto credential = secretAfterScheme(text, at))
        return credential;
    return spanWhile(text, at, [](char c) { return !endsValue(c); });
}

std::optional<Span> secretByName(std::string_view text, std::size_t at)
{
    for (const Name &name : NAMES) {
        if (!startsWithIgnoreCase(text.substr(at), name.text))
            continue;
        if (name.needsEquals && at > 0 && isLetterOrDigit(text[at - 1]))
            continue;
        if (const auto span = valueAfter(text, at + name.text.size(), name.needsEquals))
            return span;
    }
    return std::nullopt;
}

/// The password of "://user:password@".
std::optional<Span> passwordInUrl(std::string_view text, std::size_t at)
{
    if (!text.substr(at).starts_with("://"))
        return std::nullopt;
    const auto authority =
        spanWhile(text, at + 3, [](char c) { return !endsValue(c) && c != '/' && c != '?'; });
    if (!authority)
        return std::nullopt;
    const std::string_view inside = text.substr(authority->from, authority->to - authority->from);
    const std::size_t sign = inside.rfind('@');
    const std::size_t colon = inside.find(':');
    if (sign == std::string_view::npos || colon > sign)
        return std::nullopt;
    return Span{authority->from + colon + 1, authority->from + sign};
}

std::optional<Span> secretAt(std::string_view text, std::size_t at)
{
    for (const auto find : {secretByPrefix, secretAfterScheme, secretByName, passwordInUrl}) {
        if (const std::optional<Span> span = find(text, at))
            return span;
    }
    return std::nullopt;
}

} // namespace

std::string redacted(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const std::optional<Span> span = secretAt(text, at);
        if (!span) {
            out += text[at++];
            continue;
        }
        const std::string_view secret = text.substr(span->from, span->to - span->from);
        out += text.substr(at, span->from - at);
        out += secret.find(MASK_SIGN) == std::string_view::npos ? maskSecret(secret) : std::string(secret);
        at = span->to;
    }
    return out;
}

} // namespace Gateway
