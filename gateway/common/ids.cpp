#include "gateway/common/ids.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <sodium.h>

namespace Gateway {

namespace {

/// xoshiro256** seeded once per thread: ids need to be unique, not secret.
class FastRandom
{
public:
    FastRandom() { randombytes_buf(m_state.data(), sizeof(m_state)); }

    std::uint64_t next()
    {
        const std::uint64_t result = rotated(m_state[1] * 5, 7) * 9;
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = rotated(m_state[3], 45);
        return result;
    }

private:
    static std::uint64_t rotated(std::uint64_t value, int by) { return (value << by) | (value >> (64 - by)); }

    std::array<std::uint64_t, 4> m_state{};
};

constexpr int ID_LENGTH = 24;
constexpr std::string_view ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

} // namespace

std::string makeId(std::string_view prefix)
{
    thread_local FastRandom random;
    std::string id;
    id.reserve(prefix.size() + ID_LENGTH);
    id = prefix;
    for (int done = 0; done < ID_LENGTH;) {
        std::uint64_t bits = random.next();
        for (int i = 0; i < 12; ++i, ++done, bits /= ALPHABET.size())
            id += ALPHABET[bits % ALPHABET.size()];
    }
    return id;
}

std::string makeToken(std::string_view prefix)
{
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return std::string(prefix) + text.data();
}

} // namespace Gateway
