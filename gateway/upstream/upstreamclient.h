#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/common/text.h"

namespace Gateway {

class SocketListener;
class UpstreamSocket;
struct SocketRequest;

/// One call to Google. `body` is borrowed until the call is over, the rest during start().
struct UpstreamRequest
{
    std::string_view method;          ///< "GET", "POST", …
    std::string_view url;             ///< Absolute, without credentials.
    std::string_view apiKey;          ///< Sent as x-goog-api-key; empty: none is sent.
    bool keyIsBearer = false;         ///< Sends it as Authorization: Bearer instead.
    const Headers *headers = nullptr; ///< Further headers, already cleaned of hop-by-hop ones; may be null.
    /// Headers in place of those of the same name among `headers`; null: UpstreamOptions::headers.
    const Headers *fixedHeaders = nullptr;
    const Headers *strongHeaders = nullptr; ///< In place of those of the same name among both; may be null.
    std::string_view body;
    bool hasBody = false;      ///< Also for an empty body: sends Content-Length: 0.
    bool decode = false;       ///< True: ask for gzip and hand out plain bytes. False: bytes as they come.
    std::string_view proxyUrl; ///< Like UpstreamOptions::proxyUrl, which an empty one leaves in force.
};

/// Why a call ended.
struct UpstreamEnd
{
    bool complete = false; ///< The answer came whole.
    bool timedOut = false;
    std::string error;        ///< For people, without URL or key; empty when complete.
    bool refused = false;     ///< Its address is not public, and only those were allowed.
    bool proxyFailed = false; ///< The proxy could not be reached, or would not let the call through.
};

/// Receives one call's answer, in the worker's thread. No function is called after end(), nor after the call
/// was cancelled; cancelling inside a function is allowed, and so is starting another call.
class UpstreamListener
{
public:
    virtual ~UpstreamListener() = default;
    /// The final answer's head (never 1xx), hop-by-hop headers included; where the bytes were decoded,
    /// without Content-Encoding and Content-Length.
    virtual void upstreamHead(int status, const Headers &headers) = 0;
    virtual void upstreamBody(std::string_view bytes) = 0;
    virtual void upstreamEnd(const UpstreamEnd &end) = 0;
};

/// A running call; destroying it cancels it at once and closes its connection.
class UpstreamCall
{
public:
    virtual ~UpstreamCall() = default;
    /// Holds back the bytes: nothing is read from the socket until resume(). Memory stays within one buffer.
    virtual void pause() = 0;
    /// Lets the bytes come again, but not from inside this.
    virtual void resume() = 0;
};

struct UpstreamOptions
{
    /// http, https, socks5, socks5h with user:pass; empty: none. One of http or https must allow CONNECT, to
    /// http targets too.
    std::string proxyUrl;
    std::int64_t connectTimeoutMs = 10'000;
    std::int64_t firstByteTimeoutMs = 300'000; ///< From sending until the head.
    std::int64_t idleTimeoutMs = 120'000;      ///< Between two pieces of an answer; not counted while paused.
    std::string caFile; ///< PEM file with the certificates to trust; empty: the system's.
    /// Every call carries these, in place of its own of the same name.
    Headers headers;
    /// Connects to public internet addresses only, whatever the host's name resolves to. Goes with no proxy,
    /// whose own address would be the one that is checked.
    bool publicAddressesOnly = false;
};

/// HTTP/1.1 in one worker's event loop, on connections that libcurl makes. Lives and is used in one thread.
class UpstreamClient
{
public:
    UpstreamClient(const Clock &clock, UpstreamOptions options);
    ~UpstreamClient();

    /// For calls started from now on; the time-outs for running ones as well.
    void setOptions(UpstreamOptions options);

    /// Starts a call; the listener is called later, never from inside start(), also when it fails at once. An
    /// idle connection is used again. Should it turn out to have closed before a byte of the answer came, the
    /// request is sent once more on a new one if that is safe: a GET or HEAD, or within one second.
    std::unique_ptr<UpstreamCall> start(const UpstreamRequest &request, UpstreamListener &listener);

    /// Opens a WebSocket on a connection of its own; the listener is called later, never from inside this.
    std::unique_ptr<UpstreamSocket> openSocket(const SocketRequest &request, SocketListener &listener);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
