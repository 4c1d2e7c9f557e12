#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// Which models stand in for one that cannot serve. Written as rules between ';' or new lines:
/// "gemini-x > gemini-y, gemini-z; *-pro* > gemini-y". Left of '>' is a model's name or a pattern with `*`,
/// right of it the models in the order in which they are asked. The first rule that matches counts.
class ModelFallbacks
{
public:
    ModelFallbacks() = default;

    /// Fails with 400 "invalid_fallbacks"; the text quotes the rule that is wrong and says why.
    static Result<ModelFallbacks> parse(std::string_view text);

    /// The models after `model` (without "models/"), itself left out; empty when it has none.
    std::vector<std::string> after(std::string_view model) const;

    bool isEmpty() const { return m_rules.empty(); }

private:
    struct Rule
    {
        std::string pattern;
        std::vector<std::string> models;
    };
    static Result<Rule> parseRule(std::string_view text);

    std::vector<Rule> m_rules;
};

} // namespace Gateway
