#include "gateway/dialects/ollama/ollamamodels.h"

#include <algorithm>

#include <QCryptographicHash>

#include "gateway/common/json.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

namespace {

/// Google tells no date of a model; clients insist on one.
constexpr std::string_view UNKNOWN_DATE = "1970-01-01T00:00:00Z";
/// What VS Code takes for the window of a model that tells none.
constexpr std::int64_t USUAL_CONTEXT = 32768;

bool has(const ModelInfo &model, std::string_view method)
{
    return std::ranges::find(model.methods, method) != model.methods.end();
}

/// Of an alias the id of the model that answers.
std::string_view realId(const ModelInfo &model)
{
    return model.standsFor.empty() ? model.id : model.standsFor;
}

bool isNamed(const ModelInfo &model, std::string_view part)
{
    return realId(model).find(part) != std::string_view::npos;
}

/// "gemini" of "gemini-3.6-flash".
std::string_view familyOf(const ModelInfo &model)
{
    const std::string_view id = realId(model);
    return id.substr(0, std::min(id.find('-'), id.size()));
}

/// Models whose answers are pictures or speech call no functions, nor does Gemma before the version that
/// takes instructions.
bool callsTools(const ModelInfo &model)
{
    return !isNamed(model, "image") && !isNamed(model, "tts") &&
           ModelFamily::of(realId(model)).systemInstruction;
}

bool thinks(const ModelInfo &model)
{
    return model.thinks && ModelFamily::of(realId(model)).thinking != ModelFamily::Thinking::None;
}

bool sees(const ModelInfo &model)
{
    return !isNamed(model, "tts") && !isNamed(model, "gemma-3-1b") && !isNamed(model, "gemma-3n");
}

void appendCapabilities(std::string &out, const ModelInfo &model)
{
    out += '[';
    const auto add = [&out](std::string_view word) {
        out += out.ends_with('[') ? "\"" : ",\"";
        out.append(word).append("\"");
    };
    if (has(model, "generateContent")) {
        add("completion");
        if (callsTools(model))
            add("tools");
        if (sees(model))
            add("vision");
        if (thinks(model))
            add("thinking");
    }
    if (has(model, "embedContent"))
        add("embedding");
    out += ']';
}

void appendMember(std::string &out, std::string_view name, std::string_view text)
{
    appendJsonString(out, name);
    out += ':';
    appendJsonString(out, text);
}

void appendDetails(std::string &out, const ModelInfo &model)
{
    out += "\"details\":{\"parent_model\":\"\",\"format\":\"\",";
    appendMember(out, "family", familyOf(model));
    out += ",\"families\":[";
    appendJsonString(out, familyOf(model));
    out += R"(],"parameter_size":"","quantization_level":""})";
}

void appendInfo(std::string &out, const ModelInfo &model)
{
    out += "\"model_info\":{";
    appendMember(out, "general.architecture", familyOf(model));
    out += ',';
    appendMember(out, "general.basename", model.displayName.empty() ? model.id : model.displayName);
    if (!model.description.empty()) {
        out += ',';
        appendMember(out, "general.description", model.description);
    }
    out += ',';
    appendJsonString(out, std::string(familyOf(model)) + ".context_length");
    out += ':';
    out += std::to_string(model.inputTokenLimit > 0 ? model.inputTokenLimit : USUAL_CONTEXT);
    out += '}';
}

} // namespace

bool isForOllama(const ModelInfo &model)
{
    return has(model, "generateContent") || has(model, "embedContent");
}

void appendOllamaTag(std::string &out, const ModelInfo &model)
{
    QCryptographicHash digest(QCryptographicHash::Sha256);
    digest.addData(QByteArrayView(model.json.data(), static_cast<qsizetype>(model.json.size())));
    out += '{';
    appendMember(out, "name", model.id);
    out += ',';
    appendMember(out, "model", model.id);
    out += ',';
    appendMember(out, "modified_at", UNKNOWN_DATE);
    out += ",\"size\":0,";
    appendMember(out, "digest", digest.result().toHex().toStdString());
    out += ',';
    appendDetails(out, model);
    out += '}';
}

void appendOllamaShow(std::string &out, const ModelInfo &model)
{
    out += '{';
    appendMember(out, "modelfile", "FROM " + model.id + '\n');
    out += R"(,"parameters":"","template":"{{ .Prompt }}",)";
    appendDetails(out, model);
    out += ',';
    appendInfo(out, model);
    out += ",\"capabilities\":";
    appendCapabilities(out, model);
    out += ',';
    appendMember(out, "modified_at", UNKNOWN_DATE);
    out += '}';
}

} // namespace Gateway
