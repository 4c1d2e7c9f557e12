#include "gateway/dialects/continuedrequest.h"

#include <algorithm>
#include <initializer_list>

#include "gateway/common/json.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

namespace {

constexpr std::string_view GO_ON =
    "Your last answer was cut off. Go on exactly where it stopped: the first character of your reply is the "
    "one that comes next. Repeat nothing, and say nothing about this.";
constexpr std::int64_t BYTES_PER_TOKEN = 4; // of a text whose tokens nobody counted
constexpr std::int64_t LEAST_SLACK = 32;    // a model may stop a little before its limit
constexpr std::int64_t SLACK_PARTS = 50;

tl::unexpected<Error> cannot(std::string why)
{
    return fail(400, "cannot_continue", std::move(why));
}

/// The member under either of the names that Google reads.
json::value *memberOf(json::object &object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (json::value *value = object.if_contains(name); value && !value->is_null())
            return value;
    }
    return nullptr;
}

bool isPlainText(json::object &config)
{
    const json::value *type = memberOf(config, {"responseMimeType", "response_mime_type"});
    if (type && !(type->is_string() && (type->get_string().empty() || type->get_string() == "text/plain")))
        return false;
    if (memberOf(config, {"responseSchema", "response_schema", "responseJsonSchema", "response_json_schema",
                          "_responseJsonSchema", "responseFormat", "response_format"}))
        return false;
    const json::value *kinds = memberOf(config, {"responseModalities", "response_modalities"});
    const json::array *list = kinds ? kinds->if_array() : nullptr;
    return !list || std::all_of(list->begin(), list->end(), [](const json::value &kind) {
        return kind.is_string() && kind.get_string() == "TEXT";
    });
}

/// What is left of a limit of the client's own.
Result<void> lowerLimit(json::object &config, const PartialAnswer &partial)
{
    json::value *limit = memberOf(config, {"maxOutputTokens", "max_output_tokens"});
    if (!limit)
        return {};
    if (!limit->is_int64())
        return cannot("The limit of tokens is not a number.");
    const std::int64_t most = limit->get_int64();
    if (partial.isCut && partial.spentTokens < 0)
        return cannot("Nobody knows which limit cut the answer.");
    const auto guessed = static_cast<std::int64_t>(partial.said.size()) / BYTES_PER_TOKEN;
    const std::int64_t spent = partial.isCut ? partial.spentTokens : std::max(partial.spentTokens, guessed);
    if (most - spent <= std::max(LEAST_SLACK, most / SLACK_PARTS))
        return cannot("The client's own limit of tokens is reached.");
    *limit = most - spent;
    return {};
}

json::object turnOf(std::string_view role, std::string_view text)
{
    json::array parts;
    parts.push_back(json::object{{"text", text}});
    json::object turn;
    turn["role"] = role;
    turn["parts"] = std::move(parts);
    return turn;
}

} // namespace

Result<std::string> continuedBody(std::string_view asked, std::string_view model,
                                  const PartialAnswer &partial)
{
    Result<json::object> body = parseJsonObject(asked);
    if (!body)
        return cannot("The request is not plain JSON.");
    json::value *contents = body->if_contains("contents");
    if (!contents || !contents->is_array())
        return cannot("The request has no contents.");
    json::value *value = memberOf(*body, {"generationConfig", "generation_config"});
    if (json::object *config = value ? value->if_object() : nullptr) {
        const json::value *count = memberOf(*config, {"candidateCount", "candidate_count"});
        if (count && *count != 1)
            return cannot("The request wants several candidates.");
        if (!isPlainText(*config))
            return cannot("The answer has a form that cannot be joined.");
        if (Result<void> lowered = lowerLimit(*config, partial); !lowered)
            return tl::unexpected<Error>(std::move(lowered.error()));
    }
    if (!partial.said.empty()) {
        // Without its signatures: they sign the whole turn, and for one key's project.
        contents->get_array().push_back(turnOf("model", partial.said));
        if (!ModelFamily::of(model).goesOnModelTurn)
            contents->get_array().push_back(turnOf("user", GO_ON));
    }
    return toJson(*body);
}

} // namespace Gateway
