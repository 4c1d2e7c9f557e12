#pragma once

#include <memory>
#include <vector>

#include "gateway/upstream/connectattempt.h"
#include "gateway/upstream/curlloop.h"

namespace Gateway {

/// Makes connections with libcurl: names, both address families at once, TLS, proxies. HTTP is spoken by
/// others.
class Connector final : private CurlLoop::User
{
public:
    explicit Connector(UpstreamOptions options);
    ~Connector();
    Connector(const Connector &) = delete;
    Connector &operator=(const Connector &) = delete;

    /// For attempts from now on.
    void setOptions(UpstreamOptions options) { m_options = std::move(options); }

    /// The listener is called later, once, unless the attempt is destroyed before.
    std::unique_ptr<ConnectAttempt> start(const Origin &origin, ConnectAttempt::Listener &listener);

private:
    void transferEnded(CURL *easy, CURLcode code) override;

    CurlLoop &roomyLoop();

    UpstreamOptions m_options;
    CURLSH *m_share; ///< Names and TLS sessions, for all loops.
    std::vector<std::unique_ptr<CurlLoop>> m_loops;
};

} // namespace Gateway
