#include "gateway/dialects/ollama/ollamarequest.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/functiondeclarations.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/modelname.h"
#include "gateway/dialects/ollama/ollamaconfig.h"
#include "gateway/dialects/ollama/ollamaconversation.h"
#include "gateway/dialects/ollama/ollamaprompt.h"

namespace Gateway {

namespace {

Result<void> addTool(FunctionDeclarations &functions, const json::value &value, const JsonPath &path)
{
    const json::object *tool = value.if_object();
    if (!tool)
        return refuseKind(path, "an object");
    const std::string_view type = stringAt(*tool, "type");
    if (!type.empty() && type != "function")
        return refuse(JsonPath(path, "type"), "must be 'function'.");
    const JsonPath functionPath(path, "function");
    const Result<const json::object *> function = objectField(*tool, "function", path);
    if (!function)
        return fail(function.error());
    if (!*function)
        return refuseMissing(functionPath);
    const Result<std::string_view> name = textField(**function, "name", functionPath);
    if (!name)
        return fail(name.error());
    const Result<std::string_view> description = textField(**function, "description", functionPath);
    if (!description)
        return fail(description.error());
    const json::value *parameters = givenField(**function, "parameters");
    const JsonPath parametersPath(functionPath, "parameters");
    if (parameters && !parameters->is_object())
        return refuseKind(parametersPath, "a JSON Schema");
    return functions.add({*name, *description, parameters}, JsonPath(functionPath, "name"), parametersPath);
}

Result<void> writeTools(const json::object &body, const JsonPath &root, std::string &out)
{
    const Result<const json::array *> tools = arrayField(body, "tools", root);
    if (!tools)
        return fail(tools.error());
    FunctionDeclarations functions;
    const JsonPath path(root, "tools");
    for (std::size_t i = 0; *tools && i < (*tools)->size(); ++i) {
        if (Result<void> done = addTool(functions, (**tools)[i], JsonPath(path, i)); !done)
            return done;
    }
    if (!functions.names().empty())
        out.append(",\"tools\":[{\"functionDeclarations\":[").append(functions.json()).append("]}]");
    return {};
}

} // namespace

void addIgnored(std::string &list, std::string_view name)
{
    constexpr std::size_t LONGEST = 512;
    const bool isPlain = std::ranges::all_of(
        name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (isPlain && list.size() + name.size() < LONGEST)
        list.append(list.empty() ? "" : ", ").append(name);
}

Result<std::string> ollamaModel(const json::object &body)
{
    const JsonPath root;
    const std::string_view member = givenField(body, "model") ? "model" : "name";
    const Result<std::string_view> given = textField(body, member, root);
    if (!given)
        return fail(given.error());
    if (given->empty())
        return fail(Error{400, "missing_required_parameter", "model is required", "model", 0});
    const std::string_view model = modelIdOf(*given);
    if (model.empty())
        return refuse(JsonPath(root, member), "is not the name of a model.");
    return std::string(model);
}

Result<OllamaRequest> OllamaRequest::parse(const json::object &body, std::size_t bodySize, OllamaCall call)
{
    OllamaRequest request;
    request.m_options.call = call;
    Result<std::string> model = ollamaModel(body);
    if (!model)
        return fail(model.error());
    request.m_options.model = std::move(*model);
    if (Result<void> done = request.write(body, bodySize); !done)
        return fail(done.error());
    return request;
}

Result<void> OllamaRequest::write(const json::object &body, std::size_t bodySize)
{
    const JsonPath root;
    const ModelFamily family = ModelFamily::of(m_options.model);
    OllamaConfig config(body, family);
    if (Result<void> done = config.read(m_options); !done)
        return done;
    std::string &out = m_draft.text();
    out.reserve(bodySize + 512);
    out += '{';
    Result<void> written = m_options.call == OllamaCall::Chat
                               ? OllamaConversation(m_draft, family, m_options.print).write(body, root)
                               : OllamaPrompt(m_draft, family).write(body, root, m_options);
    if (!written)
        return written;
    if (Result<void> done = writeTools(body, root, out); !done)
        return done;
    config.append(out);
    out += '}';
    return {};
}

} // namespace Gateway
