#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// The results of one assistant message's tool calls. Gemini wants all of them in the turn after the calls,
/// in their order, as many as there were calls (ai.google.dev/gemini-api/docs/function-calling).
class ToolResults
{
public:
    ToolResults(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family);

    /// A call that was just written. `id` may be empty (legacy function_call); both must outlive this.
    /// False when the id is one of this message's already.
    bool expect(std::string_view id, std::string_view name);

    /// A message of role tool or function. Fails when it answers no call of the message before.
    Result<void> take(const json::object &message, const JsonPath &path);

    /// Writes the results. Fails when one is missing; `path` is where it should have been.
    Result<void> finish(const JsonPath &path);

private:
    struct Call
    {
        std::string_view id;
        std::string_view name;
        const json::object *result = nullptr; ///< The message.
        std::size_t index = 0;                ///< Its place among the messages.
    };

    Call *find(std::string_view id, std::string_view name);
    Result<void> writeResult(const Call &call, const JsonPath &path);
    Result<void> writeMedia(const Call &call, const JsonPath &path, PartSink &sink);

    RequestDraft &m_draft;
    ChatTurns &m_turns;
    const ModelFamily &m_family;
    std::vector<Call> m_calls;
};

} // namespace Gateway
