#include "gateway/dialects/anthropic/messagestools.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

/// Anthropic's own tools carry the date of their version in their type: "web_search_20250305".
struct ServerTool
{
    std::string_view prefix;
    std::string_view geminiName; ///< Empty: passed over.
};

/// tool_search finds among tools that are told late; here all are told at once.
constexpr ServerTool SERVER_TOOLS[] = {
    {"web_search_", "googleSearch"},
    {"web_fetch_", "urlContext"},
    {"code_execution_", "codeExecution"},
    {"tool_search_tool_", ""},
};

const ServerTool *serverToolOf(std::string_view type)
{
    for (const ServerTool &tool : SERVER_TOOLS) {
        if (type.starts_with(tool.prefix))
            return &tool;
    }
    return nullptr;
}

} // namespace

MessagesTools::MessagesTools(const json::object &body, const ModelFamily &family)
    : m_body(body)
    , m_family(family)
{
}

Result<void> MessagesTools::append(std::string &out, MessagesOptions &options)
{
    if (Result<void> done = readTools(); !done)
        return done;
    const bool declares = !m_functions.names().empty();
    if (declares && !m_family.mixesTools)
        leaveServerToolsOut(options);
    options.codeForm = m_codeForm;
    if (Result<void> done = readChoice(options); !done)
        return done;
    if (declares || !m_serverTools.empty()) {
        out += ",\"tools\":[";
        if (declares)
            out += "{\"functionDeclarations\":[" + m_functions.json() + "]}";
        if (declares && !m_serverTools.empty())
            out += ',';
        out += m_serverTools + ']';
    }
    appendConfig(out);
    return {};
}

/// Models before Gemini 3 take either; a client that offers both can do without the search, never without its
/// functions.
void MessagesTools::leaveServerToolsOut(MessagesOptions &options)
{
    for (const std::string_view name : m_own) {
        options.ignored += options.ignored.empty() ? "" : ", ";
        options.ignored += name;
    }
    m_serverTools.clear();
    m_codeForm = CodeForm::None;
}

Result<void> MessagesTools::readTools()
{
    const Result<const json::array *> tools = arrayField(m_body, "tools", m_root);
    if (!tools)
        return fail(tools.error());
    const JsonPath path(m_root, "tools");
    for (std::size_t i = 0; *tools && i < (*tools)->size(); ++i) {
        const JsonPath toolPath(path, i);
        const json::object *tool = (**tools)[i].if_object();
        if (!tool)
            return refuseKind(toolPath, "an object");
        if (Result<void> done = readTool(*tool, toolPath); !done)
            return done;
    }
    return {};
}

Result<void> MessagesTools::readTool(const json::object &tool, const JsonPath &path)
{
    const Result<std::string_view> type = textField(tool, "type", path);
    if (!type)
        return fail(type.error());
    if (type->empty() || *type == "custom")
        return addFunction(tool, path);
    const ServerTool *known = serverToolOf(*type);
    if (!known)
        return refuse(JsonPath(path, "type"),
                      "'" + std::string(*type) + "' is a tool that Gemini does not have.",
                      "unsupported_value");
    m_own.push_back(stringAt(tool, "name"));
    if (const CodeForm form = codeFormOf(*type); form != CodeForm::None)
        m_codeForm = form;
    addServerTool(known->geminiName);
    return {};
}

void MessagesTools::addServerTool(std::string_view geminiName)
{
    const std::string json = "{\"" + std::string(geminiName) + "\":{}}";
    if (geminiName.empty() || m_serverTools.find(json) != std::string::npos)
        return;
    m_serverTools += m_serverTools.empty() ? "" : ",";
    m_serverTools += json;
}

Result<void> MessagesTools::addFunction(const json::object &tool, const JsonPath &path)
{
    const Result<std::string_view> name = neededText(tool, "name", path);
    if (!name)
        return fail(name.error());
    const Result<std::string_view> description = textField(tool, "description", path);
    if (!description)
        return fail(description.error());
    const Result<bool> strict = flagField(tool, "strict", path);
    if (!strict)
        return fail(strict.error());
    m_strict = m_strict || *strict;
    const JsonPath schemaPath(path, "input_schema");
    const json::value *schema = givenField(tool, "input_schema");
    if (!schema)
        return refuseMissing(schemaPath);
    if (!schema->is_object())
        return refuseKind(schemaPath, "an object");
    return m_functions.add({*name, *description, schema}, JsonPath(path, "name"), schemaPath);
}

Result<void> MessagesTools::readChoice(MessagesOptions &options)
{
    const Result<const json::object *> choice = objectField(m_body, "tool_choice", m_root);
    if (!choice)
        return fail(choice.error());
    if (!*choice)
        return {};
    const JsonPath path(m_root, "tool_choice");
    const Result<std::string_view> type = neededText(**choice, "type", path);
    if (!type)
        return fail(type.error());
    const Result<bool> single = flagField(**choice, "disable_parallel_tool_use", path);
    if (!single)
        return fail(single.error());
    options.singleCall = *single;
    return choose(*type, **choice, path);
}

/// Gemini uses its own tools as it sees fit, so that only functions can be chosen.
Result<void> MessagesTools::choose(std::string_view type, const json::object &choice, const JsonPath &path)
{
    const bool declares = !m_functions.names().empty();
    if (type == "auto" || type == "none") {
        if (declares)
            m_mode = type == "auto" ? "AUTO" : "NONE";
        return {};
    }
    if (type == "any") {
        if (declares)
            m_mode = "ANY";
        return declares || !m_own.empty() ? Result<void>() : refuse(path, "needs 'tools' to choose from.");
    }
    if (type != "tool")
        return refuse(JsonPath(path, "type"), "must be 'auto', 'any', 'tool' or 'none'.");
    const Result<std::string_view> name = neededText(choice, "name", path);
    if (!name)
        return fail(name.error());
    if (m_functions.has(*name)) {
        m_mode = "ANY";
        m_allowed = *name;
    } else if (std::ranges::find(m_own, *name) == m_own.end()) {
        return refuse(JsonPath(path, "name"), "'" + std::string(*name) + "' is not among the tools.");
    }
    return {};
}

void MessagesTools::appendConfig(std::string &out)
{
    if (m_strict && m_family.signatures && (m_mode.empty() || m_mode == "AUTO"))
        m_mode = "VALIDATED";
    const bool mixes = m_family.mixesTools && !m_functions.names().empty() && !m_serverTools.empty();
    if (mixes && m_mode == "AUTO")
        m_mode = "VALIDATED"; // what is AUTO otherwise
    if (m_mode.empty() && !mixes)
        return;
    out += ",\"toolConfig\":{";
    if (mixes)
        out += R"("includeServerSideToolInvocations":true)";
    appendMode(out);
    out += '}';
}

void MessagesTools::appendMode(std::string &out) const
{
    if (m_mode.empty())
        return;
    out += out.back() == '{' ? "" : ",";
    out += "\"functionCallingConfig\":{\"mode\":";
    appendJsonString(out, m_mode);
    if (!m_allowed.empty()) {
        out += ",\"allowedFunctionNames\":[";
        appendJsonString(out, m_allowed);
        out += ']';
    }
    out += '}';
}

} // namespace Gateway
