#include "gateway/relay/streamgate.h"

#include <algorithm>

namespace Gateway {

namespace {

/// An event of this size is passed on unfinished: memory per stream stays bounded.
constexpr std::size_t MAX_HELD = 8u * 1024 * 1024;

} // namespace

StreamGate::StreamGate(AnswerShape shape)
    : m_shape(shape)
{
}

void StreamGate::feed(std::string_view bytes, std::string &out)
{
    if (m_shape == AnswerShape::Sse && m_rest.empty()) { // the common case: no copy but the one into `out`
        const std::size_t whole = wholeEvents(bytes);
        out += bytes.substr(0, whole);
        m_rest = bytes.substr(whole);
        return;
    }
    m_rest += bytes;
    std::size_t whole = m_shape == AnswerShape::Sse ? wholeEvents(m_rest) : wholeElements(m_rest);
    if (m_rest.size() > MAX_HELD)
        whole = m_rest.size();
    if (whole == 0)
        return;
    out.append(m_rest, 0, whole);
    m_rest.erase(0, whole);
    m_scanned -= std::min(m_scanned, whole);
}

void StreamGate::release(std::string &out)
{
    out += m_rest;
    m_rest.clear();
}

std::size_t StreamGate::wholeEvents(std::string_view bytes) const
{
    // An event ends with an empty line; Google writes CR LF, others LF.
    std::size_t at = bytes.size();
    while ((at = bytes.rfind('\n', at)) != std::string_view::npos) {
        const bool endsEmptyLine =
            (at >= 1 && bytes[at - 1] == '\n') || (at >= 2 && bytes[at - 1] == '\r' && bytes[at - 2] == '\n');
        if (endsEmptyLine)
            return at + 1;
        if (at-- == 0)
            break;
    }
    return 0;
}

std::size_t StreamGate::wholeElements(std::string_view bytes)
{
    std::size_t whole = 0;
    for (; m_scanned < bytes.size(); ++m_scanned) {
        const char c = bytes[m_scanned];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (c == '"') {
            m_inString = true;
        } else if (c == '[' || c == '{') {
            if (m_depth++ == 0) {
                m_opened = true;
                whole = m_scanned + 1;
            }
        } else if (c == ']' || c == '}') {
            --m_depth;
            if (m_depth <= 1) {
                whole = m_scanned + 1;
                m_passedElement = true;
                m_closed = m_depth == 0;
            }
        }
    }
    return whole;
}

void StreamGate::breakOff(std::string_view errorJson, std::string &out) const
{
    if (m_shape == AnswerShape::Sse) {
        out += "data: ";
        out += errorJson;
        out += "\r\n\r\n";
        return;
    }
    if (m_closed)
        return; // every element is down: nothing is missing
    if (!m_opened)
        out += '[';
    out += m_passedElement ? ",\n" : "";
    out += errorJson;
    out += "\n]";
}

} // namespace Gateway
