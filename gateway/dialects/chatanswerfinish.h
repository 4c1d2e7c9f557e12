#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// How a candidate ended, for one chat choice.
struct ChatFinish
{
    std::string reason;     ///< Google's finishReason (or blockReason), empty while it goes on.
    std::string message;    ///< Google's finishMessage (or blockReasonMessage).
    bool isBlocked = false; ///< The prompt was blocked: there is no candidate at all.
};

/// OpenAI's finish_reason for Google's:
/// STOP → stop, with calls `callWord` ("tool_calls", or "function_call" for the older form);
/// MAX_TOKENS, CONTINUATION, TOO_MANY_TOOL_CALLS (Google's own tools) → length: there would have been more;
/// SAFETY, RECITATION, LANGUAGE, BLOCKLIST, PROHIBITED_CONTENT, SPII, IMAGE_…, OTHER, a blocked prompt →
/// content_filter: Google cut the answer, and this is OpenAI's one word for that;
/// any other → as STOP.
std::string_view chatFinishReason(const ChatFinish &finish, bool hasCalls, std::string_view callWord);

/// MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, …: the model tried a call that Google threw away. Told as
/// "stop" an agent would take its work for done, so the whole answer fails with 502, which SDKs ask again by
/// themselves.
bool isBrokenCall(const ChatFinish &finish);
Error brokenCallError(const ChatFinish &finish);

/// The `refusal` text for a prompt that was blocked, or an answer that was cut before it said anything; empty
/// for others.
std::string chatRefusal(const ChatFinish &finish, bool saidAnything);

/// Appends `"finish_reason":…` and, where OpenAI's word tells less than Google's,
/// `,"native_finish_reason":…`.
void appendChatFinish(std::string &out, const ChatFinish &finish, bool hasCalls, std::string_view callWord);

} // namespace Gateway
