#include "gateway/relay/affinity.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "gateway/common/jsonwalk.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_TURNS = 16u * 1024;
constexpr std::size_t MAX_SYSTEM = 16u * 1024;
constexpr std::size_t MAX_WALK = 128u * 1024;
constexpr std::size_t MAX_TAIL = 32u * 1024;

constexpr std::size_t BYTES_A_TOKEN = 4;
constexpr std::size_t SAMPLE_STRIDE = 512;
constexpr std::size_t SAMPLE_BYTES = 64;    // so many of base64's characters in a row are no text
constexpr std::size_t PICTURE_TOKENS = 258; // ai.google.dev/gemini-api/docs/tokens, a tile of an image

bool isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '-' || c == '_';
}

/// Eight bytes at a time; near texts lie far apart.
class Hash
{
public:
    void add(std::string_view text)
    {
        while (!text.empty()) {
            std::uint64_t word = text.size(); // of a last word: its length, beside its bytes
            const std::size_t size = std::min(text.size(), sizeof(word));
            std::memcpy(&word, text.data(), size);
            m_value = mixed(m_value ^ word);
            text.remove_prefix(size);
        }
    }
    std::uint64_t value() const { return m_value == 0 ? 1 : m_value; }

private:
    static std::uint64_t mixed(std::uint64_t value)
    {
        value *= 0x9fb21c651e98df25ULL;
        return value ^ (value >> 32);
    }

    std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

/// The JSON value behind the first member of that name in `json`, from its first character on.
std::string_view valueOf(std::string_view json, std::string_view quotedName)
{
    constexpr std::string_view blanks = " \t\r\n";
    for (std::size_t at = json.find(quotedName); at != std::string_view::npos;
         at = json.find(quotedName, at + 1)) {
        const std::size_t colon = json.find_first_not_of(blanks, at + quotedName.size());
        if (colon == std::string_view::npos || json[colon] != ':')
            continue;
        const std::size_t value = json.find_first_not_of(blanks, colon + 1);
        return value == std::string_view::npos ? std::string_view() : json.substr(value);
    }
    return {};
}

/// All turns up to and with the first one of the user's (which may carry no role), or the whole text.
std::string_view openingTurns(std::string_view turns)
{
    if (!turns.starts_with('['))
        return turns.substr(0, jsonValueLength(turns, MAX_TURNS));
    std::size_t at = 1;
    while (at < std::min(turns.size(), MAX_TURNS)) {
        const std::size_t next = turns.find_first_not_of(" \t\r\n,", at);
        if (next == std::string_view::npos || turns[next] == ']')
            break;
        const std::string_view turn = turns.substr(next, jsonValueLength(turns.substr(next), MAX_TURNS - at));
        at = next + turn.size();
        const std::string_view role = valueOf(turn, "\"role\"");
        if (role.empty() || role.starts_with("\"user\""))
            break;
    }
    return turns.substr(0, at);
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// What a conversation begins with, in its client's own bytes.
struct Opening
{
    std::string_view turns;
    std::string_view system;
};

/// Walks over the outermost members of `body`.
Opening openingOf(std::string_view body)
{
    Opening opening;
    std::size_t at = body.find('{');
    while (at < body.size() && (opening.turns.empty() || opening.system.empty())) {
        at = body.find('"', at);
        if (at == std::string_view::npos)
            break;
        const std::size_t behind = jsonStringEnd(body, at);
        const std::string_view name = body.substr(at + 1, behind - at - 2);
        const std::size_t value = body.find_first_not_of(": \t\r\n", behind);
        if (value == std::string_view::npos)
            break;
        const std::string_view text = body.substr(value, jsonValueLength(body.substr(value), body.size()));
        if (isOneOf(name, {"contents", "messages", "input"}))
            opening.turns = openingTurns(text);
        else if (isOneOf(name, {"systemInstruction", "system_instruction", "system", "instructions"}))
            opening.system = text.substr(0, MAX_SYSTEM);
        at = value + text.size();
    }
    return opening;
}

/// The system text behind turns that are too long to walk over.
std::string_view systemAtTheEnd(std::string_view tail)
{
    for (const std::string_view name : {"\"systemInstruction\"", "\"system_instruction\""}) {
        const std::string_view value = valueOf(tail, name);
        if (!value.empty())
            return value.substr(0, jsonValueLength(value, MAX_SYSTEM));
    }
    return {};
}

} // namespace

std::uint64_t affinityOf(const Headers &headers, std::string_view body)
{
    Hash hash;
    for (const std::string_view name : {"x-gateway-affinity", "x-session-id", "x-claude-code-session-id"}) {
        const std::string_view named = headerValue(headers, name);
        if (named.empty())
            continue;
        hash.add(named);
        return hash.value();
    }
    Opening opening = openingOf(body.substr(0, MAX_WALK));
    if (opening.turns.empty())
        return 0;
    if (opening.system.empty() && body.size() > MAX_WALK)
        opening.system = systemAtTheEnd(body.substr(std::max(MAX_WALK, body.size() - MAX_TAIL)));
    hash.add(opening.turns);
    hash.add(opening.system);
    return hash.value();
}

std::int64_t estimatedTokens(std::string_view body)
{
    std::size_t bytes = body.size();
    std::size_t pictures = 0;
    bool wasData = false;
    for (std::size_t at = 0; at + SAMPLE_BYTES <= body.size(); at += SAMPLE_STRIDE) {
        const std::string_view sample = body.substr(at, SAMPLE_BYTES);
        const bool isData = std::all_of(sample.begin(), sample.end(), isBase64);
        if (isData)
            bytes -= std::min(SAMPLE_STRIDE, body.size() - at);
        pictures += isData && !wasData ? 1U : 0U;
        wasData = isData;
    }
    return static_cast<std::int64_t>(bytes / BYTES_A_TOKEN + pictures * PICTURE_TOKENS);
}

} // namespace Gateway
