#include "gateway/access/tokenhash.h"

#include <cstddef>
#include <cstring>

namespace Gateway {

namespace {

std::uint64_t hashOf(const void *bytes, std::size_t size, const unsigned char *key)
{
    std::array<unsigned char, crypto_shorthash_BYTES> hash;
    crypto_shorthash(hash.data(), static_cast<const unsigned char *>(bytes), size, key);
    std::uint64_t number = 0;
    static_assert(sizeof number == crypto_shorthash_BYTES);
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

} // namespace

TokenHash::TokenHash()
{
    [[maybe_unused]] const int ready = sodium_init(); // makes the random source ready for several threads
    crypto_shorthash_keygen(m_key.data());
}

std::uint64_t TokenHash::of(std::string_view text) const
{
    return hashOf(text.data(), text.size(), m_key.data());
}

std::uint64_t TokenHash::of(std::string_view first, std::string_view second) const
{
    const std::array<std::uint64_t, 2> both{of(first), of(second)};
    return hashOf(both.data(), sizeof both, m_key.data());
}

} // namespace Gateway
