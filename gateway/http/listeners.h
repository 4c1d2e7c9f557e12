#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// Listening TCP descriptors for several workers that share one port; the kernel deals connections out among
/// them. Closes those that nobody took.
class Listeners
{
public:
    /// `host`: an IPv4 or IPv6 address, a name (every address it has is listened on: "localhost" is mostly
    /// two), or "*" or "" for all interfaces. `port` 0: any free one, the same for all. Fails with the code
    /// "port_taken", "address_unknown" (nothing here has it), "not_permitted" or "listen_failed".
    static Result<Listeners> open(const std::string &host, std::uint16_t port, int workers);

    Listeners() = default;
    ~Listeners();
    Listeners(Listeners &&other) noexcept;
    Listeners &operator=(Listeners &&other) noexcept;

    std::uint16_t port() const { return m_port; }
    /// Whether every address is a loopback one.
    bool isLoopback() const { return m_isLoopback; }
    /// The addresses in text, e.g. "127.0.0.1", "[::1]".
    const std::vector<std::string> &addresses() const { return m_addresses; }
    /// The descriptors of one worker, one an address; they are the caller's from now on.
    std::vector<int> take(int worker);

private:
    std::vector<std::vector<int>> m_descriptors; ///< [worker][address]
    std::vector<std::string> m_addresses;
    std::uint16_t m_port = 0;
    bool m_isLoopback = true;
};

} // namespace Gateway
