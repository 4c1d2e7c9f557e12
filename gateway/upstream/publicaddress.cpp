#include "gateway/upstream/publicaddress.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <netinet/in.h>

namespace Gateway {

namespace {

struct Block4
{
    std::uint32_t address;
    int bits;
};

constexpr std::uint32_t ip4(unsigned a, unsigned b, unsigned c, unsigned d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

/// iana.org/assignments/iana-ipv4-special-registry, and multicast.
constexpr Block4 SPECIAL4[] = {
    {ip4(0, 0, 0, 0), 8},      {ip4(10, 0, 0, 0), 8},     {ip4(100, 64, 0, 0), 10},
    {ip4(127, 0, 0, 0), 8},    {ip4(169, 254, 0, 0), 16}, {ip4(172, 16, 0, 0), 12},
    {ip4(192, 0, 0, 0), 24},   {ip4(192, 0, 2, 0), 24},   {ip4(192, 88, 99, 0), 24},
    {ip4(192, 168, 0, 0), 16}, {ip4(198, 18, 0, 0), 15},  {ip4(198, 51, 100, 0), 24},
    {ip4(203, 0, 113, 0), 24}, {ip4(224, 0, 0, 0), 4},    {ip4(240, 0, 0, 0), 4},
};

using Bytes6 = std::array<std::uint8_t, 16>;

bool isPublic4(std::uint32_t address)
{
    return std::none_of(std::begin(SPECIAL4), std::end(SPECIAL4), [address](const Block4 &block) {
        return (address ^ block.address) >> (32 - block.bits) == 0;
    });
}

/// The IPv4 address at `offset`.
std::uint32_t embedded4(const Bytes6 &bytes, std::size_t offset)
{
    return ip4(bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]);
}

bool startsWith(const Bytes6 &bytes, std::initializer_list<std::uint8_t> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool isPublic6(const Bytes6 &bytes)
{
    if (startsWith(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) // mapped: the kernel speaks IPv4
        return isPublic4(embedded4(bytes, 12));
    if (startsWith(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) // NAT64
        return isPublic4(embedded4(bytes, 12));
    if (startsWith(bytes, {0x20, 0x02})) // 6to4
        return isPublic4(embedded4(bytes, 2));
    if ((bytes[0] & 0xe0) != 0x20) // global unicast is 2000::/3
        return false;
    return !startsWith(bytes, {0x20, 0x01, 0x0d, 0xb8})                     // documentation
           && !(startsWith(bytes, {0x20, 0x01}) && (bytes[2] & 0xfe) == 0)  // 2001::/23, Teredo among them
           && !(startsWith(bytes, {0x3f, 0xff}) && (bytes[2] & 0xf0) == 0); // documentation
}

} // namespace

bool isPublicAddress(const sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in ip{};
        std::memcpy(&ip, address, sizeof(ip));
        return isPublic4(ntohl(ip.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 ip{};
        std::memcpy(&ip, address, sizeof(ip));
        Bytes6 bytes;
        std::memcpy(bytes.data(), &ip.sin6_addr, bytes.size());
        return isPublic6(bytes);
    }
    return false;
}

} // namespace Gateway
