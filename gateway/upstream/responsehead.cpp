#include "gateway/upstream/responsehead.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_HEAD = 128 * 1024; ///< All lines, those of interim answers too.
constexpr std::size_t SPARE_ENTRIES = 32;
constexpr std::size_t KEPT_LINE = 1024;

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

void ResponseHead::feed(std::string_view &bytes)
{
    while (!bytes.empty() && m_state == State::More) {
        const std::size_t end = bytes.find('\n');
        const std::size_t used = end == std::string_view::npos ? bytes.size() : end + 1;
        m_size += used;
        if (m_size > LONGEST_HEAD) {
            m_state = State::Broken;
        } else if (end == std::string_view::npos) {
            m_partial += bytes;
        } else if (m_partial.empty()) {
            takeLine(bytes.substr(0, end));
        } else {
            m_partial += bytes.substr(0, end);
            takeLine(m_partial);
            m_partial.clear();
        }
        bytes.remove_prefix(used);
    }
}

void ResponseHead::takeLine(std::string_view line)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (m_status == 0)
        takeStatusLine(line);
    else if (!line.empty())
        takeHeader(line);
    else if (m_status >= 200)
        m_state = State::Complete;
    else
        m_status = 0; // an interim answer ends; another head follows
}

/// `HTTP/1.1 200 OK`; the words behind the number are of no account. 101 would end HTTP, and was not asked
/// for.
void ResponseHead::takeStatusLine(std::string_view line)
{
    dropHeaders();
    const bool isRead = line.size() >= 12 && line.starts_with("HTTP/1.") && isDigit(line[7]) &&
                        line[8] == ' ' && std::all_of(line.begin() + 9, line.begin() + 12, isDigit) &&
                        (line.size() == 12 || line[12] == ' ');
    if (isRead) {
        m_isOld = line[7] == '0';
        m_status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    }
    if (m_status < 100 || m_status == 101)
        m_state = State::Broken;
}

/// A line without a colon is passed over. One that begins with a blank continues the line before (RFC 9112,
/// 5.2).
void ResponseHead::takeHeader(std::string_view line)
{
    if (line.front() == ' ' || line.front() == '\t') {
        if (!m_headers.empty()) {
            m_headers.back().second += ' ';
            m_headers.back().second += trimmed(line);
        }
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    if (m_spare.empty()) {
        m_headers.emplace_back();
    } else {
        m_headers.push_back(std::move(m_spare.back()));
        m_spare.pop_back();
    }
    m_headers.back().first = trimmed(line.substr(0, colon));
    m_headers.back().second = trimmed(line.substr(colon + 1));
}

void ResponseHead::dropHeaders()
{
    // the last first, so that the entries are taken in their old order and find their sizes again
    while (!m_headers.empty()) {
        if (m_spare.size() < SPARE_ENTRIES)
            m_spare.push_back(std::move(m_headers.back()));
        m_headers.pop_back();
    }
}

void ResponseHead::dropEncoding()
{
    std::erase_if(m_headers, [](const auto &header) {
        return equalsIgnoreCase(header.first, "Content-Encoding") ||
               equalsIgnoreCase(header.first, "Content-Length");
    });
}

void ResponseHead::clear()
{
    dropHeaders();
    m_partial.clear();
    if (m_partial.capacity() > KEPT_LINE)
        std::string().swap(m_partial);
    m_size = 0;
    m_status = 0;
    m_isOld = false;
    m_state = State::More;
}

} // namespace Gateway
