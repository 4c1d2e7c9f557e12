#include "gateway/common/parametertext.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// A text in quotes is JSON's: "a\nb".
Result<std::string> valueOf(std::string_view text)
{
    if (!text.starts_with('"'))
        return std::string(text);
    const Result<json::value> parsed = parseJson(text);
    if (!parsed || !parsed->is_string())
        return fail(400, "invalid_parameter",
                    "a text has to stand between two quotes, with \\\" for one inside.");
    return std::string(parsed->get_string());
}

} // namespace

std::vector<std::string_view> unquotedPieces(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool isEnd = at == text.size();
        if (!isEnd && quoted && text[at] == '\\' && at + 1 < text.size()) {
            ++at;
            continue;
        }
        if (!isEnd && text[at] == '"')
            quoted = !quoted;
        if (!isEnd && (quoted || separators.find(text[at]) == std::string_view::npos))
            continue;
        if (const std::string_view piece = trimmed(text.substr(begin, at - begin)); !piece.empty())
            pieces.push_back(piece);
        begin = at + 1;
    }
    return pieces;
}

Result<ModelParametersPtr> modelParametersOf(std::span<const std::string_view> pieces)
{
    ModelParameters parameters;
    for (const std::string_view piece : pieces) {
        const std::size_t sign = std::min(piece.find('='), piece.size());
        std::string name(trimmed(piece.substr(0, sign)));
        std::replace(name.begin(), name.end(), '-', '_');
        Result<std::string> value = valueOf(trimmed(piece.substr(std::min(sign + 1, piece.size()))));
        if (!value)
            return tl::unexpected<Error>(std::move(value.error()));
        if (Result<void> done = parameters.set(name, *value); !done)
            return tl::unexpected<Error>(std::move(done.error()));
    }
    return parameters.isEmpty() ? nullptr : std::make_shared<const ModelParameters>(std::move(parameters));
}

Result<ModelParametersPtr> parseModelParameters(std::string_view text)
{
    return modelParametersOf(unquotedPieces(text, ";\n"));
}

} // namespace Gateway
