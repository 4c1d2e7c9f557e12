#include <algorithm>
#include <optional>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/ollama/ollamaanswer.h"
#include "gateway/dialects/ollama/ollamaload.h"
#include "gateway/dialects/ollama/ollamarequest.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FIRST_BLOCK = 1 << 20;

/// The request half and, for each attempt anew, the half of the answer that the request asks for.
class OllamaChat final : public Translation
{
public:
    OllamaChat(OllamaRequest request, const TranslationContext &context)
        : m_request(std::move(request))
        , m_context(context)
    {
        restart();
    }

    const std::string &model() const override { return m_request.options().model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override
    {
        return m_request.options().call == OllamaCall::Chat ? "chat" : "generate";
    }
    bool isStream() const override { return m_request.options().stream; }
    std::string_view streamContentType() const override { return "application/x-ndjson"; }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }

    std::string ignored() const override { return m_request.options().ignored; }

    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void setTime(const AnswerTime &time) override { m_times.set(time); }

    void restart() override
    {
        m_times.restart();
        m_answer.emplace(m_request.options(), m_context, m_times);
    }

    Result<std::string> answer(std::string_view geminiJson) override
    {
        std::string out;
        bool speaks = false;
        if (Result<void> added = m_answer->add(geminiJson, out, speaks); !added)
            return fail(std::move(added.error()));
        if (Result<void> ended = m_answer->finish(out); !ended)
            return fail(std::move(ended.error()));
        return out;
    }

    Result<void> event(std::string_view geminiJson, std::string &out) override
    {
        bool speaks = false;
        Result<void> added = m_answer->add(geminiJson, out, speaks);
        if (speaks)
            m_times.spoke();
        return added;
    }

    Result<void> finish(std::string &out) override { return m_answer->finish(out); }

    void breakOff(const Error &error, std::string &out) override
    {
        out += errorBody(Dialect::Ollama, error);
        out += '\n';
    }

    const TokenCounts &tokens() const override { return m_answer->tokens(); }

    std::vector<std::pair<std::string, std::string>> takeSignatures() override
    {
        return m_answer->takeSignatures();
    }

private:
    OllamaRequest m_request;
    TranslationContext m_context;
    OllamaTimes m_times;
    std::optional<OllamaAnswer> m_answer;
};

/// Ollama takes a request that asks nothing for a wish to have the model loaded.
bool asksNothing(const json::object &body, OllamaCall call)
{
    const auto isEmptyList = [&body](std::string_view name) {
        const json::value *list = givenField(body, name);
        return !list || (list->is_array() && list->get_array().empty());
    };
    if (call == OllamaCall::Chat)
        return isEmptyList("messages");
    const json::value *prompt = givenField(body, "prompt");
    return (!prompt || (prompt->is_string() && prompt->get_string().empty())) && isEmptyList("images");
}

Result<std::unique_ptr<Translation>> translation(std::string_view text, OllamaCall call,
                                                 const TranslationContext &context)
{
    // The tree lives no longer than this function; one allocation holds it in most cases.
    json::monotonic_resource memory(std::min(text.size() * 2, MAX_FIRST_BLOCK) + 4096);
    const Result<json::object> body = parseJsonObject(text, &memory);
    if (!body)
        return fail(body.error());
    if (asksNothing(*body, call))
        return OllamaLoad::parse(*body,
                                 call == OllamaCall::Chat ? OllamaLoad::Of::Chat : OllamaLoad::Of::Generate);
    Result<const json::array *> messages = call == OllamaCall::Chat
                                               ? arrayField(*body, "messages", JsonPath())
                                               : Result<const json::array *>(nullptr);
    if (!messages)
        return fail(messages.error());
    Result<OllamaRequest> request = OllamaRequest::parse(*body, text.size(), call);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OllamaChat>(std::move(*request), context);
}

} // namespace

Result<std::unique_ptr<Translation>> ollamaChat(std::string_view body, const TranslationContext &context)
{
    return translation(body, OllamaCall::Chat, context);
}

Result<std::unique_ptr<Translation>> ollamaGenerate(std::string_view body, const TranslationContext &context)
{
    return translation(body, OllamaCall::Generate, context);
}

} // namespace Gateway
