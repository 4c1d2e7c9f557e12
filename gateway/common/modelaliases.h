#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/modelparameters.h"
#include "gateway/common/result.h"

namespace Gateway {

/// What a name that clients ask for stands for.
struct ModelAlias
{
    std::string name;              ///< A name, or a pattern with `*`.
    std::string target;            ///< A model without "models/", or a kind of models ("@flash").
    ModelParametersPtr parameters; ///< Null: none.
    bool isPattern() const { return name.find('*') != std::string::npos; }
};

/// Which Gemini model is meant by a name. Written as rules between commas or new lines, each with parameters
/// behind semicolons: "claude-*haiku*=gemini-x, fast=@flash; thinking=low; system_before="Be brief."". Left
/// of '=' is a name or a pattern with `*`. A name counts before patterns, of these the first that matches.
/// An alias of an alias is none.
class ModelAliases
{
public:
    ModelAliases() = default;

    /// Fails with 400 "invalid_aliases"; the text quotes the rule that is wrong and says why.
    static Result<ModelAliases> parse(std::string_view text);

    /// The rule for `name` (without "models/"); null when there is none.
    const ModelAlias *find(std::string_view name) const;
    /// Likewise, without the patterns.
    const ModelAlias *findExact(std::string_view name) const;

    std::span<const ModelAlias> rules() const { return m_rules; }

    /// What OpenAI's and Anthropic's own names stand for: Gemini's models of the same standing.
    static const ModelAliases &vendors();

private:
    struct NameHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    Result<void> add(std::string_view rule);

    std::vector<ModelAlias> m_rules;
    std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> m_byName; ///< No patterns.
    std::vector<std::size_t> m_patterns;
};

} // namespace Gateway
