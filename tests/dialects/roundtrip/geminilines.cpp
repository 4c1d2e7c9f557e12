// Reads a request to Gemini by its documentation (ai.google.dev/api/generate-content). Throws where a member
// has a form that Google does not know.
#include <stdexcept>

#include "tests/dialects/roundtrip/lines.h"

namespace RoundTrip {

namespace {

constexpr std::string_view FILES_ROOT = "https://generativelanguage.googleapis.com/v1beta/";

std::string text(const json::object &object, std::string_view name)
{
    const json::value *member = object.if_contains(name);
    return member ? std::string(member->as_string()) : std::string();
}

Media mediaOf(const json::object &part)
{
    if (const json::value *data = part.if_contains("inlineData"))
        return {std::string(data->at("mimeType").as_string()), unbase64(data->at("data").as_string()), {}};
    std::string uri(part.at("fileData").at("fileUri").as_string());
    return {{}, {}, uri.starts_with(FILES_ROOT) ? uri.substr(FILES_ROOT.size()) : uri};
}

void addPart(std::vector<std::string> &lines, const std::string &who, const json::object &part)
{
    const std::string signature = text(part, "thoughtSignature");
    if (part.size() != (signature.empty() ? 1u : 2u))
        throw std::runtime_error("a part has more than one kind: " + json::serialize(part));
    if (part.contains("text")) {
        lines.push_back(textLine(who, text(part, "text"), signature));
    } else if (const json::value *call = part.if_contains("functionCall")) {
        const json::object &object = call->as_object();
        lines.push_back(
            callLine(text(object, "id"), text(object, "name"), object.at("args").as_object(), signature));
    } else if (const json::value *result = part.if_contains("functionResponse")) {
        const json::object &object = result->as_object();
        lines.push_back(
            resultLine(text(object, "id"), text(object, "name"), object.at("response").as_object()));
        if (const json::value *media = object.if_contains("parts")) {
            for (const json::value &one : media->as_array())
                lines.push_back("result " + mediaLine(mediaOf(one.as_object())));
        }
    } else {
        lines.push_back(who + ' ' + mediaLine(mediaOf(part)));
    }
}

void addTools(std::vector<std::string> &lines, const json::object &request)
{
    if (const json::value *tools = request.if_contains("tools")) {
        for (const json::value &tool : tools->at(0).at("functionDeclarations").as_array()) {
            const json::object &function = tool.as_object();
            lines.push_back(toolLine(text(function, "name"), text(function, "description")));
            if (const json::value *schema = function.if_contains("parametersJsonSchema"))
                addSchemaLines(lines, text(function, "name"), schema->as_object());
        }
    }
    if (const json::value *config = request.if_contains("toolConfig")) {
        const json::object &calling = config->at("functionCallingConfig").as_object();
        const json::value *names = calling.if_contains("allowedFunctionNames");
        lines.push_back("choice " + text(calling, "mode") + ' ' +
                        (names ? std::string(names->at(0).as_string()) : std::string()));
    }
}

} // namespace

std::vector<std::string> geminiLines(const json::object &request)
{
    std::vector<std::string> lines;
    if (const json::value *system = request.if_contains("systemInstruction")) {
        for (const json::value &part : system->at("parts").as_array())
            addPart(lines, "system", part.as_object());
    }
    for (const json::value &content : request.at("contents").as_array()) {
        const std::string who(content.at("role").as_string());
        lines.push_back("turn " + who);
        for (const json::value &part : content.at("parts").as_array())
            addPart(lines, who, part.as_object());
    }
    addTools(lines, request);
    if (const json::value *config = request.if_contains("generationConfig")) {
        addConfigLines(lines, config->as_object());
        if (const json::value *schema = config->as_object().if_contains("responseJsonSchema"))
            addSchemaLines(lines, "answer", schema->as_object());
    }
    return lines;
}

} // namespace RoundTrip
