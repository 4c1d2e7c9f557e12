#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/anthropic/messagesrequest.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

class AnthropicTokenCount final : public Translation
{
public:
    explicit AnthropicTokenCount(MessagesRequest request)
        : m_request(std::move(request))
    {
    }

    const std::string &model() const override { return m_request.options().model; }
    std::string_view method() const override { return "countTokens"; }
    std::string_view name() const override { return "messages.count_tokens"; }
    bool isStream() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }

    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void restart() override {}

    Result<std::string> answer(std::string_view geminiJson) override
    {
        const Result<json::object> gemini = parseJsonObject(geminiJson);
        if (!gemini || objectAt(*gemini, "error"))
            return fail(errorFromGemini(200, geminiJson));
        const std::int64_t tokens = integerAt(*gemini, "totalTokens", -1);
        if (tokens < 0)
            return fail(502, "bad_upstream_answer", "Gemini's answer tells no number of tokens.");
        return "{\"input_tokens\":" + std::to_string(tokens) + '}';
    }

    Result<void> event(std::string_view, std::string &) override { return notAStream(); }
    Result<void> finish(std::string &) override { return notAStream(); }
    void breakOff(const Error &error, std::string &out) override
    {
        out += errorBody(Dialect::Anthropic, error);
    }

    /// Nothing was used up.
    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    static Result<void> notAStream()
    {
        return fail(500, "not_a_stream", "A count of tokens is never streamed.");
    }

    MessagesRequest m_request;
    TokenCounts m_tokens;
};

} // namespace

Result<std::unique_ptr<Translation>> anthropicCountTokens(std::string_view body, const TranslationContext &)
{
    Result<MessagesRequest> request = MessagesRequest::parse(body, MessagesRequest::Kind::TokenCount);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<AnthropicTokenCount>(std::move(*request));
}

} // namespace Gateway
