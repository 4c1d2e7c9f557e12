#include "gateway/telemetry/usagescanner.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <span>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_OBJECT = 8 * 1024;
/// More than any answer has; a sum of such counts is still a number.
constexpr std::int64_t MOST_TOKENS = 1'000'000'000'000;

using Searcher = std::boyer_moore_horspool_searcher<std::string_view::const_iterator>;

/// std::string_view::find would stop at each '"', and JSON is full of them.
const Searcher &searcherFor(std::string_view name)
{
    static const Searcher gemini(UsageScanner::GEMINI.begin(), UsageScanner::GEMINI.end());
    static const Searcher others(UsageScanner::OTHERS.begin(), UsageScanner::OTHERS.end());
    return name == UsageScanner::GEMINI ? gemini : others;
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
    {"responseTokenCount", &TokenCounts::candidates},   {"prompt_tokens", &TokenCounts::prompt},
    {"completion_tokens", &TokenCounts::candidates},    {"total_tokens", &TokenCounts::total},
    {"total_input_tokens", &TokenCounts::prompt},       {"total_output_tokens", &TokenCounts::candidates},
    {"total_thought_tokens", &TokenCounts::thoughts},   {"total_cached_tokens", &TokenCounts::cached},
    {"total_tool_use_tokens", &TokenCounts::toolUse},
};

/// In OpenAI's "…_tokens_details".
constexpr Count DETAILS[] = {
    {"reasoning_tokens", &TokenCounts::thoughts},
    {"cached_tokens", &TokenCounts::cached},
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
    return isWhole ? std::min(number, MOST_TOKENS) : -1;
}

void readCount(std::string_view name, std::string_view value, std::span<const Count> known,
               TokenCounts &counts)
{
    for (const Count &count : known) {
        if (name == count.name)
            counts.*count.member = numberAt(value);
    }
}

/// OpenAI counts thoughts into the completion; Google's own answers have them in the total alone at times.
void splitCompletion(TokenCounts &counts)
{
    const std::int64_t told = counts.prompt + counts.candidates;
    if (counts.thoughts > 0 && counts.candidates >= counts.thoughts && counts.total == told)
        counts.candidates -= counts.thoughts;
    else if (counts.thoughts < 0 && counts.prompt >= 0 && counts.candidates >= 0 && counts.total > told)
        counts.thoughts = counts.total - told;
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
        if (colon < object.size() && object[colon] == ':') {
            const std::string_view name = object.substr(at + 1, end - at - 2);
            const std::string_view value = object.substr(skipBlanks(object, colon + 1));
            if (depth == 1)
                readCount(name, value, COUNTS, counts);
            else if (depth == 2)
                readCount(name, value, DETAILS, counts);
        }
        at = end;
    }
    if (object.find("\"completion_tokens\"") != std::string_view::npos)
        splitCompletion(counts);
    return counts;
}

} // namespace

UsageScanner::UsageScanner(std::string_view name)
    : m_name(name)
{
}

std::size_t UsageScanner::findName(std::string_view bytes) const
{
    const auto found = std::search(bytes.begin(), bytes.end(), searcherFor(m_name));
    return found == bytes.end() ? std::string_view::npos : static_cast<std::size_t>(found - bytes.begin());
}

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
    m_tail += bytes.substr(0, m_name.size() - 1);
    if (const std::size_t at = findName(m_tail); at != std::string_view::npos)
        return found(bytes.substr(at + m_name.size() - kept));
    if (const std::size_t at = findName(bytes); at != std::string_view::npos)
        return found(bytes.substr(at + m_name.size()));
    if (bytes.size() >= m_name.size())
        m_tail = bytes.substr(bytes.size() - (m_name.size() - 1));
    else if (m_tail.size() >= m_name.size())
        m_tail.erase(0, m_tail.size() - (m_name.size() - 1));
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
