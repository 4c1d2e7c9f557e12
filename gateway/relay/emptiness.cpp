#include "gateway/relay/emptiness.h"

#include <algorithm>
#include <array>

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 9> TELLING_MEMBERS{
    "\"functionCall\"",        "\"inlineData\"",  "\"fileData\"", "\"executableCode\"",   "\"toolCall\"",
    "\"codeExecutionResult\"", "\"blockReason\"", "\"error\"",    "\"continuationToken\""};

/// The value behind the member name that ends at `at`, without blanks in front; empty when none follows.
std::string_view valueBehind(std::string_view json, std::size_t at)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t colon = json.find_first_not_of(blanks, at);
    if (colon == std::string_view::npos || json[colon] != ':')
        return {};
    const std::size_t value = json.find_first_not_of(blanks, colon + 1);
    return value == std::string_view::npos ? std::string_view() : json.substr(value);
}

template <typename Judge>
bool anyMember(std::string_view json, std::string_view quotedName, Judge judge)
{
    for (std::size_t at = json.find(quotedName); at != std::string_view::npos;
         at = json.find(quotedName, at + 1)) {
        const std::string_view value = valueBehind(json, at + quotedName.size());
        if (!value.empty() && judge(value))
            return true;
    }
    return false;
}

} // namespace

bool tellsSomething(std::string_view json)
{
    const auto hasText = [](std::string_view value) {
        return value.size() > 1 && value.front() == '"' && value[1] != '"';
    };
    if (anyMember(json, "\"text\"", hasText)) // nearly always the first event's first look
        return true;
    const auto isThere = [](std::string_view value) { return !value.starts_with("null"); };
    if (std::any_of(TELLING_MEMBERS.begin(), TELLING_MEMBERS.end(),
                    [&](std::string_view name) { return anyMember(json, name, isThere); }))
        return true;
    return anyMember(json, "\"finishReason\"", [](std::string_view value) {
        return value.front() == '"' && !value.starts_with("\"STOP\"") &&
               !value.starts_with("\"FINISH_REASON_UNSPECIFIED\"");
    });
}

} // namespace Gateway
