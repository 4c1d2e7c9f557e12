#pragma once

#include <string>
#include <string_view>

#include "gateway/common/wsreader.h"
#include "gateway/http/connection.h"
#include "gateway/relay/clientsocket.h"

namespace Gateway {

/// The gateway's end of a client's WebSocket, on a connection that was upgraded. Answers pings, sends its own
/// while nothing flows, and takes a client that does not answer four of them for gone.
class WebSocketEnd final : public ClientSocket, private ConnectionAnswer
{
public:
    /// `connection`: as Exchange::upgrade() gave it. A message of more than `messageLimit` bytes closes with
    /// 1009.
    WebSocketEnd(Connection &connection, std::size_t messageLimit);
    ~WebSocketEnd() override;

    void setListener(ClientSocketListener *listener) override { m_listener = listener; }
    bool send(bool isText, std::string_view payload) override;
    void close(const WsClose &close) override;
    void pause() override;
    void resume() override;

private:
    void bytesCame(std::string_view bytes) override;
    void peerGone() override;
    void drained() override;
    void silent() override;
    void draining() override;

    void consume(std::string_view bytes);
    bool act(WsReader::Event event);
    void sendControl(WsOpcode opcode, std::string_view payload);

    Connection *m_connection; ///< Null once closed or gone.
    ClientSocketListener *m_listener = nullptr;
    WsReader m_reader;
    std::string m_rest; ///< Came while paused.
    bool *m_isDestroyed = nullptr;
    int m_silentPings = 0; ///< Sent since anything came.
    bool m_isPaused = false;
};

} // namespace Gateway
