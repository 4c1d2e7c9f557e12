#include "gateway/common/modelaliases.h"

#include <algorithm>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_RULES = 100;

tl::unexpected<Error> wrong(std::string_view rule, const std::string &why)
{
    return fail(400, "invalid_aliases", "In \"" + std::string(rule) + "\" " + why);
}

/// Anything that clients call a model ("gpt-4o:latest"), but no blanks and nothing that rules are made of.
bool isName(std::string_view text, bool mayHaveStars)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return c > ' ' && c < 0x7f && c != '=' && c != ',' && (mayHaveStars || c != '*');
    });
}

std::string_view bareName(std::string_view model)
{
    constexpr std::string_view prefix = "models/";
    return model.starts_with(prefix) ? model.substr(prefix.size()) : model;
}

} // namespace

Result<ModelAliases::Rule> ModelAliases::parseRule(std::string_view text)
{
    const std::size_t sign = text.find('=');
    if (sign == std::string_view::npos)
        return wrong(text, "there is no '=' between the name and the model that it stands for.");
    Rule rule;
    rule.pattern = bareName(trimmed(text.substr(0, sign)));
    rule.model = bareName(trimmed(text.substr(sign + 1)));
    if (!isName(rule.pattern, true))
        return wrong(text, "a name or a pattern with * has to stand before '='.");
    if (!isName(rule.model, false))
        return wrong(text, "one model's name has to stand after '='; a comma goes between rules.");
    return rule;
}

Result<ModelAliases> ModelAliases::parse(std::string_view text)
{
    ModelAliases aliases;
    for (const std::string &piece : splitList(text, ",\n")) {
        Result<Rule> rule = parseRule(piece);
        if (!rule)
            return tl::unexpected<Error>(std::move(rule.error()));
        const auto same = [&](const Rule &other) { return other.pattern == rule->pattern; };
        if (std::any_of(aliases.m_rules.begin(), aliases.m_rules.end(), same))
            return wrong(piece, "\"" + rule->pattern + "\" has a rule already.");
        aliases.m_rules.push_back(std::move(*rule));
        if (aliases.m_rules.size() > MAX_RULES)
            return wrong(piece, "there is rule " + std::to_string(MAX_RULES + 1) + ", which is too many.");
    }
    return aliases;
}

std::optional<std::string> ModelAliases::modelFor(std::string_view name) const
{
    for (const Rule &rule : m_rules) {
        if (matchesPattern(name, rule.pattern))
            return rule.model == name ? std::nullopt : std::optional(rule.model);
    }
    return std::nullopt;
}

} // namespace Gateway
