#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <queue>

#include "tests/support/httpplan.h"

namespace TestSupport {

/// A plain HTTP/1.1 server on one epoll loop in the thread that calls run(). Answers are plans, so that every
/// way of breaking one can be acted out.
class HttpLoop
{
public:
    /// Makes the plan of a complete request.
    using Handler = std::function<HttpPlan(HttpRequest)>;
    /// A ready answer for a request's first line and whole text, or null; it is asked before any parsing.
    using Shortcut = std::function<const HttpPlan *(std::string_view head)>;
    /// An answer is over: its HttpPlan::record, the bytes written, and whether the other side left before.
    using Finished = std::function<void(std::int64_t record, std::int64_t bytes, bool early)>;

    /// `ids` numbers connections, shared between loops of one server.
    HttpLoop(Handler handler, Finished finished, std::atomic<std::int64_t> &ids);
    ~HttpLoop();
    HttpLoop(const HttpLoop &) = delete;
    HttpLoop &operator=(const HttpLoop &) = delete;

    void setShortcut(Shortcut shortcut) { m_shortcut = std::move(shortcut); }

    /// Listens on 127.0.0.1 (0: any free port); several loops may share one port. Returns the port, 0 when it
    /// cannot be had.
    int listen(int port);

    /// Serves until stop().
    void run();

    /// From any thread.
    void stop();

    /// From any thread: closes (or resets) every connection that is idle now, as servers do with keep-alives.
    void dropIdle(bool reset);

private:
    struct Connection;
    struct Due
    {
        std::int64_t ns = 0;
        std::int64_t connection = 0;
        bool operator<(const Due &other) const { return ns > other.ns; }
    };

    void acceptAll();
    void serve(Connection &connection, std::uint32_t events);
    bool readAll(Connection &connection);
    bool nextRequest(Connection &connection);
    bool takeShortcut(Connection &connection, std::size_t headEnd);
    bool refuse(Connection &connection, std::string_view status);
    bool serveSocket(Connection &connection);
    void startPlan(Connection &connection);
    bool pump(Connection &connection);
    bool writeStep(Connection &connection, const HttpStep &step);
    bool flush(Connection &connection);
    bool endStep(Connection &connection, const HttpStep &step);
    void finishPlan(Connection &connection, bool early);
    void watchWrites(Connection &connection, bool on);
    void destroy(std::int64_t id, bool reset);
    void runDue();
    void dropIdleNow();
    int waitMs() const;

    Handler m_handler;
    Finished m_finished;
    Shortcut m_shortcut;
    std::atomic<std::int64_t> &m_ids;
    std::unordered_map<std::int64_t, std::unique_ptr<Connection>> m_connections;
    std::priority_queue<Due> m_due;
    std::vector<char> m_buffer;
    int m_epoll = -1;
    int m_listener = -1;
    int m_wake = -1;
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_dropIdle = false;
    std::atomic<bool> m_resetIdle = false;
};

} // namespace TestSupport
