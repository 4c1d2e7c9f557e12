#include "gateway/dialects/vertex.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::string_view MODELS = "/models/";

/// Both spellings of a member, as Google's JSON allows them.
struct Name
{
    std::string_view camel;
    std::string_view snake;
};

// What @google/genai refuses to send to Vertex AI.
constexpr std::array TOOLS{Name{"fileSearch", "file_search"}, Name{"mcpServers", "mcp_servers"}};
constexpr std::array PARTS{Name{"toolCall", "tool_call"}, Name{"toolResponse", "tool_response"},
                           Name{"partMetadata", "part_metadata"},
                           Name{"mediaProcessing", "media_processing"}};
constexpr std::array RESPONSES{Name{"willContinue", "will_continue"}};
constexpr std::array CONFIG{Name{"enableEnhancedCivicAnswers", "enable_enhanced_civic_answers"}};
constexpr std::array TOOL_CONFIG{
    Name{"includeServerSideToolInvocations", "include_server_side_tool_invocations"}};
constexpr std::array ROOT{Name{"cachedContent", "cached_content"},
                          Name{"generateContentRequest", "generate_content_request"}};

const json::value *memberOf(const json::object &object, const Name &name)
{
    const json::value *found = object.if_contains(name.camel);
    return found ? found : object.if_contains(name.snake);
}

const json::object *objectOf(const json::object &object, const Name &name)
{
    const json::value *found = memberOf(object, name);
    return found ? found->if_object() : nullptr;
}

template <std::size_t N>
bool hasAny(const json::object *object, const std::array<Name, N> &names)
{
    return object != nullptr && std::any_of(names.begin(), names.end(), [object](const Name &name) {
               return memberOf(*object, name) != nullptr;
           });
}

/// Vertex AI does not look what a file is: it wants to be told.
bool isUntypedFile(const json::object &part)
{
    const json::object *file = objectOf(part, {"fileData", "file_data"});
    return file != nullptr && memberOf(*file, {"mimeType", "mime_type"}) == nullptr;
}

bool isForeignPart(const json::value &value)
{
    const json::object *part = value.if_object();
    return hasAny(part, PARTS) ||
           (part != nullptr &&
            (isUntypedFile(*part) ||
             hasAny(objectOf(*part, {"functionResponse", "function_response"}), RESPONSES)));
}

bool isForeignTool(const json::value &value)
{
    return hasAny(value.if_object(), TOOLS);
}

bool isForeignContent(const json::value &value)
{
    const json::object *content = value.if_object();
    const json::array *parts = content ? arrayAt(*content, "parts") : nullptr;
    return parts != nullptr && std::any_of(parts->begin(), parts->end(), isForeignPart);
}

bool isForeign(const json::object &body)
{
    const json::array *contents = arrayAt(body, "contents");
    const json::array *tools = arrayAt(body, "tools");
    return hasAny(&body, ROOT) || hasAny(objectOf(body, {"generationConfig", "generation_config"}), CONFIG) ||
           hasAny(objectOf(body, {"toolConfig", "tool_config"}), TOOL_CONFIG) ||
           (tools != nullptr && std::any_of(tools->begin(), tools->end(), isForeignTool)) ||
           (contents != nullptr && std::any_of(contents->begin(), contents->end(), isForeignContent));
}

/// The Gemini API takes a turn without a role for the user's; Vertex AI refuses it. True when there was one.
bool addRoles(json::object &body)
{
    json::value *contents = body.if_contains("contents");
    if (contents && contents->is_object()) // a single turn, which JSON of protocol buffers allows
        *contents = json::array{std::move(*contents)};
    bool isChanged = false;
    if (!contents || !contents->is_array())
        return isChanged;
    for (json::value &content : contents->get_array()) {
        if (content.is_object() && !content.get_object().contains("role")) {
            content.get_object()["role"] = "user";
            isChanged = true;
        }
    }
    return isChanged;
}

/// "X:generateContent?alt=sse" of the URL; empty when it names no model.
std::string_view callIn(std::string_view url)
{
    const std::size_t at = url.substr(0, url.find('?')).rfind(MODELS);
    return at == std::string_view::npos ? std::string_view() : url.substr(at + MODELS.size());
}

} // namespace

bool isVertexCall(std::string_view url)
{
    const std::string_view call = callIn(url);
    const std::string_view path = call.substr(0, call.find('?'));
    const std::size_t colon = path.rfind(':');
    if (colon == std::string_view::npos)
        return false;
    const std::string_view method = path.substr(colon + 1);
    return method == "generateContent" || method == "streamGenerateContent" || method == "countTokens";
}

Result<VertexForm> vertexForm(std::string_view url, std::string_view body, std::string_view baseUrl)
{
    Result<json::object> parsed = parseJsonObject(body);
    if (!parsed || !isVertexCall(url) || isForeign(*parsed))
        return fail(400, "not_on_vertex", "Only keys of the Gemini API can serve this request.");
    VertexForm form;
    form.url = baseUrl;
    form.url += "/publishers/google/models/";
    form.url += callIn(url);
    const bool hasRoles = !addRoles(*parsed);
    const bool hasStore = parsed->erase("store") != 0; // whether Google keeps the request: here it never does
    if (!hasRoles || hasStore)
        form.body = toJson(*parsed);
    return form;
}

} // namespace Gateway
