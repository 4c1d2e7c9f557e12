#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Remembers which origins speak HTTP/2. For those a new stream rather waits for a connection that is being
/// made than opens another; for others waiting would make the calls follow one another.
class Http2Origins
{
public:
    bool holds(std::string_view url) const;
    /// What the answer to `url` came by.
    void note(std::string_view url, bool isHttp2);
    void clear() { m_origins.clear(); }

private:
    std::vector<std::string> m_origins; ///< "https://host:port"; one or two in practice.
};

} // namespace Gateway
