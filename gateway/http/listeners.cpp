#include "gateway/http/listeners.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Gateway {

namespace {

struct Address
{
    sockaddr_storage storage{};
    socklen_t size = 0;

    bool isIpv6() const { return storage.ss_family == AF_INET6; }
    const sockaddr *generic() const { return reinterpret_cast<const sockaddr *>(&storage); }
    in_port_t &port()
    {
        return isIpv6() ? reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port
                        : reinterpret_cast<sockaddr_in *>(&storage)->sin_port;
    }
    bool isLoopback() const
    {
        if (isIpv6())
            return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_addr);
        return ntohl(reinterpret_cast<const sockaddr_in *>(&storage)->sin_addr.s_addr) >> 24 == 127;
    }
    std::string text() const
    {
        char name[NI_MAXHOST] = {};
        getnameinfo(generic(), size, name, sizeof(name), nullptr, 0, NI_NUMERICHOST);
        return isIpv6() ? "[" + std::string(name) + "]" : std::string(name);
    }
};

Result<std::vector<Address>> addressesOf(std::string host)
{
    const bool isAll = host.empty() || host == "*";
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo *list = nullptr;
    if (getaddrinfo(isAll ? "::" : host.c_str(), isAll ? "0" : nullptr, &hints, &list) != 0)
        return fail(500, "address_unknown", "There is no address called " + host + ".");
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, freeaddrinfo);
    std::vector<Address> addresses;
    for (const addrinfo *info = list; info; info = info->ai_next) {
        Address address;
        std::memcpy(&address.storage, info->ai_addr, info->ai_addrlen);
        address.size = info->ai_addrlen;
        addresses.push_back(address);
    }
    return addresses;
}

void setFlag(int fd, int level, int option, int value)
{
    setsockopt(fd, level, option, &value, sizeof(value));
}

/// A bound and listening descriptor, or -1 with errno.
///
/// The first of a group binds and listens without SO_REUSEPORT and takes it on afterwards: so the kernel
/// refuses a port on which another instance of this program listens, which would otherwise be shared with it
/// in silence, as both belong to one user.
int listenAt(const Address &address, bool isFirst)
{
    const int fd = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setFlag(fd, SOL_SOCKET, SO_REUSEADDR, 1); // connections of an earlier run may be in TIME_WAIT
    setFlag(fd, IPPROTO_TCP, TCP_NODELAY, 1); // accepted ones inherit it
    if (address.isIpv6()) {
        const bool isAny =
            IN6_IS_ADDR_UNSPECIFIED(&reinterpret_cast<const sockaddr_in6 *>(&address.storage)->sin6_addr);
        setFlag(fd, IPPROTO_IPV6, IPV6_V6ONLY, isAny ? 0 : 1);
    }
    if (!isFirst)
        setFlag(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    if (::bind(fd, address.generic(), address.size) == 0 && ::listen(fd, SOMAXCONN) == 0) {
        if (isFirst)
            setFlag(fd, SOL_SOCKET, SO_REUSEPORT, 1);
        return fd;
    }
    const int reason = errno;
    ::close(fd);
    errno = reason;
    return -1;
}

std::uint16_t boundPort(int fd)
{
    Address address;
    address.size = sizeof(address.storage);
    getsockname(fd, reinterpret_cast<sockaddr *>(&address.storage), &address.size);
    return ntohs(address.port());
}

Error listenError(int reason, const std::string &host, std::uint16_t port)
{
    const std::string where = "port " + std::to_string(port) + " of " + (host.empty() ? "*" : host);
    switch (reason) {
    case EADDRINUSE:
        return {500, "port_taken", "Another program listens on " + where + ".", {}, 0};
    case EACCES:
    case EPERM:
        return {500, "not_permitted", "The system does not permit listening on " + where + ".", {}, 0};
    case EADDRNOTAVAIL:
        return {500, "address_unknown", "This machine has no address " + host + ".", {}, 0};
    default:
        return {
            500, "listen_failed", "Listening on " + where + " failed: " + std::strerror(reason) + ".", {}, 0};
    }
}

/// A name may have addresses that this machine lacks, mostly those of IPv6.
bool isPassable(int reason)
{
    return reason == EADDRNOTAVAIL || reason == EAFNOSUPPORT;
}

} // namespace

Result<Listeners> Listeners::open(const std::string &host, std::uint16_t port, int workers)
{
    Result<std::vector<Address>> addresses = addressesOf(host);
    if (!addresses)
        return tl::unexpected<Error>(addresses.error());
    Listeners listeners;
    listeners.m_port = port;
    listeners.m_descriptors.resize(static_cast<std::size_t>(workers));
    int passedOver = EADDRNOTAVAIL;
    for (Address &address : *addresses) {
        for (int worker = 0; worker < workers; ++worker) {
            address.port() = htons(listeners.m_port);
            const int fd = listenAt(address, worker == 0);
            if (fd < 0 && isPassable(errno) && worker == 0) {
                passedOver = errno;
                break;
            }
            if (fd < 0)
                return fail(listenError(errno, host, listeners.m_port));
            listeners.m_descriptors[static_cast<std::size_t>(worker)].push_back(fd);
            listeners.m_port = boundPort(fd);
        }
        if (listeners.m_descriptors[0].size() > listeners.m_addresses.size()) {
            listeners.m_addresses.push_back(address.text());
            listeners.m_isLoopback = listeners.m_isLoopback && address.isLoopback();
        }
    }
    if (listeners.m_addresses.empty())
        return fail(listenError(passedOver, host, port));
    return listeners;
}

Listeners::~Listeners()
{
    for (const std::vector<int> &descriptors : m_descriptors) {
        for (const int fd : descriptors)
            ::close(fd);
    }
}

Listeners::Listeners(Listeners &&other) noexcept
    : m_descriptors(std::exchange(other.m_descriptors, {}))
    , m_addresses(std::move(other.m_addresses))
    , m_port(other.m_port)
    , m_isLoopback(other.m_isLoopback)
{
}

Listeners &Listeners::operator=(Listeners &&other) noexcept
{
    std::swap(m_descriptors, other.m_descriptors);
    std::swap(m_addresses, other.m_addresses);
    m_port = other.m_port;
    m_isLoopback = other.m_isLoopback;
    return *this;
}

std::vector<int> Listeners::take(int worker)
{
    return std::exchange(m_descriptors[static_cast<std::size_t>(worker)], {});
}

} // namespace Gateway
