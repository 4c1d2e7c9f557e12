#pragma once

#include <string>
#include <string_view>

#include "gateway/common/dialect.h"
#include "gateway/common/result.h"
#include "gateway/common/text.h"

namespace Gateway {

/// The JSON body that tells `error` in `dialect`:
/// Gemini   {"error":{"code":429,"message":…,"status":"RESOURCE_EXHAUSTED","details":[…RetryInfo…]}}
/// (google.rpc.Status) OpenAI   {"error":{"message":…,"type":…,"param":…,"code":…}} Anthropic
/// {"type":"error","error":{"type":…,"message":…},"request_id":…} Ollama   {"error":…} Admin
/// {"error":{"code":…,"message":…}}
std::string errorBody(Dialect dialect, const Error &error, std::string_view requestId = {});

/// Headers that go with it: Retry-After in whole seconds (rounded up) where the error knows when.
Headers errorHeaders(const Error &error);

/// Google's error answer as an Error of ours: status, the message (never the echo of a key), retry time from
/// RetryInfo or the Retry-After header. `body` may be JSON, a JSON array of one error, HTML or empty.
Error errorFromGemini(int status, std::string_view body);

} // namespace Gateway
