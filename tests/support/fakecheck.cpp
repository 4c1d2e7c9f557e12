#include "tests/support/fakecheck.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/support/fakeencoding.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::integerAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr std::string_view SIGNATURE_MARK = "fake-thought:";
constexpr std::array<std::string_view, 2> SENTINELS = {"skip_thought_signature_validator",
                                                       "context_engineering_is_the_way_to_go"};
// Members whose values are the caller's own: their names are nobody's to change.
constexpr std::array<std::string_view, 8> FREE_FORM = {"args",
                                                       "response",
                                                       "parametersJsonSchema",
                                                       "responseJsonSchema",
                                                       "parameters_json_schema",
                                                       "response_json_schema",
                                                       "default",
                                                       "example"};
constexpr std::array<std::string_view, 7> PART_DATA = {
    "text",           "inlineData",         "fileData", "functionCall", "functionResponse",
    "executableCode", "codeExecutionResult"};

std::string camelName(std::string_view name)
{
    std::string camel;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '_' && i > 0 && i + 1 < name.size() &&
            std::islower(static_cast<unsigned char>(name[i + 1])))
            camel += static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i])));
        else
            camel += name[i];
    }
    return camel;
}

bool isIn(std::string_view words, std::string_view word)
{
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word)
            return true;
        at = end + 1;
    }
    return false;
}

bool isGoodSignature(std::string_view signature, std::string_view functionName)
{
    if (std::find(SENTINELS.begin(), SENTINELS.end(), signature) != SENTINELS.end())
        return true;
    const std::string plain = base64Decoded(signature);
    return plain.starts_with(std::string(SIGNATURE_MARK) + std::string(functionName) + ':');
}

// The turns of a conversation are read in order; this is what must be known of the one before.
struct Turns
{
    std::size_t openCalls = 0; ///< functionCall parts that wait for their responses.
    bool lastWasModel = false;
};

Fault400 checkPart(const json::value &value, const std::string &at)
{
    if (!value.is_object())
        return "Invalid value at '" + at + "' (type.googleapis.com/google.ai.generativelanguage.v1beta.Part)";
    const json::object &part = value.get_object();
    if (auto fault = checkNames(part,
                                "text inlineData fileData functionCall functionResponse executableCode "
                                "codeExecutionResult thought thoughtSignature videoMetadata partMetadata "
                                "mediaResolution speechMetadata",
                                at))
        return fault;
    std::size_t kinds = 0;
    for (const std::string_view kind : PART_DATA) {
        if (part.contains(kind) && ++kinds > 1)
            return "Invalid value at '" + at + "' (oneof), oneof field 'data' is already set. Cannot set '" +
                   std::string(kind) + "'";
    }
    const json::value *only = part.if_contains("text");
    const bool isEmptyText = only && only->is_string() && only->get_string().empty();
    if (kinds == 0 || (isEmptyText && !part.contains("thoughtSignature")))
        return "* GenerateContentRequest." + at +
               ".data: required oneof field 'data' must have one initialized field\n";
    if (only && !only->is_string())
        return "Invalid value at '" + at + ".text' (TYPE_STRING)";
    if (const json::object *inlineData = objectAt(part, "inlineData")) {
        if (stringAt(*inlineData, "mimeType").empty())
            return "* GenerateContentRequest." + at + ".inline_data.mime_type: must not be empty\n";
        if (!isBase64(stringAt(*inlineData, "data")))
            return "Invalid value at '" + at + ".inline_data.data' (TYPE_BYTES), Base64 decoding failed";
    }
    return std::nullopt;
}

Fault400 checkCalls(const FakeModel &model, const json::array &parts, std::size_t turn, Turns &turns)
{
    std::size_t calls = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const json::object &part = parts[i].get_object();
        const json::object *call = objectAt(part, "functionCall");
        if (!call)
            continue;
        const std::string_view name = stringAt(*call, "name");
        if (name.empty())
            return "* GenerateContentRequest.contents[" + std::to_string(turn) + "].parts[" +
                   std::to_string(i) + "].function_call.name: Name cannot be empty.\n";
        if (++calls > 1 || model.version < 30)
            continue;
        const std::string_view signature = stringAt(part, "thoughtSignature");
        if (signature.empty())
            return "Function call is missing a thought_signature in functionCall parts. This is required for "
                   "tools "
                   "to work correctly, and missing thought_signature may lead to degraded model performance. "
                   "Additional data, function call `default_api:" +
                   std::string(name) + "` , position " + std::to_string(turn + 1) +
                   ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more "
                   "details.";
        if (!isGoodSignature(signature, name))
            return "Corrupted thought signature.";
    }
    if (calls > 0 && (turn == 0 || turns.lastWasModel))
        return "Please ensure that function call turn comes immediately after a user turn or after a "
               "function "
               "response turn.";
    turns.openCalls = calls;
    return std::nullopt;
}

Fault400 checkResponses(const json::array &parts, Turns &turns)
{
    std::size_t responses = 0;
    for (const json::value &value : parts) {
        const json::object *response = objectAt(value.get_object(), "functionResponse");
        if (!response)
            continue;
        ++responses;
        if (stringAt(*response, "name").empty())
            return "* GenerateContentRequest.contents.parts.function_response.name: Name cannot be empty.\n";
        if (!objectAt(*response, "response"))
            return "Invalid value at 'contents.parts.function_response.response' (type.googleapis.com/"
                   "google.protobuf.Struct)";
    }
    if (responses > 0 && turns.openCalls == 0)
        return "Please ensure that function response turn comes immediately after a function call turn.";
    if (turns.openCalls != responses)
        return "Please ensure that the number of function response parts is equal to the number of function "
               "call "
               "parts of the function call turn.";
    turns.openCalls = 0;
    return std::nullopt;
}

} // namespace

std::string signatureFor(std::string_view functionName, std::int64_t number)
{
    return base64Encoded(std::string(SIGNATURE_MARK) + std::string(functionName) + ':' +
                         std::to_string(number));
}

json::value camelNames(const json::value &value)
{
    if (const json::array *array = value.if_array()) {
        json::array out;
        for (const json::value &item : *array)
            out.push_back(camelNames(item));
        return out;
    }
    const json::object *object = value.if_object();
    if (!object)
        return value;
    json::object out;
    for (const auto &[name, item] : *object) {
        if (std::find(FREE_FORM.begin(), FREE_FORM.end(), std::string_view(name)) != FREE_FORM.end()) {
            out[camelName(name)] = item;
        } else if (name == "properties" && item.is_object()) {
            // A map from the caller's names to schemas.
            json::object properties;
            for (const auto &[property, schema] : item.get_object())
                properties[property] = camelNames(schema);
            out[name] = std::move(properties);
        } else {
            out[camelName(name)] = camelNames(item);
        }
    }
    return out;
}

Fault400 checkNames(const json::object &object, std::string_view known, std::string_view at)
{
    for (const auto &member : object) {
        if (isIn(known, member.key()))
            continue;
        std::string text =
            "Invalid JSON payload received. Unknown name \"" + std::string(member.key()) + "\"";
        if (!at.empty())
            text += " at '" + std::string(at) + "'";
        return text + ": Cannot find field.";
    }
    return std::nullopt;
}

Fault400 checkContents(const FakeModel &model, const json::array &contents, std::string_view where)
{
    Turns turns;
    for (std::size_t turn = 0; turn < contents.size(); ++turn) {
        const std::string at = std::string(where) + '[' + std::to_string(turn) + ']';
        const json::object *content = contents[turn].if_object();
        if (!content)
            return "Invalid value at '" + at + "'";
        if (auto fault = checkNames(*content, "role parts", at))
            return fault;
        const std::string_view role = stringAt(*content, "role");
        if (!role.empty() && role != "user" && role != "model" && role != "function")
            return "Please use a valid role: user, model.";
        const json::array *parts = arrayAt(*content, "parts");
        if (!parts || parts->empty())
            return "* GenerateContentRequest." + at + ".parts: contents.parts must not be empty.\n";
        for (std::size_t i = 0; i < parts->size(); ++i) {
            if (auto fault = checkPart((*parts)[i], at + ".parts[" + std::to_string(i) + ']'))
                return fault;
        }
        const bool isModel = role == "model";
        if (!isModel || turns.openCalls > 0) {
            if (auto fault = checkResponses(*parts, turns))
                return fault;
        }
        if (isModel) {
            if (auto fault = checkCalls(model, *parts, turn, turns))
                return fault;
        }
        turns.lastWasModel = isModel;
    }
    if (turns.openCalls > 0)
        return "Please ensure that the number of function response parts is equal to the number of function "
               "call "
               "parts of the function call turn.";
    return std::nullopt;
}

} // namespace TestSupport
