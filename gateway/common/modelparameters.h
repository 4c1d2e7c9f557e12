#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/result.h"
#include "gateway/common/text.h"

namespace Gateway {

/// How hard a model is told to think.
struct ThinkingWish
{
    enum class Effort : std::uint8_t { Off, Minimal, Low, Medium, High, Automatic, Tokens };
    Effort effort = Effort::Automatic;
    std::int64_t tokens = 0; ///< With Effort::Tokens: a budget.

    /// "off", "minimal", "low", "medium", "high", "auto" or a number of tokens.
    static std::optional<ThinkingWish> parse(std::string_view text);

    bool operator==(const ThinkingWish &other) const = default;
};

/// A value for a member of a request: for requests that have none, or (`wins`) in place of the client's too.
template <typename Value>
struct Wish
{
    Value value{};
    bool wins = false;
    bool operator==(const Wish &other) const = default;
};

/// What a request to Gemini is given beside what its client asked. Nothing set changes nothing.
struct ModelParameters
{
    std::optional<Wish<ThinkingWish>> thinking;
    std::optional<Wish<double>> temperature;
    std::optional<Wish<double>> topP;
    std::optional<Wish<std::int64_t>> topK;
    std::optional<Wish<std::int64_t>> maxTokens;
    std::optional<Wish<std::int64_t>> dimensions; ///< Of embeddings.
    std::optional<Wish<std::string>> safety;      ///< A HarmBlockThreshold, for every category.
    std::optional<bool> search;                   ///< The tools of Google's.
    std::optional<bool> urlContext;
    std::optional<bool> codeExecution;
    std::optional<bool> image; ///< Pictures may be in the answer.
    std::optional<std::string> systemBefore;
    std::optional<std::string> systemAfter;
    Headers headers; ///< Of the call to Google, as parseExtraHeaders() takes them.

    /// Sets one parameter: "thinking" and "low", "temperature" and "0.2!" (which wins over the client's),
    /// "search" and "" (on). Fails with 400 "invalid_parameter", whose text says what the parameter takes.
    Result<void> set(std::string_view name, std::string_view value);

    /// What is set in `stronger` takes the place of what is set here; of headers, those of the same name.
    void add(const ModelParameters &stronger);

    bool isEmpty() const { return *this == ModelParameters(); }
    /// Whether more is set than headers.
    bool changesBodies() const;
    bool operator==(const ModelParameters &other) const = default;
};

using ModelParametersPtr = std::shared_ptr<const ModelParameters>;

/// `weaker` with what is set in `stronger`; null stands for nothing. New ones only where both are there.
ModelParametersPtr combined(const ModelParametersPtr &weaker, const ModelParametersPtr &stronger);

/// "off" → "OFF", "none" → "BLOCK_NONE", "high", "medium", "low": what is blocked, from that probability on
/// (ai.google.dev/api/generate-content#HarmBlockThreshold). Empty for any other word.
std::string_view harmBlockThreshold(std::string_view word);

} // namespace Gateway
