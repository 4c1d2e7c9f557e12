#include "gateway/relay/affinity.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace Gateway {

namespace {

constexpr std::size_t MAX_TURNS = 16u * 1024;
constexpr std::size_t MAX_SYSTEM = 16u * 1024;
constexpr std::size_t REGION = 32u * 1024;

constexpr std::size_t BYTES_A_TOKEN = 4;
constexpr std::size_t LONG_VALUE = 1024;
constexpr std::size_t PICTURE_TOKENS = 258; // ai.google.dev/gemini-api/docs/tokens, a tile of an image

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

std::size_t findIn(std::string_view text, std::string_view part, std::size_t from)
{
#ifdef __GLIBC__ // many times as fast where quotes are frequent
    if (from >= text.size())
        return std::string_view::npos;
    const void *found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
    return found == nullptr ? std::string_view::npos
                            : static_cast<std::size_t>(static_cast<const char *>(found) - text.data());
#else
    return text.find(part, from);
#endif
}

/// The JSON value behind the first member of that name in `json`, from its first character on.
std::string_view valueOf(std::string_view json, std::string_view quotedName)
{
    constexpr std::string_view blanks = " \t\r\n";
    for (std::size_t at = findIn(json, quotedName, 0); at != std::string_view::npos;
         at = findIn(json, quotedName, at + 1)) {
        const std::size_t colon = json.find_first_not_of(blanks, at + quotedName.size());
        if (colon == std::string_view::npos || json[colon] != ':')
            continue;
        const std::size_t value = json.find_first_not_of(blanks, colon + 1);
        return value == std::string_view::npos ? std::string_view() : json.substr(value);
    }
    return {};
}

/// Behind the string whose opening quote is at `at`, or the text's end.
std::size_t stringEnd(std::string_view json, std::size_t at)
{
    for (std::size_t quote = json.find('"', at + 1); quote != std::string_view::npos;
         quote = json.find('"', quote + 1)) {
        std::size_t slashes = 0;
        while (json[quote - 1 - slashes] == '\\')
            ++slashes;
        if (slashes % 2 == 0)
            return quote + 1;
    }
    return json.size();
}

/// How long the value at the start of `json` is, at most `limit`.
std::size_t valueLength(std::string_view json, std::size_t limit)
{
    json = json.substr(0, limit);
    int depth = 0;
    std::size_t at = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = stringEnd(json, at);
            if (depth == 0)
                return at;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth <= 0)
            return at;
    }
    return json.size();
}

/// All turns up to and with the first one of the user's (which may carry no role), or the whole text.
std::string_view openingTurns(std::string_view turns)
{
    if (!turns.starts_with('['))
        return turns.substr(0, valueLength(turns, MAX_TURNS));
    std::size_t at = 1;
    while (at < std::min(turns.size(), MAX_TURNS)) {
        const std::size_t next = turns.find_first_not_of(" \t\r\n,", at);
        if (next == std::string_view::npos || turns[next] == ']')
            break;
        const std::string_view turn = turns.substr(next, valueLength(turns.substr(next), MAX_TURNS - at));
        at = next + turn.size();
        const std::string_view role = valueOf(turn, "\"role\"");
        if (role.empty() || role.starts_with("\"user\""))
            break;
    }
    return turns.substr(0, at);
}

/// Where a chat body keeps its turns, and its system text by another name.
struct Shape
{
    std::string_view turns;
    std::array<std::string_view, 2> system;
};

constexpr std::array<Shape, 3> SHAPES{{
    {"\"contents\"", {"\"systemInstruction\"", "\"system_instruction\""}},
    {"\"messages\"", {"\"system\"", {}}},
    {"\"input\"", {"\"instructions\"", "\"system_instruction\""}},
}};

std::string_view systemText(std::string_view body, const Shape &shape)
{
    const std::string_view head = body.substr(0, REGION);
    const std::string_view tail =
        body.substr(body.size() > REGION ? std::max(REGION, body.size() - REGION) : body.size());
    for (const std::string_view name : shape.system) {
        for (const std::string_view region : {head, tail}) {
            const std::string_view value = name.empty() ? name : valueOf(region, name);
            if (!value.empty())
                return value.substr(0, valueLength(value, MAX_SYSTEM));
        }
    }
    return {};
}

} // namespace

std::uint64_t affinityOf(const Headers &headers, std::string_view body)
{
    Hash hash;
    for (const std::string_view name : {"x-gateway-affinity", "x-session-id"}) {
        const std::string_view named = headerValue(headers, name);
        if (named.empty())
            continue;
        hash.add(named);
        return hash.value();
    }
    for (const Shape &shape : SHAPES) {
        std::string_view turns = valueOf(body.substr(0, REGION), shape.turns);
        if (turns.empty())
            continue;
        turns = body.substr(static_cast<std::size_t>(turns.data() - body.data())); // on beyond the region
        hash.add(openingTurns(turns));
        hash.add(systemText(body, shape));
        return hash.value();
    }
    return 0;
}

std::int64_t estimatedTokens(std::string_view body)
{
    std::size_t bytes = body.size();
    std::size_t pictures = 0;
    for (std::size_t at = findIn(body, "\"data\"", 0); at != std::string_view::npos;
         at = findIn(body, "\"data\"", at + 1)) {
        const std::size_t open = body.find('"', at + 6);
        const std::size_t close = open == std::string_view::npos ? open : body.find('"', open + 1);
        if (close == std::string_view::npos)
            break;
        if (close - open < LONG_VALUE)
            continue;
        bytes -= close - open;
        ++pictures;
        at = close;
    }
    return static_cast<std::int64_t>(bytes / BYTES_A_TOKEN + pictures * PICTURE_TOKENS);
}

} // namespace Gateway
