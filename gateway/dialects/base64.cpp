#include "gateway/dialects/base64.h"

#include <array>
#include <cstdint>

namespace Gateway {

namespace {

constexpr std::string_view ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum Class : std::uint8_t { Digit = 0, Space = 1, Pad = 2, Bad = 4 };

constexpr std::array<std::uint8_t, 256> CLASSES = [] {
    std::array<std::uint8_t, 256> classes{};
    for (std::uint8_t &entry : classes)
        entry = Bad;
    for (const char letter : ALPHABET)
        classes[static_cast<unsigned char>(letter)] = Digit;
    for (const char letter : {'-', '_'})
        classes[static_cast<unsigned char>(letter)] = Digit;
    for (const char letter : {' ', '\t', '\r', '\n'})
        classes[static_cast<unsigned char>(letter)] = Space;
    classes[static_cast<unsigned char>('=')] = Pad;
    return classes;
}();

/// Every class met in `text`, or-ed: no branch per byte, since pictures are megabytes.
std::uint8_t classesIn(std::string_view text)
{
    std::uint8_t met = 0;
    for (const char letter : text)
        met = static_cast<std::uint8_t>(met | CLASSES[static_cast<unsigned char>(letter)]);
    return met;
}

} // namespace

void appendBase64(std::string &out, std::string_view bytes)
{
    const std::size_t start = out.size();
    out.resize(start + (bytes.size() + 2) / 3 * 4);
    char *to = out.data() + start;
    const auto byteAt = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::size_t i = 0;
    for (; i + 2 < bytes.size(); i += 3) {
        const std::uint32_t word =
            static_cast<std::uint32_t>(byteAt(i) << 16 | byteAt(i + 1) << 8 | byteAt(i + 2));
        *to++ = ALPHABET[word >> 18];
        *to++ = ALPHABET[word >> 12 & 63];
        *to++ = ALPHABET[word >> 6 & 63];
        *to++ = ALPHABET[word & 63];
    }
    if (i == bytes.size())
        return;
    const bool two = i + 2 == bytes.size();
    const std::uint32_t word = static_cast<std::uint32_t>(byteAt(i) << 16 | (two ? byteAt(i + 1) << 8 : 0));
    *to++ = ALPHABET[word >> 18];
    *to++ = ALPHABET[word >> 12 & 63];
    *to++ = two ? ALPHABET[word >> 6 & 63] : '=';
    *to = '=';
}

bool appendCheckedBase64(std::string &out, std::string_view text)
{
    std::string cleaned;
    std::string_view digits = text;
    if (classesIn(text) & Space) {
        cleaned.reserve(text.size());
        for (const char letter : text) {
            if (CLASSES[static_cast<unsigned char>(letter)] != Space)
                cleaned += letter;
        }
        digits = cleaned;
    }
    std::string_view body = digits;
    while (!body.empty() && body.back() == '=' && digits.size() - body.size() < 2)
        body.remove_suffix(1);
    const bool padded = body.size() != digits.size();
    if (classesIn(body) != Digit || body.size() % 4 == 1 || (padded && digits.size() % 4 != 0))
        return false;
    out += digits;
    return true;
}

} // namespace Gateway
