#include <algorithm>
#include <array>
#include <cctype>

#include "tests/support/fakecheck.h"
#include "tests/support/fakespeech.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::integerAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr int MAX_CANDIDATES = 8;
constexpr std::size_t MAX_STOP_SEQUENCES = 5;
constexpr int PENALTIES_END = 36;       ///< From 3.6 on penalties are refused …
constexpr int MODEL_TURN_LAST_END = 36; ///< … and so is a last turn of the model's.
constexpr int MIXED_TOOLS_BEGIN = 30;   ///< From 3.0 on tools of both kinds and JSON mode go together.

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::toupper(c); });
    return out;
}

bool isFunctionName(std::string_view name)
{
    if (name.empty() || name.size() > 128)
        return false;
    if (!std::isalpha(static_cast<unsigned char>(name.front())) && name.front() != '_')
        return false;
    return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '.' || c == ':' || c == '-';
    });
}

Fault400 outOfRange(const json::object &config, std::string_view name, std::string_view path, double low,
                    double high)
{
    const json::value *value = config.if_contains(name);
    if (!value)
        return std::nullopt;
    if (!value->is_number())
        return "Invalid value at 'generation_config." + std::string(path) + "' (TYPE_FLOAT)";
    const double number = value->to_number<double>();
    if (number >= low && number <= high)
        return std::nullopt;
    return "* GenerateContentRequest.generation_config." + std::string(path) + ": " + std::string(path) +
           " must be in the range [" + std::to_string(low) + ", " + std::to_string(high) + "].\n";
}

Fault400 checkThinking(const FakeModel &model, const json::object &config)
{
    const json::object *thinking = objectAt(config, "thinkingConfig");
    if (!thinking)
        return std::nullopt;
    if (auto fault = checkNames(*thinking, "includeThoughts thinkingBudget thinkingLevel",
                                "generation_config.thinking_config"))
        return fault;
    if (thinking->contains("thinkingBudget") && thinking->contains("thinkingLevel"))
        return "You can only set only one of thinking budget and thinking level.";
    if (thinking->contains("thinkingLevel") && model.version < 30)
        return "Thinking level is not supported for this model.";
    const std::string level = upper(stringAt(*thinking, "thinkingLevel"));
    constexpr std::string_view LEVELS = " MINIMAL LOW MEDIUM HIGH ";
    if (thinking->contains("thinkingLevel") && LEVELS.find(' ' + level + ' ') == std::string_view::npos)
        return "Invalid value at 'generation_config.thinking_config.thinking_level' (type.googleapis.com/"
               "google.ai.generativelanguage.v1beta.ThinkingLevel), \"" +
               std::string(stringAt(*thinking, "thinkingLevel")) + "\"";
    if (level == "MINIMAL" && model.id == "gemini-3.1-pro-preview")
        return "Thinking level MINIMAL is not supported for this model.";
    return std::nullopt;
}

Fault400 checkNumbers(const FakeModel &model, const json::object &config)
{
    if (auto fault = outOfRange(config, "temperature", "temperature", 0, 2))
        return fault;
    if (auto fault = outOfRange(config, "topP", "top_p", 0, 1))
        return fault;
    if (auto fault = outOfRange(config, "maxOutputTokens", "max_output_tokens", 1, 65536))
        return fault;
    const std::int64_t candidates = integerAt(config, "candidateCount", 1);
    if (candidates < 1 || candidates > MAX_CANDIDATES)
        return "* GenerateContentRequest.generation_config.candidate_count: candidate_count must be within "
               "[1, 8].\n";
    const json::array *stops = arrayAt(config, "stopSequences");
    if (stops && stops->size() > MAX_STOP_SEQUENCES)
        return "* GenerateContentRequest.generation_config.stop_sequences: the number of stop_sequences must "
               "not "
               "exceed 5.\n";
    if (model.version >= PENALTIES_END &&
        (config.contains("frequencyPenalty") || config.contains("presencePenalty")))
        return "Penalty is not enabled for models/" + std::string(model.id);
    if (config.contains("logprobs") && !Gateway::boolAt(config, "responseLogprobs", false))
        return "* GenerateContentRequest.generation_config.logprobs: logprobs is only valid with "
               "response_logprobs=true.\n";
    return std::nullopt;
}

/// ai.google.dev/gemini-api/docs/image-generation
Fault400 checkImages(const FakeModel &model, const json::object &config)
{
    constexpr std::string_view RATIOS = " 1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 ";
    constexpr int FIRST_WITH_SIZES = 30;
    const json::object *image = Gateway::objectAt(config, "imageConfig");
    if (!image)
        return std::nullopt;
    if (auto fault = checkNames(*image, "aspectRatio imageSize personGeneration", "image_config"))
        return fault;
    const std::string ratio = ' ' + std::string(stringAt(*image, "aspectRatio")) + ' ';
    if (image->contains("aspectRatio") && RATIOS.find(ratio) == std::string_view::npos)
        return "* GenerateContentRequest.generation_config.image_config.aspect_ratio: unsupported value.";
    const std::string_view size = stringAt(*image, "imageSize");
    if (!size.empty() && (model.version < FIRST_WITH_SIZES || (size != "1K" && size != "2K" && size != "4K")))
        return "* GenerateContentRequest.generation_config.image_config.image_size: unsupported value.";
    return std::nullopt;
}

Fault400 checkConfig(const FakeModel &model, const json::object &body)
{
    const json::object *config = objectAt(body, "generationConfig");
    if (!config)
        return std::nullopt;
    if (auto fault =
            checkNames(*config,
                       "candidateCount stopSequences maxOutputTokens temperature topP topK seed "
                       "responseMimeType responseSchema responseJsonSchema responseFormat presencePenalty "
                       "frequencyPenalty responseLogprobs logprobs enableEnhancedCivicAnswers "
                       "responseModalities speechConfig thinkingConfig imageConfig mediaResolution",
                       "generation_config"))
        return fault;
    if (auto fault = checkNumbers(model, *config))
        return fault;
    if (auto fault = checkThinking(model, *config))
        return fault;
    if (auto fault = checkImages(model, *config))
        return fault;
    const std::string_view mime = stringAt(*config, "responseMimeType");
    if (!mime.empty() && mime != "text/plain" && mime != "application/json" && mime != "text/x.enum")
        return "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
               "`text/plain`, "
               "`application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n";
    const bool hasSchema = config->contains("responseSchema");
    const bool hasJsonSchema = config->contains("responseJsonSchema");
    if (hasSchema && hasJsonSchema)
        return "Only one of response_schema and response_json_schema can be set.";
    if ((hasSchema || hasJsonSchema) && mime != "application/json" && mime != "text/x.enum")
        return "response_schema is only supported when response_mime_type is set to application/json.";
    if (hasSchema)
        return checkSchema(config->at("responseSchema"), "generation_config.response_schema");
    return std::nullopt;
}

Fault400 checkDeclaration(const json::value &value, const std::string &at)
{
    const json::object *declaration = value.if_object();
    if (!declaration)
        return "Invalid value at '" + at + "'";
    if (auto fault = checkNames(
            *declaration,
            "name description parameters parametersJsonSchema response responseJsonSchema behavior", at))
        return fault;
    if (!isFunctionName(stringAt(*declaration, "name")))
        return "* GenerateContentRequest." + at +
               ".name: Invalid function name. Must start with a letter or an underscore. Must be "
               "alphanumeric (a-z, "
               "A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of "
               "128.\n";
    const json::value *parameters = declaration->if_contains("parameters");
    const json::value *jsonSchema = declaration->if_contains("parametersJsonSchema");
    if (parameters && jsonSchema)
        return "* GenerateContentRequest." + at +
               ": only one of parameters and parameters_json_schema can be set.\n";
    if (jsonSchema && !jsonSchema->is_object())
        return "Invalid value at '" + at + ".parameters_json_schema'";
    return parameters ? checkSchema(*parameters, at + ".parameters") : std::nullopt;
}

Fault400 checkTools(const FakeModel &model, const json::object &body)
{
    const json::array *tools = arrayAt(body, "tools");
    bool declares = false;
    bool hasBuiltIn = false;
    for (std::size_t i = 0; tools && i < tools->size(); ++i) {
        const std::string at = "tools[" + std::to_string(i) + "]";
        const json::object *tool = (*tools)[i].if_object();
        if (!tool)
            return "Invalid value at '" + at + "'";
        if (auto fault =
                checkNames(*tool,
                           "functionDeclarations googleSearch googleSearchRetrieval codeExecution urlContext "
                           "googleMaps fileSearch computerUse mcpServers",
                           at))
            return fault;
        hasBuiltIn = hasBuiltIn || tool->size() > (tool->contains("functionDeclarations") ? 1u : 0u);
        const json::array *declarations = arrayAt(*tool, "functionDeclarations");
        for (std::size_t k = 0; declarations && k < declarations->size(); ++k) {
            declares = true;
            if (auto fault = checkDeclaration((*declarations)[k],
                                              at + ".function_declarations[" + std::to_string(k) + "]"))
                return fault;
        }
    }
    if (declares && hasBuiltIn && model.version < MIXED_TOOLS_BEGIN)
        return "Built-in tools ({google_search}) and Function Calling cannot be combined in the same "
               "request.";
    const json::object *toolConfig = objectAt(body, "toolConfig");
    const bool mixes = toolConfig && Gateway::boolAt(*toolConfig, "includeServerSideToolInvocations", false);
    if (declares && hasBuiltIn && !mixes)
        return "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools with "
               "Function calling.";
    const json::object *calling = mixes ? objectAt(*toolConfig, "functionCallingConfig") : nullptr;
    if (calling && upper(stringAt(*calling, "mode")) == "AUTO")
        return "Function calling mode AUTO cannot be used with include_server_side_tool_invocations.";
    const json::object *config = objectAt(body, "generationConfig");
    if (declares && config && model.version < MIXED_TOOLS_BEGIN &&
        stringAt(*config, "responseMimeType") == "application/json")
        return "Function calling with a response mime type: 'application/json' is unsupported";
    return std::nullopt;
}

Fault400 checkToolConfig(const json::object &body)
{
    const json::object *config = objectAt(body, "toolConfig");
    const json::object *calling = config ? objectAt(*config, "functionCallingConfig") : nullptr;
    if (!calling)
        return std::nullopt;
    if (auto fault = checkNames(*calling, "mode allowedFunctionNames streamFunctionCallArguments",
                                "tool_config.function_calling_config"))
        return fault;
    const std::string mode = upper(stringAt(*calling, "mode"));
    constexpr std::string_view MODES = " AUTO ANY NONE VALIDATED MODE_UNSPECIFIED ";
    if (!mode.empty() && MODES.find(' ' + mode + ' ') == std::string_view::npos)
        return "Invalid value at 'tool_config.function_calling_config.mode'";
    const json::array *allowed = arrayAt(*calling, "allowedFunctionNames");
    if (allowed && !allowed->empty() && mode != "ANY" && mode != "VALIDATED")
        return "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: only "
               "valid when "
               "mode is ANY or VALIDATED.\n";
    return std::nullopt;
}

} // namespace

Fault400 checkGenerate(const FakeModel &model, const json::object &body)
{
    if (auto fault = checkNames(body,
                                "contents systemInstruction tools toolConfig safetySettings generationConfig "
                                "cachedContent labels serviceTier store model continuationToken "
                                "automaticContinuation",
                                ""))
        return fault;
    const json::array *contents = arrayAt(body, "contents");
    if (!contents || contents->empty())
        return "* GenerateContentRequest.contents: contents is not specified\n";
    if (auto fault = checkContents(model, *contents, "contents"))
        return fault;
    if (auto fault = checkSpeech(model, body))
        return fault;
    if (model.version >= MODEL_TURN_LAST_END && stringAt(contents->back().get_object(), "role") == "model")
        return "The last turn must not be of role 'model' for models/" + std::string(model.id);
    if (const json::value *system = body.if_contains("systemInstruction")) {
        const json::object *instruction = system->if_object();
        const json::array *parts = instruction ? arrayAt(*instruction, "parts") : nullptr;
        if (!parts || parts->empty())
            return "* GenerateContentRequest.system_instruction.parts: contents.parts must not be empty.\n";
    }
    if (auto fault = checkConfig(model, body))
        return fault;
    if (auto fault = checkTools(model, body))
        return fault;
    return checkToolConfig(body);
}

} // namespace TestSupport
