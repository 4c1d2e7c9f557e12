#pragma once

#include <cstdint>
#include <string>

namespace Gateway {

/// Who listens on the TCP port of this computer: "ollama (process 8812)". Empty when it is not known: another
/// user's process, or a system without /proc.
std::string portHolder(std::uint16_t port);

/// The next port above `port` on which `host` ("" for all addresses) can listen now; 0 when none of the next
/// 50 is free.
std::uint16_t freePortAfter(std::uint16_t port, const std::string &host);

} // namespace Gateway
