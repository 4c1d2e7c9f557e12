#pragma once

#include <string>
#include <string_view>

#include "gateway/common/dialect.h"
#include "gateway/common/result.h"
#include "gateway/common/text.h"

namespace Gateway {

/// The JSON body that tells `error` in `dialect`:
/// - Gemini: `{"error":{"code":429,"message":…,"status":"RESOURCE_EXHAUSTED","details":[…]}}`,
///   a google.rpc.Status; ErrorInfo tells a code of ours, BadRequest `param`, RetryInfo `retryAfterMs`
/// - OpenAI: `{"error":{"message":…,"type":…,"param":…,"code":…}}`
/// - Anthropic: `{"type":"error","error":{"type":…,"message":…},"request_id":…}`
/// - Ollama: `{"error":…}`
/// - Admin: `{"error":{"code":…,"message":…}}`
std::string errorBody(Dialect dialect, const Error &error, std::string_view requestId = {});

/// The object behind "error" in OpenAI's body, with `code` in place of the one it has there.
std::string openAiError(const Error &error, std::string_view code);

/// The HTTP status that goes with it: the error's own, save that Anthropic has 529 for what is 503 elsewhere.
int errorStatus(Dialect dialect, const Error &error);

/// What a stream says while nothing flows, so that nobody takes it for dead: Anthropic's own event `ping`; to
/// Ollama's clients, which read nothing but JSON, a line with no words in it; a comment elsewhere.
std::string_view heartbeatOf(Dialect dialect);

/// Google's error answer as an Error of ours. `body` may be JSON, a JSON array of one error, HTML or empty.
/// `status` is that of the HTTP answer; for an error inside an answer with status 200 the one it tells
/// counts, or 502. `code` is ErrorInfo's reason or Google's status word in small letters ("api_key_invalid",
/// "resource_exhausted"), or "daily_quota_exhausted". The text never holds a key that Google echoes; the
/// retry time is RetryInfo's or that of "Please retry in 36.4s".
Error errorFromGemini(int status, std::string_view body);

} // namespace Gateway
