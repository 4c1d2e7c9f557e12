#include "gateway/dialects/chatanswerfinish.h"

#include <algorithm>
#include <array>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr auto CUT_BY_GOOGLE = std::to_array<std::string_view>(
    {"SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "OTHER", "IMAGE_SAFETY",
     "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER"});

constexpr auto BROKEN_CALLS = std::to_array<std::string_view>(
    {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MISSING_THOUGHT_SIGNATURE", "MALFORMED_RESPONSE"});

template <std::size_t SIZE>
bool isOneOf(const std::array<std::string_view, SIZE> &words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

std::string withReason(std::string text, const ChatFinish &finish)
{
    text += " (";
    text += finish.reason;
    text += ')';
    if (finish.message.empty())
        return text + '.';
    return text + ": " + finish.message;
}

} // namespace

std::string_view chatFinishReason(const ChatFinish &finish, bool hasCalls, std::string_view callWord)
{
    const std::string_view google = finish.reason;
    if (finish.isBlocked || isOneOf(CUT_BY_GOOGLE, google))
        return "content_filter";
    if (google == "MAX_TOKENS" || google == "CONTINUATION" || google == "TOO_MANY_TOOL_CALLS")
        return "length";
    return hasCalls ? callWord : "stop";
}

bool isBrokenCall(const ChatFinish &finish)
{
    return isOneOf(BROKEN_CALLS, finish.reason);
}

Error brokenCallError(const ChatFinish &finish)
{
    std::string code = finish.reason;
    std::ranges::transform(code, code.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return Error{
        502, std::move(code), withReason("The model wrote a tool call that Gemini refused", finish), {}, 0};
}

std::string chatRefusal(const ChatFinish &finish, bool saidAnything)
{
    if (finish.isBlocked)
        return withReason("Gemini blocked the prompt", finish);
    if (saidAnything || !isOneOf(CUT_BY_GOOGLE, finish.reason))
        return {};
    return withReason("Gemini stopped the answer", finish);
}

void appendChatFinish(std::string &out, const ChatFinish &finish, bool hasCalls, std::string_view callWord)
{
    out += "\"finish_reason\":\"";
    out += chatFinishReason(finish, hasCalls, callWord);
    out += '"';
    if (finish.reason.empty() || finish.reason == "STOP" || finish.reason == "MAX_TOKENS")
        return;
    out += ",\"native_finish_reason\":";
    appendJsonString(out, finish.reason);
}

} // namespace Gateway
