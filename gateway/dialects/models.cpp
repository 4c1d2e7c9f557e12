#include "gateway/dialects/models.h"

#include "gateway/common/json.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/ollama/ollamamodels.h"

namespace Gateway {

namespace {

constexpr std::string_view NAME_HEAD = "models/";
/// Google tells no date of a model; clients insist on one.
constexpr std::string_view UNKNOWN_DATE = "1970-01-01T00:00:00Z";

ModelInfo readModel(const json::object &model)
{
    ModelInfo info;
    std::string_view name = stringAt(model, "name");
    if (name.starts_with(NAME_HEAD))
        name.remove_prefix(NAME_HEAD.size());
    info.id = name;
    info.displayName = stringAt(model, "displayName");
    info.description = stringAt(model, "description");
    info.inputTokenLimit = integerAt(model, "inputTokenLimit", 0);
    info.outputTokenLimit = integerAt(model, "outputTokenLimit", 0);
    info.thinks = boolAt(model, "thinking", false);
    if (const json::array *methods = arrayAt(model, "supportedGenerationMethods")) {
        for (const json::value &method : *methods)
            if (method.is_string())
                info.methods.emplace_back(method.get_string());
    }
    appendJson(info.json, json::value(model));
    return info;
}

std::string_view shownName(const ModelInfo &model)
{
    return model.displayName.empty() ? std::string_view(model.id) : std::string_view(model.displayName);
}

void appendLimit(std::string &out, std::string_view name, std::int64_t limit)
{
    if (limit <= 0) // Better absent than a nought: clients take it for the size of the window.
        return;
    out += ",\"";
    out += name;
    out += "\":";
    out += std::to_string(limit);
}

/// platform.openai.com/docs/api-reference/models/object; context_length and max_output_tokens as OpenRouter
/// and others tell them.
void appendOpenAiModel(std::string &out, const ModelInfo &model)
{
    out += "{\"id\":";
    appendJsonString(out, model.id);
    out += R"(,"object":"model","created":0,"owned_by":"google")";
    appendJsonMember(out, "display_name", shownName(model));
    appendLimit(out, "context_length", model.inputTokenLimit);
    appendLimit(out, "max_output_tokens", model.outputTokenLimit);
    out += '}';
}

/// platform.claude.com/docs/en/api/models-list
void appendAnthropicModel(std::string &out, const ModelInfo &model)
{
    out += R"({"type":"model","id":)";
    appendJsonString(out, model.id);
    appendJsonMember(out, "display_name", shownName(model));
    appendJsonMember(out, "created_at", UNKNOWN_DATE);
    appendLimit(out, "max_input_tokens", model.inputTokenLimit);
    appendLimit(out, "max_tokens", model.outputTokenLimit);
    out += '}';
}

void appendModel(std::string &out, Dialect dialect, const ModelInfo &model)
{
    switch (dialect) {
    case Dialect::Gemini:
        out += model.json;
        break;
    case Dialect::Anthropic:
        appendAnthropicModel(out, model);
        break;
    case Dialect::Ollama:
        appendOllamaTag(out, model);
        break;
    case Dialect::OpenAi:
    case Dialect::Admin:
        appendOpenAiModel(out, model);
        break;
    }
}

std::string_view listHead(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Gemini:
    case Dialect::Ollama:
        return "{\"models\":[";
    case Dialect::Anthropic:
        return "{\"data\":[";
    case Dialect::OpenAi:
    case Dialect::Admin:
        break;
    }
    return "{\"object\":\"list\",\"data\":[";
}

void appendId(std::string &out, std::string_view name, std::span<const ModelInfo> models, bool last)
{
    out += ",\"";
    out += name;
    out += "\":";
    if (models.empty())
        out += "null";
    else
        appendJsonString(out, last ? models.back().id : models.front().id);
}

} // namespace

Result<std::vector<ModelInfo>> parseModelPage(std::string_view geminiJson, std::string &nextPageToken)
{
    nextPageToken.clear();
    const Result<json::object> page = parseJsonObject(geminiJson);
    if (!page || objectAt(*page, "error"))
        return fail(errorFromGemini(200, geminiJson));
    std::vector<ModelInfo> models;
    if (const json::array *list = arrayAt(*page, "models")) {
        models.reserve(list->size());
        for (const json::value &entry : *list)
            if (const json::object *model = entry.if_object(); model && !stringAt(*model, "name").empty())
                models.push_back(readModel(*model));
    }
    nextPageToken = stringAt(*page, "nextPageToken");
    return models;
}

std::string modelListBody(Dialect dialect, std::span<const ModelInfo> models)
{
    std::string out(listHead(dialect));
    bool first = true;
    for (const ModelInfo &model : models) {
        if (dialect == Dialect::Ollama && !isForOllama(model))
            continue;
        out += first ? "" : ",";
        first = false;
        appendModel(out, dialect, model);
    }
    out += ']';
    if (dialect == Dialect::Anthropic) {
        out += ",\"has_more\":false";
        appendId(out, "first_id", models, false);
        appendId(out, "last_id", models, true);
    }
    out += '}';
    return out;
}

std::string modelBody(Dialect dialect, const ModelInfo &model)
{
    std::string out;
    if (dialect == Dialect::Ollama)
        appendOllamaShow(out, model);
    else
        appendModel(out, dialect, model);
    return out;
}

} // namespace Gateway
