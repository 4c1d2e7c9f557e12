#include "gateway/dialects/contentpartstypes.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

struct Mime
{
    std::string_view word;
    std::string_view mime;
};

constexpr Mime AUDIO[] = {
    {"wav", "audio/wav"},   {"mp3", "audio/mp3"},   {"flac", "audio/flac"}, {"ogg", "audio/ogg"},
    {"aac", "audio/aac"},   {"aiff", "audio/aiff"}, {"m4a", "audio/m4a"},   {"opus", "audio/opus"},
    {"webm", "audio/webm"}, {"mpeg", "audio/mpeg"},
};

constexpr Mime ENDINGS[] = {
    {".pdf", "application/pdf"}, {".txt", "text/plain"},        {".md", "text/markdown"},
    {".csv", "text/csv"},        {".html", "text/html"},        {".htm", "text/html"},
    {".xml", "text/xml"},        {".json", "application/json"}, {".png", "image/png"},
    {".jpg", "image/jpeg"},      {".jpeg", "image/jpeg"},       {".webp", "image/webp"},
    {".gif", "image/gif"},       {".heic", "image/heic"},       {".mp3", "audio/mp3"},
    {".wav", "audio/wav"},       {".mp4", "video/mp4"},         {".mov", "video/quicktime"},
    {".webm", "video/webm"},
};

constexpr std::size_t MAX_PICTURE_NAME = 1024;

constexpr Mime FIRST_DIGITS[] = {
    {"iVBORw0KGgo", "image/png"}, {"/9j/", "image/jpeg"},         {"R0lGOD", "image/gif"},
    {"UklGR", "image/webp"},      {"JVBERi0", "application/pdf"},
};

} // namespace

bool isDataUrl(std::string_view url)
{
    return startsWithIgnoreCase(url, "data:");
}

bool readDataUrl(std::string_view url, DataUrl &out)
{
    const std::size_t comma = url.find(',');
    if (comma == std::string_view::npos)
        return false;
    out.data = url.substr(comma + 1);
    std::string_view head = url.substr(5, comma - 5);
    const std::size_t semicolon = std::min(head.find(';'), head.size());
    out.mime = trimmed(head.substr(0, semicolon));
    std::transform(out.mime.begin(), out.mime.end(), out.mime.begin(),
                   [](char letter) { return letter >= 'A' && letter <= 'Z' ? char(letter | 32) : letter; });
    if (out.mime == "image/jpg")
        out.mime = "image/jpeg";
    const std::size_t last = head.rfind(';');
    out.base64 = last != std::string_view::npos && equalsIgnoreCase(trimmed(head.substr(last + 1)), "base64");
    return true;
}

bool findMarkdownPicture(std::string_view text, std::size_t from, MarkdownPicture &out)
{
    constexpr std::string_view LINK = "](data:image/";
    std::size_t link = text.find(LINK, from);
    for (; link != std::string_view::npos; link = text.find(LINK, link + 1)) {
        const std::size_t end = text.find_first_of(")[] \n", link + 2);
        if (end == std::string_view::npos)
            return false;
        const std::size_t nearest = std::max(from, link - std::min(link, MAX_PICTURE_NAME));
        const std::size_t inside = text.substr(nearest, link - nearest).rfind("![");
        const std::size_t begin = inside == std::string_view::npos ? inside : nearest + inside;
        DataUrl url;
        const bool whole = begin != std::string_view::npos && text[end] == ')' &&
                           text.substr(begin, link - begin).find_first_of("]\n") == std::string_view::npos &&
                           readDataUrl(text.substr(link + 2, end - link - 2), url);
        if (!whole || !url.base64)
            continue;
        out = {begin, end + 1, std::move(url.mime), url.data};
        return true;
    }
    return false;
}

std::string_view audioMime(std::string_view format)
{
    for (const Mime &entry : AUDIO) {
        if (equalsIgnoreCase(entry.word, format))
            return entry.mime;
    }
    return {};
}

std::string_view mimeOfName(std::string_view fileName)
{
    const std::size_t dot = fileName.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    for (const Mime &entry : ENDINGS) {
        if (equalsIgnoreCase(entry.word, fileName.substr(dot)))
            return entry.mime;
    }
    return {};
}

std::string_view mimeOfBase64(std::string_view data)
{
    for (const Mime &entry : FIRST_DIGITS) {
        if (data.starts_with(entry.word))
            return entry.mime;
    }
    return {};
}

bool isForGemini(std::string_view url)
{
    static constexpr std::string_view STARTS[] = {
        "https://generativelanguage.googleapis.com/",
        "gs://",
        "https://www.youtube.com/",
        "https://youtube.com/",
        "https://youtu.be/",
        "https://m.youtube.com/",
    };
    return std::any_of(std::begin(STARTS), std::end(STARTS),
                       [url](std::string_view start) { return startsWithIgnoreCase(url, start); });
}

} // namespace Gateway
