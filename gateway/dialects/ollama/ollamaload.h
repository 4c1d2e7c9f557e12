#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/json.h"
#include "gateway/dialects/ollama/ollamatimes.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// A request that asks a model nothing: Ollama's clients have a model loaded or unloaded so. Gemini's models
/// need neither, but whether there is such a model is told: by countTokens, which uses nothing up.
class OllamaLoad final : public Translation
{
public:
    enum class Of : std::uint8_t { Chat, Generate, Embed, Embeddings };

    /// Fails with the client's 400.
    static Result<std::unique_ptr<Translation>> parse(const json::object &body, Of of);

    const std::string &model() const override { return m_model; }
    std::string_view method() const override { return "countTokens"; }
    std::string_view name() const override { return "load"; }
    bool isStream() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_nothing; }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override;

    void setTime(const AnswerTime &time) override { m_times.set(time); }
    void restart() override {}
    Result<std::string> answer(std::string_view geminiJson) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override;

    /// Nothing was used up.
    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    Of m_of = Of::Chat;
    std::string m_model;
    bool m_unloads = false; ///< keep_alive is nought.
    OllamaTimes m_times;
    TokenCounts m_tokens;
    std::vector<std::string> m_nothing;
};

} // namespace Gateway
