#include "gateway/upstream/connectattempt.h"

#include <utility>

#include "gateway/upstream/plainwire.h"
#include "gateway/upstream/publicaddress.h"
#include "gateway/upstream/tlswire.h"

namespace Gateway {

ConnectAttempt::ConnectAttempt(CurlLoop &loop, CURLSH *share, const Origin &origin,
                               const UpstreamOptions &options, Listener &listener)
    : m_loop(loop)
    , m_easy(curl_easy_init())
    , m_listener(listener)
    , m_isPlain(origin.isPlain)
    , m_proxy(kindOf(origin))
    , m_checksAddress(options.publicAddressesOnly)
{
    setUp(share, origin, options);
    m_loop.add(m_easy);
}

ConnectAttempt::Proxy ConnectAttempt::kindOf(const Origin &origin)
{
    if (origin.proxyUrl.empty())
        return Proxy::None;
    return startsWithIgnoreCase(origin.proxyUrl, "socks") ? Proxy::Socks : Proxy::Http;
}

ConnectAttempt::~ConnectAttempt()
{
    if (!m_easy)
        return;
    m_loop.remove(m_easy);
    curl_easy_cleanup(m_easy);
}

void ConnectAttempt::setUp(CURLSH *share, const Origin &origin, const UpstreamOptions &options)
{
    m_loop.adopt(m_easy);
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(m_easy, CURLOPT_SHARE, share);
    curl_easy_setopt(m_easy, CURLOPT_URL, origin.url.c_str());
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(m_easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectTimeoutMs));
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, &ConnectAttempt::onOpen);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &ConnectAttempt::onBytes); // or a proxy's go to stdout
    if (!options.caFile.empty()) {
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, options.caFile.c_str());
        curl_easy_setopt(m_easy, CURLOPT_PROXY_CAINFO, options.caFile.c_str());
    }
    // empty texts shut out the environment's
    curl_easy_setopt(m_easy, CURLOPT_PROXY, origin.proxyUrl.c_str());
    curl_easy_setopt(m_easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(m_easy, CURLOPT_HTTPPROXYTUNNEL, 1L); // for http too: no key to a proxy
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void ConnectAttempt::ended(CURLcode code)
{
    if (code != CURLE_OK) {
        m_listener.connectFailed(failure(code));
        return;
    }
    std::unique_ptr<Wire> wire = takeWire();
    if (wire)
        m_listener.connected(std::move(wire));
    else
        m_listener.connectFailed(failure(CURLE_COULDNT_CONNECT));
}

/// A socket without TLS is taken out of libcurl's hands altogether: libcurl closes connections that it finds
/// idle and readable or older than two minutes, and cannot know that one is in use here. Through TLS it does
/// know, as sending binds the easy handle to the connection.
std::unique_ptr<Wire> ConnectAttempt::takeWire()
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(m_easy, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK || fd == CURL_SOCKET_BAD)
        return nullptr;
    m_loop.handOver(fd, m_isPlain);
    CURL *easy = std::exchange(m_easy, nullptr);
    if (!m_isPlain)
        return std::make_unique<TlsWire>(m_loop, easy, fd);
    m_loop.remove(easy);
    curl_easy_cleanup(easy);
    return std::make_unique<PlainWire>(fd);
}

UpstreamEnd ConnectAttempt::failure(CURLcode code) const
{
    UpstreamEnd end;
    end.timedOut = code == CURLE_OPERATION_TIMEDOUT;
    end.refused = m_addressRefused;
    long proxyStatus = 0;
    if (m_easy)
        curl_easy_getinfo(m_easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    end.proxyFailed = m_proxy != Proxy::None && !m_addressRefused &&
                      (proxyStatus >= 300 || (proxyStatus == 0 && isProxysFault(code)));
    if (m_addressRefused)
        end.error = "The address of the host is not a public one.";
    else if (proxyStatus >= 300)
        end.error = "The proxy refused the connection with status " + std::to_string(proxyStatus) + ".";
    else if (end.timedOut)
        end.error = "The connection was not made in time.";
    else
        end.error = curl_easy_strerror(code);
    return end;
}

/// Of a connection that did not get through the proxy.
bool ConnectAttempt::isProxysFault(CURLcode code) const
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_OPERATION_TIMEDOUT:
        return true;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        return m_proxy == Proxy::Http; // through SOCKS it may be Google's side already
    default:
        return false;
    }
}

curl_socket_t ConnectAttempt::onOpen(void *user, curlsocktype, curl_sockaddr *address)
{
    auto *self = static_cast<ConnectAttempt *>(user);
    if (self->m_checksAddress && !isPublicAddress(&address->addr)) {
        self->m_addressRefused = true;
        return CURL_SOCKET_BAD;
    }
    return self->m_loop.openSocket(*address);
}

std::size_t ConnectAttempt::onBytes(char *, std::size_t size, std::size_t count, void *)
{
    return size * count;
}

} // namespace Gateway
