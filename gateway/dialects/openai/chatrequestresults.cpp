#include "gateway/dialects/openai/chatrequestresults.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// `,"parts":[…]` inside a functionResponse, begun with the first part.
class ResultMedia final : public PartSink
{
public:
    explicit ResultMedia(RequestDraft &draft)
        : m_draft(draft)
    {
    }
    void next() override
    {
        m_draft.text() += m_open ? "," : ",\"parts\":[";
        m_open = true;
    }
    void close()
    {
        if (m_open)
            m_draft.text() += ']';
    }

private:
    RequestDraft &m_draft;
    bool m_open = false;
};

/// Gemini takes a "$ref" anywhere in a result for the name of one of its media parts and refuses the request.
bool holdsReference(const json::value &value)
{
    if (const json::array *array = value.if_array())
        return std::any_of(array->begin(), array->end(), holdsReference);
    const json::object *object = value.if_object();
    return object && (object->contains("$ref") ||
                      std::any_of(object->begin(), object->end(),
                                  [](const json::key_value_pair &m) { return holdsReference(m.value()); }));
}

/// Gemini's response is an object: a result that is one goes as it is, everything else as {"result":text}.
void appendResponse(std::string &out, std::string_view text)
{
    if (trimmed(text).starts_with('{')) {
        const Result<json::value> parsed = parseJson(text);
        if (parsed && parsed->is_object() && !holdsReference(*parsed)) {
            appendJson(out, *parsed);
            return;
        }
    }
    out += "{\"result\":";
    appendJsonString(out, text);
    out += '}';
}

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
    if (m_family.callIds && !call.id.empty()) {
        out += "\"id\":";
        appendJsonString(out, call.id);
        out += ',';
    }
    out += "\"name\":";
    appendJsonString(out, call.name);
    out += ",\"response\":";
    appendResponse(out, *text);
    if (m_family.mediaResults) {
        ResultMedia media(m_draft);
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
