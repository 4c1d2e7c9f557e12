#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// The tool_use blocks of one turn of the assistant and the tool_result blocks that answer them. Gemini wants
/// all results in the turn after the calls, in their order, as many as there were calls
/// (ai.google.dev/gemini-api/docs/function-calling).
class ToolUses
{
public:
    ToolUses(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family);

    /// A tool_use that was just written; both must outlive this. False when the id is one of this turn's
    /// already.
    bool expect(std::string_view id, std::string_view name);

    /// A tool_result, the block at messages[message].content[block]. Fails when it answers no tool_use of the
    /// turn before.
    Result<void> take(const json::object &result, const JsonPath &path, std::size_t message,
                      std::size_t block);

    /// Writes the results. Fails when one is missing; `path` is that of the messages.
    Result<void> finish(const JsonPath &path);

private:
    struct Use
    {
        std::string_view id;
        std::string_view name;
        const json::object *result = nullptr;
        std::size_t message = 0; ///< Where the result stands.
        std::size_t block = 0;
    };

    enum class Write { Words, Media };
    Result<void> writeWithPath(const Use &use, const JsonPath &messages, Write what);
    Result<void> writeResult(const Use &use, const JsonPath &path);
    Result<void> writeMedia(const Use &use, const JsonPath &path, PartSink &sink);

    RequestDraft &m_draft;
    ChatTurns &m_turns;
    const ModelFamily &m_family;
    std::vector<Use> m_uses;
};

} // namespace Gateway
