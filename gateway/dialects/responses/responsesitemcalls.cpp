// Items that tell what was called: the client's functions, code that Gemini ran, its search, pictures.
#include <algorithm>

#include "gateway/dialects/responses/responsesitems.h"
#include "gateway/dialects/responses/responsessignature.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_QUERIES = 50;

std::string itemHead(std::string_view id, std::string_view rest)
{
    std::string item = "{\"id\":";
    appendJsonString(item, id);
    item += ',';
    item += rest;
    return item;
}

std::string argumentsOf(const json::object &call)
{
    return objectAt(call, "args") ? toJson(call.at("args")) : std::string("{}");
}

/// `,"call_id":…,"name":…`, with the namespace where the tool has one.
std::string callTail(const ResponsesForm &form, const json::object &call, std::string_view callId)
{
    const std::string_view name = stringAt(call, "name");
    const auto spaced = std::ranges::find(form.namespaced, name, &NamespacedTool::joined);
    std::string tail;
    appendJsonMember(tail, "call_id", callId);
    appendJsonMember(tail, "name", spaced == form.namespaced.end() ? name : std::string_view(spaced->name));
    if (spaced != form.namespaced.end())
        appendJsonMember(tail, "namespace", spaced->space);
    return tail;
}

/// The text a freeform tool was given; all arguments where the model left the name out.
std::string inputOf(const json::object &call)
{
    const json::object *args = objectAt(call, "args");
    const json::value *input = args ? args->if_contains("input") : nullptr;
    return input && input->is_string() ? std::string(input->get_string()) : argumentsOf(call);
}

} // namespace

/// The signature of a call stands in the reasoning item before it.
void ResponsesItems::addCall(const GeminiPart &part)
{
    if (m_form.singleCall && m_callCount > 0)
        return;
    ++m_callCount;
    m_saidAnything = true;
    const std::string callId = m_calls.takeId(part);
    const std::string sealed =
        m_form.encrypted && !part.signature.empty() ? sealedSignature(callId, part.signature) : std::string();
    const bool isReasoning = m_open == Open::Reasoning;
    if (isReasoning)
        closeReasoning(sealed);
    else
        close();
    if (!isReasoning && !sealed.empty())
        addSealed(sealed);
    const std::string_view name = stringAt(*part.object, "name");
    const bool isCustom = std::ranges::find(m_form.customTools, name) != m_form.customTools.end();
    isCustom ? addCustomCall(part, callId) : addFunctionCall(part, callId);
}

void ResponsesItems::addFunctionCall(const GeminiPart &part, const std::string &callId)
{
    const std::string tail = callTail(m_form, *part.object, callId);
    const std::string id =
        open("fc_", R"("type":"function_call","status":"in_progress","arguments":"")" + tail);
    const std::string arguments = argumentsOf(*part.object);
    if (m_events.beginOf("response.function_call_arguments.delta", id, m_index))
        m_events.text("delta", arguments).end();
    if (m_events.beginOf("response.function_call_arguments.done", id, m_index))
        m_events.text("name", stringAt(*part.object, "name")).text("arguments", arguments).end();
    std::string item = itemHead(id, R"("type":"function_call","status":"completed")");
    appendJsonMember(item, "arguments", arguments);
    tellDone(item + tail + '}');
}

void ResponsesItems::addCustomCall(const GeminiPart &part, const std::string &callId)
{
    const std::string tail = callTail(m_form, *part.object, callId);
    const std::string id =
        open("ctc_", R"("type":"custom_tool_call","status":"in_progress","input":"")" + tail);
    const std::string input = inputOf(*part.object);
    if (m_events.beginOf("response.custom_tool_call_input.delta", id, m_index))
        m_events.text("delta", input).end();
    if (m_events.beginOf("response.custom_tool_call_input.done", id, m_index))
        m_events.text("input", input).end();
    std::string item = itemHead(id, R"("type":"custom_tool_call","status":"completed")");
    appendJsonMember(item, "input", input);
    tellDone(item + tail + '}');
}

void ResponsesItems::addCode(const GeminiPart &part)
{
    close();
    m_saidAnything = true;
    m_itemId = open("ci_", R"("type":"code_interpreter_call","status":"in_progress","code":"",)"
                           R"("container_id":"gemini","outputs":[])");
    m_open = Open::Code;
    m_text = stringAt(*part.object, "code");
    if (m_events.beginOf("response.code_interpreter_call.in_progress", m_itemId, m_index))
        m_events.end();
    if (m_events.beginOf("response.code_interpreter_call_code.delta", m_itemId, m_index))
        m_events.text("delta", m_text).end();
    if (m_events.beginOf("response.code_interpreter_call_code.done", m_itemId, m_index))
        m_events.text("code", m_text).end();
    if (m_events.beginOf("response.code_interpreter_call.interpreting", m_itemId, m_index))
        m_events.end();
}

void ResponsesItems::addCodeResult(const GeminiPart &part)
{
    if (m_open != Open::Code)
        return;
    m_logs += m_logs.empty() ? "" : ",";
    m_logs += R"({"type":"logs")";
    const std::string_view output = stringAt(*part.object, "output");
    appendJsonMember(m_logs, "logs", output.empty() ? stringAt(*part.object, "outcome") : output);
    m_logs += '}';
}

void ResponsesItems::closeCode()
{
    if (m_events.beginOf("response.code_interpreter_call.completed", m_itemId, m_index))
        m_events.end();
    std::string item = itemHead(m_itemId, R"("type":"code_interpreter_call","status":"completed")");
    appendJsonMember(item, "code", m_text);
    tellDone(item + R"(,"container_id":"gemini","outputs":[)" + m_logs + "]}");
}

/// Other media than pictures has no place among the items; it cannot be asked for either.
void ResponsesItems::addImage(const GeminiPart &part)
{
    const std::string_view type = stringAt(*part.object, "mimeType");
    constexpr std::string_view IMAGE = "image/";
    if (!type.starts_with(IMAGE))
        return;
    if (m_open == Open::Code) { // a plot of the code that ran
        m_logs += m_logs.empty() ? "" : ",";
        m_logs += R"({"type":"image")";
        appendJsonMember(m_logs, "url",
                         "data:" + std::string(type) + ";base64," +
                             std::string(stringAt(*part.object, "data")));
        m_logs += '}';
        return;
    }
    close();
    m_saidAnything = true;
    const std::string id =
        open("ig_", R"("type":"image_generation_call","status":"in_progress","result":null)");
    for (const std::string_view event :
         {"response.image_generation_call.in_progress", "response.image_generation_call.generating",
          "response.image_generation_call.completed"}) {
        if (m_events.beginOf(event, id, m_index))
            m_events.end();
    }
    std::string item = itemHead(id, R"("type":"image_generation_call","status":"completed")");
    appendJsonMember(item, "output_format", type.substr(IMAGE.size()));
    appendJsonMember(item, "result", stringAt(*part.object, "data"));
    tellDone(item + '}');
}

void ResponsesItems::readSearches(const json::object &grounding)
{
    const json::array *queries = arrayAt(grounding, "webSearchQueries");
    for (std::size_t i = 0; queries && i < queries->size() && m_queries.size() < MAX_QUERIES; ++i) {
        const json::string *query = (*queries)[i].if_string();
        if (query && std::ranges::find(m_queries, std::string_view(*query)) == m_queries.end())
            m_queries.emplace_back(*query);
    }
}

/// Gemini tells of its search with the answer's end, so that the item comes last.
void ResponsesItems::addSearch()
{
    if (m_queries.empty())
        return;
    const std::string id = open("ws_", R"("type":"web_search_call","status":"in_progress")");
    for (const std::string_view event :
         {"response.web_search_call.in_progress", "response.web_search_call.searching",
          "response.web_search_call.completed"}) {
        if (m_events.beginOf(event, id, m_index))
            m_events.end();
    }
    std::string item =
        itemHead(id, R"("type":"web_search_call","status":"completed","action":{"type":"search")");
    appendJsonMember(item, "query", m_queries.front());
    item += ",\"queries\":[";
    for (const std::string &query : m_queries) {
        item += &query == &m_queries.front() ? "" : ",";
        appendJsonString(item, query);
    }
    item += "],\"sources\":[";
    std::vector<std::string_view> told;
    for (const ChatAnswerSources::Place &place : m_sources.places(m_positions)) {
        if (std::ranges::find(told, place.url) != told.end())
            continue;
        item += told.empty() ? R"({"type":"url")" : R"(,{"type":"url")";
        appendJsonMember(item, "url", place.url);
        item += '}';
        told.push_back(place.url);
    }
    tellDone(item + "]}}");
}

} // namespace Gateway
