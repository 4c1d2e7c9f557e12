#include "gateway/dialects/responses/responsestools.h"

#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

bool isSearch(std::string_view type)
{
    return type.starts_with("web_search");
}

bool isBuiltIn(std::string_view type)
{
    return isSearch(type) || type == "code_interpreter" || type == "image_generation";
}

/// What a freeform tool's text has to look like, for the model's eyes.
std::string describedInput(const json::object &tool)
{
    const json::object *format = objectAt(tool, "format");
    if (!format || stringAt(*format, "type") != "grammar")
        return "The tool's input as plain text.";
    std::string text = "The tool's input as plain text, not JSON. It must follow this ";
    text += stringAt(*format, "syntax");
    text += " grammar:\n";
    text += stringAt(*format, "definition");
    return text;
}

} // namespace

ResponsesTools::ResponsesTools(const json::object &body, const ModelFamily &family, json::object &chat)
    : m_body(body)
    , m_family(family)
    , m_chat(chat)
    , m_tools(chat.storage())
{
}

Result<void> ResponsesTools::read()
{
    const Result<const json::array *> tools = arrayField(m_body, "tools", m_root);
    if (!tools)
        return fail(tools.error());
    const JsonPath path(m_root, "tools");
    for (std::size_t i = 0; *tools && i < (*tools)->size(); ++i) {
        const json::object *tool = (**tools)[i].if_object();
        if (!tool)
            return refuseKind(JsonPath(path, i), "an object");
        if (Result<void> done = readTool(*tool, JsonPath(path, i)); !done)
            return done;
    }
    if (Result<void> done = readChoice(); !done)
        return done;
    addBuiltIn();
    if (!m_tools.empty())
        m_chat.emplace("tools", std::move(m_tools));
    return {};
}

Result<void> ResponsesTools::readTool(const json::object &tool, const JsonPath &path)
{
    const std::string_view type = stringAt(tool, "type");
    const JsonPath typePath(path, "type");
    if (type.empty())
        return refuseMissing(typePath);
    if (type == "function") {
        addFunction(tool, path.index());
        return {};
    }
    if (type == "custom") {
        if (stringAt(tool, "name").empty())
            return refuseMissing(JsonPath(path, "name"));
        addCustom(tool, path.index());
        return {};
    }
    if (type == "namespace")
        return readNamespace(tool, path);
    if (!isBuiltIn(type))
        return refuse(typePath, "'" + std::string(type) + "' is a tool that Gemini has not.",
                      "unsupported_value");
    return readBuiltIn(tool, path);
}

Result<void> ResponsesTools::readBuiltIn(const json::object &tool, const JsonPath &path)
{
    const std::string_view type = stringAt(tool, "type");
    m_searches = m_searches || isSearch(type);
    m_runsCode = m_runsCode || type == "code_interpreter";
    m_makesImages = m_makesImages || type == "image_generation";
    const json::object *container = objectAt(tool, "container");
    const json::array *files = container ? arrayAt(*container, "file_ids") : nullptr;
    if (files && !files->empty())
        return refuse(JsonPath(path, "container"), "cannot hold files: Gemini's code runs without.",
                      "unsupported_value");
    return {};
}

/// {"type":"namespace","name":…,"tools":[…]}, as Codex groups tools.
Result<void> ResponsesTools::readNamespace(const json::object &tool, const JsonPath &path)
{
    const std::string_view space = stringAt(tool, "name");
    if (space.empty())
        return refuseMissing(JsonPath(path, "name"));
    const Result<const json::array *> tools = arrayField(tool, "tools", path);
    if (!tools)
        return fail(tools.error());
    const JsonPath toolsPath(path, "tools");
    for (std::size_t i = 0; *tools && i < (*tools)->size(); ++i) {
        const JsonPath innerPath(toolsPath, i);
        const json::object *inner = (**tools)[i].if_object();
        if (!inner)
            return refuseKind(innerPath, "an object");
        const std::string_view type = stringAt(*inner, "type");
        const std::string_view name = stringAt(*inner, "name");
        if (type != "function" && type != "custom")
            return refuse(JsonPath(innerPath, "type"), "must be 'function' or 'custom' in a namespace.",
                          "unsupported_value");
        if (name.empty())
            return refuseMissing(JsonPath(innerPath, "name"));
        m_namespaced.push_back({joinedToolName(space, name), std::string(space), std::string(name)});
        type == "custom" ? addCustom(*inner, path.index(), space) : addFunction(*inner, path.index(), space);
    }
    return {};
}

void ResponsesTools::addFunction(const json::object &tool, std::size_t index, std::string_view space)
{
    json::object function(m_tools.storage());
    for (const std::string_view name : {"name", "description", "parameters", "strict"}) {
        if (const json::value *value = givenField(tool, name))
            function.emplace(name, *value);
    }
    if (!space.empty())
        function["name"] = joinedToolName(space, stringAt(tool, "name"));
    addTool(std::move(function), index);
}

void ResponsesTools::addCustom(const json::object &tool, std::size_t index, std::string_view space)
{
    const std::string name = joinedToolName(space, stringAt(tool, "name"));
    json::object input({{"type", "string"}, {"description", describedInput(tool)}}, m_tools.storage());
    json::object parameters({{"type", "object"}, {"required", {"input"}}}, m_tools.storage());
    parameters.emplace("properties", json::object({{"input", std::move(input)}}, m_tools.storage()));
    json::object function({{"name", name}}, m_tools.storage());
    if (const std::string_view description = stringAt(tool, "description"); !description.empty())
        function.emplace("description", description);
    function.emplace("parameters", std::move(parameters));
    addTool(std::move(function), index);
    m_custom.push_back(name);
}

void ResponsesTools::addTool(json::object function, std::size_t index)
{
    json::object told({{"type", "function"}}, m_tools.storage());
    told.emplace("function", std::move(function));
    m_tools.push_back(std::move(told));
    m_places.push_back(index);
}

/// Google's own tools. Models before Gemini 3 take either these or functions; a client that offers both can
/// do without the search, never without its functions.
void ResponsesTools::addBuiltIn()
{
    if (m_makesImages)
        m_chat.emplace("modalities", json::array({"text", "image"}, m_chat.storage()));
    if (!m_searches && !m_runsCode)
        return;
    if (!m_tools.empty() && !m_family.mixesTools) {
        warn("This model takes no built-in tools beside functions; they were left out.");
        return;
    }
    if (m_searches)
        m_chat.emplace("web_search_options", json::object(m_chat.storage()));
    if (!m_runsCode)
        return;
    json::value &google = m_chat["google"];
    if (!google.is_object())
        google.emplace_object();
    json::value &own = google.get_object()["tools"];
    if (!own.is_array())
        own.emplace_array();
    own.get_array().push_back(json::object({{"code_execution", json::object()}}));
}

Result<void> ResponsesTools::readChoice()
{
    const json::value *choice = givenField(m_body, "tool_choice");
    if (!choice)
        return {};
    const JsonPath path(m_root, "tool_choice");
    if (const json::object *object = choice->if_object())
        return readChoiceObject(*object, path);
    if (!choice->is_string())
        return refuseKind(path, "a string or an object");
    if (*choice == "none")
        m_searches = m_runsCode = false;
    if (*choice == "required" && m_tools.empty() && (m_searches || m_runsCode || m_makesImages)) {
        warn("Gemini uses its own tools as it sees fit; they cannot be made a must.");
        return {};
    }
    setChoice(*choice);
    return {};
}

Result<void> ResponsesTools::readChoiceObject(const json::object &choice, const JsonPath &path)
{
    const std::string_view type = stringAt(choice, "type");
    if (type == "function" || type == "custom") {
        json::object function(m_chat.storage());
        if (const json::value *name = givenField(choice, "name"))
            function.emplace("name", *name);
        setChoice(json::object({{"type", "function"}, {"function", std::move(function)}}));
        return {};
    }
    if (type == "allowed_tools")
        return readAllowed(choice, path);
    if (isBuiltIn(type)) {
        warn("Gemini uses its own tools as it sees fit; they cannot be made a must.");
        return {};
    }
    return refuse(JsonPath(path, "type"),
                  "must be 'function', 'custom', 'allowed_tools' or a tool that Gemini "
                  "has.",
                  "unsupported_value");
}

/// Built-in tools that are not among the allowed ones are left out; functions are told to Gemini by name.
Result<void> ResponsesTools::readAllowed(const json::object &choice, const JsonPath &path)
{
    const Result<const json::array *> tools = arrayField(choice, "tools", path);
    if (!tools)
        return fail(tools.error());
    const JsonPath toolsPath(path, "tools");
    if (!*tools || (*tools)->empty())
        return refuseMissing(toolsPath);
    json::array functions(m_chat.storage());
    bool searches = false;
    bool runsCode = false;
    for (std::size_t i = 0; i < (*tools)->size(); ++i) {
        const json::object *tool = (**tools)[i].if_object();
        if (!tool)
            return refuseKind(JsonPath(toolsPath, i), "an object");
        const std::string_view type = stringAt(*tool, "type");
        searches = searches || isSearch(type);
        runsCode = runsCode || type == "code_interpreter";
        if (!isBuiltIn(type))
            functions.push_back(*tool);
    }
    m_searches = m_searches && searches;
    m_runsCode = m_runsCode && runsCode;
    if (functions.empty()) {
        setChoice("none"); // of the functions
        return {};
    }
    json::object told(choice, m_chat.storage());
    told["tools"] = std::move(functions);
    setChoice(std::move(told));
    return {};
}

void ResponsesTools::setChoice(json::value choice)
{
    m_chat.emplace("tool_choice", std::move(choice));
}

void ResponsesTools::warn(std::string_view text)
{
    m_warning += m_warning.empty() ? "" : " ";
    m_warning += text;
}

} // namespace Gateway
