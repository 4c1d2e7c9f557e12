#include "gateway/dialects/geminianswer.h"

#include <algorithm>
#include <utility>

#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

/// More than any answer has; a sum of such counts is still a number.
constexpr std::int64_t MOST_TOKENS = 1'000'000'000'000;

std::string_view textOf(const json::value &value)
{
    const json::string *text = value.if_string();
    return text ? std::string_view(*text) : std::string_view();
}

/// A count, or -1 when it is none.
std::int64_t countOf(const json::value &value)
{
    const std::int64_t *number = value.if_int64();
    return number && *number >= 0 ? std::min(*number, MOST_TOKENS) : -1;
}

GeminiPart::Kind kindOf(std::string_view name)
{
    using Kind = GeminiPart::Kind;
    static constexpr std::pair<std::string_view, Kind> NAMES[] = {
        {"functionCall", Kind::Call},
        {"inlineData", Kind::InlineData},
        {"fileData", Kind::FileData},
        {"executableCode", Kind::Code},
        {"codeExecutionResult", Kind::CodeResult},
    };
    for (const auto &[known, kind] : NAMES)
        if (known == name)
            return kind;
    return Kind::Other;
}

/// tokenCount of the modality AUDIO in a *TokensDetails list, -1 without one.
std::int64_t audioTokens(const json::value &details)
{
    const json::array *list = details.if_array();
    if (!list)
        return -1;
    for (const json::value &entry : *list) {
        const json::object *object = entry.if_object();
        if (object && stringAt(*object, "modality") == "AUDIO")
            return integerAt(*object, "tokenCount", -1);
    }
    return -1;
}

std::int64_t told(std::int64_t count)
{
    return std::max<std::int64_t>(count, 0);
}

struct InputOutput
{
    std::int64_t input = 0;
    std::int64_t output = 0;
};

InputOutput split(const TokenCounts &counts)
{
    const std::int64_t prompt = told(counts.prompt);
    const std::int64_t input = prompt + told(counts.toolUse);
    const std::int64_t candidates = told(counts.candidates);
    const std::int64_t output = candidates + told(counts.thoughts);
    const std::int64_t total = counts.total;
    if (total < 0 || input + output == total)
        return {input, output};
    if (prompt + output == total)
        return {prompt, output};
    if (input + candidates == total && candidates >= told(counts.thoughts))
        return {input, candidates};
    if (prompt + candidates == total && candidates >= told(counts.thoughts))
        return {prompt, candidates};
    if (counts.candidates < 0 && total > input + output)
        return {input, total - input};
    return {input, output};
}

} // namespace

GeminiPart GeminiPart::read(const json::value &part)
{
    GeminiPart out;
    const json::object *object = part.if_object();
    if (!object)
        return out;
    for (const json::key_value_pair &member : *object) {
        const std::string_view name = member.key();
        if (name == "text" && member.value().is_string()) {
            out.kind = Kind::Text;
            out.text = textOf(member.value());
        } else if (name == "thought") {
            out.isThought = member.value().is_bool() && member.value().get_bool();
        } else if (name == "thoughtSignature") {
            out.signature = textOf(member.value());
        } else if (const Kind kind = kindOf(name); kind != Kind::Other && member.value().is_object()) {
            out.kind = kind;
            out.object = &member.value().get_object();
        }
    }
    return out;
}

GeminiCandidate GeminiCandidate::read(const json::value &candidate)
{
    GeminiCandidate out;
    const json::object *object = candidate.if_object();
    if (!object)
        return out;
    for (const json::key_value_pair &member : *object) {
        const std::string_view name = member.key();
        const json::value &value = member.value();
        if (name == "content" && value.is_object())
            out.parts = arrayAt(value.get_object(), "parts");
        else if (name == "index" && value.is_int64())
            out.index = static_cast<int>(std::clamp<std::int64_t>(value.get_int64(), 0, 1 << 20));
        else if (name == "finishReason")
            out.finishReason = textOf(value);
        else if (name == "finishMessage")
            out.finishMessage = textOf(value);
        else if (name == "groundingMetadata")
            out.grounding = value.if_object();
        else if (name == "citationMetadata")
            out.citations = value.if_object();
        else if (name == "logprobsResult")
            out.logprobs = value.if_object();
    }
    if (out.finishReason == "FINISH_REASON_UNSPECIFIED")
        out.finishReason = {};
    return out;
}

void GeminiUsage::read(const json::object &metadata)
{
    const auto take = [](std::int64_t &into, std::int64_t count) {
        if (count >= 0)
            into = count;
    };
    for (const json::key_value_pair &member : metadata) {
        const std::string_view name = member.key();
        const json::value &value = member.value();
        if (name == "promptTokenCount")
            take(counts.prompt, countOf(value));
        else if (name == "candidatesTokenCount")
            take(counts.candidates, countOf(value));
        else if (name == "totalTokenCount")
            take(counts.total, countOf(value));
        else if (name == "thoughtsTokenCount")
            take(counts.thoughts, countOf(value));
        else if (name == "cachedContentTokenCount")
            take(counts.cached, countOf(value));
        else if (name == "toolUsePromptTokenCount")
            take(counts.toolUse, countOf(value));
        else if (name == "promptTokensDetails")
            take(promptAudio, audioTokens(value));
        else if (name == "candidatesTokensDetails")
            take(candidatesAudio, audioTokens(value));
    }
}

std::int64_t GeminiUsage::input() const
{
    return split(counts).input;
}

std::int64_t GeminiUsage::output() const
{
    return split(counts).output;
}

Result<void> GeminiAnswer::read(std::string_view text)
{
    Result<json::value> parsed = parseJson(text, &m_memory);
    if (!parsed)
        return fail(502, "bad_upstream_answer", "Gemini's answer is not valid JSON.");
    json::object *root = parsed->if_object();
    if (!root) {
        const json::array *list = parsed->if_array();
        const bool isError = list && !list->empty() && list->front().is_object() &&
                             list->front().get_object().contains("error");
        return isError ? fail(errorFromGemini(200, text))
                       : fail(502, "bad_upstream_answer", "Gemini's answer is not a JSON object.");
    }
    m_object = std::move(*root);
    for (const json::key_value_pair &member : m_object) {
        const std::string_view name = member.key();
        const json::value &value = member.value();
        if (name == "candidates") {
            m_candidates = value.if_array();
        } else if (name == "usageMetadata") {
            m_usage = value.if_object();
        } else if (name == "responseId") {
            m_responseId = textOf(value);
        } else if (name == "promptFeedback" && value.is_object()) {
            m_blockReason = stringAt(value.get_object(), "blockReason");
            m_blockMessage = stringAt(value.get_object(), "blockReasonMessage");
            if (m_blockReason.empty() && !m_blockMessage.empty())
                m_blockReason = "OTHER";
        } else if (name == "error" && value.is_object()) {
            return fail(errorFromGemini(200, text));
        }
    }
    return {};
}

} // namespace Gateway
