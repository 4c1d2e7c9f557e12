// Which of the declared functions the model may or must call.
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/openai/tools.h"

namespace Gateway {

Result<void> ChatTools::readChoice()
{
    const std::string_view name = givenField(m_body, "tool_choice") ? "tool_choice" : "function_call";
    const json::value *choice = givenField(m_body, name);
    if (!choice)
        return {};
    const JsonPath path(m_root, name);
    if (const json::string *word = choice->if_string())
        return readWord(*word, path);
    const json::object *object = choice->if_object();
    if (!object)
        return refuseKind(path, "a string or an object");
    if (name == "function_call") {
        m_mode = "ANY";
        return allow(stringAt(*object, "name"), JsonPath(path, "name"));
    }
    return readChoiceObject(*object, path);
}

/// Without functions "none" and "auto" say nothing that is not so already.
Result<void> ChatTools::readWord(std::string_view word, const JsonPath &path)
{
    if (word != "none" && word != "auto" && word != "required" && word != "any")
        return refuse(path, "must be 'none', 'auto', 'required' or an object.");
    const bool must = word == "required" || word == "any";
    if (m_functions.names().empty() && must)
        return refuse(path, "needs 'tools' to choose from.");
    if (!m_functions.names().empty())
        m_mode = must ? "ANY" : word == "none" ? "NONE" : "AUTO";
    return {};
}

Result<void> ChatTools::readChoiceObject(const json::object &choice, const JsonPath &path)
{
    const std::string_view type = stringAt(choice, "type");
    if (type == "function") {
        const Result<const json::object *> function = objectField(choice, "function", path);
        if (!function)
            return fail(function.error());
        const JsonPath functionPath(path, "function");
        if (!*function)
            return refuseMissing(functionPath);
        m_mode = "ANY";
        return allow(stringAt(**function, "name"), JsonPath(functionPath, "name"));
    }
    if (type == "allowed_tools")
        return readAllowed(choice, path);
    return refuse(JsonPath(path, "type"), "must be 'function' or 'allowed_tools'.", "unsupported_value");
}

/// {"type":"allowed_tools","allowed_tools":{"mode":"auto"|"required","tools":[…]}}. Gemini's AUTO takes no
/// names, but VALIDATED, which leaves the choice to the model as well, does.
Result<void> ChatTools::readAllowed(const json::object &choice, const JsonPath &path)
{
    const Result<const json::object *> inner = objectField(choice, "allowed_tools", path);
    if (!inner)
        return fail(inner.error());
    const bool nested = *inner;
    const json::object &allowed = nested ? **inner : choice;
    const JsonPath nestedPath(path, "allowed_tools");
    const JsonPath &allowedPath = nested ? nestedPath : path;
    const std::string_view mode = stringAt(allowed, "mode");
    if (mode != "auto" && mode != "required")
        return refuse(JsonPath(allowedPath, "mode"), "must be 'auto' or 'required'.");
    m_mode = mode == "auto" ? "VALIDATED" : "ANY";
    const Result<const json::array *> tools = arrayField(allowed, "tools", allowedPath);
    if (!tools)
        return fail(tools.error());
    const JsonPath toolsPath(allowedPath, "tools");
    if (!*tools || (*tools)->empty())
        return refuseMissing(toolsPath);
    for (std::size_t i = 0; i < (*tools)->size(); ++i) {
        const JsonPath toolPath(toolsPath, i);
        const json::object *tool = (**tools)[i].if_object();
        if (!tool)
            return refuseKind(toolPath, "an object");
        const json::object *function = objectAt(*tool, "function");
        if (Result<void> done =
                allow(stringAt(function ? *function : *tool, "name"), JsonPath(toolPath, "name"));
            !done)
            return done;
    }
    return {};
}

Result<void> ChatTools::allow(std::string_view name, const JsonPath &path)
{
    if (name.empty())
        return refuseMissing(path);
    if (!m_functions.has(name))
        return refuse(path, "'" + std::string(name) + "' is not among the declared functions.");
    m_allowed.push_back(name);
    return {};
}

} // namespace Gateway
