#include "gateway/telemetry/usagescanner.h"

#include <algorithm>
#include <functional>

#include "gateway/common/json.h"
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
    TokenCounts counts;
    if (m_last.empty())
        return counts;
    const Result<json::object> usage = parseJsonObject(m_last);
    if (!usage)
        return counts;
    counts.prompt = integerAt(*usage, "promptTokenCount", -1);
    counts.candidates = integerAt(*usage, "candidatesTokenCount", -1);
    counts.thoughts = integerAt(*usage, "thoughtsTokenCount", -1);
    counts.cached = integerAt(*usage, "cachedContentTokenCount", -1);
    counts.toolUse = integerAt(*usage, "toolUsePromptTokenCount", -1);
    counts.total = integerAt(*usage, "totalTokenCount", -1);
    return counts;
}

} // namespace Gateway
