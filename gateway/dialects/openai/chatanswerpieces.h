#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/translation.h"

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

/// Appends `{"type":"image_url","image_url":{"url":…}}`.
void appendChatImage(std::string &out, std::string_view url);

/// Appends `{"id":…,"data":…,"expires_at":…,"transcript":""}`: Gemini's 24 kHz 16-bit samples, OpenAI's
/// format pcm16. It expires at once, as no later request can refer to it.
void appendChatAudio(std::string &out, const TranslationContext &context, std::string_view base64);

/// Appends OpenAI's `logprobs` object for Gemini's logprobsResult (ai.google.dev/api/generate-content
/// #LogprobsResult), or null without one.
void appendChatLogprobs(std::string &out, const json::object *result);

/// The id of a chat completion: "chatcmpl-" and the request id without its "req_".
std::string chatCompletionId(const TranslationContext &context);

/// Appends OpenAI's `usage` object: completion tokens hold the thoughts, prompt tokens what tools added.
void appendChatUsage(std::string &out, const GeminiUsage &usage);

} // namespace Gateway
