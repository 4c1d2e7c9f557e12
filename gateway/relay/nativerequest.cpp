#include "gateway/relay/nativerequest.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/dialects/googlejson.h"
#include "gateway/relay/resources.h"

namespace Gateway {

namespace {

/// By length first: most headers of a request need no comparison at all.
bool isAmong(std::string_view name, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [name](std::string_view word) { return equalsIgnoreCase(name, word); });
}

bool isDroppedWhole(std::string_view name)
{
    switch (name.size()) {
    case 2:
        return isAmong(name, {"te"});
    case 4:
        return isAmong(name, {"host"});
    case 6:
        return isAmong(name, {"expect", "cookie", "origin"});
    case 7:
        return isAmong(name, {"trailer", "upgrade", "referer"});
    case 9:
        return isAmong(name, {"x-api-key", "forwarded"});
    case 10:
        return isAmong(name, {"connection", "keep-alive"});
    case 12:
        return isAmong(name, {"x-request-id"});
    case 13:
        return isAmong(name, {"authorization"});
    case 14:
        return isAmong(name, {"content-length", "x-goog-api-key", "http2-settings"});
    case 16:
        return isAmong(name, {"proxy-connection"});
    case 17:
        return isAmong(name, {"transfer-encoding"});
    case 19:
        return isAmong(name, {"proxy-authorization"});
    default:
        return false;
    }
}

bool isDropped(std::string_view name, bool keepEncoding)
{
    constexpr std::array<std::string_view, 3> prefixes{"sec-fetch-", "x-forwarded-", "access-control-"};
    if (!keepEncoding && equalsIgnoreCase(name, "accept-encoding"))
        return true;
    return isDroppedWhole(name) ||
           std::any_of(prefixes.begin(), prefixes.end(),
                       [name](std::string_view prefix) { return startsWithIgnoreCase(name, prefix); });
}

/// "/gemini/v1beta/x" → "/v1beta/x".
std::string_view withoutGeminiPrefix(std::string_view path)
{
    constexpr std::string_view prefix = "/gemini";
    return path.starts_with("/gemini/") ? path.substr(prefix.size()) : path;
}

/// "/v1beta/models/x:y" → "models/x:y"; "/upload/v1beta/files" → "files".
std::string_view afterVersion(std::string_view path)
{
    if (path.starts_with("/upload/"))
        path.remove_prefix(std::string_view("/upload").size());
    const std::size_t slash = path.find('/', 1);
    return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

std::string_view verbOf(std::string_view httpMethod, bool namesOne)
{
    if (httpMethod == "GET" || httpMethod == "HEAD")
        return namesOne ? "get" : "list";
    if (httpMethod == "DELETE")
        return "delete";
    return httpMethod == "PATCH" ? "patch" : "create";
}

/// "models/a/b:generateContent" → model "a/b", method "generateContent"; other paths name only a method.
void readMethod(std::string_view rest, std::string_view httpMethod, NativeRequest &native)
{
    const std::size_t colon = rest.rfind(':');
    const std::size_t slash = rest.find('/');
    const std::string_view collection = rest.substr(0, slash);
    if (collection == "models" && slash != std::string_view::npos && colon != std::string_view::npos) {
        native.model = percentDecoded(rest.substr(slash + 1, colon - slash - 1));
        native.namesModel = true;
    } else if (collection == "tunedModels" && colon != std::string_view::npos) {
        native.model = percentDecoded(rest.substr(0, colon));
    }
    if (colon != std::string_view::npos) {
        native.method = percentDecoded(rest.substr(colon + 1));
        return;
    }
    native.method = percentDecoded(collection);
    native.method += '.';
    native.method += verbOf(httpMethod, slash != std::string_view::npos);
}

/// "/v1beta/openai/chat/completions" → "openai.chat.completions"; other calls as readMethod() has them.
void readOpenAiMethod(std::string_view rest, std::string_view httpMethod, NativeRequest &native)
{
    native.words = AnswerWords::OpenAi;
    if (rest == "openai/chat/completions" || rest == "openai/embeddings" ||
        rest == "openai/images/generations") {
        native.method = rest;
        std::replace(native.method.begin(), native.method.end(), '/', '.');
        return;
    }
    const std::string_view call = rest.substr(std::string_view("openai/").size());
    const std::size_t slash = call.find('/');
    native.method = "openai." + percentDecoded(call.substr(0, slash)) + '.';
    native.method += verbOf(httpMethod, slash != std::string_view::npos);
}

/// Calls that name their model in the body and ask there for a stream.
void readBody(std::string_view body, NativeRequest &native)
{
    const Result<json::object> object = parseJsonObject(body);
    if (!object)
        return;
    const std::string_view model = withoutModels(stringAt(*object, "model"));
    native.model = model;
    if (boolAt(*object, "stream", false))
        native.shape = AnswerShape::Sse;
}

AnswerShape shapeOf(const NativeRequest &native, const ClientRequest &request)
{
    if (native.method == "streamGenerateContent")
        return queryValue(request.query, "alt") == "sse" ? AnswerShape::Sse : AnswerShape::JsonArray;
    const bool asksForEvents =
        headerValue(request.headers, "accept").find("text/event-stream") != std::string_view::npos ||
        (native.words == AnswerWords::Interactions && queryValue(request.query, "stream") == "true");
    return asksForEvents || queryValue(request.query, "alt") == "sse" ? AnswerShape::Sse : AnswerShape::Whole;
}

bool isPureCall(std::string_view method)
{
    constexpr std::array<std::string_view, 9> pure{
        "generateContent", "streamGenerateContent", "countTokens",
        "embedContent",    "batchEmbedContents",    "computeTokens",
        OPENAI_CHAT,       "openai.embeddings",     "openai.images.generations"};
    return std::find(pure.begin(), pure.end(), method) != pure.end();
}

} // namespace

NativeRequest prepareNative(ClientRequest &request, std::string_view googleHost)
{
    NativeRequest native;
    native.path = withoutGeminiPrefix(request.path);
    const std::string_view rest = afterVersion(native.path);
    if (rest.starts_with("openai/"))
        readOpenAiMethod(rest, request.method, native);
    else
        readMethod(rest, request.method, native);
    if (rest == "interactions" || rest.starts_with("interactions/"))
        native.words = AnswerWords::Interactions;
    native.shape = shapeOf(native, request);
    if (native.words != AnswerWords::Gemini && !request.body.empty())
        readBody(request.body, native);
    native.hasSideEffects = request.method != "GET" && request.method != "HEAD" && !isPureCall(native.method);
    native.resources = namedResources(native.path, request.query, request.body);

    const std::string query = queryWithout(request.query, "key");
    native.url.reserve(googleHost.size() + native.path.size() + query.size() + 1);
    native.url = googleHost;
    native.url += native.path;
    if (!query.empty()) {
        native.url += '?';
        native.url += query;
    }
    const bool keepEncoding = native.shape == AnswerShape::Whole;
    std::erase_if(request.headers,
                  [keepEncoding](const auto &header) { return isDropped(header.first, keepEncoding); });
    return native;
}

void changeModel(NativeRequest &native, std::string_view model)
{
    native.model = model;
    if (!native.namesModel)
        return;
    constexpr std::string_view lead = "/models/";
    const std::size_t from = native.path.find(lead) + lead.size();
    const std::size_t size = native.path.rfind(':') - from;
    const std::string name = percentEncoded(model);
    native.url.replace(native.url.find(native.path) + from, size, name);
    native.path.replace(from, size, name);
}

Result<void> checkNativeBody(const ClientRequest &request, const NativeRequest &native)
{
    if (request.body.empty() || native.path.starts_with("/upload/"))
        return {};
    const std::string_view encoding = headerValue(request.headers, "content-encoding");
    if (!encoding.empty() && !equalsIgnoreCase(encoding, "identity"))
        return {};
    const std::string_view type = headerValue(request.headers, "content-type");
    if (!type.empty() && !startsWithIgnoreCase(type, "application/json"))
        return {};
    return checkGoogleJson(request.body);
}

} // namespace Gateway
