#include "gateway/dialects/responses/responsesrequest.h"

#include <algorithm>
#include <charconv>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/modelname.h"
#include "gateway/dialects/responses/responsesinput.h"
#include "gateway/dialects/responses/responsestools.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FIRST_BLOCK = 1 << 20;

/// Members that mean the same in a chat.
constexpr std::pair<std::string_view, std::string_view> SAME[] = {
    {"model", "model"},
    {"stream", "stream"},
    {"temperature", "temperature"},
    {"top_p", "top_p"},
    {"max_output_tokens", "max_completion_tokens"},
    {"parallel_tool_calls", "parallel_tool_calls"},
    {"service_tier", "service_tier"},
    {"top_logprobs", "top_logprobs"},
    {"google", "google"},
    {"extra_body", "extra_body"},
};

/// What a place in a chat is called here.
constexpr std::pair<std::string_view, std::string_view> RENAMED[] = {
    {"max_completion_tokens", "max_output_tokens"},
    {"reasoning_effort", "reasoning.effort"},
    {"response_format.json_schema", "text.format"},
    {"response_format", "text.format"},
    {".image_url.url", ".image_url"},
    {".file.", "."},
    {".function.", "."},
};

void replace(std::string &text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    if (at != std::string::npos)
        text.replace(at, from.size(), to);
}

bool includes(const json::object &body, std::string_view what)
{
    const json::array *include = arrayAt(body, "include");
    return include && std::any_of(include->begin(), include->end(), [what](const json::value &word) {
               return word.is_string() && std::string_view(word.get_string()) == what;
           });
}

/// `text.format` → `response_format`.
Result<void> addFormat(const json::object &body, json::object &chat)
{
    const JsonPath root;
    const Result<const json::object *> text = objectField(body, "text", root);
    if (!text)
        return fail(text.error());
    if (!*text)
        return {};
    const JsonPath textPath(root, "text");
    const Result<const json::object *> format = objectField(**text, "format", textPath);
    if (!format)
        return fail(format.error());
    if (!*format)
        return {};
    json::object told(chat.storage());
    const std::string_view type = stringAt(**format, "type");
    told.emplace("type", type);
    if (type == "json_schema")
        told.emplace("json_schema", **format);
    chat.emplace("response_format", std::move(told));
    return {};
}

/// `reasoning` → reasoning_effort, and whether thoughts are told.
Result<void> addReasoning(const json::object &body, json::object &chat, bool &summary)
{
    const JsonPath root;
    const Result<const json::object *> reasoning = objectField(body, "reasoning", root);
    if (!reasoning)
        return fail(reasoning.error());
    if (!*reasoning)
        return {};
    const JsonPath path(root, "reasoning");
    const Result<std::string_view> effort = textField(**reasoning, "effort", path);
    if (!effort)
        return fail(effort.error());
    for (const std::string_view name : {"summary", "generate_summary"}) {
        const Result<std::string_view> word = textField(**reasoning, name, path);
        if (!word)
            return fail(word.error());
        if (!word->empty() && *word != "auto" && *word != "concise" && *word != "detailed" && *word != "none")
            return refuse(JsonPath(path, name), "must be 'auto', 'concise' or 'detailed'.");
        summary = summary || (!word->empty() && *word != "none");
    }
    if (!effort->empty())
        chat.emplace("reasoning_effort", *effort);
    if (chat.contains("google") || chat.contains("extra_body") || *effort == "none" ||
        (effort->empty() && !summary))
        return {};
    json::object thinking({{"include_thoughts", summary}}, chat.storage());
    chat.emplace("google", json::object({{"thinking_config", std::move(thinking)}}, chat.storage()));
    return {};
}

Result<void> checkUnsupported(const json::object &body)
{
    const JsonPath root;
    if (givenField(body, "prompt"))
        return refuse(JsonPath(root, "prompt"), "cannot be honoured: prompt templates are kept by OpenAI.",
                      "unsupported_parameter");
    const Result<std::string_view> truncation = textField(body, "truncation", root);
    if (!truncation)
        return fail(truncation.error());
    if (!truncation->empty() && *truncation != "auto" && *truncation != "disabled")
        return refuse(JsonPath(root, "truncation"), "must be 'auto' or 'disabled'.");
    const Result<const json::array *> include = arrayField(body, "include", root);
    if (!include)
        return fail(include.error());
    const Result<const json::object *> metadata = objectField(body, "metadata", root);
    if (!metadata)
        return fail(metadata.error());
    return {};
}

} // namespace

Result<ResponsesRequest> ResponsesRequest::parse(std::string_view text, const TranslationContext &context)
{
    json::monotonic_resource memory(std::min(text.size() * 3, MAX_FIRST_BLOCK) + 4096);
    const Result<json::object> parsed = parseJsonObject(text, &memory);
    if (!parsed)
        return fail(parsed.error());
    const json::object &body = *parsed;
    ResponsesRequest request;
    json::object chat(&memory);
    for (const auto &[name, chatName] : SAME) {
        if (const json::value *value = givenField(body, name))
            chat.emplace(chatName, *value);
    }
    if (Result<void> done = checkUnsupported(body); !done)
        return fail(done.error());
    if (Result<void> done = addFormat(body, chat); !done)
        return fail(done.error());
    if (Result<void> done = addReasoning(body, chat, request.m_form.summary); !done)
        return fail(done.error());
    const Result<std::string_view> model = textField(body, "model", JsonPath());
    if (!model)
        return fail(model.error());
    const ModelFamily family = ModelFamily::of(modelIdOf(*model));
    ResponsesTools tools(body, family, chat);
    if (Result<void> done = tools.read(); !done)
        return fail(done.error());
    ResponsesInput input(&memory);
    if (Result<void> done = input.read(body); !done)
        return fail(done.error());
    request.m_places = input.takePlaces();
    request.m_tools = tools.places();
    request.m_warning = tools.warning();
    request.m_form.customTools = tools.customTools();
    request.m_form.namespaced = tools.namespacedTools();
    request.m_form.logprobs = includes(body, "message.output_text.logprobs") || chat.contains("top_logprobs");
    if (request.m_form.logprobs)
        chat.emplace("logprobs", true);
    chat.emplace("messages", input.takeMessages());
    Result<ChatRequest> read = ChatRequest::read(chat, text.size());
    if (!read)
        return fail(request.placed(read.error()));
    request.m_chat = std::move(*read);
    if (Result<void> done = request.readForm(body, context); !done)
        return fail(done.error());
    return request;
}

Result<void> ResponsesRequest::readForm(const json::object &body, const TranslationContext &context)
{
    const ChatOptions &options = m_chat.options();
    m_form.model = options.model;
    m_form.stream = options.stream;
    m_form.singleCall = !options.parallelToolCalls;
    m_form.encrypted = includes(body, "reasoning.encrypted_content");
    m_form.createdSeconds = context.createdSeconds;
    m_form.id = context.answerId;
    if (m_form.id.empty()) {
        std::string_view tail = context.requestId;
        if (tail.starts_with("req_"))
            tail.remove_prefix(std::string_view("req_").size());
        m_form.id = "resp_" + std::string(tail);
    }
    m_form.echo = responsesEcho(body, m_form.model);
    if (stringAt(body, "truncation") == "auto")
        m_warning +=
            std::string(m_warning.empty() ? "" : " ") + "Nothing is truncated: Gemini has no such mode.";
    return {};
}

Result<std::string> ResponsesRequest::geminiBody(const TranslationInputs &inputs)
{
    Result<std::string> body = m_chat.geminiBody(inputs);
    return body ? std::move(body) : Result<std::string>(fail(placed(body.error())));
}

Error ResponsesRequest::placed(Error error) const
{
    constexpr std::string_view MESSAGES = "messages[";
    constexpr std::string_view TOOLS = "tools[";
    std::string place = error.param;
    const bool isMessage = place.starts_with(MESSAGES);
    const bool isTool = place.starts_with(TOOLS);
    if (isMessage || isTool) {
        const std::size_t from = isMessage ? MESSAGES.size() : TOOLS.size();
        std::size_t index = 0;
        const char *const end = std::from_chars(place.data() + from, place.data() + place.size(), index).ptr;
        const std::string rest = place.substr(std::min(place.size(), std::size_t(end - place.data()) + 1));
        if (isMessage && index < m_places.size())
            place = m_places[index] + rest;
        else if (isTool && index < m_tools.size())
            place = "tools[" + std::to_string(m_tools[index]) + ']' + rest;
    } else if (place == "messages") {
        place = "input";
    }
    for (const auto &[chatWord, word] : RENAMED)
        replace(place, chatWord, word);
    if (!error.param.empty())
        replace(error.text, error.param, place);
    error.param = std::move(place);
    return error;
}

} // namespace Gateway
