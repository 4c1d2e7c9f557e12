#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// The header lines of one request as libcurl reads them, in memory that the next request uses again.
class HeaderLines
{
public:
    /// Takes what `request` wants sent: its key and its headers, save those that libcurl writes itself and
    /// those that would break the head. What libcurl would add unasked is withheld. The list lives until the
    /// next call or wipe().
    curl_slist *build(const UpstreamRequest &request, bool sendsBody);

    /// Overwrites the lines, as the key is among them.
    void wipe();

private:
    void add(std::string_view name, std::string_view value);
    void withhold(std::string_view line);
    curl_slist *link();

    std::string m_lines;                ///< Each ended by NUL.
    std::vector<std::size_t> m_offsets; ///< Where each begins in m_lines.
    std::vector<curl_slist> m_list;     ///< Points into m_lines.
};

} // namespace Gateway
