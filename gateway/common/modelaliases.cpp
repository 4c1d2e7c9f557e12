#include "gateway/common/modelaliases.h"

#include <algorithm>
#include <utility>

#include "gateway/common/modelkinds.h"
#include "gateway/common/parametertext.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_RULES = 100;

/// The best models go to the names that say so; all others go to Flash, which keys without billing have too.
/// Vectors keep the length that the name's owner gives them.
constexpr std::string_view VENDORS =
    "*claude*opus*=@pro, *claude*haiku*=@flash-lite, *claude*=@flash, "
    "gpt-image-*=@image, gpt-*-mini*=@flash-lite, gpt-*-nano*=@flash-lite, gpt-*-pro*=@pro, gpt-*=@flash, "
    "chatgpt-*=@flash, codex-mini*=@flash, codex-*=@pro, "
    "o1-mini*=@flash, o3-mini*=@flash, o4-mini*=@flash, o1*=@pro, o3*=@pro, o4*=@pro, "
    "text-embedding-3-large=@embedding; dimensions=3072, text-embedding-3-*=@embedding; dimensions=1536, "
    "text-embedding-ada-002=@embedding; dimensions=1536";

tl::unexpected<Error> wrong(std::string_view rule, const std::string &why)
{
    return fail(400, "invalid_aliases", "In \"" + std::string(rule) + "\" " + why);
}

/// Anything that clients call a model ("gpt-4o:latest"), but no blanks and nothing that rules are made of.
bool isName(std::string_view text, bool mayHaveStars)
{
    constexpr std::string_view signs = "=,;\"";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return c > ' ' && c < 0x7f && signs.find(c) == std::string_view::npos && (mayHaveStars || c != '*');
    });
}

} // namespace

Result<void> ModelAliases::add(std::string_view text)
{
    const std::vector<std::string_view> pieces = unquotedPieces(text, ";");
    const std::string_view head = pieces.empty() ? std::string_view() : pieces.front();
    const std::size_t sign = head.find('=');
    if (sign == std::string_view::npos)
        return wrong(text, "there is no '=' between the name and the model that it stands for.");
    ModelAlias rule;
    rule.name = withoutModels(trimmed(head.substr(0, sign)));
    rule.target = withoutModels(trimmed(head.substr(sign + 1)));
    if (!isName(rule.name, true))
        return wrong(text, "a name or a pattern with * has to stand before '='.");
    if (!isName(rule.target, false))
        return wrong(text, "one model's name has to stand after '='; a comma goes between rules, a semicolon "
                           "before a parameter.");
    if (rule.target.starts_with('@') && !kindOfTarget(rule.target))
        return wrong(text, "\"" + rule.target +
                               "\" is none of @pro, @flash, @flash-lite, @embedding, @image and @speech.");
    Result<ModelParametersPtr> parameters = modelParametersOf(std::span(pieces).subspan(1));
    if (!parameters)
        return wrong(head, parameters.error().text); // not all of it: a header may be a secret
    rule.parameters = std::move(*parameters);
    const auto same = [&](const ModelAlias &other) { return other.name == rule.name; };
    if (std::any_of(m_rules.begin(), m_rules.end(), same))
        return wrong(text, "\"" + rule.name + "\" has a rule already.");
    if (m_rules.size() == MAX_RULES)
        return wrong(text, "there is rule " + std::to_string(MAX_RULES + 1) + ", which is too many.");
    if (rule.isPattern())
        m_patterns.push_back(m_rules.size());
    else
        m_byName.emplace(rule.name, m_rules.size());
    m_rules.push_back(std::move(rule));
    return {};
}

Result<ModelAliases> ModelAliases::parse(std::string_view text)
{
    ModelAliases aliases;
    for (const std::string_view piece : unquotedPieces(text, ",\n")) {
        if (Result<void> added = aliases.add(piece); !added)
            return tl::unexpected<Error>(std::move(added.error()));
    }
    return aliases;
}

const ModelAlias *ModelAliases::findExact(std::string_view name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : &m_rules[found->second];
}

const ModelAlias *ModelAliases::find(std::string_view name) const
{
    if (const ModelAlias *exact = findExact(name))
        return exact;
    const auto found = std::find_if(m_patterns.begin(), m_patterns.end(), [&](std::size_t index) {
        return matchesPattern(name, m_rules[index].name);
    });
    return found == m_patterns.end() ? nullptr : &m_rules[*found];
}

const ModelAliases &ModelAliases::vendors()
{
    static const ModelAliases made = parse(VENDORS).value_or(ModelAliases());
    return made;
}

} // namespace Gateway
