#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <sodium.h>

namespace Gateway {

/// SipHash-2-4 with a random key of its own: who does not know the key can neither make texts collide nor
/// learn from the time of a look-up how near a guess was.
class TokenHash
{
public:
    TokenHash();

    std::uint64_t of(std::string_view text) const;

    /// One hash over both texts and where one ends.
    std::uint64_t of(std::string_view first, std::string_view second) const;

private:
    std::array<unsigned char, crypto_shorthash_KEYBYTES> m_key;
};

} // namespace Gateway
