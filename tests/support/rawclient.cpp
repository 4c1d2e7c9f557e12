#include "tests/support/rawclient.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Gateway {

namespace {

std::int64_t nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool waitFor(int fd, short events, std::int64_t deadlineMs)
{
    pollfd entry{fd, events, 0};
    const std::int64_t left = deadlineMs - nowMs();
    return poll(&entry, 1, left > 0 ? static_cast<int>(left) : 0) > 0;
}

/// Status line and headers of `head` (with its empty line).
RawAnswer parsedHead(std::string_view head)
{
    RawAnswer answer;
    std::size_t end = head.find("\r\n");
    answer.statusLine = head.substr(0, end);
    if (answer.statusLine.size() >= 12)
        std::from_chars(answer.statusLine.data() + 9, answer.statusLine.data() + 12, answer.status);
    head.remove_prefix(end + 2);
    while ((end = head.find("\r\n")) != std::string_view::npos && end > 0) {
        const std::string_view line = head.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos)
            answer.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
        head.remove_prefix(end + 2);
    }
    return answer;
}

} // namespace

RawClient::RawClient(int timeoutMs)
    : m_timeoutMs(timeoutMs)
{
}

RawClient::~RawClient()
{
    close();
}

RawClient::RawClient(RawClient &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_timeoutMs(other.m_timeoutMs)
    , m_reset(other.m_reset)
    , m_buffer(std::move(other.m_buffer))
{
}

RawClient &RawClient::operator=(RawClient &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_timeoutMs, other.m_timeoutMs);
    std::swap(m_reset, other.m_reset);
    std::swap(m_buffer, other.m_buffer);
    return *this;
}

bool RawClient::connect(std::uint16_t port, int receiveBuffer)
{
    close();
    m_buffer.clear();
    m_reset = false;
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receiveBuffer > 0)
        setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof(receiveBuffer));
    const int on = 1;
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0)
        return true;
    close();
    return false;
}

bool RawClient::send(std::string_view bytes)
{
    const std::int64_t deadline = nowMs() + m_timeoutMs;
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (errno != EAGAIN || !waitFor(m_fd, POLLOUT, deadline))
            return false;
    }
    return true;
}

RawClient::Got RawClient::fill(std::int64_t deadlineMs)
{
    if (m_fd < 0)
        return Got::End;
    if (!waitFor(m_fd, POLLIN, deadlineMs))
        return Got::Nothing;
    char bytes[65536];
    const ssize_t got = ::recv(m_fd, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (got > 0) {
        m_buffer.append(bytes, static_cast<std::size_t>(got));
        return Got::Bytes;
    }
    m_reset = got < 0 && errno == ECONNRESET;
    return Got::End;
}

bool RawClient::fillUntil(std::string_view text, std::int64_t deadlineMs, std::size_t &end)
{
    while ((end = m_buffer.find(text)) == std::string::npos) {
        if (fill(deadlineMs) != Got::Bytes)
            return false;
    }
    end += text.size();
    return true;
}

bool RawClient::takeBytes(std::string &to, std::size_t count, std::int64_t deadlineMs)
{
    while (m_buffer.size() < count) {
        if (fill(deadlineMs) != Got::Bytes) {
            to += std::exchange(m_buffer, {});
            return false;
        }
    }
    to.append(m_buffer, 0, count);
    m_buffer.erase(0, count);
    if (m_buffer.empty())
        std::string().swap(m_buffer); // tests count the memory of both ends
    return true;
}

bool RawClient::takeChunks(RawAnswer &answer, std::int64_t deadlineMs)
{
    for (;;) {
        std::size_t end = 0;
        if (!fillUntil("\r\n", deadlineMs, end))
            return false;
        std::size_t size = 0;
        const auto parsed = std::from_chars(m_buffer.data(), m_buffer.data() + end, size, 16);
        if (parsed.ec != std::errc())
            return false;
        m_buffer.erase(0, end);
        std::string lineEnd;
        if (!takeBytes(answer.body, size, deadlineMs) || !takeBytes(lineEnd, 2, deadlineMs) ||
            lineEnd != "\r\n")
            return false;
        if (size == 0)
            return true;
    }
}

bool RawClient::takeBody(RawAnswer &answer, std::int64_t deadlineMs)
{
    if (equalsIgnoreCase(answer.header("transfer-encoding"), "chunked"))
        return takeChunks(answer, deadlineMs);
    const std::string_view length = answer.header("content-length");
    std::size_t size = 0;
    if (!length.empty()) {
        std::from_chars(length.data(), length.data() + length.size(), size);
        return takeBytes(answer.body, size, deadlineMs);
    }
    Got got = Got::Bytes;
    while (got == Got::Bytes)
        got = fill(deadlineMs);
    answer.body = std::exchange(m_buffer, {});
    return got == Got::End && !m_reset;
}

RawAnswer RawClient::readHead()
{
    std::size_t end = 0;
    if (!fillUntil("\r\n\r\n", nowMs() + m_timeoutMs, end))
        return {};
    RawAnswer answer = parsedHead(std::string_view(m_buffer).substr(0, end));
    m_buffer.erase(0, end);
    return answer;
}

RawAnswer RawClient::readAnswer(bool toHead)
{
    const std::int64_t deadline = nowMs() + m_timeoutMs;
    RawAnswer answer = readHead();
    if (answer.status == 0)
        return answer;
    const bool bodiless = toHead || answer.status < 200 || answer.status == 204 || answer.status == 304;
    answer.complete = bodiless || takeBody(answer, deadline);
    return answer;
}

std::string RawClient::read()
{
    if (m_buffer.empty())
        fill(nowMs() + m_timeoutMs);
    return std::exchange(m_buffer, {});
}

std::string RawClient::readUntil(std::string_view text)
{
    std::size_t end = 0;
    if (!fillUntil(text, nowMs() + m_timeoutMs, end))
        return std::exchange(m_buffer, {});
    std::string taken = m_buffer.substr(0, end);
    m_buffer.erase(0, end);
    return taken;
}

std::optional<std::string> RawClient::readUntilClosed()
{
    const std::int64_t deadline = nowMs() + m_timeoutMs;
    Got got = Got::Bytes;
    while (got == Got::Bytes)
        got = fill(deadline);
    if (got == Got::Nothing)
        return std::nullopt;
    return std::exchange(m_buffer, {});
}

bool RawClient::waitClosed(int timeoutMs)
{
    const std::int64_t deadline = nowMs() + timeoutMs;
    Got got = Got::Bytes;
    while (got == Got::Bytes) {
        m_buffer.clear();
        got = fill(deadline);
    }
    return got == Got::End;
}

void RawClient::shutdownWrite()
{
    ::shutdown(m_fd, SHUT_WR);
}

void RawClient::close()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

void RawClient::reset()
{
    const linger hard{1, 0};
    setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    close();
}

} // namespace Gateway
