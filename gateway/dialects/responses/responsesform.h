#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// A tool of a namespace, which Gemini knows by both names joined.
struct NamespacedTool
{
    std::string joined;
    std::string space;
    std::string name;
};

/// "multi_agent" and "spawn" → "multi_agent__spawn".
std::string joinedToolName(std::string_view space, std::string_view name);

/// What the request decides about the form of its answer.
struct ResponsesForm
{
    std::string id; ///< "resp_…".
    std::int64_t createdSeconds = 0;
    std::string model;
    bool stream = false;
    bool summary = false;    ///< `reasoning.summary`: thoughts are told.
    bool encrypted = false;  ///< `include` names reasoning.encrypted_content: signatures are told.
    bool logprobs = false;   ///< `include` names message.output_text.logprobs.
    bool singleCall = false; ///< parallel_tool_calls is false: only the first call is told.
    std::vector<std::string> customTools; ///< Tools whose input is text: their calls are custom_tool_calls.
    std::vector<NamespacedTool> namespaced;
    std::string echo; ///< Members of the response that repeat the request's.
};

/// The members of a response that repeat the request's, each with a comma before it, defaults where the
/// request says nothing.
std::string responsesEcho(const json::object &body, std::string_view model);

/// How a response stands.
struct ResponsesState
{
    std::string_view status; ///< "in_progress", "completed", "incomplete", "failed", "queued", "cancelled".
    std::string_view output; ///< Items, comma-separated.
    std::string_view incomplete = {}; ///< Reason, empty when none.
    const Error *error = nullptr;
    const GeminiUsage *usage = nullptr; ///< Null while it goes on.
};

/// Appends the response object.
void appendResponse(std::string &out, const ResponsesForm &form, const ResponsesState &state);

/// OpenAI's word for what made a response fail; "server_error" for what it has no word for.
std::string_view responseErrorCode(const Error &error);

/// Appends `{"code":…,"message":…}` with one of OpenAI's words for a failed response.
void appendResponseError(std::string &out, const Error &error);

/// An id of one kind of item: `prefix` and what makes the response's id its own, with a running number.
std::string responsesItemId(const ResponsesForm &form, std::string_view prefix, int number);

} // namespace Gateway
