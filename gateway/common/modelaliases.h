#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// Which Gemini model is meant by a name that is not Gemini's. Written as rules between commas or new lines:
/// "claude-*haiku*=gemini-x, claude-*=gemini-y". Left of '=' is a name or a pattern with `*`; the first rule
/// that matches counts. An alias of an alias is none.
class ModelAliases
{
public:
    ModelAliases() = default;

    /// Fails with 400 "invalid_aliases"; the text quotes the rule that is wrong and says why.
    static Result<ModelAliases> parse(std::string_view text);

    /// The model that `name` (without "models/") stands for; nothing when it is a name of its own.
    std::optional<std::string> modelFor(std::string_view name) const;

private:
    struct Rule
    {
        std::string pattern;
        std::string model;
    };
    static Result<Rule> parseRule(std::string_view text);

    std::vector<Rule> m_rules;
};

} // namespace Gateway
