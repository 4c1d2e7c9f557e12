#include "gateway/relay/admission.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::string_view MODELS = "models";
constexpr std::string_view OPENAI = "openai/";

/// "/v1beta/interactions/x" → "interactions"; "/upload/v1beta/files" → "files".
std::string_view collectionOf(std::string_view path)
{
    if (path.starts_with("/upload/"))
        path.remove_prefix(std::string_view("/upload").size());
    const std::size_t version = path.find('/', 1);
    if (version == std::string_view::npos)
        return {};
    path.remove_prefix(version + 1);
    return path.substr(0, path.find_first_of("/:"));
}

bool isOneOf(std::string_view collection, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), collection) != names.end();
}

/// Collections whose calls never make a model answer.
bool isModelFree(std::string_view collection)
{
    return isOneOf(collection, {"files", "fileSearchStores", "operations", "corpora", "batches"});
}

/// Collections whose calls name their model in the body (ai.google.dev/gemini-api/docs/interactions,
/// /openai).
bool namesModelInBody(std::string_view collection)
{
    return isOneOf(collection, {"interactions", "openai", "cachedContents"});
}

std::string_view withoutPrefix(std::string_view model)
{
    constexpr std::string_view PREFIX = "models/";
    return model.starts_with(PREFIX) ? model.substr(PREFIX.size()) : model;
}

bool changesNothing(const ClientRequest &request)
{
    return (request.method == "GET" || request.method == "HEAD" || request.method == "DELETE") &&
           headerValue(request.headers, "x-http-method-override").empty();
}

/// An agent stands in the place of a model.
std::string modelInBody(std::string_view body)
{
    const Result<json::object> object = parseJsonObject(body);
    if (!object)
        return {};
    const std::string_view agent = stringAt(*object, "agent");
    return std::string(agent.empty() ? withoutPrefix(stringAt(*object, "model")) : agent);
}

/// The model that the call uses; an error when it may use one that cannot be read.
Result<std::string> modelOf(const ClientRequest &request, const NativeRequest &native, std::string_view body)
{
    const std::string_view collection = collectionOf(native.path);
    const bool isInPath = !native.model.empty() && !namesModelInBody(collection);
    if (isInPath || changesNothing(request) || body.empty() || isModelFree(collection))
        return native.model;
    std::string model = namesModelInBody(collection) ? modelInBody(body) : std::string();
    if (model.empty())
        return fail(Error{403, "model_not_allowed",
                          "This access token may use only some models, and this request does not say in its "
                          "JSON which it uses.",
                          "model", 0});
    return model;
}

} // namespace

Result<void> admit(const ClientRequest &request, std::string_view model)
{
    return request.allowance ? request.allowance->admit(model) : Result<void>();
}

Result<void> admitNative(const ClientRequest &request, const NativeRequest &native, std::string_view body)
{
    Allowance *allowance = request.allowance.get();
    if (!allowance)
        return {};
    if (collectionOf(native.path) == "auth_tokens" && !allowance->isUnlimited())
        return fail(403, "credential_not_allowed",
                    "This access token has limits, so no credential of Google's can be made with it.");
    if (!allowance->limitsModels())
        return allowance->admit(native.model);
    const Result<std::string> model = modelOf(request, native, body);
    return model ? allowance->admit(*model) : Result<void>(fail(model.error()));
}

bool limitsModels(const ClientRequest &request)
{
    return request.allowance && request.allowance->limitsModels();
}

std::optional<std::string> askedModels(const ClientRequest &request)
{
    if (request.method != "GET")
        return std::nullopt;
    std::string_view path = request.path;
    if (path.starts_with("/gemini/"))
        path.remove_prefix(std::string_view("/gemini").size());
    const std::size_t version = path.find('/', 1);
    std::string_view rest = version == std::string_view::npos ? std::string_view() : path.substr(version + 1);
    if (rest.starts_with(OPENAI))
        rest.remove_prefix(OPENAI.size());
    if (rest == MODELS)
        return std::string();
    if (rest.starts_with("models/") && rest.find('/', MODELS.size() + 1) == std::string_view::npos)
        return percentDecoded(withoutPrefix(rest));
    return std::nullopt;
}

ModelCatalogue::Models allowedModels(const ClientRequest &request, const ModelCatalogue::Models &models)
{
    if (!limitsModels(request))
        return models;
    std::vector<ModelInfo> allowed;
    std::copy_if(
        models->begin(), models->end(), std::back_inserter(allowed), [&request](const ModelInfo &model) {
            return request.allowance->allowsModel(model.standsFor.empty() ? model.id : model.standsFor);
        });
    return std::make_shared<const std::vector<ModelInfo>>(std::move(allowed));
}

} // namespace Gateway
