#include "gateway/common/modelparameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/common/extraheaders.h"

namespace Gateway {

namespace {

using Effort = ThinkingWish::Effort;

constexpr std::array<std::pair<std::string_view, Effort>, 6> EFFORTS{{{"off", Effort::Off},
                                                                      {"minimal", Effort::Minimal},
                                                                      {"low", Effort::Low},
                                                                      {"medium", Effort::Medium},
                                                                      {"high", Effort::High},
                                                                      {"auto", Effort::Automatic}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> THRESHOLDS{
    {{"off", "OFF"},
     {"none", "BLOCK_NONE"},
     {"high", "BLOCK_ONLY_HIGH"},
     {"medium", "BLOCK_MEDIUM_AND_ABOVE"},
     {"low", "BLOCK_LOW_AND_ABOVE"}}};

constexpr std::int64_t MOST_TOKENS = 1'000'000;

tl::unexpected<Error> badValue(std::string_view name, std::string_view allowed)
{
    return fail(400, "invalid_parameter",
                "the parameter \"" + std::string(name) + "\" takes " + std::string(allowed) + ".");
}

template <typename Number>
std::optional<Number> numberIn(std::string_view text, Number least, Number most)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

bool takeMark(std::string_view &value)
{
    const bool wins = value.ends_with('!');
    if (wins)
        value = trimmed(value.substr(0, value.size() - 1));
    return wins;
}

template <typename Number>
Result<void> setNumber(std::optional<Wish<Number>> &target, std::string_view name, std::string_view value,
                       Number least, Number most, std::string_view allowed)
{
    const bool wins = takeMark(value);
    const std::optional<Number> number = numberIn(value, least, most);
    if (!number)
        return badValue(name, allowed);
    target = Wish<Number>{*number, wins};
    return {};
}

Result<void> setFlag(std::optional<bool> &target, std::string_view name, std::string_view value)
{
    if (!value.empty() && value != "on" && value != "off")
        return badValue(name, "nothing, on or off");
    target = value != "off";
    return {};
}

Result<void> setThinking(std::optional<Wish<ThinkingWish>> &target, std::string_view value)
{
    const bool wins = takeMark(value);
    const std::optional<ThinkingWish> wish = ThinkingWish::parse(value);
    if (!wish)
        return badValue("thinking", "off, minimal, low, medium, high, auto or a number of tokens");
    target = Wish<ThinkingWish>{*wish, wins};
    return {};
}

Result<void> setSafety(std::optional<Wish<std::string>> &target, std::string_view value)
{
    const bool wins = takeMark(value);
    const std::string_view threshold = harmBlockThreshold(value);
    if (threshold.empty())
        return badValue("safety", "off, none, high, medium or low");
    target = Wish<std::string>{std::string(threshold), wins};
    return {};
}

Result<void> setText(std::optional<std::string> &target, std::string_view name, std::string_view value)
{
    if (value.empty())
        return badValue(name, "a text");
    target = value;
    return {};
}

Result<void> setHeaders(Headers &target, std::string_view value)
{
    Result<Headers> headers = parseExtraHeaders(value);
    if (!headers)
        return fail(400, "invalid_parameter", "the headers are wrong. " + headers.error().text);
    target = std::move(*headers);
    return {};
}

template <typename Value>
void take(std::optional<Value> &target, const std::optional<Value> &stronger)
{
    if (stronger)
        target = stronger;
}

} // namespace

std::optional<ThinkingWish> ThinkingWish::parse(std::string_view text)
{
    const auto *found = std::find_if(EFFORTS.begin(), EFFORTS.end(),
                                     [text](const auto &effort) { return effort.first == text; });
    if (found != EFFORTS.end())
        return ThinkingWish{found->second, 0};
    const auto tokens = numberIn<std::int64_t>(text, 0, MOST_TOKENS);
    return tokens ? std::optional(ThinkingWish{Effort::Tokens, *tokens}) : std::nullopt;
}

std::string_view harmBlockThreshold(std::string_view word)
{
    const auto *found = std::find_if(THRESHOLDS.begin(), THRESHOLDS.end(),
                                     [word](const auto &threshold) { return threshold.first == word; });
    return found == THRESHOLDS.end() ? std::string_view() : found->second;
}

Result<void> ModelParameters::set(std::string_view name, std::string_view value)
{
    constexpr std::int64_t ONE = 1;
    if (name == "thinking")
        return setThinking(thinking, value);
    if (name == "temperature")
        return setNumber(temperature, name, value, 0.0, 2.0, "a number from 0 to 2");
    if (name == "top_p")
        return setNumber(topP, name, value, 0.0, 1.0, "a number from 0 to 1");
    if (name == "top_k")
        return setNumber(topK, name, value, ONE, MOST_TOKENS, "a whole number from 1");
    if (name == "max_tokens")
        return setNumber(maxTokens, name, value, ONE, MOST_TOKENS, "a whole number from 1");
    if (name == "dimensions")
        return setNumber(dimensions, name, value, ONE, MOST_TOKENS, "a whole number from 1");
    if (name == "safety")
        return setSafety(safety, value);
    if (name == "search")
        return setFlag(search, name, value);
    if (name == "url_context")
        return setFlag(urlContext, name, value);
    if (name == "code_execution")
        return setFlag(codeExecution, name, value);
    if (name == "image")
        return setFlag(image, name, value);
    if (name == "system_before")
        return setText(systemBefore, name, value);
    if (name == "system_after")
        return setText(systemAfter, name, value);
    if (name == "headers")
        return setHeaders(headers, value);
    return fail(400, "invalid_parameter", "there is no parameter \"" + std::string(name) + "\".");
}

void ModelParameters::add(const ModelParameters &stronger)
{
    take(thinking, stronger.thinking);
    take(temperature, stronger.temperature);
    take(topP, stronger.topP);
    take(topK, stronger.topK);
    take(maxTokens, stronger.maxTokens);
    take(dimensions, stronger.dimensions);
    take(safety, stronger.safety);
    take(search, stronger.search);
    take(urlContext, stronger.urlContext);
    take(codeExecution, stronger.codeExecution);
    take(image, stronger.image);
    take(systemBefore, stronger.systemBefore);
    take(systemAfter, stronger.systemAfter);
    for (const auto &[name, value] : stronger.headers) {
        std::erase_if(headers, [&replaced = name](const auto &header) {
            return equalsIgnoreCase(header.first, replaced);
        });
    }
    headers.insert(headers.end(), stronger.headers.begin(), stronger.headers.end());
}

bool ModelParameters::changesBodies() const
{
    return thinking || temperature || topP || topK || maxTokens || dimensions || safety || search ||
           urlContext || codeExecution || image || systemBefore || systemAfter;
}

ModelParametersPtr combined(const ModelParametersPtr &weaker, const ModelParametersPtr &stronger)
{
    if (!weaker || !stronger)
        return weaker ? weaker : stronger;
    ModelParameters sum = *weaker;
    sum.add(*stronger);
    return std::make_shared<const ModelParameters>(std::move(sum));
}

} // namespace Gateway
