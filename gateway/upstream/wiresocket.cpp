#include "gateway/upstream/wiresocket.h"

#include <array>
#include <utility>

#include <sodium.h>

#include <QTimerEvent>

namespace Gateway {

namespace {

constexpr std::size_t READ_BYTES = 16 * 1024;
constexpr int READS_A_TURN = 8;
constexpr std::size_t OUTPUT_HIGH = 256u * 1024;
constexpr std::size_t OUTPUT_LOW = 64u * 1024;

} // namespace

WireSocket::WireSocket(Connector &connector, const SocketRequest &request, std::int64_t openingMs,
                       SocketListener &listener)
    : m_connector(connector)
    , m_listener(&listener)
    , m_openingMs(openingMs)
    , m_reader(WsReader::Sender::Server, request.messageLimit)
{
    Result<Origin> origin = makeOrigin(originPart(request.url), request.proxyUrl);
    Result<std::string> opening =
        origin ? m_handshake.request(request, *origin) : Result<std::string>(Gateway::fail(origin.error()));
    if (!opening) {
        m_failure = opening.error().text;
        m_soonTimer.start(0, this);
        return;
    }
    m_origin = std::move(*origin);
    m_queue = std::move(*opening);
    m_attempt = m_connector.start(*m_origin, *this);
}

WireSocket::~WireSocket()
{
    if (m_isDestroyed)
        *m_isDestroyed = true;
    for (std::string *bytes : {&m_sending, &m_queue}) // the key may be in them
        sodium_memzero(bytes->data(), bytes->size());
}

/// Tells the listener; false when it destroyed this or wants to hear no more.
template <typename Tell>
bool WireSocket::tell(const Tell &what)
{
    if (!m_listener)
        return false;
    bool isDestroyed = false;
    bool *outer = std::exchange(m_isDestroyed, &isDestroyed);
    what(*m_listener);
    if (isDestroyed) {
        if (outer)
            *outer = true;
        return false;
    }
    m_isDestroyed = outer;
    return m_listener != nullptr;
}

void WireSocket::connected(std::unique_ptr<Wire> wire)
{
    m_attempt.reset();
    m_wire = std::move(wire);
    m_wire->setUser(this);
    m_openingTimer.start(static_cast<int>(m_openingMs), this);
    flush();
}

void WireSocket::connectFailed(const UpstreamEnd &end)
{
    m_attempt.reset();
    SocketFailure failure;
    failure.end = end;
    fail(std::move(failure));
}

void WireSocket::wireReady(Wire &, int events)
{
    bool isDestroyed = false;
    bool *outer = std::exchange(m_isDestroyed, &isDestroyed);
    if (events & IoWatch::Write)
        flush();
    if (!isDestroyed && m_wire && (events & IoWatch::Read) && !m_isPaused)
        read();
    if (isDestroyed) {
        if (outer)
            *outer = true;
        return;
    }
    m_isDestroyed = outer;
}

void WireSocket::read()
{
    std::array<char, READ_BYTES> room;
    for (int i = 0; i < READS_A_TURN; ++i) {
        const Wire::Moved moved = m_wire->read(room);
        switch (moved.io) {
        case Wire::Io::Done:
            if (!consume({room.data(), moved.bytes}))
                return;
            if (moved.bytes < room.size() && !m_wire->holdsBytes())
                return;
            break;
        case Wire::Io::Again:
            return;
        case Wire::Io::Closed:
            peerClosed();
            return;
        case Wire::Io::Failed:
            failed("The connection broke.");
            return;
        }
    }
    if (m_wire->holdsBytes()) // no event would tell of them, and others have their turn first
        m_soonTimer.start(0, this);
}

/// False when this is paused, over or destroyed.
bool WireSocket::consume(std::string_view bytes)
{
    if (!m_isOpen && !open(bytes))
        return false;
    while (m_isOpen && m_wire) {
        if (m_isPaused) {
            m_held = bytes;
            return false;
        }
        const WsReader::Event event = m_reader.next(bytes);
        if (event == WsReader::Event::More)
            return true;
        if (!act(event))
            return false;
    }
    return m_wire != nullptr;
}

/// False when it failed or this is destroyed.
bool WireSocket::open(std::string_view &bytes)
{
    switch (m_handshake.next(bytes)) {
    case SocketHandshake::Step::More:
        return true;
    case SocketHandshake::Step::Opened:
        m_isOpen = true;
        m_openingTimer.stop();
        return tell([](SocketListener &listener) { listener.socketOpened(); });
    case SocketHandshake::Step::Refused:
    case SocketHandshake::Step::Broken:
        fail(std::move(m_handshake.failure()));
        return false;
    }
    return false;
}

/// False when this is over or destroyed.
bool WireSocket::act(WsReader::Event event)
{
    switch (event) {
    case WsReader::Event::Message:
        return tell([this](SocketListener &listener) {
            listener.socketMessage(m_reader.isText(), std::move(m_reader.payload()));
        });
    case WsReader::Event::Ping:
        appendWsFrame(m_queue, WsOpcode::Pong, m_reader.payload(), makeMask());
        flush();
        return m_wire != nullptr;
    case WsReader::Event::Pong:
        return true;
    case WsReader::Event::Closed: {
        SocketListener *listener = m_listener;
        const WsClose said = m_reader.close();
        close(said);
        listener->socketClosed(said);
        return false;
    }
    default:
        break;
    }
    SocketListener *listener = m_listener;
    SocketFailure failure;
    failure.end.error = "What came is no sound WebSocket message: " + m_reader.close().reason;
    close(m_reader.close());
    listener->socketFailed(failure);
    return false;
}

void WireSocket::peerClosed()
{
    if (m_isOpen) {
        failed("The connection closed in the middle of the session.");
        return;
    }
    m_handshake.close();
    fail(std::move(m_handshake.failure()));
}

bool WireSocket::send(bool isText, std::string_view payload)
{
    if (!m_wire)
        return true;
    appendWsFrame(m_queue, isText ? WsOpcode::Text : WsOpcode::Binary, payload, makeMask());
    flush();
    m_isOverHigh = m_isOverHigh || m_queue.size() + m_sending.size() - m_sent > OUTPUT_HIGH;
    return !m_isOverHigh;
}

void WireSocket::close(const WsClose &close)
{
    m_listener = nullptr;
    if (m_wire && m_isOpen) {
        appendWsClose(m_queue, close, makeMask());
        flush();
    }
    m_attempt.reset();
    m_wire.reset();
    m_openingTimer.stop();
    m_soonTimer.stop();
}

/// What fails shows in reading.
void WireSocket::flush()
{
    while (m_wire) {
        if (m_sent == m_sending.size()) {
            sodium_memzero(m_sending.data(), m_sending.size());
            m_sending.clear();
            m_sent = 0;
            if (m_queue.empty())
                break;
            m_sending.swap(m_queue);
        }
        const Wire::Moved moved = m_wire->write(std::string_view(m_sending).substr(m_sent), {});
        m_sent += moved.bytes;
        if (moved.io != Wire::Io::Done)
            break;
    }
    watch();
    if (m_isOverHigh && m_queue.size() + m_sending.size() - m_sent <= OUTPUT_LOW) {
        m_isOverHigh = false;
        tell([](SocketListener &listener) { listener.socketDrained(); });
    }
}

void WireSocket::watch()
{
    if (m_wire)
        m_wire->watch((m_isPaused ? 0 : IoWatch::Read) | (m_sent < m_sending.size() ? IoWatch::Write : 0));
}

void WireSocket::pause()
{
    m_isPaused = true;
    watch();
}

void WireSocket::resume()
{
    if (std::exchange(m_isPaused, false) && m_wire)
        m_soonTimer.start(0, this);
}

void WireSocket::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_openingTimer.timerId()) {
        failed("The WebSocket did not open in " + std::to_string(m_openingMs / 1000) + " s.", true);
        return;
    }
    m_soonTimer.stop();
    if (!m_failure.empty()) {
        failed(m_failure);
        return;
    }
    if (!m_wire || m_isPaused)
        return;
    watch();
    if (const std::string held = std::exchange(m_held, {}); consume(held))
        read();
}

void WireSocket::failed(std::string text, bool timedOut)
{
    SocketFailure failure;
    failure.end.error = std::move(text);
    failure.end.timedOut = timedOut;
    fail(std::move(failure));
}

void WireSocket::fail(SocketFailure failure)
{
    SocketListener *listener = std::exchange(m_listener, nullptr);
    m_attempt.reset();
    m_wire.reset();
    m_openingTimer.stop();
    m_soonTimer.stop();
    if (listener)
        listener->socketFailed(failure);
}

WsMask WireSocket::makeMask()
{
    WsMask mask{};
    randombytes_buf(mask.data(), mask.size());
    return mask;
}

} // namespace Gateway
