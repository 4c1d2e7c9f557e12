#include "gateway/upstream/http2origins.h"

#include <algorithm>

namespace Gateway {

namespace {

std::string_view originOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return url;
    return url.substr(0, std::min(url.find_first_of("/?#", scheme + 3), url.size()));
}

} // namespace

bool Http2Origins::holds(std::string_view url) const
{
    return !m_origins.empty() &&
           std::find(m_origins.begin(), m_origins.end(), originOf(url)) != m_origins.end();
}

void Http2Origins::note(std::string_view url, bool isHttp2)
{
    if (isHttp2 == holds(url))
        return;
    if (isHttp2)
        m_origins.emplace_back(originOf(url));
    else
        std::erase(m_origins, originOf(url));
}

} // namespace Gateway
