#pragma once

#include <sys/socket.h>

namespace Gateway {

/// Whether `address` lies in the public internet: none of IANA's special-purpose IPv4 and IPv6 blocks
/// (loopback, private, link-local with 169.254.169.254, carrier-grade NAT, multicast, unspecified, unique
/// local, documentation, …), also not wrapped in an IPv6 address (mapped, NAT64, 6to4, Teredo). `address` has
/// the room that its family needs.
bool isPublicAddress(const sockaddr *address);

} // namespace Gateway
