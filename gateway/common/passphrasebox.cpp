#include "gateway/common/passphrasebox.h"

#include <array>

#include <sodium.h>

namespace Gateway {

namespace {

// Header: magic, version, cost (log2 of KiB, passes), salt, nonce. Then the sealed bytes with their tag.
constexpr std::string_view MAGIC = "GwSealed";
constexpr unsigned char VERSION = 1;
constexpr std::size_t SALT_AT = MAGIC.size() + 3;
constexpr std::size_t NONCE_AT = SALT_AT + crypto_pwhash_SALTBYTES;
constexpr std::size_t HEADER = NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES;

constexpr unsigned char INTERACTIVE_BITS = 16; // 2^16 KiB
constexpr unsigned char MODERATE_BITS = 18;
constexpr unsigned char INTERACTIVE_PASSES = 2;
constexpr unsigned char MODERATE_PASSES = 3;
/// What a file from elsewhere may ask of this machine: 1 GiB.
constexpr unsigned char MAX_BITS = 20;
constexpr unsigned char MAX_PASSES = 10;

unsigned char *bytesOf(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

/// The derived key, wiped when it goes.
class DerivedKey
{
public:
    DerivedKey() = default;
    ~DerivedKey() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    DerivedKey(const DerivedKey &) = delete;
    DerivedKey &operator=(const DerivedKey &) = delete;

    /// By the cost and the salt that stand in `header`; false when the memory is not to be had.
    bool derive(std::string_view passphrase, std::string_view header)
    {
        const auto bits = bytesOf(header)[MAGIC.size() + 1];
        const auto passes = bytesOf(header)[MAGIC.size() + 2];
        return crypto_pwhash(m_bytes.data(), m_bytes.size(), passphrase.data(), passphrase.size(),
                             bytesOf(header) + SALT_AT, passes, std::size_t{1024} << bits,
                             crypto_pwhash_ALG_ARGON2ID13) == 0;
    }
    const unsigned char *data() const { return m_bytes.data(); }

private:
    std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> m_bytes{};
};

std::string newHeader(PassphraseCost cost)
{
    const bool isModerate = cost == PassphraseCost::Moderate;
    std::string header(MAGIC);
    header += static_cast<char>(VERSION);
    header += static_cast<char>(isModerate ? MODERATE_BITS : INTERACTIVE_BITS);
    header += static_cast<char>(isModerate ? MODERATE_PASSES : INTERACTIVE_PASSES);
    header.resize(HEADER);
    randombytes_buf(bytesOf(header) + SALT_AT, HEADER - SALT_AT);
    return header;
}

tl::unexpected<Error> outOfMemory()
{
    return fail(500, "out_of_memory", "There is not enough memory to derive a key from the passphrase.");
}

tl::unexpected<Error> notSealed()
{
    return fail(400, "not_sealed", "This is no export sealed with a passphrase.");
}

Result<void> checkHeader(std::string_view sealed)
{
    if (!isSealedWithPassphrase(sealed))
        return notSealed();
    if (bytesOf(sealed)[MAGIC.size()] != VERSION)
        return fail(400, "newer_seal", "A newer program sealed this; update this one to open it.");
    const auto bits = bytesOf(sealed)[MAGIC.size() + 1];
    const auto passes = bytesOf(sealed)[MAGIC.size() + 2];
    if (sealed.size() < HEADER + TAG || bits < 3 || bits > MAX_BITS || passes < 1 || passes > MAX_PASSES)
        return notSealed();
    return {};
}

} // namespace

Result<std::string> sealWithPassphrase(std::string_view passphrase, std::string_view content,
                                       PassphraseCost cost)
{
    if (passphrase.empty())
        return fail(400, "empty_passphrase", "A passphrase is needed.");
    std::string sealed = newHeader(cost);
    DerivedKey key;
    if (!key.derive(passphrase, sealed))
        return outOfMemory();
    const std::string header = sealed;
    sealed.resize(HEADER + content.size() + TAG);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(sealed) + HEADER, nullptr, bytesOf(content),
                                               content.size(), bytesOf(std::string_view(header)), HEADER,
                                               nullptr, bytesOf(std::string_view(header)) + NONCE_AT,
                                               key.data());
    return sealed;
}

Result<std::string> openWithPassphrase(std::string_view passphrase, std::string_view sealed)
{
    if (Result<void> checked = checkHeader(sealed); !checked)
        return fail(std::move(checked.error()));
    DerivedKey key;
    if (!key.derive(passphrase, sealed))
        return outOfMemory();
    std::string content(sealed.size() - HEADER - TAG, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytesOf(content), nullptr, nullptr, bytesOf(sealed) + HEADER, sealed.size() - HEADER, bytesOf(sealed),
        HEADER, bytesOf(sealed) + NONCE_AT, key.data());
    if (opened != 0)
        return fail(400, "wrong_passphrase",
                    "The passphrase is wrong, or the sealed bytes were changed or cut.");
    return content;
}

bool isSealedWithPassphrase(std::string_view bytes)
{
    return bytes.size() > MAGIC.size() + 3 && bytes.starts_with(MAGIC);
}

} // namespace Gateway
