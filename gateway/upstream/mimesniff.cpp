#include "gateway/upstream/mimesniff.h"

namespace Gateway {

namespace {

using namespace std::string_view_literals;

struct Signature
{
    std::size_t offset;
    std::string_view bytes;
    std::string_view mimeType;
};

constexpr Signature SIGNATURES[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBPVP"sv, "image/webp"},
    {0, "%PDF-"sv, "application/pdf"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypheix"sv, "image/heic"},
    {4, "ftypheim"sv, "image/heic"},
    {4, "ftypheis"sv, "image/heic"},
    {4, "ftyphevc"sv, "image/heic"},
    {4, "ftyphevx"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heif"},
    {4, "ftypmsf1"sv, "image/heif"},
    {4, "ftypavif"sv, "image/avif"},
};

} // namespace

std::string_view sniffedMimeType(std::string_view bytes)
{
    for (const Signature &signature : SIGNATURES) {
        if (bytes.size() >= signature.offset && bytes.substr(signature.offset).starts_with(signature.bytes))
            return signature.mimeType;
    }
    return {};
}

} // namespace Gateway
