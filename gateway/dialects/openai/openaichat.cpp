#include <optional>

#include "gateway/dialects/errors.h"
#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatrequest.h"
#include "gateway/dialects/openai/chatstream.h"
#include "gateway/dialects/openai/openai.h"

namespace Gateway {

namespace {

ChatAnswerForm formFor(const ChatOptions &options)
{
    ChatAnswerForm form;
    form.model = options.model;
    form.includeUsage = options.includeUsage;
    form.imagesApart = options.imagesApart;
    form.legacyFunctions = options.legacyFunctions;
    form.singleCall = !options.parallelToolCalls;
    return form;
}

/// The request half and, for each attempt anew, the half of the answer that the request asks for.
class OpenAiChat final : public Translation
{
public:
    OpenAiChat(ChatRequest request, const TranslationContext &context)
        : m_request(std::move(request))
        , m_context(context)
    {
        begin();
    }

    const std::string &model() const override { return m_request.model(); }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "chat.completions"; }
    bool isStream() const override { return m_request.isStream(); }
    std::string ignored() const override { return m_request.options().ignored; }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }

    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void restart() override
    {
        if (std::exchange(m_isUsed, false))
            begin();
    }

    Result<std::string> answer(std::string_view geminiJson) override
    {
        if (!m_answer)
            return fail(500, "not_whole", "This chat was asked as a stream.");
        m_isUsed = true;
        return m_answer->answer(geminiJson);
    }

    Result<void> event(std::string_view geminiJson, std::string &out) override
    {
        m_isUsed = true;
        return m_stream ? m_stream->event(geminiJson, out) : notAStream();
    }

    Result<void> finish(std::string &out) override { return m_stream ? m_stream->finish(out) : notAStream(); }

    void breakOff(const Error &error, std::string &out) override
    {
        if (m_stream)
            m_stream->breakOff(error, out);
        else
            out += errorBody(Dialect::OpenAi, error);
    }

    const TokenCounts &tokens() const override { return m_stream ? m_stream->tokens() : m_answer->tokens(); }

    std::vector<std::pair<std::string, std::string>> takeSignatures() override
    {
        return m_stream ? m_stream->takeSignatures() : m_answer->takeSignatures();
    }

private:
    void begin()
    {
        m_answer.reset();
        m_stream.reset();
        if (isStream())
            m_stream.emplace(formFor(m_request.options()), m_context);
        else
            m_answer.emplace(formFor(m_request.options()), m_context);
    }

    static Result<void> notAStream()
    {
        return fail(500, "not_a_stream", "This chat was not asked as a stream.");
    }

    ChatRequest m_request;
    TranslationContext m_context;
    std::optional<ChatAnswer> m_answer;
    std::optional<ChatStream> m_stream;
    bool m_isUsed = false;
};

} // namespace

Result<std::unique_ptr<Translation>> openAiChat(std::string_view body, const TranslationContext &context)
{
    Result<ChatRequest> request = ChatRequest::parse(body);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OpenAiChat>(std::move(*request), context);
}

} // namespace Gateway
