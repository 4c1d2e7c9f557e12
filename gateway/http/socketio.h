#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace Gateway {

/// What became of a call on a non-blocking descriptor.
struct IoResult
{
    enum class Kind { Bytes, WouldBlock, End, Broken };
    Kind kind = Kind::Broken;
    std::size_t bytes = 0; ///< Kind::Bytes: how many.
};

/// The calls on connected TCP descriptors that GuardSocket needs; none blocks, none raises SIGPIPE.
IoResult receiveSome(int fd, char *to, std::size_t size);
IoResult sendSome(int fd, std::string_view bytes);
/// Several pieces in one call.
IoResult sendGathered(int fd, std::string_view first, std::string_view second, std::string_view third);

void shutdownSending(int fd);
/// `hard`: the peer gets a reset, and unsent bytes are dropped.
void closeSocket(int fd, bool hard);

/// What Linux lets accepted sockets inherit from the listening one, and other systems do not.
void prepareAccepted(int fd);

/// Addresses of a connection as text, e.g. "127.0.0.1", with their ports; empty when it is gone already.
struct Endpoint
{
    std::string address;
    unsigned short port = 0;
};
Endpoint peerOf(int fd);

} // namespace Gateway
