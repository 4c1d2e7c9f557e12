#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/openai/openai.h"

namespace Gateway {

/// POST /v1/embeddings → Gemini's batchEmbedContents (ai.google.dev/api/embeddings) and back.
class OpenAiEmbeddings final : public Translation
{
public:
    /// Fails with the client's 400 where Gemini cannot do what is asked: input as tokens (they are numbers of
    /// another model's vocabulary), or OpenAI would not: more than 2,048 inputs.
    static Result<std::unique_ptr<Translation>> parse(std::string_view body);

    const std::string &model() const override { return m_model; }
    std::string_view method() const override { return "batchEmbedContents"; }
    std::string_view name() const override { return "embeddings"; }
    bool isStream() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_nothing; }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override;
    /// Gemini takes 100 inputs in one call.
    std::vector<std::unique_ptr<Translation>> takeParts() override;

    void restart() override { m_tokens = {}; }
    /// Vectors that were shortened on request (`dimensions`) are brought to length 1 where Gemini does not:
    /// OpenAI's are, and callers compare them by their product.
    Result<std::string> answer(std::string_view geminiJson) override;
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &tokens) override;
    /// Embeddings are never streamed: these fail.
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override;

    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    Result<void> readInput(const json::object &body);
    Result<void> readForm(const json::object &body);
    Result<void> appendItems(std::string &out, const json::array &embeddings) const;
    std::string wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const;

    std::string m_model;
    std::vector<std::string> m_inputs; ///< Until the body is written.
    std::size_t m_asked = 0;           ///< How many there were.
    std::size_t m_firstIndex = 0;      ///< Of a part's first input in the whole.
    bool m_isPart = false;             ///< Answers with a piece.
    std::int64_t m_dimensions = 0;     ///< 0 when not asked.
    bool m_base64 = false;
    TokenCounts m_tokens;
    std::vector<std::string> m_nothing;
};

} // namespace Gateway
