#include "gateway/dialects/functiondeclarations.h"

#include <algorithm>

#include "gateway/dialects/schema.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_NAME = 128;
/// What all declarations of one request may grow to when references are written out.
constexpr std::size_t MAX_DECLARATIONS = 8u << 20;

bool isLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool isGeminiName(std::string_view name)
{
    if (name.empty() || name.size() > MAX_NAME || (!isLetter(name.front()) && name.front() != '_'))
        return false;
    return std::all_of(name.begin(), name.end(), [](char letter) {
        return isLetter(letter) || (letter >= '0' && letter <= '9') ||
               std::string_view("_.:-").find(letter) != std::string_view::npos;
    });
}

} // namespace

Result<void> FunctionDeclarations::add(const Function &function, const JsonPath &namePath,
                                       const JsonPath &parametersPath)
{
    if (Result<void> done = checkName(function.name, namePath); !done)
        return done;
    m_json += m_names.empty() ? "{\"name\":" : ",{\"name\":";
    m_names.emplace_back(function.name);
    appendJsonString(m_json, function.name);
    if (!function.description.empty()) {
        m_json += ",\"description\":";
        appendJsonString(m_json, function.description);
    }
    if (Result<void> done = addParameters(function.parameters, parametersPath); !done)
        return done;
    m_json += '}';
    return {};
}

bool FunctionDeclarations::has(std::string_view name) const
{
    return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
}

Result<void> FunctionDeclarations::checkName(std::string_view name, const JsonPath &path) const
{
    if (name.empty())
        return refuseMissing(path);
    if (!isGeminiName(name))
        return refuse(path,
                      "'" + std::string(name.substr(0, MAX_NAME)) +
                          "' is no name for Gemini: it must begin with a letter or '_' and hold letters, "
                          "digits, '_', '.', ':', '-' only, 128 at most.");
    if (has(name))
        return refuse(path, "'" + std::string(name) + "' is declared twice.");
    return {};
}

Result<void> FunctionDeclarations::addParameters(const json::value *parameters, const JsonPath &path)
{
    if (!parameters || allowsNoParameters(*parameters))
        return {};
    m_json += ",\"parametersJsonSchema\":";
    if (Result<void> done = appendGeminiSchema(m_json, *parameters, path, SchemaUse::Parameters); !done)
        return done;
    if (m_json.size() > MAX_DECLARATIONS)
        return refuse(path,
                      "The declared functions grow beyond bounds when their references are written out.",
                      "unsupported_schema");
    return {};
}

} // namespace Gateway
