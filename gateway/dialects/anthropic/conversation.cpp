#include "gateway/dialects/anthropic/conversation.h"

#include <algorithm>

#include "gateway/dialects/anthropic/servercode.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/instructionparts.h"

namespace Gateway {

namespace {

using Role = ChatTurns::Role;

/// Claude Code's first system block: accounting for Anthropic, of no use to a model, and it changes with each
/// request, so that nothing behind it could come from Google's cache.
constexpr std::string_view BILLING_NOTE = "x-anthropic-billing-header:";

Result<std::string_view> roleOf(const json::value &value, const JsonPath &path)
{
    const json::object *message = value.if_object();
    if (!message)
        return refuseKind(path, "an object");
    const Result<std::string_view> role = neededText(*message, "role", path);
    if (!role)
        return fail(role.error());
    if (*role != "user" && *role != "assistant" && *role != "system")
        return refuse(JsonPath(path, "role"), "must be 'user' or 'assistant'.");
    const json::value *content = givenField(*message, "content");
    const JsonPath contentPath(path, "content");
    if (!content)
        return refuseMissing(contentPath);
    if (!content->is_string() && !content->is_array())
        return refuseKind(contentPath, "a string or an array of blocks");
    return role;
}

/// The request has a tool that runs code.
bool runsCode(const json::object &body)
{
    const json::array *tools = arrayAt(body, "tools");
    return tools && std::ranges::any_of(*tools, [](const json::value &tool) {
               const json::object *object = tool.if_object();
               return object && codeFormOf(stringAt(*object, "type")) != CodeForm::None;
           });
}

std::size_t leadingInstructions(const json::array &messages)
{
    std::size_t count = 0;
    while (count < messages.size() && stringAt(messages[count].get_object(), "role") == "system")
        ++count;
    return count < messages.size() ? count : 0; // alone they are asked as a question
}

} // namespace

AnthropicConversation::AnthropicConversation(RequestDraft &draft, const ModelFamily &family, bool findsMarks)
    : m_draft(draft)
    , m_family(family)
    , m_findsMarks(findsMarks)
    , m_turns(draft)
    , m_blocks(draft, m_turns)
    , m_uses(draft, m_turns, family)
{
}

Result<void> AnthropicConversation::write(const json::object &body, const JsonPath &root)
{
    const JsonPath path(root, "messages");
    const Result<const json::array *> messages = arrayField(body, "messages", root);
    if (!messages)
        return fail(messages.error());
    if (!*messages)
        return refuseMissing(path);
    if ((*messages)->empty())
        return refuse(path, "must hold at least one message.");
    for (std::size_t i = 0; i < (*messages)->size(); ++i) {
        if (const Result<std::string_view> role = roleOf((**messages)[i], JsonPath(path, i)); !role)
            return fail(role.error());
    }
    InstructionParts instruction(m_draft);
    if (m_family.systemInstruction) {
        if (Result<void> done = writeSystem(body, root, instruction); !done)
            return done;
        instruction.close();
    }
    if (instruction.isEmpty())
        markTools(body);
    else if (m_instructionMark)
        markAt(*m_instructionMark);
    m_runsCode = runsCode(body);
    m_draft.text() += "\"contents\":[";
    m_turns.setRole(Role::User);
    if (Result<void> done = m_family.systemInstruction ? Result<void>() : writeSystem(body, root, m_turns);
        !done)
        return done;
    if (Result<void> done = writeTurns(**messages, path); !done)
        return done;
    if (m_turns.partCount() == 0)
        return refuse(path, "hold nothing to answer.");
    noteMark(body); // marks the last block there is
    m_turns.close();
    m_draft.text() += ']';
    return {};
}

/// `system`, and messages of that role before any other.
Result<void> AnthropicConversation::writeSystem(const json::object &body, const JsonPath &root,
                                                PartSink &sink)
{
    if (const json::value *system = givenField(body, "system")) {
        if (Result<void> done = writeInstruction(*system, JsonPath(root, "system"), sink); !done)
            return done;
    }
    const json::array &messages = body.at("messages").get_array();
    const JsonPath path(root, "messages");
    for (std::size_t i = 0; i < leadingInstructions(messages); ++i) {
        const JsonPath messagePath(path, i);
        if (Result<void> done = writeInstruction(messages[i].get_object().at("content"),
                                                 JsonPath(messagePath, "content"), sink);
            !done)
            return done;
    }
    return {};
}

Result<void> AnthropicConversation::writeInstruction(const json::value &content, const JsonPath &path,
                                                     PartSink &sink)
{
    ContentBlocks blocks(m_draft, sink);
    if (const json::string *text = content.if_string()) {
        blocks.writeText(*text);
        m_instructionMark = nullptr;
        return {};
    }
    const json::array *list = content.if_array();
    if (!list)
        return refuseKind(path, "a string or an array of text blocks");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const JsonPath blockPath(path, i);
        const json::object *block = (*list)[i].if_object();
        if (!block)
            return refuseKind(blockPath, "an object");
        if (stringAt(*block, "type") != "text")
            return refuse(JsonPath(blockPath, "type"), "must be 'text'.");
        const Result<std::string_view> text = neededText(*block, "text", blockPath);
        if (!text)
            return fail(text.error());
        if (text->starts_with(BILLING_NOTE))
            continue;
        blocks.writeText(*text);
        noteInstructionMark(*block, sink);
    }
    return {};
}

/// An instruction in the midst of the conversation stays where it is, as words of the user's: Gemini has no
/// other place there, and the beginning, which Google's cache knows, stays the same.
Result<void> AnthropicConversation::writeTurns(const json::array &messages, const JsonPath &path)
{
    const auto isAssistant = [&](std::size_t i) {
        return stringAt(messages[i].get_object(), "role") == "assistant";
    };
    const std::size_t start = leadingInstructions(messages);
    for (std::size_t i = start; i < messages.size(); ++i) {
        const bool turns = i == start || isAssistant(i) != isAssistant(i - 1);
        if (turns && !isAssistant(i)) {
            std::size_t end = i;
            while (end < messages.size() && !isAssistant(end))
                ++end;
            if (Result<void> done = takeResults(messages, i, end, path); !done)
                return done;
        }
        if (turns) {
            m_hasUses = false;
            m_code = nullptr;
        }
        const JsonPath messagePath(path, i);
        const JsonPath contentPath(messagePath, "content");
        const json::value &content = messages[i].get_object().at("content");
        Result<void> done =
            isAssistant(i) ? writeAssistant(content, contentPath) : writeUser(content, contentPath);
        if (!done)
            return done;
    }
    return m_uses.finish(path);
}

/// The tool_result blocks of the user's turn that is messages `from` to before `to`.
Result<void> AnthropicConversation::takeResults(const json::array &messages, std::size_t from, std::size_t to,
                                                const JsonPath &path)
{
    for (std::size_t i = from; i < to; ++i) {
        const json::object &message = messages[i].get_object();
        const json::array *blocks = arrayAt(message, "content");
        if (stringAt(message, "role") != "user" || !blocks)
            continue;
        const JsonPath messagePath(path, i);
        const JsonPath contentPath(messagePath, "content");
        for (std::size_t k = 0; k < blocks->size(); ++k) {
            const json::object *block = (*blocks)[k].if_object();
            if (!block || stringAt(*block, "type") != "tool_result")
                continue;
            if (Result<void> done = m_uses.take(*block, JsonPath(contentPath, k), i, k); !done)
                return done;
        }
    }
    return m_uses.finish(path);
}

Result<void> AnthropicConversation::writeUser(const json::value &content, const JsonPath &path)
{
    m_turns.setRole(Role::User);
    const int before = m_turns.partCount();
    if (const json::string *text = content.if_string()) {
        m_blocks.writeText(*text);
    } else {
        const json::array &blocks = content.get_array();
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const JsonPath blockPath(path, i);
            const json::object *block = blocks[i].if_object();
            if (!block)
                return refuseKind(blockPath, "an object");
            const bool isWritten = stringAt(*block, "type") == "tool_result";
            if (Result<void> done = isWritten ? Result<void>() : m_blocks.write(*block, blockPath); !done)
                return done;
            noteMark(*block);
        }
    }
    // A turn of the user without words is still a turn: without it the model would be asked to go on. Gemini
    // refuses the empty text, so that it gets a space.
    if (m_turns.partCount() == before && !m_turns.isOpen(Role::User)) {
        m_turns.next();
        m_draft.text() += "{\"text\":\" \"}";
    }
    return {};
}

} // namespace Gateway
