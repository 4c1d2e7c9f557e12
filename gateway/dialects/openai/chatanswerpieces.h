#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

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
