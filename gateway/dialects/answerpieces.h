#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/dialects/geminianswer.h"

namespace Gateway {

/// What one part of Gemini's answer becomes in a chat message.
struct ChatPiece
{
    enum class Kind : std::uint8_t { None, Content, Reasoning, Call, Image, Audio };

    Kind kind = Kind::None;
    std::string_view text;  ///< Content, Reasoning: the text. Image: its URL. Audio: base64.
    bool isOwnText = false; ///< The text was written here (code fences, images), not by Gemini.
};

/// Reads `part`. `scratch` holds text that had to be written; the piece may point into it. `atStart`: the
/// message has no content yet. `imagesApart`: the client asked for images by `modalities` and finds them in
/// `message.images` (the form OpenRouter, LiteLLM and Vercel use); others get them as markdown in the
/// content, which every chat window shows and no client loses. Never both: a picture is megabytes. Code that
/// Gemini ran and what it printed become fenced blocks. Pictures among the thoughts are drafts of the one
/// that follows and are left out.
ChatPiece readChatPiece(const GeminiPart &part, bool imagesApart, bool atStart, std::string &scratch);

} // namespace Gateway
