#include "gateway/dialects/audio/recordingtype.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

using namespace std::string_view_literals;

struct Signature
{
    std::size_t offset;
    std::string_view bytes;
    std::string_view type;
};

constexpr Signature SIGNATURES[] = {
    {0, "fLaC"sv, "audio/flac"},    {0, "OggS"sv, "audio/ogg"},
    {8, "WAVE"sv, "audio/wav"},     {8, "AIFF"sv, "audio/aiff"},
    {8, "AIFC"sv, "audio/aiff"},    {0, "ID3"sv, "audio/mp3"},
    {4, "ftypM4A"sv, "audio/m4a"},  {4, "ftypM4B"sv, "audio/m4a"},
    {4, "ftyp"sv, "audio/mp4"},     {0, "\x1a\x45\xdf\xa3"sv, "audio/webm"},
    {0, "\xff\xf1"sv, "audio/aac"}, {0, "\xff\xf9"sv, "audio/aac"},
    {0, "\xff\xfb"sv, "audio/mp3"}, {0, "\xff\xfa"sv, "audio/mp3"},
    {0, "\xff\xf3"sv, "audio/mp3"}, {0, "\xff\xf2"sv, "audio/mp3"},
    {0, "\xff\xe3"sv, "audio/mp3"},
};

struct Word
{
    std::string_view word; ///< Ending of a name, or the client's type.
    std::string_view type;
};

constexpr Word WORDS[] = {
    {"flac", "audio/flac"},
    {"mp3", "audio/mp3"},
    {"mpga", "audio/mp3"},
    {"mpeg", "audio/mpeg"},
    {"mp4", "audio/mp4"},
    {"m4a", "audio/m4a"},
    {"ogg", "audio/ogg"},
    {"oga", "audio/ogg"},
    {"opus", "audio/ogg"},
    {"wav", "audio/wav"},
    {"webm", "audio/webm"},
    {"aac", "audio/aac"},
    {"aif", "audio/aiff"},
    {"aiff", "audio/aiff"},
    {"audio/x-wav", "audio/wav"},
    {"audio/wave", "audio/wav"},
    {"audio/vnd.wave", "audio/wav"},
    {"audio/x-flac", "audio/flac"},
    {"audio/x-m4a", "audio/m4a"},
    {"video/mp4", "audio/mp4"},
    {"video/webm", "audio/webm"},
    {"video/mpeg", "audio/mpeg"},
    {"application/ogg", "audio/ogg"},
};

std::string_view typeOfWord(std::string_view word)
{
    for (const Word &entry : WORDS) {
        if (equalsIgnoreCase(entry.word, word))
            return entry.type;
    }
    return {};
}

} // namespace

std::string_view recordingType(std::string_view bytes, std::string_view fileName, std::string_view told)
{
    for (const Signature &signature : SIGNATURES) {
        if (bytes.size() >= signature.offset && bytes.substr(signature.offset).starts_with(signature.bytes))
            return signature.type;
    }
    const std::size_t dot = fileName.rfind('.');
    const std::string_view byName =
        dot == std::string_view::npos ? std::string_view() : typeOfWord(fileName.substr(dot + 1));
    if (!byName.empty())
        return byName;
    told = trimmed(told.substr(0, told.find(';')));
    const std::string_view known = typeOfWord(told);
    if (!known.empty())
        return known;
    constexpr std::string_view AUDIO = "audio/";
    return startsWithIgnoreCase(told, AUDIO) ? typeOfWord(told.substr(AUDIO.size())) : std::string_view();
}

} // namespace Gateway
