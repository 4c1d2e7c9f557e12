#include "gateway/upstream/responsehead.h"

#include <algorithm>
#include <charconv>

namespace Gateway {

bool ResponseHead::feed(std::string_view lines)
{
    while (!lines.empty() && !m_complete) {
        const std::size_t end = std::min(lines.find('\n'), lines.size() - 1);
        const std::string_view line = trimmed(lines.substr(0, end));
        lines.remove_prefix(end + 1);
        if (!line.empty()) {
            takeLine(line);
        } else if (m_status >= 200) {
            m_complete = true;
            return true;
        }
    }
    return false;
}

void ResponseHead::takeLine(std::string_view line)
{
    if (line.starts_with("HTTP/")) {
        m_headers.clear();
        m_http2 = line.starts_with("HTTP/2");
        const std::size_t blank = std::min(line.find(' ') + 1, line.size());
        m_status = 0;
        std::from_chars(line.data() + blank, line.data() + line.size(), m_status);
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        m_headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

void ResponseHead::dropEncoding()
{
    if (headerValue(m_headers, "Content-Encoding").empty())
        return;
    std::erase_if(m_headers, [](const auto &header) {
        return equalsIgnoreCase(header.first, "Content-Encoding") ||
               equalsIgnoreCase(header.first, "Content-Length");
    });
}

void ResponseHead::clear()
{
    m_headers.clear();
    m_status = 0;
    m_http2 = false;
    m_complete = false;
}

} // namespace Gateway
