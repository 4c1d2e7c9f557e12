#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/iowatch.h"
#include "gateway/http/guardcontext.h"
#include "gateway/http/outlet.h"
#include "gateway/http/requestreader.h"
#include "gateway/http/socketio.h"
#include "gateway/http/sweep.h"

namespace Gateway {

/// The answer's side of a connection, told by it. Each call may destroy the object.
class ConnectionAnswer
{
public:
    virtual ~ConnectionAnswer() = default;
    /// The connection is gone and must not be called any more.
    virtual void peerGone() = 0;
    /// Unsent bytes fell to the low mark after having been over the high one.
    virtual void drained() = 0;
    /// An event stream has been silent for the heartbeat's time.
    virtual void silent() = 0;
    /// After Connection::upgrade(): what the peer sent. The connection outlives the call.
    virtual void bytesCame(std::string_view) {}
    /// After Connection::upgrade(): the worker wants to stop.
    virtual void draining() {}
};

/// Whoever carries a connection and has its requests answered.
class ConnectionHost
{
public:
    virtual ~ConnectionHost() = default;
    /// A sound and complete request waits in request(). It must be taken on by beginAnswer() during the call;
    /// it may be answered during the call as well.
    virtual void requestComplete() = 0;
    /// The descriptor is closed; the object may be deleted later, not during the call.
    virtual void connectionClosed() = 0;
    /// Deletes the object now.
    virtual void destroy() = 0;
};

/// One accepted TCP connection: its I/O, the framing of its requests, every limit, and the order of its
/// answers. Requests that come while an answer runs wait.
///
/// A client that sends FIN while it waits for an answer counts as gone, as it does for nginx and Go, since a
/// closed connection looks the same. Only a FIN right behind the request's last bytes is taken for a client
/// that writes once and then reads; its answer is finished.
class Connection final : private Sweep::Entry
{
public:
    /// Takes the connected descriptor `fd`. `overCap`: the first request is answered 503.
    Connection(GuardContext &context, ConnectionHost &host, int fd, bool overCap);
    ~Connection();

    /// Begins to read.
    void start();

    // --- the request, valid from requestComplete() until the answer has ended ---
    HttpRequest &request() { return m_reader.request(); }
    std::int64_t arrivedMs() const { return m_arrivedMs; }
    std::int64_t arrivedWallMs() const { return m_arrivedWallMs; }
    /// The client's address in text, without port.
    const std::string &peer() const { return m_peer.address; }
    const Endpoint &peerEndpoint() const { return m_peer; }

    // --- the answer ---
    /// From now until endAnswer() or cut() `answer` hears of this connection.
    void beginAnswer(ConnectionAnswer *answer) { m_answer = answer; }
    /// Where bytes to send are appended; they leave at the end of the event, after a call of touched().
    std::string &output() { return m_outlet.buffer(); }
    void touched();
    /// Appends `bytes` and `tail`, sending at once what the peer takes in: spares copying much.
    void writeLarge(std::string_view bytes, std::string_view tail);
    /// Whether the writer should pause; drained() follows in that case.
    bool isOverHigh();
    /// Starts (and after each write restarts) the heartbeat's time.
    void watchSilence();
    /// Whether another request may follow the answer.
    bool mayStayOpen() const { return !m_context.isDraining(); }
    /// The answer is complete. Without `keepOpen` the connection ends after it.
    void endAnswer(bool keepOpen);
    /// HTTP is over: what comes from now on is no request but goes to the answer, until that ends.
    void upgrade();
    /// After upgrade(): nothing is read until resumeReading(), after which an empty bytesCame() tells of what
    /// the answer may have kept.
    void pauseReading();
    void resumeReading();
    /// Ends the connection in the middle; `hard`: with a reset. The answer is not told.
    void cut(bool hard);

    // --- for the context ---
    /// No further request: see GuardContext::drain().
    void drain();
    /// Ends the connection and tells the answer.
    void die();
    /// Sends what has been written and goes on with the next request.
    void eventEnded();
    ConnectionHost &host() { return m_host; }
    std::size_t place() const { return m_place; }
    void setPlace(std::size_t place) { m_place = place; }

private:
    enum class Phase : std::uint8_t {
        Reading,   ///< Between requests or in one.
        Answering, ///< A complete request is being answered.
        Upgraded,  ///< Its answer speaks another protocol.
        Ended,     ///< Its answer is complete, perhaps not sent.
        Refusing,  ///< The last answer is to be sent, then the connection ends.
        Lingering, ///< Our side is shut; what comes is dropped.
        Dead,
    };

    void expired(Sweep::Kind kind) override;
    void eventsCame(int events);
    void receive(bool finBehind);
    void finArrived();
    void take(std::string_view bytes);
    /// Acts on what the reader has come to.
    void advance();
    bool readyForRequest();
    void awaitRest();
    void passOn();
    void handOver();
    void refuse(const Error &error);
    void settle();
    void settleReading();
    void settleSending(std::size_t unsentBefore);
    void linger();
    void shut(bool hard);
    bool takesMore() const;
    void updateInterest();
    bool isArmed(Sweep::Kind kind) const { return m_context.sweep().isArmed(*this, kind); }
    void arm(Sweep::Kind kind) { m_context.sweep().arm(*this, kind); }
    void disarm() { m_context.sweep().disarm(*this); }

    GuardContext &m_context;
    ConnectionHost &m_host;
    int m_fd;
    IoWatch m_watch;
    RequestReader m_reader;
    Outlet m_outlet;
    ConnectionAnswer *m_answer = nullptr;
    const Endpoint m_peer;
    std::string m_held;         ///< Received while an answer runs.
    std::size_t m_bodyMark = 0; ///< Body size when its span began.
    std::size_t m_place = 0;    ///< In the context's list.
    std::int64_t m_arrivedMs = 0;
    std::int64_t m_arrivedWallMs = 0;
    int m_interest = IoWatch::None;
    Phase m_phase = Phase::Reading;
    bool m_overCap;
    bool m_keepOpen = true;
    bool m_finSeen = false;
    bool m_overHigh = false;
    bool m_isTouched = false;
    bool m_watchesSilence = false;
    bool m_isReadPaused = false;
    bool m_isReadResumed = false; ///< And the answer has not been told yet.
};

} // namespace Gateway
