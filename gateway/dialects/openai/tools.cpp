#include "gateway/dialects/openai/tools.h"

#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

constexpr int CONFIG_LEVELS = 4; // of toolConfig
constexpr std::string_view MIX = "includeServerSideToolInvocations";

} // namespace

ChatTools::ChatTools(const json::object &body, const ChatGoogle &google, const ModelFamily &family)
    : m_body(body)
    , m_google(google)
    , m_family(family)
{
}

Result<void> ChatTools::append(std::string &out, ChatOptions &options)
{
    if (Result<void> done = readTools(); !done)
        return done;
    if (Result<void> done = readFunctions(options); !done)
        return done;
    if (Result<void> done = readChoice(); !done)
        return done;
    const Result<bool> parallel = flagField(m_body, "parallel_tool_calls", m_root);
    if (!parallel)
        return fail(parallel.error());
    options.parallelToolCalls = *parallel || !givenField(m_body, "parallel_tool_calls");
    options.tools = m_functions.names();
    const std::size_t start = out.size();
    out += ",\"tools\":[";
    const std::size_t empty = out.size();
    if (!m_functions.names().empty()) {
        out += "{\"functionDeclarations\":[";
        out += m_functions.json();
        out += "]}";
    }
    const std::size_t functionsEnd = out.size();
    if (Result<void> done = appendGoogleTools(out, options); !done)
        return done;
    m_mixes = m_family.mixesTools && functionsEnd > empty && out.size() > functionsEnd;
    if (out.size() == empty)
        out.resize(start);
    else
        out += ']';
    return appendConfig(out);
}

Result<void> ChatTools::readTools()
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
        const std::string_view type = stringAt(*tool, "type");
        if (type != "function")
            return refuse(JsonPath(toolPath, "type"),
                          "'" + std::string(type) +
                              "' is not a tool of chat completions here; Gemini's own tools "
                              "are given as extra_body.google.tools.",
                          "unsupported_value");
        const Result<const json::object *> function = objectField(*tool, "function", toolPath);
        if (!function)
            return fail(function.error());
        const JsonPath functionPath(toolPath, "function");
        if (!*function)
            return refuseMissing(functionPath);
        if (Result<void> done = addFunction(**function, functionPath); !done)
            return done;
    }
    return {};
}

/// The form before `tools`.
Result<void> ChatTools::readFunctions(ChatOptions &options)
{
    const Result<const json::array *> functions = arrayField(m_body, "functions", m_root);
    if (!functions)
        return fail(functions.error());
    if (!*functions || (*functions)->empty())
        return {};
    const JsonPath path(m_root, "functions");
    if (!m_functions.names().empty())
        return refuse(path, "cannot be given together with 'tools'.");
    options.legacyFunctions = true;
    for (std::size_t i = 0; i < (*functions)->size(); ++i) {
        const json::object *function = (**functions)[i].if_object();
        if (!function)
            return refuseKind(JsonPath(path, i), "an object");
        if (Result<void> done = addFunction(*function, JsonPath(path, i)); !done)
            return done;
    }
    return {};
}

Result<void> ChatTools::addFunction(const json::object &function, const JsonPath &path)
{
    const Result<std::string_view> name = textField(function, "name", path);
    if (!name)
        return fail(name.error());
    const Result<std::string_view> description = textField(function, "description", path);
    if (!description)
        return fail(description.error());
    const Result<bool> strict = flagField(function, "strict", path);
    if (!strict)
        return fail(strict.error());
    m_strict = m_strict || *strict;
    return m_functions.add({*name, *description, givenField(function, "parameters")}, JsonPath(path, "name"),
                           JsonPath(path, "parameters"));
}

/// Gemini's own tools, and OpenAI's web search as Google's. Models before Gemini 3 take either that or
/// functions; a client that offers both can do without the search, never without its functions.
Result<void> ChatTools::appendGoogleTools(std::string &out, ChatOptions &options)
{
    const auto separate = [&out] {
        if (out.back() != '[')
            out += ',';
    };
    const Result<const json::object *> search = objectField(m_body, "web_search_options", m_root);
    if (!search)
        return fail(search.error());
    if (*search && !m_functions.names().empty() && !m_family.mixesTools) {
        options.ignored = "web_search_options";
    } else if (*search) {
        separate();
        out += "{\"googleSearch\":{}}";
    }
    const json::value *tools = m_google.find("tools");
    if (!tools)
        return {};
    const JsonPath path(m_root, "google");
    const JsonPath toolsPath(path, "tools");
    if (!tools->is_array())
        return refuseKind(toolsPath, "an array");
    for (const json::value &tool : tools->get_array()) {
        if (!tool.is_object())
            return refuseKind(toolsPath, "an array of objects");
        separate();
        appendCamelCase(out, tool, 1);
    }
    return {};
}

/// `toolConfig`: the choice made here, and what else the client says of it in Gemini's own words.
Result<void> ChatTools::appendConfig(std::string &out)
{
    const json::value *own = m_google.find("tool_config");
    const JsonPath path(m_root, "google");
    if (own && !own->is_object())
        return refuseKind(JsonPath(path, "tool_config"), "an object");
    if (m_strict && m_family.signatures && (m_mode.empty() || m_mode == "AUTO"))
        m_mode = "VALIDATED";
    if (m_mixes && m_mode == "AUTO")
        m_mode = "VALIDATED"; // what is AUTO otherwise
    if (m_mode.empty() && !own && !m_mixes)
        return {};
    out += ",\"toolConfig\":{";
    if (m_mixes) {
        appendJsonString(out, MIX);
        out += ":true";
    }
    if (own) {
        for (const json::key_value_pair &member : own->get_object()) {
            const std::string name = camelCase(member.key());
            if ((!m_mode.empty() && name == "functionCallingConfig") || (m_mixes && name == MIX))
                continue;
            out += out.back() == '{' ? "" : ",";
            appendJsonString(out, name);
            out += ':';
            appendCamelCase(out, member.value(), CONFIG_LEVELS);
        }
    }
    appendMode(out);
    out += '}';
    return {};
}

void ChatTools::appendMode(std::string &out) const
{
    if (m_mode.empty())
        return;
    out += out.back() == '{' ? "" : ",";
    out += "\"functionCallingConfig\":{\"mode\":";
    appendJsonString(out, m_mode);
    for (std::size_t i = 0; i < m_allowed.size(); ++i) {
        out += i ? "," : ",\"allowedFunctionNames\":[";
        appendJsonString(out, m_allowed[i]);
    }
    out += m_allowed.empty() ? "}" : "]}";
}

} // namespace Gateway
