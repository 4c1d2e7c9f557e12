#include "gateway/store/sealer.h"

#include <sodium.h>

namespace Gateway {

namespace {

// Version, nonce, sealed bytes with their tag.
constexpr char VERSION = 1;
constexpr std::size_t NONCE_AT = 1;
constexpr std::size_t TEXT_AT = NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(MasterKey::BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

/// A table's name holds no null byte, so no two places look the same.
std::string placeOf(std::string_view table, std::string_view row)
{
    std::string place(table);
    place += '\0';
    place += row;
    return place;
}

} // namespace

Sealer::Sealer(const MasterKey &key)
    : m_key(key)
{
}

std::string Sealer::seal(std::string_view table, std::string_view row, std::string_view text) const
{
    const std::string place = placeOf(table, row);
    std::string sealed(TEXT_AT + text.size() + TAG, VERSION);
    auto *bytes = reinterpret_cast<unsigned char *>(sealed.data());
    randombytes_buf(bytes + NONCE_AT, TEXT_AT - NONCE_AT);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + TEXT_AT, nullptr, bytesOf(text), text.size(),
                                               bytesOf(place), place.size(), nullptr, bytes + NONCE_AT,
                                               m_key.data());
    return sealed;
}

Result<Secret> Sealer::open(std::string_view table, std::string_view row, std::string_view sealed) const
{
    const auto broken = [table] {
        return fail(503, "seal_broken",
                    "A secret in the table " + std::string(table) +
                        " does not open: it was changed, moved, or sealed with another master key.");
    };
    if (sealed.size() < TEXT_AT + TAG || sealed.front() != VERSION)
        return broken();
    const std::string place = placeOf(table, row);
    const unsigned char *bytes = bytesOf(sealed);
    std::string text(sealed.size() - TEXT_AT - TAG, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char *>(text.data()), nullptr, nullptr, bytes + TEXT_AT,
            sealed.size() - TEXT_AT, bytesOf(place), place.size(), bytes + NONCE_AT, m_key.data()) != 0)
        return broken();
    Secret secret(text);
    sodium_memzero(text.data(), text.size());
    return secret;
}

} // namespace Gateway
