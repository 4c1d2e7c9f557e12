#include "gateway/dialects/anthropic/messagesrequest.h"

#include <algorithm>

#include "gateway/dialects/anthropic/conversation.h"
#include "gateway/dialects/anthropic/messagesconfig.h"
#include "gateway/dialects/anthropic/messagestools.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FIRST_BLOCK = 1 << 20;

Result<std::string> readModel(const json::object &body, const JsonPath &root)
{
    const Result<std::string_view> given = neededText(body, "model", root);
    if (!given)
        return fail(given.error());
    const std::string_view model = modelIdOf(*given);
    if (model.empty())
        return refuse(JsonPath(root, "model"), "is not the name of a model.");
    return std::string(model);
}

/// Servers of the client's choosing that Anthropic would ask: nobody does so here, and an answer without them
/// would be another than was asked for.
Result<void> refuseServers(const json::object &body, const JsonPath &root)
{
    const Result<const json::array *> servers = arrayField(body, "mcp_servers", root);
    if (!servers)
        return fail(servers.error());
    if (*servers && !(*servers)->empty())
        return refuse(JsonPath(root, "mcp_servers"), "cannot be honoured: Gemini asks no MCP servers.",
                      "unsupported_parameter");
    return {};
}

bool wantsCitations(const json::value &content)
{
    const json::array *blocks = content.if_array();
    return blocks && std::ranges::any_of(*blocks, [](const json::value &value) {
               const json::object *block = value.if_object();
               if (!block)
                   return false;
               const json::object *citations = objectAt(*block, "citations");
               if (citations && boolAt(*citations, "enabled", false))
                   return true;
               const json::value *inner = block->if_contains("content");
               return inner && stringAt(*block, "type") == "tool_result" && wantsCitations(*inner);
           });
}

/// Documents and search results that an answer is to cite: Gemini names sources of its own search only.
/// Anthropic's models cite as they see fit, so that an answer without citations is one that may come.
std::string ignoredOf(const json::object &body)
{
    const json::array *messages = arrayAt(body, "messages");
    const bool cites = messages && std::ranges::any_of(*messages, [](const json::value &value) {
                           const json::object *message = value.if_object();
                           const json::value *content = message ? message->if_contains("content") : nullptr;
                           return content && wantsCitations(*content);
                       });
    return cites ? "citations" : std::string();
}

} // namespace

Result<MessagesRequest> MessagesRequest::parse(std::string_view text, Kind kind, bool findsMark)
{
    // The tree lives no longer than this function; one allocation holds it in most cases.
    json::monotonic_resource memory(std::min(text.size() * 2, MAX_FIRST_BLOCK) + 4096);
    const Result<json::object> body = parseJsonObject(text, &memory);
    if (!body)
        return fail(body.error());
    MessagesRequest request;
    if (Result<void> done = request.write(*body, text.size(), kind, findsMark); !done)
        return fail(done.error());
    return request;
}

/// countTokens takes the whole request of generateContent, so that instructions and tools count as well
/// (ai.google.dev/api/tokens).
Result<void> MessagesRequest::write(const json::object &body, std::size_t bodySize, Kind kind, bool findsMark)
{
    const JsonPath root;
    Result<std::string> model = readModel(body, root);
    if (!model)
        return fail(model.error());
    m_options.model = std::move(*model);
    const ModelFamily family = ModelFamily::of(m_options.model);
    if (Result<void> done = refuseServers(body, root); !done)
        return done;
    MessagesConfig config(body, family);
    if (Result<void> done = kind == Kind::Message ? config.read(m_options) : Result<void>(); !done)
        return done;
    m_options.ignored = ignoredOf(body);
    std::string &out = m_draft.text();
    out.reserve(bodySize + 512);
    if (kind == Kind::TokenCount) {
        out += "{\"generateContentRequest\":{\"model\":";
        appendJsonString(out, "models/" + m_options.model);
        out += ',';
    } else {
        out += '{';
    }
    AnthropicConversation conversation(m_draft, family, findsMark);
    if (Result<void> done = conversation.write(body, root); !done)
        return done;
    m_mark = conversation.cacheMark();
    if (Result<void> done = MessagesTools(body, family).append(out, m_options); !done)
        return done;
    config.append(out);
    out += kind == Kind::TokenCount ? "}}" : "}";
    return {};
}

} // namespace Gateway
