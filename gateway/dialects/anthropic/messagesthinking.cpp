// How hard the model thinks, and whether the client sees it.
#include <algorithm>

#include "gateway/dialects/anthropic/messagesconfig.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/thinkingconfig.h"

namespace Gateway {

namespace {

constexpr std::int64_t AUTOMATIC = -1;
// Most that thinkingBudget takes (ai.google.dev/gemini-api/docs/thinking#set-budget).
constexpr std::int64_t MOST_FLASH = 24576;
constexpr std::int64_t MOST_PRO = 32768;
// Budgets from which on the next level is meant: between those Google gives its levels
// (ai.google.dev/gemini-api/docs/openai#thinking), 1024, 8192 and 24576.
constexpr std::int64_t MEDIUM_FROM = 4096;
constexpr std::int64_t HIGH_FROM = 16384;

struct Effort
{
    std::string_view word;
    std::string_view level;
    std::int64_t budget;
};

constexpr Effort EFFORTS[] = {
    {"low", "LOW", 1024},     {"medium", "MEDIUM", 8192}, {"high", "HIGH", 24576},
    {"xhigh", "HIGH", 24576}, {"max", "HIGH", 24576},
};

std::string_view levelOf(std::int64_t budget)
{
    if (budget < MEDIUM_FROM)
        return "LOW";
    return budget < HIGH_FROM ? "MEDIUM" : "HIGH";
}

} // namespace

Result<void> MessagesConfig::readEffort()
{
    const json::object *config = objectAt(m_body, "output_config"); // its kind was checked with the format
    if (!config)
        return {};
    const JsonPath path(m_root, "output_config");
    const Result<std::string_view> effort = textField(*config, "effort", path);
    if (!effort)
        return fail(effort.error());
    if (!effort->empty() && std::ranges::find(EFFORTS, *effort, &Effort::word) == std::end(EFFORTS))
        return refuse(JsonPath(path, "effort"), "must be 'low', 'medium', 'high', 'xhigh' or 'max'.");
    m_effort = *effort;
    return {};
}

/// A request without `thinking` asks for an answer without any, and its max_tokens leaves no room for it:
/// Gemini counts thoughts as output.
Result<void> MessagesConfig::readThinking(MessagesOptions &options)
{
    const JsonPath path(m_root, "thinking");
    const Result<const json::object *> thinking = objectField(m_body, "thinking", m_root);
    if (!thinking)
        return fail(thinking.error());
    std::string_view type = "disabled";
    if (*thinking) {
        const Result<std::string_view> given = neededText(**thinking, "type", path);
        if (!given)
            return fail(given.error());
        type = *given;
    }
    const auto *const effort = std::ranges::find(EFFORTS, m_effort, &Effort::word);
    if (type == "disabled") {
        if (effort == std::end(EFFORTS) || *thinking)
            thinkLittle(options.model);
        else
            think(effort->level, effort->budget, false);
        return {};
    }
    if (type != "enabled" && type != "adaptive")
        return refuse(JsonPath(path, "type"), "must be 'enabled', 'adaptive' or 'disabled'.");
    options.showThoughts = stringAt(**thinking, "display") != "omitted";
    if (type == "enabled") {
        const Result<std::optional<std::int64_t>> budget = wholeField(**thinking, "budget_tokens", path);
        const JsonPath budgetPath(path, "budget_tokens");
        if (!budget)
            return fail(budget.error());
        if (!*budget)
            return refuseMissing(budgetPath);
        if (**budget < 1)
            return refuse(budgetPath, "must be at least 1.");
        const bool pro = options.model.find("pro") != std::string::npos;
        think(levelOf(**budget),
              std::clamp<std::int64_t>(**budget, m_family.leastBudget, pro ? MOST_PRO : MOST_FLASH),
              options.showThoughts);
        return {};
    }
    if (effort == std::end(EFFORTS))
        think({}, AUTOMATIC, options.showThoughts);
    else
        think(effort->level, effort->budget, options.showThoughts);
    return {};
}

/// `level`: empty for the model's own choice.
void MessagesConfig::think(std::string_view level, std::int64_t budget, bool shown)
{
    const std::string json = thinkingConfig(m_family, level, budget, shown);
    if (!json.empty())
        add("thinkingConfig", json);
}

/// Models from 3 on cannot stop thinking; theirs is the least level.
void MessagesConfig::thinkLittle(std::string_view model)
{
    if (takesThinking(model))
        think(m_family.minimalLevel ? "MINIMAL" : "LOW", m_family.leastBudget, false);
}

} // namespace Gateway
