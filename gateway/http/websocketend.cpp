#include "gateway/http/websocketend.h"

#include <utility>

namespace Gateway {

namespace {

constexpr int MOST_SILENT_PINGS = 4;

/// From here on a payload is sent from where it lies.
constexpr std::size_t LARGE = 16u * 1024;

} // namespace

WebSocketEnd::WebSocketEnd(Connection &connection, std::size_t messageLimit)
    : m_connection(&connection)
    , m_reader(WsReader::Sender::Client, messageLimit)
{
    connection.beginAnswer(this);
    connection.upgrade();
    connection.watchSilence();
}

WebSocketEnd::~WebSocketEnd()
{
    if (m_isDestroyed)
        *m_isDestroyed = true;
    if (m_connection)
        m_connection->cut(false);
}

bool WebSocketEnd::send(bool isText, std::string_view payload)
{
    if (!m_connection)
        return true;
    std::string &out = m_connection->output();
    const WsOpcode opcode = isText ? WsOpcode::Text : WsOpcode::Binary;
    if (payload.size() < LARGE) {
        appendWsFrame(out, opcode, payload, {});
        m_connection->touched();
    } else {
        appendWsHead(out, opcode, payload.size());
        m_connection->writeLarge(payload, {});
    }
    m_connection->watchSilence();
    return !m_connection->isOverHigh();
}

void WebSocketEnd::sendControl(WsOpcode opcode, std::string_view payload)
{
    appendWsFrame(m_connection->output(), opcode, payload, {});
    m_connection->touched();
    m_connection->watchSilence();
}

void WebSocketEnd::close(const WsClose &close)
{
    Connection *connection = std::exchange(m_connection, nullptr);
    if (!connection)
        return;
    appendWsClose(connection->output(), close, {});
    connection->endAnswer(false); // lingers for the client's own close frame
}

void WebSocketEnd::pause()
{
    m_isPaused = true;
    if (m_connection)
        m_connection->pauseReading();
}

void WebSocketEnd::resume()
{
    m_isPaused = false;
    if (m_connection)
        m_connection->resumeReading(); // what was kept comes with it
}

void WebSocketEnd::bytesCame(std::string_view bytes)
{
    m_silentPings = 0;
    if (m_rest.empty()) {
        consume(bytes);
        return;
    }
    m_rest += bytes;
    const std::string rest = std::exchange(m_rest, {});
    consume(rest);
}

void WebSocketEnd::consume(std::string_view bytes)
{
    while (m_connection) {
        if (m_isPaused) {
            m_rest = bytes;
            return;
        }
        const WsReader::Event event = m_reader.next(bytes);
        if (event == WsReader::Event::More || !act(event))
            return;
    }
}

/// False when this is destroyed.
bool WebSocketEnd::act(WsReader::Event event)
{
    bool isDestroyed = false;
    m_isDestroyed = &isDestroyed;
    switch (event) {
    case WsReader::Event::Message:
        if (m_listener)
            m_listener->clientMessage(m_reader.isText(), std::move(m_reader.payload()));
        break;
    case WsReader::Event::Ping:
        sendControl(WsOpcode::Pong, m_reader.payload());
        break;
    case WsReader::Event::Closed:
    case WsReader::Event::Failed:
        close(m_reader.close());
        if (m_listener)
            m_listener->clientClosed(m_reader.close());
        break;
    default:
        break;
    }
    if (!isDestroyed)
        m_isDestroyed = nullptr;
    return !isDestroyed;
}

void WebSocketEnd::peerGone()
{
    m_connection = nullptr;
    if (m_listener)
        m_listener->clientGone();
}

void WebSocketEnd::drained()
{
    if (m_listener)
        m_listener->clientDrained();
}

void WebSocketEnd::silent()
{
    if (++m_silentPings <= MOST_SILENT_PINGS || m_isPaused) {
        sendControl(WsOpcode::Ping, {});
        return;
    }
    std::exchange(m_connection, nullptr)->cut(true);
    if (m_listener)
        m_listener->clientGone();
}

void WebSocketEnd::draining()
{
    if (m_listener)
        m_listener->gatewayStops();
}

} // namespace Gateway
