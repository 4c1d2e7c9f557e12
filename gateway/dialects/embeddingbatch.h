#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// A request for vectors of several texts → Gemini's batchEmbedContents (ai.google.dev/api/embeddings), in as
/// many calls as it takes. A dialect reads the request and gives the answer its form.
class EmbeddingBatch : public Translation
{
public:
    const std::string &model() const override { return m_model; }
    std::string_view method() const override { return "batchEmbedContents"; }
    bool isStream() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_nothing; }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override;
    /// Gemini takes 100 inputs in one call.
    std::vector<std::unique_ptr<Translation>> takeParts() override;

    void restart() override { m_tokens = {}; }
    Result<std::string> answer(std::string_view geminiJson) override;
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &tokens) override;
    /// Embeddings are never streamed: these fail.
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;

    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

protected:
    void setModel(std::string_view model) { m_model = model; }
    void addInput(std::string_view text) { m_inputs.emplace_back(text); }
    /// Texts that were added.
    std::size_t inputCount() const { return m_inputs.size(); }
    /// 0 when not asked.
    void setDimensions(std::int64_t dimensions) { m_dimensions = dimensions; }
    std::int64_t dimensions() const { return m_dimensions; }

private:
    /// An object of the same form, for some of the inputs.
    virtual std::unique_ptr<EmbeddingBatch> makePart() const = 0;
    /// Appends the vector of input `index` in the answer's list.
    virtual Result<void> appendItem(std::string &out, std::size_t index, const json::array &values) const = 0;
    /// The answer around the items, which come in pieces.
    virtual std::string wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const = 0;

    Result<void> appendItems(std::string &out, const json::array &embeddings) const;

    std::string m_model;
    std::vector<std::string> m_inputs; ///< Until the body is written.
    std::size_t m_asked = 0;           ///< How many there were.
    std::size_t m_firstIndex = 0;      ///< Of a part's first input in the whole.
    bool m_isPart = false;             ///< Answers with a piece.
    std::int64_t m_dimensions = 0;
    TokenCounts m_tokens;
    std::vector<std::string> m_nothing;
};

/// Appends pieces of a JSON list, one after the other.
void appendPieces(std::string &out, const std::vector<std::string> &pieces);

} // namespace Gateway
