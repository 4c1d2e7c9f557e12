#include "gateway/upstream/plainwire.h"

#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace Gateway {

namespace {

/// `moved`: as recv() and send() return it.
Wire::Moved outcomeOf(ssize_t moved)
{
    if (moved > 0)
        return {Wire::Io::Done, static_cast<std::size_t>(moved)};
    if (moved == 0)
        return {Wire::Io::Closed, 0};
    const bool isBusy = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {isBusy ? Wire::Io::Again : Wire::Io::Failed, 0};
}

iovec part(std::string_view text)
{
    return {const_cast<char *>(text.data()), text.size()}; // sendmsg() only reads it
}

} // namespace

PlainWire::PlainWire(int fd)
    : Wire(fd)
    , m_fd(fd)
{
}

PlainWire::~PlainWire()
{
    close(m_fd);
    abandonWatch();
}

Wire::Moved PlainWire::read(std::span<char> room)
{
    return outcomeOf(recv(m_fd, room.data(), room.size(), 0));
}

Wire::Moved PlainWire::write(std::string_view head, std::string_view body)
{
    if (head.empty() || body.empty()) {
        const std::string_view only = head.empty() ? body : head;
        return outcomeOf(send(m_fd, only.data(), only.size(), MSG_NOSIGNAL));
    }
    std::array<iovec, 2> parts{part(head), part(body)};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    return outcomeOf(sendmsg(m_fd, &message, MSG_NOSIGNAL));
}

} // namespace Gateway
