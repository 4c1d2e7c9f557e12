#pragma once

#include <memory>
#include <optional>
#include <string>

#include <QBasicTimer>
#include <QObject>

#include "gateway/common/wsreader.h"
#include "gateway/upstream/connector.h"
#include "gateway/upstream/sockethandshake.h"
#include "gateway/upstream/upstreamsocket.h"

namespace Gateway {

/// A WebSocket on a connection of its own that a Connector makes.
class WireSocket final : public QObject,
                         public UpstreamSocket,
                         private ConnectAttempt::Listener,
                         private Wire::User
{
public:
    /// Begins to connect; `connector` and `listener` outlive this. The opening may take `openingMs` once the
    /// connection stands.
    WireSocket(Connector &connector, const SocketRequest &request, std::int64_t openingMs,
               SocketListener &listener);
    ~WireSocket() override;

    bool send(bool isText, std::string_view payload) override;
    void close(const WsClose &close) override;
    void pause() override;
    void resume() override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void connected(std::unique_ptr<Wire> wire) override;
    void connectFailed(const UpstreamEnd &end) override;
    void wireReady(Wire &wire, int events) override;

    void read();
    bool consume(std::string_view bytes);
    bool open(std::string_view &bytes);
    bool act(WsReader::Event event);
    void peerClosed();
    void flush();
    void watch();
    void fail(SocketFailure failure);
    void failed(std::string text, bool timedOut = false);
    template <typename Tell>
    bool tell(const Tell &what);
    static WsMask makeMask();

    Connector &m_connector;
    SocketListener *m_listener; ///< Null once nothing may be told any more.
    const std::int64_t m_openingMs;
    std::optional<Origin> m_origin;
    std::string m_failure; ///< Why it cannot even be tried.
    std::unique_ptr<ConnectAttempt> m_attempt;
    std::unique_ptr<Wire> m_wire;
    SocketHandshake m_handshake;
    WsReader m_reader;
    std::string m_sending; ///< Stays where it is until it is sent: the wire wants the same place again.
    std::size_t m_sent = 0;
    std::string m_queue; ///< To be sent after it.
    std::string m_held;  ///< Came while paused.
    QBasicTimer m_openingTimer;
    QBasicTimer m_soonTimer;
    bool *m_isDestroyed = nullptr;
    bool m_isOpen = false;
    bool m_isPaused = false;
    bool m_isOverHigh = false;
};

} // namespace Gateway
