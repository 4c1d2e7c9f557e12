#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/contentblocks.h"
#include "gateway/dialects/anthropic/tooluses.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// Writes a conversation: `system` and `messages` → `systemInstruction` and `contents`. Messages of one role
/// in a row are one turn, as in Anthropic's API. Code that Gemini ran becomes its parts again where the
/// request still has the tool for it. A conversation that ends with the assistant goes on as it is: older
/// models continue it, those that do not say so themselves.
class AnthropicConversation
{
public:
    /// `findsMarks`: cacheMark() will be asked for.
    AnthropicConversation(RequestDraft &draft, const ModelFamily &family, bool findsMarks);

    /// Appends the members to the draft, which stands inside the outermost object of `body`'s translation.
    Result<void> write(const json::object &body, const JsonPath &root);

    /// Where the last `cache_control` stands; good after write().
    std::optional<CacheMark> cacheMark() const;

private:
    void noteMark(const json::object &block);
    void noteInstructionMark(const json::object &block, const PartSink &sink);
    void markAt(const json::object &control);
    void markTools(const json::object &body);
    Result<void> writeSystem(const json::object &body, const JsonPath &root, PartSink &sink);
    Result<void> writeInstruction(const json::value &content, const JsonPath &path, PartSink &sink);
    Result<void> writeTurns(const json::array &messages, const JsonPath &path);
    Result<void> takeResults(const json::array &messages, std::size_t from, std::size_t to,
                             const JsonPath &path);
    Result<void> writeUser(const json::value &content, const JsonPath &path);
    Result<void> writeAssistant(const json::value &content, const JsonPath &path);
    Result<void> writeSaid(const json::object &block, const JsonPath &path);
    Result<void> writeUse(const json::object &block, const JsonPath &path);
    void keepCode(const json::object &block);
    void writeCode(const json::object &result);

    RequestDraft &m_draft;
    const ModelFamily &m_family;
    const bool m_findsMarks;
    ChatTurns m_turns;
    ContentBlocks m_blocks;
    ToolUses m_uses;
    std::string_view m_signature;                    ///< Of a thinking block, for the part that follows it.
    const json::object *m_code = nullptr;            ///< A server_tool_use whose result is to come.
    bool m_runsCode = false;                         ///< The tools of the request run code.
    bool m_hasUses = false;                          ///< The assistant's turn has a tool_use already.
    const json::object *m_instructionMark = nullptr; ///< At the end of the system instruction.
    std::int64_t m_ttlMs = 0;                        ///< Of the last mark.
};

} // namespace Gateway
