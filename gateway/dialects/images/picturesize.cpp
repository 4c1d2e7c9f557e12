#include "gateway/dialects/images/picturesize.h"

#include <algorithm>
#include <cstdint>

#include "gateway/dialects/base64.h"

namespace Gateway {

namespace {

/// Digits that are looked at: a JPEG's size stands behind its metadata.
constexpr std::size_t HEAD_DIGITS = 64;
constexpr std::size_t JPEG_DIGITS = 256u * 1024;
constexpr std::string_view JPEG_START = "/9j/";

std::uint32_t byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < count; ++i)
        number = number << 8 | byteAt(bytes, at + i);
    return number;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t number = 0;
    for (std::size_t i = count; i-- > 0;)
        number = number << 8 | byteAt(bytes, at + i);
    return number;
}

std::string sizeText(std::uint32_t width, std::uint32_t height)
{
    return width == 0 || height == 0 ? std::string() : std::to_string(width) + 'x' + std::to_string(height);
}

/// Its first chunk is IHDR (www.w3.org/TR/png-3).
std::string pngSize(std::string_view bytes)
{
    constexpr std::size_t WIDTH = 16;
    constexpr std::size_t HEAD = 24;
    if (bytes.size() < HEAD || bytes.substr(12, 4) != "IHDR")
        return {};
    return sizeText(bigEndian(bytes, WIDTH, 4), bigEndian(bytes, WIDTH + 4, 4));
}

/// Whether the segment begins a frame (ITU T.81, table B.1): C0…CF without DHT, JPG and DAC.
bool isFrame(std::uint32_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::string jpegSize(std::string_view bytes)
{
    std::size_t at = 2;
    constexpr std::size_t FRAME_HEAD = 9;
    while (at + FRAME_HEAD <= bytes.size() && byteAt(bytes, at) == 0xFF) {
        if (isFrame(byteAt(bytes, at + 1)))
            return sizeText(bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2));
        at += 2 + bigEndian(bytes, at + 2, 2);
    }
    return {};
}

/// developers.google.com/speed/webp/docs/riff_container: extended, lossless or lossy.
std::string webpSize(std::string_view bytes)
{
    constexpr std::size_t HEAD = 30;
    constexpr std::uint32_t FOURTEEN_BITS = 0x3FFF;
    if (bytes.size() < HEAD || bytes.substr(8, 4) != "WEBP")
        return {};
    const std::string_view kind = bytes.substr(12, 4);
    if (kind == "VP8X")
        return sizeText(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1);
    if (kind == "VP8L") {
        const std::uint32_t packed = littleEndian(bytes, 21, 4);
        return sizeText((packed & FOURTEEN_BITS) + 1, (packed >> 14 & FOURTEEN_BITS) + 1);
    }
    return kind == "VP8 " ? sizeText(littleEndian(bytes, 26, 2) & FOURTEEN_BITS,
                                     littleEndian(bytes, 28, 2) & FOURTEEN_BITS)
                          : std::string();
}

} // namespace

std::string pictureSize(std::string_view base64)
{
    std::string bytes;
    const std::size_t digits = base64.starts_with(JPEG_START) ? JPEG_DIGITS : HEAD_DIGITS;
    if (!appendDecodedBase64(bytes, base64.substr(0, digits)))
        return {};
    if (bytes.starts_with("\x89PNG"))
        return pngSize(bytes);
    if (bytes.starts_with("\xFF\xD8"))
        return jpegSize(bytes);
    return bytes.starts_with("RIFF") ? webpSize(bytes) : std::string();
}

} // namespace Gateway
