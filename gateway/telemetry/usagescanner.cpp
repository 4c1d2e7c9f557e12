#include "gateway/telemetry/usagescanner.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// With its quotes: inside a text a quote is escaped, so there the name never stands like this.
constexpr std::string_view NAME = "\"usageMetadata\"";
constexpr std::size_t MAX_OBJECT = 8 * 1024;

/// std::string_view::find would stop at each '"', and JSON is full of them.
std::size_t findName(std::string_view bytes)
{
    static const std::boyer_moore_horspool_searcher searcher(NAME.begin(), NAME.end());
    const auto found = std::search(bytes.begin(), bytes.end(), searcher);
    return found == bytes.end() ? std::string_view::npos : static_cast<std::size_t>(found - bytes.begin());
}

struct Count
{
    std::string_view name;
    std::int64_t TokenCounts::*member;
};

constexpr Count COUNTS[] = {
    {"promptTokenCount", &TokenCounts::prompt},         {"candidatesTokenCount", &TokenCounts::candidates},
    {"thoughtsTokenCount", &TokenCounts::thoughts},     {"cachedContentTokenCount", &TokenCounts::cached},
    {"toolUsePromptTokenCount", &TokenCounts::toolUse}, {"totalTokenCount", &TokenCounts::total},
};

/// Behind the string whose first quote is at `at`.
std::size_t stringEnd(std::string_view json, std::size_t at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at)
        at += json[at] == '\\';
    return at + 1;
}

std::size_t skipBlanks(std::string_view json, std::size_t at)
{
    while (at < json.size() && (json[at] == ' ' || json[at] == '\t' || json[at] == '\r' || json[at] == '\n'))
        ++at;
    return at;
}

/// A whole number at `text`'s start, else -1.
std::int64_t numberAt(std::string_view text)
{
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() &&
                         (end == text.data() + text.size() || (*end != '.' && *end != 'e' && *end != 'E'));
    return isWhole ? number : -1;
}

/// The counts among the members of `object` itself; its nested ones repeat the words. Without a tree of it,
/// as every request asks.
TokenCounts countsIn(std::string_view object)
{
    TokenCounts counts;
    int depth = 0;
    for (std::size_t at = 0; at < object.size();) {
        const char next = object[at];
        if (next != '"') {
            depth += (next == '{' || next == '[') - (next == '}' || next == ']');
            ++at;
            continue;
        }
        const std::size_t end = stringEnd(object, at);
        const std::size_t colon = skipBlanks(object, end);
        if (depth == 1 && colon < object.size() && object[colon] == ':') {
            const std::string_view name = object.substr(at + 1, end - at - 2);
            for (const Count &count : COUNTS) {
                if (name == count.name)
                    counts.*count.member = numberAt(object.substr(skipBlanks(object, colon + 1)));
            }
        }
        at = end;
    }
    return counts;
}

} // namespace

void UsageScanner::setEncoding(std::string_view encoding)
{
    if (encoding.empty() || equalsIgnoreCase(trimmed(encoding), "identity"))
        return;
    m_isUnreadable = !InflateTap::canRead(encoding);
    if (!m_isUnreadable)
        m_inflate.emplace();
}

void UsageScanner::feed(std::string_view bytes)
{
    if (m_isUnreadable)
        return;
    if (m_inflate)
        m_inflate->feed(bytes, [this](std::string_view decoded) { scan(decoded); });
    else
        scan(bytes);
}

void UsageScanner::scan(std::string_view bytes)
{
    while (!bytes.empty()) {
        switch (m_state) {
        case State::Searching:
            bytes = search(bytes);
            break;
        case State::BeforeObject:
            bytes = skipToObject(bytes);
            break;
        case State::InObject:
            bytes = capture(bytes);
            break;
        }
    }
}

/// Returns what follows the name, or nothing when it is not there.
std::string_view UsageScanner::search(std::string_view bytes)
{
    const auto found = [this](std::string_view rest) {
        m_tail.clear();
        m_isColonSeen = false;
        m_state = State::BeforeObject;
        return rest;
    };
    // A name that began in earlier bytes ends within the first of these.
    const std::size_t kept = m_tail.size();
    m_tail += bytes.substr(0, NAME.size() - 1);
    if (const std::size_t at = findName(m_tail); at != std::string_view::npos)
        return found(bytes.substr(at + NAME.size() - kept));
    if (const std::size_t at = findName(bytes); at != std::string_view::npos)
        return found(bytes.substr(at + NAME.size()));
    if (bytes.size() >= NAME.size())
        m_tail = bytes.substr(bytes.size() - (NAME.size() - 1));
    else if (m_tail.size() >= NAME.size())
        m_tail.erase(0, m_tail.size() - (NAME.size() - 1));
    return {};
}

std::string_view UsageScanner::skipToObject(std::string_view bytes)
{
    while (!bytes.empty()) {
        const char next = bytes.front();
        if (next == '{' && m_isColonSeen) {
            m_object.clear();
            m_depth = 0;
            m_isInString = false;
            m_isEscaped = false;
            m_state = State::InObject;
            return bytes;
        }
        const bool isColon = next == ':' && !m_isColonSeen;
        if (!isColon && next != ' ' && next != '\t' && next != '\r' && next != '\n') {
            m_state = State::Searching; // a text of that wording, or null
            return bytes;
        }
        m_isColonSeen = m_isColonSeen || isColon;
        bytes.remove_prefix(1);
    }
    return bytes;
}

std::string_view UsageScanner::capture(std::string_view bytes)
{
    std::size_t length = 0;
    bool isWhole = false;
    while (length < bytes.size() && !isWhole) {
        const char next = bytes[length++];
        if (m_isEscaped) {
            m_isEscaped = false;
        } else if (m_isInString) {
            m_isEscaped = next == '\\';
            m_isInString = next != '"';
        } else if (next == '"') {
            m_isInString = true;
        } else if (next == '{') {
            ++m_depth;
        } else if (next == '}') {
            isWhole = --m_depth == 0;
        }
    }
    const bool isTooLong = m_object.size() + length > MAX_OBJECT;
    if (!isTooLong)
        m_object += bytes.substr(0, length);
    if (isWhole && !isTooLong)
        m_last.swap(m_object);
    if (isWhole || isTooLong)
        m_state = State::Searching;
    return bytes.substr(length);
}

TokenCounts UsageScanner::tokens() const
{
    return countsIn(m_last);
}

} // namespace Gateway
