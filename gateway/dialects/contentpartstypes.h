#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// The parts of a data: URL (RFC 2397).
struct DataUrl
{
    std::string mime; ///< Lower case without parameters; empty when the URL tells none.
    bool base64 = false;
    std::string_view data; ///< As it stands in the URL.
};

bool isDataUrl(std::string_view url);

/// False when there is no comma. `url` must be a data: URL and outlive `out`.
bool readDataUrl(std::string_view url, DataUrl &out);

/// A picture in markdown text whose URL is a data: URL in base64.
struct MarkdownPicture
{
    std::size_t begin = 0; ///< Offset of its '!' in the text.
    std::size_t end = 0;   ///< Offset behind its ')'.
    std::string mime;
    std::string_view data;
};

/// The first one whose URL begins at `from` or later. False when there is none.
bool findMarkdownPicture(std::string_view text, std::size_t from, MarkdownPicture &out);

/// Gemini's name of an audio format word of OpenAI ("wav", "mp3"), empty when unknown
/// (ai.google.dev/gemini-api/docs/audio).
std::string_view audioMime(std::string_view format);

/// By the ending of a file's name, empty when unknown.
std::string_view mimeOfName(std::string_view fileName);

/// By the first digits of base64 data, empty when unknown.
std::string_view mimeOfBase64(std::string_view data);

/// Whether Gemini opens this URL by itself: its own files, Cloud Storage, YouTube.
bool isForGemini(std::string_view url);

} // namespace Gateway
