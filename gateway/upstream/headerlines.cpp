#include "gateway/upstream/headerlines.h"

#include <sodium.h>

namespace Gateway {

namespace {

bool fitsInHeader(std::string_view text)
{
    constexpr std::string_view breaking("\r\n\0", 3);
    return text.find_first_of(breaking) == std::string_view::npos;
}

/// Headers that libcurl writes itself, or that would make it wait (Expect).
bool isCurlsOwn(std::string_view name)
{
    return equalsIgnoreCase(name, "Host") || equalsIgnoreCase(name, "Content-Length") ||
           equalsIgnoreCase(name, "Expect") || equalsIgnoreCase(name, "Transfer-Encoding");
}

} // namespace

curl_slist *HeaderLines::build(const UpstreamRequest &request, bool sendsBody)
{
    m_lines.clear();
    m_offsets.clear();
    bool namesType = false;
    bool namesAccept = false;
    const bool hasKey = !request.apiKey.empty();
    if (hasKey)
        add("x-goog-api-key", request.apiKey);
    for (std::size_t i = 0; request.headers && i < request.headers->size(); ++i) {
        const auto &[name, value] = (*request.headers)[i];
        if (isCurlsOwn(name) || (request.decode && equalsIgnoreCase(name, "Accept-Encoding")) ||
            (hasKey && equalsIgnoreCase(name, "x-goog-api-key")))
            continue;
        namesType = namesType || equalsIgnoreCase(name, "Content-Type");
        namesAccept = namesAccept || equalsIgnoreCase(name, "Accept");
        add(name, value);
    }
    if (!namesAccept)
        withhold("Accept:");
    if (sendsBody)
        withhold("Expect:");
    if (sendsBody && !namesType)
        withhold("Content-Type:");
    return link();
}

void HeaderLines::wipe()
{
    sodium_memzero(m_lines.data(), m_lines.size());
    m_lines.clear();
}

void HeaderLines::add(std::string_view name, std::string_view value)
{
    if (name.empty() || !fitsInHeader(name) || !fitsInHeader(value))
        return;
    m_offsets.push_back(m_lines.size());
    m_lines += name;
    if (value.empty()) {
        m_lines += ';'; // libcurl's way of sending "Name:"
    } else {
        m_lines += ": ";
        m_lines += value;
    }
    m_lines += '\0';
}

/// A name without a value keeps libcurl from adding its own.
void HeaderLines::withhold(std::string_view line)
{
    m_offsets.push_back(m_lines.size());
    m_lines += line;
    m_lines += '\0';
}

curl_slist *HeaderLines::link()
{
    m_list.resize(m_offsets.size());
    for (std::size_t i = 0; i < m_list.size(); ++i)
        m_list[i] = {m_lines.data() + m_offsets[i], i + 1 < m_list.size() ? &m_list[i + 1] : nullptr};
    return m_list.empty() ? nullptr : m_list.data();
}

} // namespace Gateway
