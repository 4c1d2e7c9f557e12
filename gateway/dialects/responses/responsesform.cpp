#include "gateway/dialects/responses/responsesform.h"

#include <algorithm>

namespace Gateway {

namespace {

struct Echoed
{
    std::string_view name;
    std::string_view otherwise; ///< JSON; empty: left out when the request has none.
};

constexpr Echoed ECHOED[] = {
    {"background", "false"},
    {"conversation", ""},
    {"instructions", "null"},
    {"max_output_tokens", "null"},
    {"max_tool_calls", "null"},
    {"parallel_tool_calls", "true"},
    {"previous_response_id", "null"},
    {"prompt_cache_key", ""},
    {"reasoning", ""},
    {"safety_identifier", "null"},
    {"service_tier", "\"default\""},
    {"store", "true"},
    {"temperature", "1.0"},
    {"text", ""},
    {"tool_choice", "\"auto\""},
    {"tools", "[]"},
    {"top_logprobs", "0"},
    {"top_p", "1.0"},
    {"truncation", "\"disabled\""},
    {"user", "null"},
    {"metadata", "{}"},
};

void appendReasoning(std::string &out, const json::value *given)
{
    const json::object *reasoning = given ? given->if_object() : nullptr;
    out += "{\"effort\":";
    const json::value *effort = reasoning ? reasoning->if_contains("effort") : nullptr;
    effort ? appendJson(out, *effort) : void(out += "null");
    const json::value *summary = reasoning ? reasoning->if_contains("summary") : nullptr;
    out += ",\"summary\":";
    summary ? appendJson(out, *summary) : void(out += "null");
    out += '}';
}

void appendText(std::string &out, const json::value *given)
{
    const json::object *text = given ? given->if_object() : nullptr;
    const json::object *format = text ? objectAt(*text, "format") : nullptr;
    out += "{\"format\":";
    format ? appendJson(out, text->at("format")) : void(out += "{\"type\":\"text\"}");
    const json::value *verbosity = text ? text->if_contains("verbosity") : nullptr;
    out += ",\"verbosity\":";
    verbosity && verbosity->is_string() ? appendJson(out, *verbosity) : void(out += "\"medium\"");
    out += '}';
}

/// A response tells the conversation as an object, whichever way it was given.
void appendConversation(std::string &out, const json::value &given)
{
    const json::object *object = given.if_object();
    out += "{\"id\":";
    const json::string *id = given.if_string();
    appendJsonString(out, object ? stringAt(*object, "id") : id ? std::string_view(*id) : std::string_view());
    out += '}';
}

void appendUsage(std::string &out, const GeminiUsage &usage)
{
    const auto count = [](std::int64_t tokens) { return std::to_string(std::max<std::int64_t>(tokens, 0)); };
    const std::int64_t input = usage.input();
    const std::int64_t output = usage.output();
    out += "{\"input_tokens\":" + count(input);
    out += ",\"input_tokens_details\":{\"cached_tokens\":" + count(usage.counts.cached);
    out += "},\"output_tokens\":" + count(output);
    out += ",\"output_tokens_details\":{\"reasoning_tokens\":" + count(usage.counts.thoughts);
    out += "},\"total_tokens\":" + count(input + output);
    out += '}';
}

} // namespace

std::string joinedToolName(std::string_view space, std::string_view name)
{
    std::string out(space);
    if (!out.empty())
        out += "__";
    return out.append(name);
}

std::string responsesEcho(const json::object &body, std::string_view model)
{
    std::string out = ",\"model\":";
    appendJsonString(out, model);
    for (const Echoed &echoed : ECHOED) {
        const json::value *given = body.if_contains(echoed.name);
        given = given && !given->is_null() ? given : nullptr;
        const bool isWritten = echoed.name == "reasoning" || echoed.name == "text";
        if (!given && !isWritten && echoed.otherwise.empty())
            continue;
        out += ",\"";
        out += echoed.name;
        out += "\":";
        if (echoed.name == "reasoning")
            appendReasoning(out, given);
        else if (echoed.name == "text")
            appendText(out, given);
        else if (echoed.name == "conversation")
            appendConversation(out, *given);
        else if (echoed.name == "service_tier" && given && *given == "auto")
            out += echoed.otherwise;
        else
            given ? appendJson(out, *given) : void(out += echoed.otherwise);
    }
    return out;
}

std::string_view responseErrorCode(const Error &error)
{
    if (error.code == "daily_quota_exhausted")
        return "insufficient_quota"; // waiting does not help today
    if (error.status == 429)
        return "rate_limit_exceeded";
    if (error.status == 400)
        return error.text.find("token count") == std::string::npos ? "invalid_prompt"
                                                                   : "context_length_exceeded";
    return error.status == 503 ? "server_is_overloaded" : "server_error";
}

void appendResponseError(std::string &out, const Error &error)
{
    out += "{\"code\":";
    appendJsonString(out, responseErrorCode(error));
    out += ",\"message\":";
    appendJsonString(out, error.text);
    out += '}';
}

void appendResponse(std::string &out, const ResponsesForm &form, const ResponsesState &state)
{
    out += "{\"id\":";
    appendJsonString(out, form.id);
    out += ",\"object\":\"response\",\"created_at\":" + std::to_string(form.createdSeconds);
    out += ",\"status\":";
    appendJsonString(out, state.status);
    out += ",\"error\":";
    state.error ? appendResponseError(out, *state.error) : void(out += "null");
    out += ",\"incomplete_details\":";
    if (state.incomplete.empty()) {
        out += "null";
    } else {
        out += "{\"reason\":";
        appendJsonString(out, state.incomplete);
        out += '}';
    }
    out += ",\"output\":[";
    out += state.output;
    out += ']';
    out += form.echo;
    out += ",\"usage\":";
    state.usage ? appendUsage(out, *state.usage) : void(out += "null");
    out += '}';
}

std::string responsesItemId(const ResponsesForm &form, std::string_view prefix, int number)
{
    const std::string_view id = form.id;
    const std::size_t line = id.find('_');
    std::string out(prefix);
    out += line == std::string_view::npos ? id : id.substr(line + 1);
    out += '_';
    out += std::to_string(number);
    return out;
}

} // namespace Gateway
