#include "gateway/dialects/openai/chatrequestresults.h"

#include <algorithm>

#include "gateway/dialects/toolresponse.h"

namespace Gateway {

namespace {

/// All text of a tool message; several text parts are lines of one result.
Result<std::string> textOf(const json::object &message, const JsonPath &path)
{
    std::string text;
    const json::value *content = message.if_contains("content");
    if (!content || content->is_null())
        return text;
    if (const json::string *whole = content->if_string())
        return std::string(*whole);
    const json::array *parts = content->if_array();
    if (!parts)
        return refuseKind(path, "a string or an array of parts");
    bool first = true;
    for (const json::value &element : *parts) {
        const json::object *part = element.if_object();
        const json::string *line = part ? textOfPart(*part, stringAt(*part, "type")) : nullptr;
        if (!line)
            continue;
        if (!first)
            text += '\n';
        first = false;
        text += *line;
    }
    return text;
}

} // namespace

ToolResults::ToolResults(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family)
    : m_draft(draft)
    , m_turns(turns)
    , m_family(family)
{
}

bool ToolResults::expect(std::string_view id, std::string_view name)
{
    const bool known = !id.empty() && std::any_of(m_calls.begin(), m_calls.end(),
                                                  [id](const Call &call) { return call.id == id; });
    m_calls.push_back({id, name, nullptr, 0});
    return !known;
}

ToolResults::Call *ToolResults::find(std::string_view id, std::string_view name)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(), [&](const Call &call) {
        return id.empty() ? call.name == name && !call.result : call.id == id;
    });
    return found == m_calls.end() ? nullptr : &*found;
}

Result<void> ToolResults::take(const json::object &message, const JsonPath &path)
{
    const std::string_view id = stringAt(message, "tool_call_id");
    const std::string_view name = stringAt(message, "name");
    const bool legacy = stringAt(message, "role") == "function";
    const JsonPath keyPath(path, legacy ? "name" : "tool_call_id");
    if (legacy ? name.empty() : id.empty() && name.empty())
        return refuseMissing(keyPath);
    Call *call = find(legacy ? std::string_view() : id, name);
    const std::string shown = "'" + std::string(legacy || id.empty() ? name : id) + "'";
    if (!call)
        return refuse(keyPath, shown + " answers no tool call of the assistant message before it.");
    if (call->result)
        return refuse(keyPath, shown + " has been answered already.");
    call->result = &message;
    call->index = path.index();
    return {};
}

Result<void> ToolResults::finish(const JsonPath &path)
{
    if (m_calls.empty())
        return {};
    for (const Call &call : m_calls) {
        if (!call.result)
            return refuse(path, "The tool call '" + std::string(call.id.empty() ? call.name : call.id) +
                                    "' (" + std::string(call.name) +
                                    ") has no result: a message of role 'tool' must follow for every call.");
    }
    m_turns.setRole(ChatTurns::Role::User);
    for (const Call &call : m_calls) {
        if (Result<void> done = writeResult(call, JsonPath(path, call.index)); !done)
            return done;
    }
    if (!m_family.mediaResults) {
        for (const Call &call : m_calls) {
            if (Result<void> done = writeMedia(call, JsonPath(path, call.index), m_turns); !done)
                return done;
        }
    }
    m_calls.clear();
    return {};
}

Result<void> ToolResults::writeResult(const Call &call, const JsonPath &path)
{
    const Result<std::string> text = textOf(*call.result, JsonPath(path, "content"));
    if (!text)
        return fail(text.error());
    m_turns.next();
    std::string &out = m_draft.text();
    out += "{\"functionResponse\":{";
    appendCallName(out, m_family, call.id, call.name);
    out += ",\"response\":";
    appendToolResponse(out, *text);
    if (m_family.mediaResults) {
        ToolResponseParts media(m_draft);
        if (Result<void> done = writeMedia(call, path, media); !done)
            return done;
        media.close();
    }
    out += "}}";
    return {};
}

/// The parts of a result that are no text: inside the functionResponse where the model takes them there, else
/// after all results of the turn.
Result<void> ToolResults::writeMedia(const Call &call, const JsonPath &path, PartSink &sink)
{
    const json::array *parts = arrayAt(*call.result, "content");
    ContentParts writer(m_draft, sink);
    const JsonPath contentPath(path, "content");
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
        const JsonPath partPath(contentPath, i);
        const json::object *part = (*parts)[i].if_object();
        if (!part)
            return refuseKind(partPath, "an object");
        const std::string_view type = stringAt(*part, "type");
        if (textOfPart(*part, type))
            continue;
        if (Result<void> done = writer.writeMedia(*part, type, partPath); !done)
            return done;
    }
    return {};
}

} // namespace Gateway
