#pragma once

#include <string>
#include <string_view>

#include "gateway/common/wsframe.h"

namespace Gateway {

/// Hears what a client says on its WebSocket. Called in the worker's thread; each call may destroy the
/// socket.
class ClientSocketListener
{
public:
    virtual ~ClientSocketListener() = default;
    virtual void clientMessage(bool isText, std::string payload) = 0;
    /// The client closed, or broke the rules and was told so; nothing more can be sent.
    virtual void clientClosed(const WsClose &close) = 0;
    /// The client left without a word; nothing more can be sent.
    virtual void clientGone() = 0;
    /// Buffered bytes fell under the low mark after having been over the high one.
    virtual void clientDrained() = 0;
    /// The gateway is being stopped: the session is to end soon.
    virtual void gatewayStops() = 0;
};

/// A client's WebSocket as messages: frames, pings and the closing handshake are its own. Destroyed while
/// open it cuts the connection.
class ClientSocket
{
public:
    virtual ~ClientSocket() = default;

    virtual void setListener(ClientSocketListener *listener) = 0;

    /// False while the client is slow (buffered bytes over the high mark): then pause until clientDrained().
    virtual bool send(bool isText, std::string_view payload) = 0;
    /// Ends the session; nothing is heard of it any more.
    virtual void close(const WsClose &close) = 0;

    /// Nothing is read from the client until resume(); that it left is seen all the same.
    virtual void pause() = 0;
    /// Messages come again, not from inside this.
    virtual void resume() = 0;
};

} // namespace Gateway
