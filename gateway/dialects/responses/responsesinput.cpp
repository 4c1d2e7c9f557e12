#include "gateway/dialects/responses/responsesinput.h"

#include <utility>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/responses/responsesform.h"
#include "gateway/dialects/responses/responsessignature.h"

namespace Gateway {

namespace {

bool isOutput(std::string_view type)
{
    return type == "function_call_output" || type == "custom_tool_call_output";
}

/// Items that only tell what OpenAI's own tools did; the answer that came of it stands in its message.
bool isLeftOut(std::string_view type)
{
    return type == "web_search_call" || type == "file_search_call";
}

json::object googleSignature(std::string_view signature, const json::storage_ptr &storage)
{
    json::object google(storage);
    google.emplace("thought_signature", signature);
    json::object extra(storage);
    extra.emplace("google", std::move(google));
    return extra;
}

tl::unexpected<Error> noOutput(std::string_view callId)
{
    return fail(Error{400, "invalid_value",
                      "No tool output found for function call " + std::string(callId) + ".", "input", 0});
}

} // namespace

ResponsesInput::ResponsesInput(json::storage_ptr storage)
    : m_storage(std::move(storage))
    , m_messages(m_storage)
{
}

Result<void> ResponsesInput::read(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> instructions = textField(body, "instructions", root);
    if (!instructions)
        return fail(instructions.error());
    if (!instructions->empty())
        add({{{"role", "developer"}, {"content", *instructions}}, m_storage}, JsonPath(root, "instructions"));
    const JsonPath path(root, "input");
    const json::value *input = givenField(body, "input");
    if (!input)
        return refuseMissing(path);
    if (const json::string *text = input->if_string()) {
        add({{{"role", "user"}, {"content", *text}}, m_storage}, path);
        return {};
    }
    const json::array *items = input->if_array();
    if (!items)
        return refuseKind(path, "a string or an array of items");
    if (Result<void> done = gatherResults(*items, path); !done)
        return done;
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (Result<void> done = readItem((*items)[i].get_object(), JsonPath(path, i)); !done)
            return done;
    }
    if (Result<void> done = closeCalls(); !done)
        return done;
    for (const auto &[id, output] : m_outputs) {
        if (!output.used)
            return fail(
                Error{400, "invalid_value",
                      "No tool call found for function call output with call_id " + std::string(id) + ".",
                      JsonPath(path, output.index).text(), 0});
    }
    if (m_messages.empty())
        return refuse(path, "holds nothing to answer.");
    return {};
}

Result<void> ResponsesInput::gatherResults(const json::array &items, const JsonPath &path)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        const json::object *item = items[i].if_object();
        const JsonPath itemPath(path, i);
        if (!item)
            return refuseKind(itemPath, "an object");
        const std::string_view type = stringAt(*item, "type");
        if (type == "reasoning") {
            ResponsesSignature sealed;
            if (readSealedSignature(stringAt(*item, "encrypted_content"), sealed) && !sealed.callId.empty())
                m_signatures.emplace(sealed.callId, sealed.signature);
        }
        if (!isOutput(type))
            continue;
        const std::string_view id = stringAt(*item, "call_id");
        if (id.empty())
            return refuseMissing(JsonPath(itemPath, "call_id"));
        if (!m_outputs.emplace(id, Output{item, i}).second)
            return refuse(JsonPath(itemPath, "call_id"), "has been answered already.");
    }
    return {};
}

Result<void> ResponsesInput::readItem(const json::object &item, const JsonPath &path)
{
    const std::string_view type = stringAt(item, "type");
    if (type == "message" || (type.empty() && item.contains("role")))
        return readMessage(item, path);
    if (type == "function_call" || type == "custom_tool_call")
        return readCall(item, path, type == "custom_tool_call");
    if (isOutput(type))
        return closeCalls();
    if (type == "reasoning")
        return readReasoning(item);
    if (isLeftOut(type))
        return {};
    if (type == "image_generation_call" || type == "code_interpreter_call") {
        if (Result<void> done = closeCalls(); !done)
            return done;
        type == "image_generation_call" ? readImageCall(item, path) : readCodeCall(item, path);
        return {};
    }
    const JsonPath typePath(path, "type");
    if (type.empty())
        return refuseMissing(typePath);
    return refuse(typePath, "'" + std::string(type) + "' is not an item that Gemini can be given.",
                  "unsupported_value");
}

Result<void> ResponsesInput::readMessage(const json::object &item, const JsonPath &path)
{
    const std::string_view role = stringAt(item, "role");
    const bool isBesideCalls = role == "assistant" && !m_open.empty();
    if (Result<void> done = isBesideCalls ? Result<void>() : closeCalls(); !done)
        return done;
    const JsonPath rolePath(path, "role");
    if (role.empty())
        return refuseMissing(rolePath);
    if (role != "user" && role != "assistant" && role != "system" && role != "developer")
        return refuse(rolePath, "must be one of 'user', 'assistant', 'system', 'developer'.");
    const JsonPath contentPath(path, "content");
    const json::value *content = givenField(item, "content");
    if (!content)
        return refuseMissing(contentPath);
    Result<json::value> told = contentOf(*content, contentPath);
    if (!told)
        return fail(told.error());
    if (isBesideCalls) {
        addBesideCalls(std::move(*told));
        return {};
    }
    json::object message(m_storage);
    message.emplace("role", role);
    message.emplace("content", std::move(*told));
    if (role == "assistant" && !m_textSignature.empty()) {
        message.emplace("extra_content", googleSignature(m_textSignature, m_storage));
        m_textSignature.clear();
    }
    add(std::move(message), path);
    m_assistant = role == "assistant" ? m_messages.size() : 0;
    return {};
}

Result<void> ResponsesInput::readCall(const json::object &item, const JsonPath &path, bool custom)
{
    const std::string_view id = stringAt(item, "call_id");
    if (id.empty())
        return refuseMissing(JsonPath(path, "call_id"));
    const std::string_view name = stringAt(item, "name");
    if (name.empty())
        return refuseMissing(JsonPath(path, "name"));
    json::object function(m_storage);
    function.emplace("name", joinedToolName(stringAt(item, "namespace"), name));
    const json::value *arguments = givenField(item, custom ? "input" : "arguments");
    if (custom)
        function.emplace("arguments", json::object({{"input", arguments ? *arguments : json::value("")}}));
    else if (arguments)
        function.emplace("arguments", *arguments);
    json::object call(m_storage);
    call.emplace("id", id);
    call.emplace("type", "function");
    call.emplace("function", std::move(function));
    if (const auto known = m_signatures.find(std::string(id)); known != m_signatures.end())
        call.emplace("extra_content", googleSignature(known->second, m_storage));
    json::object &message = assistant(path);
    if (!message.contains("tool_calls"))
        message.emplace("tool_calls", json::array(m_storage));
    message.at("tool_calls").as_array().push_back(std::move(call));
    m_open.push_back(id);
    return {};
}

/// Signatures of calls were read before; one of a text belongs to the words it follows or precedes.
Result<void> ResponsesInput::readReasoning(const json::object &item)
{
    ResponsesSignature sealed;
    if (!readSealedSignature(stringAt(item, "encrypted_content"), sealed) || !sealed.callId.empty())
        return {};
    if (m_assistant != 0 && m_messages[m_assistant - 1].as_object().contains("content")) {
        m_messages[m_assistant - 1].as_object()["extra_content"] =
            googleSignature(sealed.signature, m_storage);
        return {};
    }
    m_textSignature = sealed.signature;
    return {};
}

/// What the model said behind its calls and before their results is of the same turn; a chat message has one
/// place for words, before the calls.
void ResponsesInput::addBesideCalls(json::value content)
{
    json::object &message = m_messages[m_assistant - 1].as_object();
    if (const json::value *earlier = message.if_contains("content"); earlier && earlier->is_string()) {
        json::object part({{"type", "text"}, {"text", *earlier}}, m_storage);
        message["content"] = json::array({std::move(part)}, m_storage);
    } else if (!earlier) {
        message.emplace("content", json::array(m_storage));
    }
    json::array &parts = message.at("content").as_array();
    if (content.is_string())
        parts.push_back(json::object({{"type", "text"}, {"text", std::move(content)}}, m_storage));
    else
        parts.insert(parts.end(), content.as_array().begin(), content.as_array().end());
    if (!m_textSignature.empty())
        message["extra_content"] = googleSignature(std::exchange(m_textSignature, {}), m_storage);
}

/// The message of the assistant that the next call goes to.
json::object &ResponsesInput::assistant(const JsonPath &path)
{
    if (m_assistant == 0) {
        add({{{"role", "assistant"}}, m_storage}, path);
        m_assistant = m_messages.size();
    }
    return m_messages[m_assistant - 1].as_object();
}

/// Writes the results of the calls made last. Gemini wants them right behind, in one turn.
Result<void> ResponsesInput::closeCalls()
{
    const JsonPath root;
    const JsonPath input(root, "input");
    for (const std::string_view id : m_open) {
        const auto found = m_outputs.find(id);
        if (found == m_outputs.end() || found->second.used)
            return noOutput(id);
        found->second.used = true;
        const JsonPath path(input, found->second.index);
        const json::value *output = givenField(*found->second.item, "output");
        const JsonPath outputPath(path, "output");
        if (!output)
            return refuseMissing(outputPath);
        Result<json::value> content = contentOf(*output, outputPath);
        if (!content)
            return fail(content.error());
        json::object message({{"role", "tool"}, {"tool_call_id", id}}, m_storage);
        message.emplace("content", std::move(*content));
        add(std::move(message), path);
    }
    if (!m_open.empty())
        m_assistant = 0;
    m_open.clear();
    return {};
}

void ResponsesInput::add(json::object message, const JsonPath &path)
{
    m_messages.push_back(std::move(message));
    m_places.push_back(path.text());
    m_assistant = 0;
}

} // namespace Gateway
