#include "gateway/control/json/words.h"

#include <array>

namespace Gateway {

namespace {

using Word = std::string_view;

constexpr std::array<Word, 5> STATES{"starting", "serving", "not_serving", "stopping", "paused"};
constexpr std::array<Word, 4> KEY_STATUSES{"usable", "resting", "sidelined", "disabled"};
constexpr std::array<Word, 3> TIERS{"unknown", "free", "paid"};
constexpr std::array<Word, 2> KEY_KINDS{"gemini", "vertex"};
constexpr std::array<Word, 5> KEY_VERDICTS{"new", "known", "restored", "repeated", "malformed"};
constexpr std::array<Word, 3> FIND_KINDS{"token", "setting", "proxy"};
constexpr std::array<Word, 4> FIND_VERDICTS{"new", "known", "locked", "refused"};
constexpr std::array<Word, 2> EXPORT_FORMATS{"csv", "json"};
constexpr std::array<Word, 3> CHECK_SCOPES{"selected", "all", "failing"};
constexpr std::array<Word, 4> CHECK_VERDICTS{"good", "limited", "refused", "unclear"};
constexpr std::array<Word, QUOTA_KINDS> QUOTAS{"none",         "minute_requests", "minute_tokens",
                                               "day_requests", "day_tokens",      "spend"};
constexpr std::array<Word, 3> BREAKERS{"closed", "open", "half_open"};
constexpr std::array<Word, 5> DIALECTS{"gemini", "openai", "anthropic", "ollama", "admin"};
constexpr std::array<Word, 4> LEVELS{"debug", "info", "warning", "error"};
constexpr std::array<Word, 3> STEPS{"minute", "hour", "day"};

} // namespace

std::span<const std::string_view> wordsOf(GatewayStatus::State)
{
    return STATES;
}

std::span<const std::string_view> wordsOf(KeyStatus)
{
    return KEY_STATUSES;
}

std::span<const std::string_view> wordsOf(KeyTier)
{
    return TIERS;
}

std::span<const std::string_view> wordsOf(KeyKind)
{
    return KEY_KINDS;
}

std::span<const std::string_view> wordsOf(KeyVerdict)
{
    return KEY_VERDICTS;
}

std::span<const std::string_view> wordsOf(FindKind)
{
    return FIND_KINDS;
}

std::span<const std::string_view> wordsOf(FindVerdict)
{
    return FIND_VERDICTS;
}

std::span<const std::string_view> wordsOf(ExportFormat)
{
    return EXPORT_FORMATS;
}

std::span<const std::string_view> wordsOf(CheckScope)
{
    return CHECK_SCOPES;
}

std::span<const std::string_view> wordsOf(CheckVerdict)
{
    return CHECK_VERDICTS;
}

std::span<const std::string_view> wordsOf(QuotaKind)
{
    return QUOTAS;
}

std::span<const std::string_view> wordsOf(ModelBreaker)
{
    return BREAKERS;
}

std::span<const std::string_view> wordsOf(Dialect)
{
    return DIALECTS;
}

std::span<const std::string_view> wordsOf(LogLevel)
{
    return LEVELS;
}

std::span<const std::string_view> wordsOf(UsageStep)
{
    return STEPS;
}

std::string joinedWords(std::span<const std::string_view> words)
{
    std::string joined;
    for (const std::string_view word : words) {
        if (!joined.empty())
            joined += ", ";
        joined += word;
    }
    return joined;
}

} // namespace Gateway
