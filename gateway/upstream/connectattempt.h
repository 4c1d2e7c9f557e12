#pragma once

#include <memory>

#include <curl/curl.h>

#include "gateway/upstream/curlloop.h"
#include "gateway/upstream/origin.h"
#include "gateway/upstream/upstreamclient.h"
#include "gateway/upstream/wire.h"

namespace Gateway {

/// One connection that libcurl is making (CURLOPT_CONNECT_ONLY); destroying it gives up.
class ConnectAttempt final
{
public:
    class Listener
    {
    public:
        /// One of them is called; the attempt may be destroyed inside.
        virtual void connected(std::unique_ptr<Wire> wire) = 0;
        virtual void connectFailed(const UpstreamEnd &end) = 0;

    protected:
        ~Listener() = default;
    };

    /// `share` has the names and TLS sessions of earlier ones.
    ConnectAttempt(CurlLoop &loop, CURLSH *share, const Origin &origin, const UpstreamOptions &options,
                   Listener &listener);
    ~ConnectAttempt();
    ConnectAttempt(const ConnectAttempt &) = delete;
    ConnectAttempt &operator=(const ConnectAttempt &) = delete;

    /// What libcurl made of it.
    void ended(CURLcode code);

private:
    enum class Proxy : std::uint8_t { None, Http, Socks };

    static Proxy kindOf(const Origin &origin);
    static curl_socket_t onOpen(void *user, curlsocktype purpose, curl_sockaddr *address);
    static std::size_t onBytes(char *, std::size_t size, std::size_t count, void *);

    void setUp(CURLSH *share, const Origin &origin, const UpstreamOptions &options);
    std::unique_ptr<Wire> takeWire();
    UpstreamEnd failure(CURLcode code) const;
    bool isProxysFault(CURLcode code) const;

    CurlLoop &m_loop;
    CURL *m_easy; ///< Null when the wire has it.
    Listener &m_listener;
    const bool m_isPlain;
    const Proxy m_proxy;
    const bool m_checksAddress;
    bool m_addressRefused = false;
};

} // namespace Gateway
