#include "gateway/dialects/responses/responses.h"

#include <optional>

#include "gateway/dialects/errors.h"
#include "gateway/dialects/responses/responsesanswer.h"
#include "gateway/dialects/responses/responsesrequest.h"

namespace Gateway {

namespace {

class OpenAiResponses final : public Translation
{
public:
    OpenAiResponses(ResponsesRequest request, TranslationContext context)
        : m_request(std::move(request))
        , m_context(std::move(context))
    {
        restart();
    }

    const std::string &model() const override { return m_request.model(); }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "responses"; }
    bool isStream() const override { return m_request.form().stream; }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void restart() override { m_answer.emplace(m_request.form(), m_context); }
    Result<std::string> answer(std::string_view geminiJson) override
    {
        restart();
        return m_answer->answer(geminiJson);
    }
    Result<void> event(std::string_view geminiJson, std::string &out) override
    {
        return m_answer->event(geminiJson, out);
    }
    Result<void> finish(std::string &out) override { return m_answer->finish(out); }
    void breakOff(const Error &error, std::string &out) override
    {
        if (isStream())
            m_answer->breakOff(error, out);
        else
            out += errorBody(Dialect::OpenAi, error);
    }
    std::string_view warning() const override { return m_request.warning(); }

    const TokenCounts &tokens() const override { return m_answer->tokens(); }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override
    {
        return m_answer->takeSignatures();
    }

private:
    ResponsesRequest m_request;
    TranslationContext m_context;
    std::optional<ResponsesAnswer> m_answer;
};

class OpenAiInputTokens final : public Translation
{
public:
    explicit OpenAiInputTokens(ResponsesRequest request)
        : m_request(std::move(request))
    {
    }

    const std::string &model() const override { return m_request.model(); }
    std::string_view method() const override { return "countTokens"; }
    std::string_view name() const override { return "responses.input_tokens"; }
    bool isStream() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        Result<std::string> body = m_request.geminiBody(inputs);
        if (!body)
            return body;
        std::string out = "{\"generateContentRequest\":{\"model\":";
        appendJsonString(out, "models/" + model());
        out += ',';
        out += std::string_view(*body).substr(1);
        return out + '}';
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
        return R"({"object":"response.input_tokens","input_tokens":)" + std::to_string(tokens) + '}';
    }
    Result<void> event(std::string_view, std::string &) override { return notAStream(); }
    Result<void> finish(std::string &) override { return notAStream(); }
    void breakOff(const Error &error, std::string &out) override { out += errorBody(Dialect::OpenAi, error); }

    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    static Result<void> notAStream()
    {
        return fail(500, "not_a_stream", "A count of tokens is never streamed.");
    }

    ResponsesRequest m_request;
    TokenCounts m_tokens;
};

} // namespace

Result<std::unique_ptr<Translation>> openAiResponses(std::string_view body, const TranslationContext &context)
{
    Result<ResponsesRequest> request = ResponsesRequest::parse(body, context);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OpenAiResponses>(std::move(*request), context);
}

Result<std::unique_ptr<Translation>> openAiBatchedResponse(std::string_view body,
                                                           const TranslationContext &context)
{
    Result<json::object> request = parseJsonObject(body);
    if (!request)
        return fail(request.error());
    for (const std::string_view name : {"previous_response_id", "conversation", "background"}) {
        const json::value *given = request->if_contains(name);
        if (given && !given->is_null() && *given != false)
            return fail(Error{400, "unsupported_parameter",
                              std::string(name) + ": cannot be used in a batch.", std::string(name), 0});
    }
    (*request)["store"] = false; // the answer says what is so
    return openAiResponses(toJson(*request), context);
}

Result<std::string> queuedResponse(std::string_view body, const TranslationContext &context)
{
    const Result<ResponsesRequest> request = ResponsesRequest::parse(body, context);
    if (!request)
        return fail(request.error());
    ResponsesState state;
    state.status = "queued";
    std::string out;
    appendResponse(out, request->form(), state);
    return out;
}

std::string failedResponse(std::string_view response, const Error &error)
{
    Result<json::object> failed = parseJsonObject(response);
    if (!failed)
        return std::string(response);
    std::string told;
    appendResponseError(told, error);
    (*failed)["status"] = "failed";
    (*failed)["error"] = parseJson(told).value();
    return toJson(*failed);
}

Result<std::unique_ptr<Translation>> openAiInputTokens(std::string_view body,
                                                       const TranslationContext &context)
{
    Result<ResponsesRequest> request = ResponsesRequest::parse(body, context);
    if (!request)
        return fail(std::move(request.error()));
    if (request->form().stream)
        return fail(Error{400, "invalid_value", "stream: a count of tokens is never streamed.", "stream", 0});
    return std::make_unique<OpenAiInputTokens>(std::move(*request));
}

} // namespace Gateway
