#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/error.h"
#include "gateway/common/eventend.h"
#include "gateway/http/httplimits.h"
#include "gateway/http/sweep.h"

namespace Gateway {

class Connection;

/// What the connections of one worker share: limits, deadlines, buffers, and the flush at each event's end.
/// Made in the worker's thread and used only there; outlives its connections.
class GuardContext
{
public:
    /// Appends a whole answer that tells `error` to connection.output(); the connection closes after it.
    using Refuse = std::function<void(Connection &connection, const Error &error)>;

    GuardContext(const Clock &clock, const HttpLimits &limits);
    ~GuardContext();
    GuardContext(const GuardContext &) = delete;
    GuardContext &operator=(const GuardContext &) = delete;

    const Clock &clock() const { return m_clock; }
    const HttpLimits &limits() const { return m_limits; }
    /// Applies from each connection's next step on.
    void setLimits(const HttpLimits &limits) { m_limits = limits; }
    Sweep &sweep() { return m_sweep; }

    void setRefuse(Refuse refuse) { m_refuse = std::move(refuse); }
    void refuse(Connection &connection, const Error &error) const { m_refuse(connection, error); }

    /// Where every connection receives; its content lives until the next call into the event loop.
    static constexpr std::size_t SCRATCH_BYTES = 64u * 1024;
    char *scratch() { return m_scratch.data(); }

    /// An empty buffer with some memory behind it, and its way back.
    std::string takeBuffer();
    void giveBuffer(std::string buffer);

    /// The connection whose request is being handed through QHttpServer; null otherwise.
    Connection *current = nullptr;

    /// Has connection->eventEnded() called at the end of the event.
    void callAtEventEnd(Connection *connection);

    void opened(Connection *connection);
    /// The descriptor is closed; the object follows later.
    void closed(Connection *connection);
    /// The object is being destroyed.
    void forget(Connection *connection);
    std::size_t openCount() const { return m_open.size(); }
    /// Requests whose answers have not ended.
    std::size_t answering = 0;

    /// No more requests on kept connections: idle ones close now, busy ones after their answer.
    void drain();
    bool isDraining() const { return m_isDraining; }
    /// Called whenever a connection has closed.
    void setClosedCallback(std::function<void()> callback) { m_closedCallback = std::move(callback); }
    /// Closes and deletes every connection, at once.
    void destroyAll();

private:
    void endEvent();

    const Clock &m_clock;
    HttpLimits m_limits;
    Sweep m_sweep;
    Refuse m_refuse;
    EventEnd m_eventEnd;
    std::vector<Connection *> m_touched;
    std::vector<Connection *> m_open;    ///< Each knows its place.
    std::vector<Connection *> m_zombies; ///< Closed, waiting for QHttpServer to delete them.
    std::vector<std::string> m_buffers;
    std::function<void()> m_closedCallback;
    std::array<char, SCRATCH_BYTES> m_scratch;
    bool m_isDraining = false;
};

} // namespace Gateway
