#include "gateway/store/masterkey.h"

#include <sodium.h>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t HEX_DIGITS = 2 * MasterKey::BYTES;

bool fromHex(std::string_view text, std::array<unsigned char, MasterKey::BYTES> &bytes)
{
    std::size_t length = 0;
    return text.size() == HEX_DIGITS &&
           sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr) ==
               0 &&
           length == bytes.size();
}

bool fromBase64(std::string_view text, std::array<unsigned char, MasterKey::BYTES> &bytes)
{
    while (text.ends_with('='))
        text.remove_suffix(1);
    for (const int variant :
         {sodium_base64_VARIANT_ORIGINAL_NO_PADDING, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
        std::size_t length = 0;
        const char *end = nullptr;
        if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                              variant) == 0 &&
            length == bytes.size() && end == text.data() + text.size())
            return true;
    }
    return false;
}

} // namespace

MasterKey::~MasterKey()
{
    sodium_memzero(m_bytes.data(), m_bytes.size());
}

MasterKey MasterKey::random()
{
    MasterKey key;
    randombytes_buf(key.m_bytes.data(), key.m_bytes.size());
    return key;
}

Result<MasterKey> MasterKey::parse(std::string_view text, std::string_view whence)
{
    text = trimmed(text);
    MasterKey key;
    if (fromHex(text, key.m_bytes) || fromBase64(text, key.m_bytes))
        return key;
    return fail(503, "master_key_invalid",
                "The master key in " + std::string(whence) +
                    " is no key: it must be 32 bytes, as base64 or as 64 hex digits. One is made by: openssl "
                    "rand -base64 32");
}

Result<std::vector<MasterKey>> MasterKey::parseLines(std::string_view text, std::string_view whence)
{
    std::vector<MasterKey> keys;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty())
            continue;
        Result<MasterKey> key = parse(line, whence);
        if (!key)
            return fail(std::move(key.error()));
        keys.push_back(*key);
    }
    return keys;
}

Secret MasterKey::text() const
{
    std::array<char, sodium_base64_ENCODED_LEN(BYTES, sodium_base64_VARIANT_ORIGINAL)> base64{};
    sodium_bin2base64(base64.data(), base64.size(), m_bytes.data(), m_bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    Secret text{std::string_view(base64.data())};
    sodium_memzero(base64.data(), base64.size());
    return text;
}

} // namespace Gateway
