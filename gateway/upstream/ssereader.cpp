#include "gateway/upstream/ssereader.h"

#include <algorithm>
#include <cstring>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::string_view BYTE_ORDER_MARK = "\xef\xbb\xbf";
constexpr std::size_t KEPT_CAPACITY = 64 * 1024; // more is given back once a large event is through

/// Position of the next `wanted` at or after `from`, or the end.
std::size_t positionOf(std::string_view bytes, char wanted, std::size_t from)
{
    if (from >= bytes.size())
        return bytes.size();
    const void *found = std::memchr(bytes.data() + from, wanted, bytes.size() - from);
    return found ? static_cast<std::size_t>(static_cast<const char *>(found) - bytes.data()) : bytes.size();
}

/// Walks over the ends of lines. Remembers where the next CR and LF are, so that each byte is looked at once
/// per kind, whichever ends a stream uses.
class LineEnds
{
public:
    LineEnds(std::string_view bytes, std::size_t from)
        : m_bytes(bytes)
        , m_cr(positionOf(bytes, '\r', from))
        , m_lf(positionOf(bytes, '\n', from))
    {
    }

    /// Where the line that holds or begins at `from` ends; the size when it is unfinished.
    std::size_t next(std::size_t from)
    {
        if (m_cr < from)
            m_cr = positionOf(m_bytes, '\r', from);
        if (m_lf < from)
            m_lf = positionOf(m_bytes, '\n', from);
        return std::min(m_cr, m_lf);
    }

    /// The first byte after the line end at `end`.
    std::size_t after(std::size_t end) const
    {
        const bool pair = m_bytes[end] == '\r' && end + 1 < m_bytes.size() && m_bytes[end + 1] == '\n';
        return end + (pair ? 2 : 1);
    }

private:
    std::string_view m_bytes;
    std::size_t m_cr;
    std::size_t m_lf;
};

/// The value of a line `name: value`; false when the line has another name.
bool takeField(std::string_view line, std::string_view name, std::string_view &value)
{
    if (!line.starts_with(name))
        return false;
    line.remove_prefix(name.size());
    if (line.empty()) { // a bare name has an empty value
        value = line;
        return true;
    }
    if (line.front() != ':')
        return false;
    line.remove_prefix(1);
    if (!line.empty() && line.front() == ' ')
        line.remove_prefix(1);
    value = line;
    return true;
}

} // namespace

SseReader::SseReader(std::size_t limit)
    : m_limit(limit)
{
}

bool SseReader::feed(std::string_view bytes, const Visit &visit)
{
    if (m_tooLarge)
        return false;
    if (bytes.empty())
        return true;
    if (m_skipLf && bytes.front() == '\n') {
        bytes.remove_prefix(1);
        if (!m_rest.empty()) { // of an error told without "data:" every byte counts
            m_rest += '\n';
            ++m_lineStart;
            ++m_scanned;
        }
    }
    m_skipLf = false;
    if (bytes.empty())
        return true;
    m_skipLf = bytes.back() == '\r';

    const bool kept = !m_rest.empty();
    if (kept) {
        m_rest += bytes;
        bytes = m_rest;
    }
    if (m_atStart) {
        if (bytes.size() < BYTE_ORDER_MARK.size() && BYTE_ORDER_MARK.starts_with(bytes)) {
            keepRest(bytes, 0);
            return true;
        }
        m_atStart = false;
        if (bytes.starts_with(BYTE_ORDER_MARK))
            bytes.remove_prefix(BYTE_ORDER_MARK.size());
    }
    keepRest(bytes, visitEvents(bytes, visit));
    m_tooLarge = m_tooLarge || m_rest.size() > m_limit;
    return !m_tooLarge;
}

/// Visits every finished event; returns where the unfinished one begins and sets m_lineStart within that.
std::size_t SseReader::visitEvents(std::string_view bytes, const Visit &visit)
{
    std::size_t eventStart = 0;
    std::size_t lineStart = std::min(m_lineStart, bytes.size());
    const std::size_t seen = m_scanned;
    LineEnds ends(bytes, std::max(lineStart, std::min(seen, bytes.size())));
    for (;;) {
        const std::size_t end = ends.next(lineStart);
        if (end >= bytes.size())
            break;
        const std::size_t following = ends.after(end);
        if (end == lineStart) {
            visitEvent(bytes.substr(eventStart, lineStart - eventStart), visit);
            eventStart = following;
        }
        lineStart = following;
    }
    m_lineStart = lineStart - eventStart;
    m_scanned = bytes.size() - eventStart;
    return eventStart;
}

void SseReader::visitEvent(std::string_view event, const Visit &visit)
{
    if (event.empty())
        return;
    if (event.size() > m_limit) {
        m_tooLarge = true;
        return;
    }
    if (event.front() == '{' || event.front() == '[') {
        visit({}, trimmed(event));
        return;
    }
    std::string_view type;
    std::string_view data;
    std::size_t dataLines = 0;
    LineEnds ends(event, 0);
    for (std::size_t lineStart = 0; lineStart < event.size();) {
        const std::size_t end = ends.next(lineStart);
        const std::string_view line = event.substr(lineStart, end - lineStart);
        lineStart = end < event.size() ? ends.after(end) : end;
        std::string_view value;
        if (takeField(line, "data", value)) {
            if (dataLines == 1)
                m_joined = data;
            if (dataLines >= 1) {
                m_joined += '\n';
                m_joined += value;
            }
            data = value;
            ++dataLines;
        } else if (takeField(line, "event", value)) {
            type = value;
        }
    }
    if (dataLines == 1)
        visit(type, data);
    else if (dataLines > 1)
        visit(type, m_joined);
}

/// Keeps bytes[from…], which may lie in m_rest itself.
void SseReader::keepRest(std::string_view bytes, std::size_t from)
{
    const std::string_view unfinished = bytes.substr(from);
    if (unfinished.empty()) {
        m_rest.clear();
        if (m_rest.capacity() > KEPT_CAPACITY)
            m_rest.shrink_to_fit();
        if (m_joined.capacity() > KEPT_CAPACITY)
            m_joined = std::string();
    } else if (!m_rest.empty()) {
        m_rest.erase(0, m_rest.size() - unfinished.size());
    } else {
        m_rest = unfinished;
    }
}

} // namespace Gateway
