#include "gateway/dialects/base64decode.h"

#include <array>
#include <cstdint>

namespace Gateway {

namespace {

constexpr std::string_view ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t NO_DIGIT = 0xFF;

constexpr std::array<std::uint8_t, 256> VALUES = [] {
    std::array<std::uint8_t, 256> values{};
    for (std::uint8_t &value : values)
        value = NO_DIGIT;
    for (std::size_t i = 0; i < ALPHABET.size(); ++i)
        values[static_cast<unsigned char>(ALPHABET[i])] = static_cast<std::uint8_t>(i);
    values[static_cast<unsigned char>('-')] = 62;
    values[static_cast<unsigned char>('_')] = 63;
    return values;
}();

} // namespace

bool appendDecodedBase64(std::string &out, std::string_view text)
{
    if (text.size() % 4 == 0) {
        for (int i = 0; i < 2 && text.ends_with('='); ++i)
            text.remove_suffix(1);
    }
    if (text.size() % 4 == 1)
        return false;
    const std::size_t start = out.size();
    out.reserve(start + text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char letter : text) {
        const std::uint8_t value = VALUES[static_cast<unsigned char>(letter)];
        if (value == NO_DIGIT) {
            out.resize(start);
            return false;
        }
        bits = bits << 6 | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xFF);
        }
    }
    return true;
}

} // namespace Gateway
