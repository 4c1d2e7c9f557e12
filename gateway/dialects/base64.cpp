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

constexpr std::uint8_t NO_VALUE = 0x80;

/// What a digit of either alphabet stands for.
constexpr std::array<std::uint8_t, 256> VALUES = [] {
    std::array<std::uint8_t, 256> values{};
    for (std::uint8_t &entry : values)
        entry = NO_VALUE;
    for (std::size_t i = 0; i < ALPHABET.size(); ++i)
        values[static_cast<unsigned char>(ALPHABET[i])] = static_cast<std::uint8_t>(i);
    values[static_cast<unsigned char>('-')] = 62;
    values[static_cast<unsigned char>('_')] = 63;
    return values;
}();

/// Every class met in `text`, or-ed: no branch and no chain from byte to byte, since pictures are megabytes.
std::uint8_t classesIn(std::string_view text)
{
    std::array<unsigned, 4> met{};
    const auto classAt = [text](std::size_t i) { return CLASSES[static_cast<unsigned char>(text[i])]; };
    std::size_t i = 0;
    for (; i + met.size() <= text.size(); i += met.size()) {
        met[0] |= classAt(i);
        met[1] |= classAt(i + 1);
        met[2] |= classAt(i + 2);
        met[3] |= classAt(i + 3);
    }
    for (; i < text.size(); ++i)
        met[0] |= classAt(i);
    return static_cast<std::uint8_t>(met[0] | met[1] | met[2] | met[3]);
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

bool appendDecodedBase64(std::string &out, std::string_view text)
{
    for (int padding = text.size() % 4 == 0 ? 2 : 0; padding > 0 && text.ends_with('='); --padding)
        text.remove_suffix(1);
    if (text.size() % 4 == 1)
        return false;
    const std::size_t start = out.size();
    out.resize(start + text.size() / 4 * 3 + (text.size() % 4 > 0 ? text.size() % 4 - 1 : 0));
    char *to = out.data() + start;
    unsigned bad = 0;
    const auto valueAt = [&](std::size_t i) {
        const std::uint8_t value = VALUES[static_cast<unsigned char>(text[i])];
        bad |= value;
        return static_cast<std::uint32_t>(value);
    };
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        const std::uint32_t word =
            valueAt(i) << 18 | valueAt(i + 1) << 12 | valueAt(i + 2) << 6 | valueAt(i + 3);
        *to++ = static_cast<char>(word >> 16);
        *to++ = static_cast<char>(word >> 8);
        *to++ = static_cast<char>(word);
    }
    if (i < text.size()) {
        const bool three = text.size() - i == 3;
        const std::uint32_t word =
            valueAt(i) << 18 | valueAt(i + 1) << 12 | (three ? valueAt(i + 2) << 6 : 0U);
        *to++ = static_cast<char>(word >> 16);
        if (three)
            *to = static_cast<char>(word >> 8);
    }
    if (bad & NO_VALUE)
        out.resize(start);
    return (bad & NO_VALUE) == 0;
}

bool appendCheckedBase64(std::string &out, std::string_view text)
{
    const std::uint8_t classes = classesIn(text);
    if (classes & Bad)
        return false;
    std::string cleaned;
    std::string_view digits = text;
    if (classes & Space) {
        cleaned.reserve(text.size());
        for (const char letter : text) {
            if (CLASSES[static_cast<unsigned char>(letter)] != Space)
                cleaned += letter;
        }
        digits = cleaned;
    }
    const std::string_view body = digits.substr(0, digits.find('='));
    const std::string_view padding = digits.substr(body.size());
    const bool padded = padding == "=" || padding == "==";
    if (body.size() % 4 == 1 || (!padding.empty() && (!padded || digits.size() % 4 != 0)))
        return false;
    out += digits;
    return true;
}

} // namespace Gateway
