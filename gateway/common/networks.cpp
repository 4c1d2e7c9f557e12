#include "gateway/common/networks.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t V4_AT = 12; // where an IPv4 address lies in its mapped IPv6 form
constexpr int V4_OFFSET_BITS = 96;
constexpr int ALL_BITS = 128;

bool agree(const std::array<std::uint8_t, 16> &left, const std::array<std::uint8_t, 16> &right, int bits)
{
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (std::memcmp(left.data(), right.data(), whole) != 0)
        return false;
    const int rest = bits % 8;
    return rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0;
}

} // namespace

Networks::Networks(const std::vector<std::string> &texts)
{
    for (const std::string &text : texts) {
        Block block;
        if (parseBlock(text, block))
            m_blocks.push_back(block);
    }
}

bool Networks::isNetwork(std::string_view text)
{
    Block block;
    return parseBlock(text, block);
}

bool Networks::contains(std::string_view address) const
{
    Bytes bytes{};
    bool isV4 = false;
    if (m_blocks.empty() || !parseAddress(address, bytes, isV4))
        return false;
    return std::any_of(m_blocks.begin(), m_blocks.end(),
                       [&](const Block &block) { return agree(block.start, bytes, block.bits); });
}

bool Networks::parseAddress(std::string_view text, Bytes &bytes, bool &isV4)
{
    const std::string address(text.substr(0, text.find('%')));
    in_addr v4{};
    isV4 = inet_pton(AF_INET, address.c_str(), &v4) == 1;
    if (!isV4)
        return inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
    bytes = {};
    bytes[V4_AT - 2] = bytes[V4_AT - 1] = 0xff;
    std::memcpy(bytes.data() + V4_AT, &v4, sizeof v4);
    return true;
}

bool Networks::parseBlock(std::string_view text, Block &block)
{
    text = trimmed(text);
    const std::size_t slash = text.find('/');
    bool isV4 = false;
    if (!parseAddress(text.substr(0, slash), block.start, isV4))
        return false;
    const int offset = isV4 ? V4_OFFSET_BITS : 0;
    block.bits = ALL_BITS;
    if (slash == std::string_view::npos)
        return true;
    const std::string_view digits = text.substr(slash + 1);
    int bits = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits + offset > ALL_BITS)
        return false;
    block.bits = bits + offset;
    return true;
}

} // namespace Gateway
