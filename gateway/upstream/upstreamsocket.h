#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/wsframe.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// A WebSocket to open. All of it is read during UpstreamClient::openSocket().
struct SocketRequest
{
    std::string_view url;                   ///< http or https, absolute.
    std::string_view apiKey;                ///< Sent as x-goog-api-key; empty: none is sent.
    const Headers *headers = nullptr;       ///< Further headers of the opening request; may be null.
    const Headers *fixedHeaders = nullptr;  ///< As UpstreamRequest::fixedHeaders.
    const Headers *strongHeaders = nullptr; ///< As UpstreamRequest::strongHeaders.
    std::string_view proxyUrl;              ///< As UpstreamRequest::proxyUrl; goes through CONNECT or SOCKS.
    std::size_t messageLimit = 0;           ///< A larger message of the peer's is a failure.
};

/// Why a WebSocket did not open, or broke.
struct SocketFailure
{
    int status = 0; ///< The peer's HTTP answer in place of 101; 0: there was none.
    Headers headers;
    std::string body; ///< Of that answer, at most 1 MiB.
    UpstreamEnd end;  ///< Without an answer: what the network did.
};

/// Hears what a WebSocket does, in the worker's thread. Nothing is called after socketClosed() and
/// socketFailed(), nor after the socket was destroyed, which is allowed inside each but socketDrained().
class SocketListener
{
public:
    virtual ~SocketListener() = default;
    virtual void socketOpened() = 0;
    virtual void socketMessage(bool isText, std::string payload) = 0;
    /// The peer closed.
    virtual void socketClosed(const WsClose &close) = 0;
    virtual void socketFailed(const SocketFailure &failure) = 0;
    /// Unsent bytes fell under the low mark after having been over the high one.
    virtual void socketDrained() = 0;
};

/// A WebSocket to Google; destroying it ends it at once, without a close frame.
class UpstreamSocket
{
public:
    virtual ~UpstreamSocket() = default;
    /// Only once open. False while the peer is slow: then pause until socketDrained().
    virtual bool send(bool isText, std::string_view payload) = 0;
    /// Says good-bye as far as the connection takes it without waiting; nothing is heard after it.
    virtual void close(const WsClose &close) = 0;
    /// Holds back messages: nothing is read from the connection until resume().
    virtual void pause() = 0;
    /// Lets them come again, not from inside this.
    virtual void resume() = 0;
};

} // namespace Gateway
