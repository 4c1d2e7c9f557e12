#include "gateway/dialects/openai/chatanswerpieces.h"

#include <algorithm>
#include <charconv>

#include "gateway/dialects/tokenlogprobs.h"

namespace Gateway {

namespace {

void appendCount(std::string &out, std::string_view name, std::int64_t count)
{
    out += name;
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), std::max<std::int64_t>(count, 0)).ptr);
}

} // namespace

void appendChatImage(std::string &out, std::string_view url)
{
    out += "{\"type\":\"image_url\",\"image_url\":{\"url\":";
    appendJsonString(out, url);
    out += "}}";
}

void appendChatAudio(std::string &out, const TranslationContext &context, std::string_view base64)
{
    out += "{\"id\":";
    appendJsonString(out, "audio_" + context.requestId);
    out += ",\"data\":";
    appendJsonString(out, base64);
    appendCount(out, ",\"expires_at\":", context.createdSeconds);
    out += ",\"transcript\":\"\"}";
}

void appendChatLogprobs(std::string &out, const json::object *result)
{
    if (!result) {
        out += "null";
        return;
    }
    out += "{\"content\":";
    appendTokenLogprobs(out, *result);
    out += ",\"refusal\":null}";
}

std::string chatCompletionId(const TranslationContext &context)
{
    std::string_view tail = context.requestId;
    if (tail.starts_with("req_"))
        tail.remove_prefix(std::string_view("req_").size());
    return "chatcmpl-" + std::string(tail);
}

void appendChatUsage(std::string &out, const GeminiUsage &usage)
{
    const std::int64_t input = usage.input();
    const std::int64_t output = usage.output();
    appendCount(out, "{\"prompt_tokens\":", input);
    appendCount(out, ",\"completion_tokens\":", output);
    appendCount(out, ",\"total_tokens\":", input + output);
    appendCount(out, ",\"prompt_tokens_details\":{\"cached_tokens\":", usage.counts.cached);
    appendCount(out, ",\"audio_tokens\":", usage.promptAudio);
    appendCount(out, "},\"completion_tokens_details\":{\"reasoning_tokens\":", usage.counts.thoughts);
    appendCount(out, ",\"audio_tokens\":", usage.candidatesAudio);
    out += ",\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
}

} // namespace Gateway
