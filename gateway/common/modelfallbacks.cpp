#include "gateway/common/modelfallbacks.h"

#include <algorithm>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FALLBACK_RULES = 100;
constexpr std::size_t MAX_MODELS = 8; // each may cost a request its attempts

tl::unexpected<Error> badRule(std::string_view rule, const std::string &why)
{
    return fail(400, "invalid_fallbacks", "In \"" + std::string(rule) + "\" " + why);
}

bool isModelName(std::string_view text, bool mayHaveStars)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == '_' || c == '/' || c == '@' || (mayHaveStars && c == '*');
    });
}

} // namespace

Result<ModelFallbacks::Rule> ModelFallbacks::parseRule(std::string_view text)
{
    const std::size_t arrow = text.find('>');
    if (arrow == std::string_view::npos)
        return badRule(text, "there is no '>' between the model and those that stand in for it.");
    Rule rule;
    rule.pattern = withoutModels(trimmed(text.substr(0, arrow)));
    if (!isModelName(rule.pattern, true))
        return badRule(text, "a model's name or a pattern with * has to stand before '>'.");
    for (const std::string &piece : splitList(text.substr(arrow + 1), ",")) {
        const std::string_view model = withoutModels(piece);
        if (model.find('>') != std::string_view::npos)
            return badRule(text, "there are two '>'; a comma goes between models, a ';' between rules.");
        if (!isModelName(model, false))
            return badRule(text,
                           "\"" + piece + "\" is no model's name; a pattern may only stand before '>'.");
        if (std::find(rule.models.begin(), rule.models.end(), model) != rule.models.end())
            return badRule(text, "\"" + piece + "\" stands twice.");
        rule.models.emplace_back(model);
    }
    if (rule.models.empty())
        return badRule(text, "no model stands after '>'.");
    if (rule.models.size() > MAX_MODELS)
        return badRule(text, "more than " + std::to_string(MAX_MODELS) + " models stand after '>'.");
    return rule;
}

Result<ModelFallbacks> ModelFallbacks::parse(std::string_view text)
{
    ModelFallbacks fallbacks;
    for (const std::string &piece : splitList(text, ";\n")) {
        Result<Rule> rule = parseRule(piece);
        if (!rule)
            return tl::unexpected<Error>(std::move(rule.error()));
        const auto same = [&](const Rule &other) { return other.pattern == rule->pattern; };
        if (std::any_of(fallbacks.m_rules.begin(), fallbacks.m_rules.end(), same))
            return badRule(piece, "\"" + rule->pattern + "\" has a rule already.");
        fallbacks.m_rules.push_back(std::move(*rule));
        if (fallbacks.m_rules.size() > MAX_FALLBACK_RULES)
            return badRule(piece, "there is rule " + std::to_string(MAX_FALLBACK_RULES + 1) +
                                      ", which is too many.");
    }
    return fallbacks;
}

std::vector<std::string> ModelFallbacks::after(std::string_view model) const
{
    for (const Rule &rule : m_rules) {
        if (!matchesPattern(model, rule.pattern))
            continue;
        std::vector<std::string> models = rule.models;
        std::erase(models, model);
        return models;
    }
    return {};
}

} // namespace Gateway
