#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/embeddingbatch.h"
#include "gateway/dialects/openai/openai.h"

namespace Gateway {

/// POST /v1/embeddings (platform.openai.com/docs/api-reference/embeddings) through Gemini and back.
class OpenAiEmbeddings final : public EmbeddingBatch
{
public:
    /// Fails with the client's 400 where Gemini cannot do what is asked: input as tokens (they are numbers of
    /// another model's vocabulary), or OpenAI would not: more than 2,048 inputs.
    static Result<std::unique_ptr<Translation>> parse(std::string_view body);

    std::string_view name() const override { return "embeddings"; }
    void breakOff(const Error &error, std::string &out) override;

private:
    std::unique_ptr<EmbeddingBatch> makePart() const override;
    /// Vectors that were shortened on request (`dimensions`) are brought to length 1 where Gemini does not:
    /// OpenAI's are, and callers compare them by their product.
    Result<void> appendItem(std::string &out, std::size_t index, const json::array &values) const override;
    std::string wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const override;

    Result<void> readInput(const json::object &body);
    Result<void> readForm(const json::object &body);

    bool m_base64 = false;
};

} // namespace Gateway
