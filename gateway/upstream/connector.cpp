#include "gateway/upstream/connector.h"

#include <algorithm>

namespace Gateway {

namespace {

/// Whoever sends or receives through an easy handle has libcurl look through all connections of its multi
/// handle (Curl_getconnectinfo), so there is a multi handle for every few of them.
constexpr int LOOP_HANDLES = 32;

} // namespace

Connector::Connector(UpstreamOptions options)
    : m_options(std::move(options))
    , m_share(curl_share_init())
{
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

Connector::~Connector()
{
    m_loops.clear();
    curl_share_cleanup(m_share);
}

std::unique_ptr<ConnectAttempt> Connector::start(const Origin &origin, ConnectAttempt::Listener &listener)
{
    return std::make_unique<ConnectAttempt>(roomyLoop(), m_share, origin, m_options, listener);
}

void Connector::transferEnded(CURL *easy, CURLcode code)
{
    char *user = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
    static_cast<ConnectAttempt *>(static_cast<void *>(user))->ended(code);
}

CurlLoop &Connector::roomyLoop()
{
    const auto roomy = std::find_if(m_loops.begin(), m_loops.end(),
                                    [](const auto &loop) { return loop->handles() < LOOP_HANDLES; });
    if (roomy != m_loops.end())
        return **roomy;
    m_loops.push_back(std::make_unique<CurlLoop>(static_cast<CurlLoop::User &>(*this)));
    return *m_loops.back();
}

} // namespace Gateway
