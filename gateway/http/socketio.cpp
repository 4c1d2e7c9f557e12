#include "gateway/http/socketio.h"

#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace Gateway {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int SEND_FLAGS = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int SEND_FLAGS = MSG_DONTWAIT;
#endif

IoResult judged(ssize_t count)
{
    if (count > 0)
        return {IoResult::Kind::Bytes, static_cast<std::size_t>(count)};
    if (count == 0)
        return {IoResult::Kind::End, 0};
    const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {later ? IoResult::Kind::WouldBlock : IoResult::Kind::Broken, 0};
}

iovec pieceOf(std::string_view text)
{
    return {const_cast<char *>(text.data()), text.size()};
}

} // namespace

IoResult receiveSome(int fd, char *to, std::size_t size)
{
    return judged(::recv(fd, to, size, MSG_DONTWAIT));
}

IoResult sendSome(int fd, std::string_view bytes)
{
    return judged(::send(fd, bytes.data(), bytes.size(), SEND_FLAGS));
}

IoResult sendGathered(int fd, std::string_view first, std::string_view second, std::string_view third)
{
    iovec pieces[] = {pieceOf(first), pieceOf(second), pieceOf(third)};
    msghdr message{};
    message.msg_iov = pieces;
    message.msg_iovlen = 3;
    return judged(::sendmsg(fd, &message, SEND_FLAGS));
}

void shutdownSending(int fd)
{
    ::shutdown(fd, SHUT_WR);
}

void closeSocket(int fd, bool hard)
{
    if (hard) {
        const linger option{1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &option, sizeof(option));
    }
    ::close(fd);
}

void prepareAccepted([[maybe_unused]] int fd)
{
#ifndef __linux__
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
#ifdef SO_NOSIGPIPE
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
#endif
#endif
}

Endpoint peerOf(int fd)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);
    if (getpeername(fd, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return {};
    char text[INET6_ADDRSTRLEN] = {};
    if (storage.ss_family == AF_INET) {
        const auto *address = reinterpret_cast<const sockaddr_in *>(&storage);
        inet_ntop(AF_INET, &address->sin_addr, text, sizeof(text));
        return {text, ntohs(address->sin_port)};
    }
    const auto *address = reinterpret_cast<const sockaddr_in6 *>(&storage);
    const bool isMapped = IN6_IS_ADDR_V4MAPPED(&address->sin6_addr);
    if (isMapped)
        inet_ntop(AF_INET, &address->sin6_addr.s6_addr[12], text, sizeof(text));
    else
        inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof(text));
    return {text, ntohs(address->sin6_port)};
}

} // namespace Gateway
