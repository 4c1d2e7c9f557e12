#include "gateway/dialects/anthropic/tooluses.h"

#include <algorithm>

#include "gateway/dialects/anthropic/contentblocks.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/toolresponse.h"

namespace Gateway {

namespace {

/// All words of a tool_result's content, which is a string, a list of blocks or absent.
Result<std::string> wordsOf(const json::object &result, const JsonPath &path)
{
    std::string words;
    const json::value *content = givenField(result, "content");
    if (!content)
        return words;
    if (const json::string *whole = content->if_string())
        return std::string(*whole);
    const JsonPath contentPath(path, "content");
    const json::array *blocks = content->if_array();
    if (!blocks)
        return refuseKind(contentPath, "a string or an array of blocks");
    for (std::size_t i = 0; i < blocks->size(); ++i) {
        const JsonPath blockPath(contentPath, i);
        const json::object *block = (*blocks)[i].if_object();
        if (!block)
            return refuseKind(blockPath, "an object");
        if (Result<void> done = appendWords(words, *block, blockPath); !done)
            return fail(done.error());
    }
    return words;
}

} // namespace

ToolUses::ToolUses(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family)
    : m_draft(draft)
    , m_turns(turns)
    , m_family(family)
{
}

bool ToolUses::expect(std::string_view id, std::string_view name)
{
    const bool known = std::ranges::find(m_uses, id, &Use::id) != m_uses.end();
    m_uses.push_back({id, name, nullptr, 0, 0});
    return !known;
}

Result<void> ToolUses::take(const json::object &result, const JsonPath &path, std::size_t message,
                            std::size_t block)
{
    const JsonPath idPath(path, "tool_use_id");
    const Result<std::string_view> id = neededText(result, "tool_use_id", path);
    if (!id)
        return fail(id.error());
    const auto use = std::ranges::find(m_uses, *id, &Use::id);
    const std::string shown = "'" + std::string(*id) + "'";
    if (use == m_uses.end())
        return refuse(idPath, shown + " answers no tool_use block of the assistant's turn before it.");
    if (use->result)
        return refuse(idPath, shown + " has been answered already.");
    use->result = &result;
    use->message = message;
    use->block = block;
    return {};
}

Result<void> ToolUses::finish(const JsonPath &path)
{
    for (const Use &use : m_uses) {
        if (!use.result)
            return refuse(path, "The tool_use '" + std::string(use.id) + "' (" + std::string(use.name) +
                                    ") has no tool_result: one must follow for each in the next message.");
    }
    m_turns.setRole(ChatTurns::Role::User);
    for (const Use &use : m_uses) {
        if (Result<void> done = writeWithPath(use, path, Write::Words); !done)
            return done;
    }
    for (const Use &use : m_uses) {
        if (Result<void> done =
                m_family.mediaResults ? Result<void>() : writeWithPath(use, path, Write::Media);
            !done)
            return done;
    }
    m_uses.clear();
    return {};
}

Result<void> ToolUses::writeWithPath(const Use &use, const JsonPath &messages, Write what)
{
    const JsonPath messagePath(messages, use.message);
    const JsonPath contentPath(messagePath, "content");
    const JsonPath path(contentPath, use.block);
    return what == Write::Words ? writeResult(use, path) : writeMedia(use, path, m_turns);
}

Result<void> ToolUses::writeResult(const Use &use, const JsonPath &path)
{
    const Result<std::string> words = wordsOf(*use.result, path);
    if (!words)
        return fail(words.error());
    const Result<bool> isError = flagField(*use.result, "is_error", path);
    if (!isError)
        return fail(isError.error());
    m_turns.next();
    std::string &out = m_draft.text();
    out += "{\"functionResponse\":{";
    appendCallName(out, m_family, use.id, use.name);
    out += ",\"response\":";
    if (*isError) {
        out += "{\"error\":";
        appendJsonString(out, *words);
        out += '}';
    } else {
        appendToolResponse(out, *words);
    }
    if (m_family.mediaResults) {
        ToolResponseParts media(m_draft);
        if (Result<void> done = writeMedia(use, path, media); !done)
            return done;
        media.close();
    }
    out += "}}";
    return {};
}

/// The blocks of a result that are no text: inside the functionResponse where the model takes them there,
/// else after all results of the turn.
Result<void> ToolUses::writeMedia(const Use &use, const JsonPath &path, PartSink &sink)
{
    const json::array *blocks = arrayAt(*use.result, "content");
    ContentBlocks writer(m_draft, sink);
    const JsonPath contentPath(path, "content");
    for (std::size_t i = 0; blocks && i < blocks->size(); ++i) {
        const json::object *block = (*blocks)[i].if_object();
        if (!block)
            return refuseKind(JsonPath(contentPath, i), "an object");
        if (Result<void> done = writer.writeMedia(*block, JsonPath(contentPath, i)); !done)
            return done;
    }
    return {};
}

} // namespace Gateway
