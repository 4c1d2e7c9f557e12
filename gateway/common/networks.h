#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Blocks of IPv4 and IPv6 addresses (CIDR, RFC 4632 and RFC 4291 section 2.3).
class Networks
{
public:
    Networks() = default;

    /// `texts`: addresses ("10.1.2.3", "::1") or blocks ("10.0.0.0/8", "2001:db8::/32"); bits behind the
    /// prefix do not matter. What is none of these holds no address.
    explicit Networks(const std::vector<std::string> &texts);

    static bool isNetwork(std::string_view text);

    /// `address`: as text, without port; a zone ("%eth0") is ignored. An IPv4 address mapped into IPv6 is
    /// that IPv4 address. False for what is no address.
    bool contains(std::string_view address) const;

private:
    using Bytes = std::array<std::uint8_t, 16>;
    struct Block
    {
        Bytes start{};
        int bits = 0; ///< Of the 128 that must agree.
    };

    static bool parseAddress(std::string_view text, Bytes &bytes, bool &isV4);
    static bool parseBlock(std::string_view text, Block &block);

    std::vector<Block> m_blocks;
};

} // namespace Gateway
