#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/upstream/answerreader.h"
#include "gateway/upstream/connector.h"
#include "gateway/upstream/outgoing.h"
#include "gateway/upstream/upstreamclient.h"
#include "gateway/upstream/wirepool.h"

namespace Gateway {

class Transfer;

/// What a transfer needs of the client it belongs to.
class TransferOwner
{
public:
    /// Bytes came, or the head when that is new.
    virtual void transferMoved(Transfer &transfer) = 0;
    /// It is over, and not in use any more. Perhaps nobody listens.
    virtual void transferOver(Transfer &transfer, const UpstreamEnd &end) = 0;
    /// Has Transfer::goOn() called at the end of this event.
    virtual void transferWaits(Transfer &transfer) = 0;

protected:
    ~TransferOwner() = default;
};

/// What the transfers of one client share.
struct TransferTools
{
    const Clock &clock;
    WirePool &pool;
    Connector &connector;
    TransferOwner &owner;
    std::span<char> readRoom;    ///< One transfer reads at a time.
    std::span<char> inflateRoom; ///< Likewise.
};

/// One call: sends the request on a connection and reads the answer. Used again and again.
class Transfer final : private Wire::User, private ConnectAttempt::Listener
{
public:
    using Queue = std::list<std::unique_ptr<Transfer>>;

    explicit Transfer(const TransferTools &tools);
    ~Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Sends the request, when a connection is idle at once. What fails is told through goOn().
    /// `proxyUrl`: empty for none.
    void begin(const UpstreamRequest &request, std::string_view proxyUrl, UpstreamListener &listener,
               std::int64_t nowMs);

    /// After the call: forgets it, wipes the key and closes the connection unless the answer was whole.
    void release();

    UpstreamListener *listener() const { return m_listener; }
    /// From here on nobody listens: isDelivering() will end with transferOver().
    void silence() { m_listener = nullptr; }
    /// A function of the listener is on the stack.
    bool isDelivering() const { return m_isDelivering; }
    bool hasHead() const { return m_reader.head().isComplete(); }

    void pause();
    bool isPaused() const { return m_isPaused; }
    /// Takes effect with the next goOn().
    void resume() { m_isPaused = false; }

    /// Does what had to wait for the end of an event. May deliver bytes, or the end.
    void goOn();

    /// Whether much of a request body went out since the last time this was asked.
    bool sentMore() { return m_outgoing.sentMore(); }

    // where the client keeps it
    Queue *queue = nullptr;
    Queue::iterator place;
    std::int64_t sinceMs = 0;    ///< Start, last bytes or resume, by the client's clock.
    Transfer **handle = nullptr; ///< The caller's pointer to this, made null when the call is over.
    bool isResuming = false;     ///< The client will resume it.
    bool isDue = false;          ///< In the client's list of those whose goOn() is due.

private:
    void wireReady(Wire &wire, int events) override;
    void connected(std::unique_ptr<Wire> wire) override;
    void connectFailed(const UpstreamEnd &end) override;

    void prepare(const UpstreamRequest &request, std::string_view proxyUrl);
    void connect();
    void use(std::unique_ptr<Wire> wire);
    void send();
    void watch();
    void read();
    bool consume(std::string_view bytes);
    bool deliver(std::string_view bytes, AnswerReader::Step step);
    void peerClosed();
    void broke(std::string_view trouble);
    void answered(bool isClean);
    void over(const UpstreamEnd &end);

    const TransferTools m_tools;
    UpstreamListener *m_listener = nullptr;
    Origin *m_origin = nullptr;
    std::unique_ptr<Wire> m_wire;
    std::unique_ptr<ConnectAttempt> m_attempt;
    AnswerReader m_reader;
    Outgoing m_outgoing;
    std::string m_held;    ///< What was read and not delivered before a pause.
    std::string m_failure; ///< Why the request could not even be tried.
    std::int64_t m_beganMs = 0;
    unsigned m_generation = 0;  ///< Of the pool when the connection was begun.
    bool m_isSafe = false;      ///< The method may be sent twice (RFC 9110, 9.2.1).
    bool m_isReused = false;    ///< The connection has carried other calls.
    bool m_hasAnswer = false;   ///< The first byte of it came.
    bool m_hasLostPeer = false; ///< Sending failed; an answer may still be there to read.
    bool m_isPaused = false;
    bool m_isDelivering = false;
};

} // namespace Gateway
