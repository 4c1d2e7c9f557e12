#include "gateway/control/importexport/foreignvalues.h"

#include <algorithm>
#include <array>

#include "gateway/common/json.h"
#include "gateway/common/modelparameters.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// The members of a JSON object; none when it is no such thing.
json::object membersOf(std::string_view text)
{
    Result<json::object> parsed = parseJsonObject(trimmed(text));
    return parsed ? std::move(*parsed) : json::object();
}

void append(std::string &out, std::string_view separator, std::string_view piece)
{
    out += out.empty() ? std::string_view() : separator;
    out += piece;
}

} // namespace

std::vector<std::string> listOf(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('[')) {
        const Result<json::value> value = parseJson(text);
        const json::array *list = value ? value->if_array() : nullptr;
        std::vector<std::string> pieces;
        for (const json::value &piece : list ? *list : json::array()) {
            if (const json::string *word = piece.if_string(); word && !trimmed(*word).empty())
                pieces.emplace_back(trimmed(*word));
        }
        if (list)
            return pieces;
    }
    std::vector<std::string> pieces = splitList(text, ",\n[]\"'");
    return pieces;
}

std::string joinedList(std::string_view text)
{
    std::string joined;
    for (const std::string &piece : listOf(text))
        append(joined, ", ", piece);
    return joined;
}

std::string headersOf(std::string_view json)
{
    std::string headers;
    for (const json::key_value_pair &member : membersOf(json)) {
        if (const json::string *value = member.value().if_string())
            append(headers, "; ", std::string(member.key()) + ": " + std::string(*value));
    }
    return headers;
}

std::string budgetAliases(std::string_view json)
{
    std::string rules;
    const json::object budgets = membersOf(json);
    for (const json::key_value_pair &member : budgets) {
        const std::int64_t tokens = integerAt(budgets, member.key(), -2);
        const std::string name(member.key());
        if (tokens >= -1)
            append(rules, ", ",
                   name + '=' + name + "; thinking=" + (tokens < 0 ? "auto" : std::to_string(tokens)));
    }
    return rules;
}

std::set<std::string> thresholdsIn(std::string_view json)
{
    std::set<std::string> thresholds;
    const Result<json::value> parsed = parseJson(trimmed(json));
    const json::array *list = parsed ? parsed->if_array() : nullptr;
    for (const json::value &entry : list ? *list : json::array()) {
        if (const json::object *one = entry.if_object(); one && !stringAt(*one, "threshold").empty())
            thresholds.emplace(stringAt(*one, "threshold"));
    }
    return thresholds;
}

std::string_view wordOf(std::string_view threshold)
{
    constexpr std::array<std::string_view, 5> WORDS{"off", "none", "high", "medium", "low"};
    const auto *found = std::find_if(WORDS.begin(), WORDS.end(), [threshold](std::string_view word) {
        return harmBlockThreshold(word) == threshold;
    });
    return found == WORDS.end() ? std::string_view() : *found;
}

} // namespace Gateway
