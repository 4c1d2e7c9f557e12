// What the assistant says and calls, as a turn of the model.
#include <utility>

#include "gateway/dialects/anthropic/conversation.h"
#include "gateway/dialects/anthropic/servercode.h"
#include "gateway/dialects/anthropic/thinkingsignature.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/toolresponse.h"

namespace Gateway {

namespace {

/// Ids that the gateway made, not Gemini.
constexpr std::string_view OWN_ID = "srvtoolu_";

/// Blocks of the assistant that tell of Anthropic's own servers; what came of them stands in the text.
bool isServersOwn(std::string_view type)
{
    return type == "server_tool_use" || type == "mcp_tool_use" || type == "container_upload" ||
           (type.ends_with("_tool_result") && type != "tool_result");
}

} // namespace

Result<void> AnthropicConversation::writeAssistant(const json::value &content, const JsonPath &path)
{
    m_turns.setRole(ChatTurns::Role::Model);
    m_signature = {};
    if (const json::string *text = content.if_string()) {
        m_blocks.writeText(*text);
        return {};
    }
    const json::array &blocks = content.get_array();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const JsonPath blockPath(path, i);
        const json::object *block = blocks[i].if_object();
        if (!block)
            return refuseKind(blockPath, "an object");
        if (Result<void> done = writeSaid(*block, blockPath); !done)
            return done;
        noteMark(*block);
    }
    return {};
}

/// What the model thought is not sent back: the signature of the part that follows stands for it.
Result<void> AnthropicConversation::writeSaid(const json::object &block, const JsonPath &path)
{
    const Result<std::string_view> type = neededText(block, "type", path);
    if (!type)
        return fail(type.error());
    if (*type == "thinking" || *type == "redacted_thinking") {
        if (m_family.signatures)
            m_signature = unmarkedSignature(stringAt(block, *type == "thinking" ? "signature" : "data"));
        return {};
    }
    if (m_runsCode && *type == "server_tool_use")
        keepCode(block);
    else if (m_code && isCodeResult(*type))
        writeCode(block);
    if (isServersOwn(*type))
        return {};
    if (*type == "tool_use")
        return writeUse(block, path);
    if (*type != "text")
        return m_blocks.write(block, path);
    const Result<std::string_view> text = neededText(block, "text", path);
    if (!text)
        return fail(text.error());
    if (!text->empty())
        m_blocks.writeText(*text, std::exchange(m_signature, {}));
    return {};
}

/// Of parallel calls Gemini signs the first, and seldom another, which has no thinking block before it to
/// tell its signature: each that has none is asked for.
Result<void> AnthropicConversation::writeUse(const json::object &block, const JsonPath &path)
{
    const Result<std::string_view> id = neededText(block, "id", path);
    if (!id)
        return fail(id.error());
    const Result<std::string_view> name = neededText(block, "name", path);
    if (!name)
        return fail(name.error());
    if (id->empty() || name->empty())
        return refuseMissing(JsonPath(path, id->empty() ? "id" : "name"));
    const Result<const json::object *> input = objectField(block, "input", path);
    if (!input)
        return fail(input.error());
    if (!m_uses.expect(*id, *name))
        return refuse(JsonPath(path, "id"), "'" + std::string(*id) + "' is the id of another tool_use.");
    m_turns.next();
    std::string &out = m_draft.text();
    out += "{\"functionCall\":{";
    appendCallName(out, m_family, *id, *name);
    out += ",\"args\":";
    if (*input)
        appendJson(out, block.at("input"));
    else
        out += "{}";
    out += '}';
    const std::string_view known = std::exchange(m_signature, {});
    const bool first = !std::exchange(m_hasUses, true);
    addCallSignature(m_draft, m_family, known, *id, first);
    out += '}';
    return {};
}

void AnthropicConversation::keepCode(const json::object &block)
{
    m_code = codeOfUse(block) ? &block : nullptr;
}

/// Both parts, once it is known that there is a result: Gemini has no code without one.
void AnthropicConversation::writeCode(const json::object &result)
{
    const json::object &use = *std::exchange(m_code, nullptr);
    const std::string_view id = stringAt(use, "id");
    if (stringAt(result, "tool_use_id") != id)
        return;
    const std::string_view geminiId = id.starts_with(OWN_ID) ? std::string_view() : id;
    std::string &out = m_draft.text();
    m_turns.next();
    out += "{\"executableCode\":{";
    if (!geminiId.empty()) {
        out += "\"id\":";
        appendJsonString(out, geminiId);
        out += ',';
    }
    out += "\"language\":\"PYTHON\",\"code\":";
    appendJsonString(out, *codeOfUse(use));
    out += '}';
    if (const std::string_view known = std::exchange(m_signature, {}); !known.empty()) {
        out += ",\"thoughtSignature\":";
        appendJsonString(out, known);
    } else if (m_family.signatures) {
        m_draft.addSignatureHole(id, {});
    }
    out += '}';
    m_turns.next();
    appendGeminiResult(out, result, geminiId);
}

} // namespace Gateway
