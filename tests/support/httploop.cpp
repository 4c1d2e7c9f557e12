#include "tests/support/httploop.h"

#include <array>
#include <cerrno>
#include <ctime>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/httprequestparser.h"
#include "tests/support/socketactor.h"

namespace TestSupport {

namespace {

constexpr std::int64_t LISTENER = -1;
constexpr std::int64_t WAKE = -2;
constexpr std::size_t READ_SIZE = 64 * 1024;
constexpr std::int64_t NS_PER_MS = 1'000'000;

void addTo(int epoll, int fd, std::int64_t id, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = static_cast<std::uint64_t>(id);
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

void putDigits(char *to, std::size_t width, std::int64_t value)
{
    for (std::size_t i = width; i-- > 0; value /= 10)
        to[i] = static_cast<char>('0' + value % 10);
}

} // namespace

std::int64_t monotonicNs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

struct HttpLoop::Connection
{
    std::int64_t id = 0;
    int fd = -1;
    std::string in;
    std::string out;
    std::size_t outAt = 0;
    bool watchesWrites = false;
    bool isContinued = false; ///< "100 Continue" was sent for the request that is coming in.

    HttpPlan own;
    const HttpPlan *plan = nullptr; ///< The answer under way: `own` or a shared ready one.
    std::size_t step = 0;
    int repeats = 0;
    std::int64_t startNs = 0; ///< Of the current step.
    bool isDue = true;        ///< The current writing's delay is over.
    bool isStalled = false;
    std::int64_t written = 0;

    std::shared_ptr<SocketActor> socket; ///< Not null: HTTP is over.
    std::int64_t socketRecord = -1;
    StepEnd socketEnd = StepEnd::GoOn;
};

HttpLoop::HttpLoop(Handler handler, Finished finished, std::atomic<std::int64_t> &ids)
    : m_handler(std::move(handler))
    , m_finished(std::move(finished))
    , m_ids(ids)
    , m_buffer(READ_SIZE)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    addTo(m_epoll, m_wake, WAKE, EPOLLIN);
}

HttpLoop::~HttpLoop()
{
    for (const auto &[id, connection] : m_connections)
        close(connection->fd);
    if (m_listener >= 0)
        close(m_listener);
    close(m_wake);
    close(m_epoll);
}

int HttpLoop::listen(int port)
{
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int one = 1;
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_listener, generic, size) != 0 || ::listen(m_listener, 4096) != 0)
        return 0;
    getsockname(m_listener, generic, &size);
    addTo(m_epoll, m_listener, LISTENER, EPOLLIN);
    return ntohs(address.sin_port);
}

void HttpLoop::run()
{
    std::array<epoll_event, 256> events{};
    while (!m_stop) {
        const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), waitMs());
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            const auto id = static_cast<std::int64_t>(event.data.u64);
            if (id == LISTENER) {
                acceptAll();
            } else if (id == WAKE) {
                std::uint64_t ignored = 0;
                [[maybe_unused]] const auto got = read(m_wake, &ignored, sizeof(ignored));
            } else if (const auto found = m_connections.find(id); found != m_connections.end()) {
                serve(*found->second, event.events);
            }
        }
        runDue();
        if (m_dropIdle.exchange(false))
            dropIdleNow();
    }
}

void HttpLoop::stop()
{
    m_stop = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto put = write(m_wake, &one, sizeof(one));
}

void HttpLoop::dropIdle(bool reset)
{
    m_resetIdle = reset;
    m_dropIdle = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto put = write(m_wake, &one, sizeof(one));
}

void HttpLoop::dropIdleNow()
{
    std::vector<std::int64_t> idle;
    for (const auto &[id, connection] : m_connections) {
        if (!connection->plan && !connection->socket && connection->in.empty())
            idle.push_back(id);
    }
    for (const std::int64_t id : idle)
        destroy(id, m_resetIdle);
}

int HttpLoop::waitMs() const
{
    if (m_due.empty())
        return -1;
    const std::int64_t left = m_due.top().ns - monotonicNs();
    return left <= 0 ? 0 : static_cast<int>((left + NS_PER_MS - 1) / NS_PER_MS);
}

void HttpLoop::acceptAll()
{
    for (;;) {
        const int fd = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        const int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        auto connection = std::make_unique<Connection>();
        connection->id = ++m_ids;
        connection->fd = fd;
        addTo(m_epoll, fd, connection->id, EPOLLIN | EPOLLRDHUP);
        m_connections.emplace(connection->id, std::move(connection));
    }
}

void HttpLoop::serve(Connection &connection, std::uint32_t events)
{
    const std::int64_t id = connection.id;
    bool alive = true;
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        alive = readAll(connection);
    if (!alive) {
        finishPlan(connection, true);
        destroy(id, false);
        return;
    }
    if (connection.socket) {
        serveSocket(connection);
        return;
    }
    if (!connection.plan && !nextRequest(connection))
        return;
    if (connection.plan && pump(connection) && connection.socket)
        serveSocket(connection);
}

// False when the connection is gone.
bool HttpLoop::serveSocket(Connection &connection)
{
    if (!connection.in.empty() && connection.socketEnd == StepEnd::GoOn) {
        SocketActor::Reply reply = connection.socket->bytesCame(connection.in);
        connection.out += reply.bytes;
        connection.socketEnd = reply.end;
    }
    connection.in.clear();
    if (!flush(connection))
        return false;
    if (connection.socketEnd == StepEnd::GoOn || connection.socketEnd == StepEnd::Stall ||
        !connection.out.empty())
        return true;
    if (connection.socketEnd == StepEnd::Close) { // the other side closes once it has read the end
        shutdown(connection.fd, SHUT_WR);
        return true;
    }
    destroy(connection.id, true);
    return false;
}

bool HttpLoop::readAll(Connection &connection)
{
    for (;;) {
        const auto got = recv(connection.fd, m_buffer.data(), m_buffer.size(), 0);
        if (got == 0)
            return false;
        if (got < 0)
            return errno == EAGAIN || errno == EINTR;
        connection.in.append(m_buffer.data(), static_cast<std::size_t>(got));
        if (static_cast<std::size_t>(got) < m_buffer.size())
            return true;
    }
}

// False when the connection is gone.
bool HttpLoop::nextRequest(Connection &connection)
{
    if (connection.in.empty())
        return true;
    const std::size_t headEnd = connection.in.find("\r\n\r\n");
    if (headEnd == std::string::npos)
        return true;
    if (m_shortcut && takeShortcut(connection, headEnd + 4))
        return true;

    ParsedRequest parsed = parseHttpRequest(connection.in);
    if (parsed.state == ParsedRequest::Bad)
        return refuse(connection, parsed.fault);
    if (parsed.state == ParsedRequest::Unfinished) {
        if (parsed.wantsContinue && !connection.isContinued) {
            connection.isContinued = true;
            connection.out += "HTTP/1.1 100 Continue\r\n\r\n";
            return flush(connection);
        }
        return true;
    }
    connection.in.erase(0, parsed.size);
    connection.isContinued = false;
    parsed.request.connection = connection.id;
    connection.own = m_handler(std::move(parsed.request));
    connection.plan = &connection.own;
    startPlan(connection);
    return true;
}

bool HttpLoop::takeShortcut(Connection &connection, std::size_t headEnd)
{
    const std::string_view head = std::string_view(connection.in).substr(0, headEnd);
    const HttpPlan *plan = m_shortcut(head);
    if (!plan)
        return false;
    const std::size_t size = headEnd + contentLengthOf(head);
    if (connection.in.size() < size)
        return true;
    connection.in.erase(0, size);
    connection.plan = plan;
    startPlan(connection);
    return true;
}

bool HttpLoop::refuse(Connection &connection, std::string_view status)
{
    connection.own = {};
    connection.own.steps.push_back(
        {std::make_shared<const std::string>("HTTP/1.1 " + std::string(status) +
                                             "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
         0, 1, std::string::npos, StepEnd::Close});
    connection.plan = &connection.own;
    startPlan(connection);
    return true;
}

void HttpLoop::startPlan(Connection &connection)
{
    connection.step = 0;
    connection.repeats = 0;
    connection.written = 0;
    connection.isStalled = false;
    connection.startNs = monotonicNs();
    connection.isDue = connection.plan->steps.empty() || connection.plan->steps.front().delayMs <= 0;
    if (!connection.isDue) {
        const auto delay = static_cast<std::int64_t>(connection.plan->steps.front().delayMs * NS_PER_MS);
        m_due.push({connection.startNs + delay, connection.id});
    }
}

// Writes what is due; false when the connection is gone.
bool HttpLoop::pump(Connection &connection)
{
    while (connection.plan) {
        if (!flush(connection))
            return false;
        if (!connection.out.empty() || connection.isStalled)
            return true;
        if (connection.step == connection.plan->steps.size()) {
            finishPlan(connection, false);
            if (connection.socket)
                return true;
            if (!nextRequest(connection))
                return false;
            continue;
        }
        if (!connection.isDue)
            return true;
        if (!writeStep(connection, connection.plan->steps[connection.step]))
            return false;
    }
    return true;
}

// False when the connection is gone.
bool HttpLoop::writeStep(Connection &connection, const HttpStep &step)
{
    const std::size_t at = connection.out.size();
    connection.out += *step.bytes;
    if (step.stampAt != std::string::npos) {
        char *stamp = connection.out.data() + at + step.stampAt;
        putDigits(stamp, STAMP_NUMBER, connection.repeats);
        putDigits(stamp + STAMP_NUMBER + 1, STAMP_TIME, monotonicNs());
    }
    if (!flush(connection))
        return false;
    if (++connection.repeats < step.repeat) {
        connection.isDue = step.delayMs <= 0;
        if (!connection.isDue) {
            const auto delay = static_cast<std::int64_t>(step.delayMs * NS_PER_MS);
            m_due.push({connection.startNs + delay * (connection.repeats + 1), connection.id});
        }
        return true;
    }
    return endStep(connection, step);
}

bool HttpLoop::endStep(Connection &connection, const HttpStep &step)
{
    switch (step.end) {
    case StepEnd::GoOn:
        break;
    case StepEnd::Stall:
        connection.isStalled = true;
        return true;
    case StepEnd::Close:
    case StepEnd::Reset:
        finishPlan(connection, false);
        destroy(connection.id, step.end == StepEnd::Reset);
        return false;
    }
    ++connection.step;
    connection.repeats = 0;
    connection.startNs = monotonicNs();
    connection.isDue = true;
    if (connection.step < connection.plan->steps.size()) {
        const double delayMs = connection.plan->steps[connection.step].delayMs;
        if (delayMs > 0) {
            connection.isDue = false;
            m_due.push({connection.startNs + static_cast<std::int64_t>(delayMs * NS_PER_MS), connection.id});
        }
    }
    return true;
}

// False when the other side is gone and the connection with it.
bool HttpLoop::flush(Connection &connection)
{
    while (connection.outAt < connection.out.size()) {
        const auto put = send(connection.fd, connection.out.data() + connection.outAt,
                              connection.out.size() - connection.outAt, MSG_NOSIGNAL);
        if (put < 0 && errno == EAGAIN) {
            watchWrites(connection, true);
            return true;
        }
        if (put < 0) {
            finishPlan(connection, true);
            destroy(connection.id, false);
            return false;
        }
        connection.outAt += static_cast<std::size_t>(put);
        connection.written += put;
    }
    connection.out.clear();
    connection.outAt = 0;
    watchWrites(connection, false);
    return true;
}

void HttpLoop::finishPlan(Connection &connection, bool early)
{
    if (!connection.plan)
        return;
    const std::int64_t record = connection.plan->record;
    if (connection.plan->socket && !early) {
        connection.socket = connection.plan->socket;
        connection.socketRecord = record;
        connection.plan = nullptr;
        return;
    }
    connection.plan = nullptr;
    if (record >= 0)
        m_finished(record, connection.written, early);
}

void HttpLoop::watchWrites(Connection &connection, bool on)
{
    if (connection.watchesWrites == on)
        return;
    connection.watchesWrites = on;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLRDHUP | (on ? std::uint32_t{EPOLLOUT} : 0u);
    event.data.u64 = static_cast<std::uint64_t>(connection.id);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.fd, &event);
}

void HttpLoop::destroy(std::int64_t id, bool reset)
{
    const auto found = m_connections.find(id);
    if (found == m_connections.end())
        return;
    if (reset) {
        const linger now{1, 0};
        setsockopt(found->second->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }
    close(found->second->fd);
    const std::unique_ptr<Connection> gone = std::move(found->second);
    m_connections.erase(found);
    if (gone->socket && gone->socketRecord >= 0)
        m_finished(gone->socketRecord, gone->written, !gone->socket->endedWell());
}

void HttpLoop::runDue()
{
    const std::int64_t now = monotonicNs();
    while (!m_due.empty() && m_due.top().ns <= now) {
        const std::int64_t id = m_due.top().connection;
        m_due.pop();
        const auto found = m_connections.find(id);
        if (found == m_connections.end())
            continue;
        found->second->isDue = true;
        pump(*found->second);
    }
}

} // namespace TestSupport
