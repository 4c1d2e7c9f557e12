#include "gateway/dialects/ollama/ollamacalls.h"

#include <algorithm>

#include "gateway/dialects/ollama/ollamaconversation.h"
#include "gateway/dialects/toolresponse.h"

namespace Gateway {

namespace {

std::string_view toolNameOf(const json::object &message)
{
    const std::string_view name = stringAt(message, "tool_name");
    return name.empty() ? stringAt(message, "name") : name;
}

} // namespace

OllamaCalls::OllamaCalls(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family)
    : m_draft(draft)
    , m_turns(turns)
    , m_family(family)
{
}

/// Of parallel calls Gemini signs the first. A call without an id gets one, so that its result is found.
void OllamaCalls::write(const Call &call, std::string_view print)
{
    const bool first = m_open.empty();
    const bool isNew = std::ranges::find(m_open, call.id, &Open::id) == m_open.end();
    m_open.push_back({!call.id.empty() && isNew ? std::string(call.id) : "call_" + std::to_string(m_made),
                      call.name, nullptr});
    ++m_made;
    m_turns.next();
    std::string &out = m_draft.text();
    out += "{\"functionCall\":{";
    appendCallName(out, m_family, m_open.back().id, call.name);
    out += ",\"args\":";
    if (call.arguments)
        appendJson(out, *call.arguments);
    else
        out += "{}";
    out += '}';
    addCallSignature(m_draft, m_family, {}, call.id, first, print);
    out += '}';
}

void OllamaCalls::take(const json::object &message, std::size_t index)
{
    m_results.push_back({&message, index, false});
}

/// Gives each result that has no call yet the first open call that fits.
template <typename Fits>
void OllamaCalls::pair(Fits fits)
{
    for (Given &given : m_results) {
        if (given.isPaired)
            continue;
        const auto call = std::ranges::find_if(
            m_open, [&](const Open &open) { return !open.result && fits(open, *given.message); });
        if (call == m_open.end())
            continue;
        call->result = &given;
        given.isPaired = true;
    }
}

void OllamaCalls::pairAll()
{
    pair([](const Open &call, const json::object &message) {
        return call.id == stringAt(message, "tool_call_id");
    });
    pair([](const Open &call, const json::object &message) { return call.name == toolNameOf(message); });
    pair([](const Open &, const json::object &) { return true; });
}

Result<void> OllamaCalls::finish(const JsonPath &path)
{
    if (m_open.empty() && m_results.empty())
        return {};
    pairAll();
    m_turns.setRole(ChatTurns::Role::User);
    for (const Open &call : m_open) {
        if (Result<void> done = writeResult(call, path); !done)
            return done;
    }
    ContentParts parts(m_draft, m_turns);
    for (const Open &call : m_open) {
        if (m_family.mediaResults || !call.result)
            continue;
        if (Result<void> done =
                writeOllamaImages(*call.result->message, JsonPath(path, call.result->index), parts);
            !done)
            return done;
    }
    for (const Given &given : m_results) {
        if (Result<void> done = given.isPaired ? Result<void>() : writeLoose(given, path); !done)
            return done;
    }
    m_open.clear();
    m_results.clear();
    return {};
}

Result<void> OllamaCalls::writeResult(const Open &call, const JsonPath &path)
{
    m_turns.next();
    std::string &out = m_draft.text();
    out += "{\"functionResponse\":{";
    appendCallName(out, m_family, call.id, call.name);
    out += ",\"response\":";
    if (!call.result)
        out += "{\"error\":\"The call got no result.\"}";
    else
        appendToolResponse(out, stringAt(*call.result->message, "content"));
    if (call.result && m_family.mediaResults) {
        ToolResponseParts media(m_draft);
        ContentParts parts(m_draft, media);
        if (Result<void> done =
                writeOllamaImages(*call.result->message, JsonPath(path, call.result->index), parts);
            !done)
            return done;
        media.close();
    }
    out += "}}";
    return {};
}

Result<void> OllamaCalls::writeLoose(const Given &given, const JsonPath &path)
{
    ContentParts parts(m_draft, m_turns);
    const std::string_view name = toolNameOf(*given.message);
    std::string text =
        name.empty() ? "Result of a tool:\n" : "Result of the tool " + std::string(name) + ":\n";
    text += stringAt(*given.message, "content");
    parts.writeText(text);
    return writeOllamaImages(*given.message, JsonPath(path, given.index), parts);
}

} // namespace Gateway
