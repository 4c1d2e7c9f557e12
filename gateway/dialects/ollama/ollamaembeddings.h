#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/embeddingbatch.h"
#include "gateway/dialects/ollama/ollamatimes.h"

namespace Gateway {

/// POST /api/embed, whose vectors have length 1, and POST /api/embeddings, which takes one `prompt` and
/// leaves its vector as it is (docs.ollama.com/api/embed).
class OllamaEmbeddings final : public EmbeddingBatch
{
public:
    enum class Form : std::uint8_t { Embed, Embeddings };

    explicit OllamaEmbeddings(Form form)
        : m_form(form)
    {
    }

    /// Fails with the client's 400. Without a text it asks only for the model, see OllamaLoad.
    static Result<std::unique_ptr<Translation>> parse(std::string_view body, Form form);

    std::string_view name() const override { return m_form == Form::Embed ? "embed" : "embeddings"; }
    std::string ignored() const override { return m_ignored; }
    void setTime(const AnswerTime &time) override { m_times.set(time); }
    void breakOff(const Error &error, std::string &out) override;

private:
    std::unique_ptr<EmbeddingBatch> makePart() const override;
    Result<void> appendItem(std::string &out, std::size_t index, const json::array &values) const override;
    std::string wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const override;

    Result<void> readInput(const json::object &body);
    Result<void> readDimensions(const json::object &body);

    void readIgnored(const json::object &body);

    Form m_form;
    std::string m_ignored;
    OllamaTimes m_times;
};

} // namespace Gateway
