// Where a client's `cache_control` stands
// (platform.claude.com/docs/en/build-with-claude/prompt-caching), counted in Gemini's turns.
#include "gateway/dialects/anthropic/conversation.h"

namespace Gateway {

namespace {

constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::string_view MARK = "cache_control";

/// Of the block itself, or of the last one inside a tool_result.
const json::object *markOf(const json::object &block)
{
    if (const json::object *control = objectAt(block, MARK))
        return control;
    const json::array *inner = stringAt(block, "type") == "tool_result" ? arrayAt(block, "content") : nullptr;
    const json::object *last = inner && !inner->empty() ? inner->back().if_object() : nullptr;
    return last ? objectAt(*last, MARK) : nullptr;
}

} // namespace

void AnthropicConversation::markAt(const json::object &control)
{
    m_turns.mark();
    m_ttlMs = (stringAt(control, "ttl") == "1h" ? 60 : 5) * MINUTE_MS;
}

void AnthropicConversation::noteMark(const json::object &block)
{
    if (const json::object *control = m_findsMarks ? markOf(block) : nullptr)
        markAt(*control);
}

/// Google keeps an instruction as a whole: only a mark at its end counts.
void AnthropicConversation::noteInstructionMark(const json::object &block, const PartSink &sink)
{
    if (&sink == &m_turns)
        noteMark(block);
    else
        m_instructionMark = m_findsMarks ? objectAt(block, MARK) : nullptr;
}

/// Tools are kept together with the instruction, which a mark on them leaves out: it counts where there is
/// none.
void AnthropicConversation::markTools(const json::object &body)
{
    const json::array *tools = m_findsMarks ? arrayAt(body, "tools") : nullptr;
    if (!tools || tools->empty())
        return;
    if (const json::object *last = tools->back().if_object())
        noteMark(*last);
}

std::optional<CacheMark> AnthropicConversation::cacheMark() const
{
    const std::optional<std::size_t> turns = m_turns.markedTurns();
    return turns ? std::optional(CacheMark{*turns, m_ttlMs}) : std::nullopt;
}

} // namespace Gateway
