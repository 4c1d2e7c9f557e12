#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// What a client says to Gemini itself inside an OpenAI request
/// (ai.google.dev/gemini-api/docs/openai#extra-body): `google`, where OpenAI's SDKs put the content of their
/// extra_body, and `extra_body.google`, as it stands on the wire of those that do not. Names may be in snake
/// or camel case. Unknown ones are refused: dropping them would change what is asked.
class ChatGoogle
{
public:
    /// `body` must outlive this.
    static Result<ChatGoogle> read(const json::object &body);

    /// A member by its snake-case name, or null. `google` wins over `extra_body.google`.
    const json::value *find(std::string_view snakeName) const;

    /// Where the client wrote `snakeName`, for errors.
    std::string pathOf(std::string_view snakeName) const;

private:
    Result<void> add(const json::value *google, std::string_view path);

    struct Source
    {
        const json::object *object = nullptr;
        std::string_view path;
    };
    Source m_sources[2];
    int m_count = 0;
};

/// "thinking_budget" → "thinkingBudget".
std::string camelCase(std::string_view snakeName);

/// Appends `value` with all member names in camel case down to `depth` levels of objects. Only for messages
/// of Gemini, never where a name may be the client's own (labels, properties of a schema).
void appendCamelCase(std::string &out, const json::value &value, int depth);

} // namespace Gateway
