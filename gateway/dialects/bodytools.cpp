#include "gateway/dialects/bodytools.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "gateway/dialects/bodymembers.h"

namespace Gateway {

namespace {

constexpr Member FUNCTIONS{"functionDeclarations", "function_declarations"};
constexpr Member SEARCH{"googleSearch", "google_search"};
constexpr Member URL_CONTEXT{"urlContext", "url_context"};
constexpr Member CODE{"codeExecution", "code_execution"};
constexpr Member TOOL_CONFIG{"toolConfig", "tool_config"};
constexpr Member MIXES{"includeServerSideToolInvocations", "include_server_side_tool_invocations"};
constexpr Member CONFIG{"generationConfig", "generation_config"};
constexpr Member MIME{"responseMimeType", "response_mime_type"};

bool isNamed(std::string_view model, std::string_view part)
{
    return model.find(part) != std::string_view::npos;
}

/// What is among a request's tools.
struct Tools
{
    bool functions = false;
    bool search = false;
    bool urlContext = false;
    bool code = false;
    bool others = false; ///< Maps, files, a computer: they bear none of the above, or their own search.
};

bool isOneOf(std::string_view name, std::initializer_list<Member> members)
{
    return std::any_of(members.begin(), members.end(),
                       [name](const Member &member) { return name == member.camel || name == member.snake; });
}

Tools toolsIn(json::object &request)
{
    Tools tools;
    const json::value *given = request.if_contains("tools");
    if (!given)
        return tools;
    const json::array single{*given};
    for (const json::value &tool : given->is_array() ? given->get_array() : single) {
        if (!tool.is_object())
            continue;
        for (const json::key_value_pair &member : tool.get_object()) {
            tools.functions = tools.functions || isOneOf(member.key(), {FUNCTIONS});
            tools.search = tools.search || isOneOf(member.key(), {SEARCH});
            tools.urlContext = tools.urlContext || isOneOf(member.key(), {URL_CONTEXT});
            tools.code = tools.code || isOneOf(member.key(), {CODE});
            tools.others = tools.others || !isOneOf(member.key(), {FUNCTIONS, SEARCH, URL_CONTEXT, CODE});
        }
    }
    return tools;
}

bool flagIn(json::object &request, const Member &parent, const Member &member)
{
    json::value *value = findMember(request, parent);
    value = value && value->is_object() ? findMember(value->get_object(), member) : nullptr;
    return value && value->is_bool() && value->get_bool();
}

bool answersInJson(json::object &request)
{
    json::value *value = findMember(request, CONFIG);
    value = value && value->is_object() ? findMember(value->get_object(), MIME) : nullptr;
    return value && value->is_string() && value->get_string() != "text/plain";
}

/// Beside functions Google's tools need a flag (toolConfig.includeServerSideToolInvocations, Gemini 3), and
/// with it every later request has to bring back parts that clients of other dialects have never seen: only
/// a client that sets the flag itself gets both.
bool bearsGoogleTools(json::object &request, const ModelFamily &family, const Tools &tools)
{
    if (tools.others || (tools.functions && !flagIn(request, TOOL_CONFIG, MIXES)))
        return false;
    return family.mediaResults || !answersInJson(request);
}

} // namespace

bool addGoogleTools(json::object &request, std::string_view model, const ModelFamily &family,
                    const ModelParameters &parameters)
{
    if (!model.starts_with("gemini-") || isNamed(model, "tts"))
        return false;
    const Tools tools = toolsIn(request);
    const bool answersInWords = !isNamed(model, "image");
    struct Wanted
    {
        bool isWanted;
        std::string_view name;
    };
    const std::array<Wanted, 3> all{
        {{parameters.search.value_or(false) && !tools.search && (answersInWords || family.mediaResults),
          SEARCH.camel},
         {parameters.urlContext.value_or(false) && !tools.urlContext && answersInWords, URL_CONTEXT.camel},
         {parameters.codeExecution.value_or(false) && !tools.code && answersInWords, CODE.camel}}};
    if (std::none_of(all.begin(), all.end(), [](const Wanted &one) { return one.isWanted; }) ||
        !bearsGoogleTools(request, family, tools))
        return false;
    json::array &list = *arrayMember(request, "tools");
    for (const Wanted &one : all) {
        if (one.isWanted)
            list.push_back(json::object{{one.name, json::object()}});
    }
    return true;
}

} // namespace Gateway
