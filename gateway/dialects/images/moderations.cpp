// POST /v1/moderations.
#include "gateway/dialects/images/moderations.h"

#include <utility>

#include "gateway/dialects/embeddingbatch.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/images/moderationrequest.h"

namespace Gateway {

namespace {

/// The calls of several inputs, or the one of one.
class OpenAiModeration final : public Translation
{
public:
    OpenAiModeration(ModerationRequest request, TranslationContext context)
        : m_request(std::move(request))
        , m_context(std::move(context))
    {
    }

    const std::string &model() const override { return m_request.model(); }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "moderations"; }
    bool isStream() const override { return false; }
    bool isChat() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        m_kinds = m_request.inputs().front().kinds;
        return m_request.inputs().front().draft.finish(inputs);
    }
    std::vector<std::unique_ptr<Translation>> takeParts() override;

    void restart() override { m_scores = {}; }
    Result<std::string> answer(std::string_view geminiJson) override;
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &tokens) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override { out += errorBody(Dialect::OpenAi, error); }

    const TokenCounts &tokens() const override { return m_scores.tokens(); }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    ModerationRequest m_request;
    TranslationContext m_context;
    ModeratedKinds m_kinds;
    bool m_isPart = false; ///< Answers with a piece.
    ModerationScores m_scores;
    std::vector<std::string> m_nothing;
};

std::vector<std::unique_ptr<Translation>> OpenAiModeration::takeParts()
{
    std::vector<std::unique_ptr<Translation>> parts;
    std::vector<ModeratedInput> &inputs = m_request.inputs();
    if (inputs.size() == 1)
        return parts;
    for (ModeratedInput &input : inputs) {
        auto part = std::make_unique<OpenAiModeration>(m_request.only(std::move(input)), m_context);
        part->m_isPart = true;
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<std::string> OpenAiModeration::answer(std::string_view geminiJson)
{
    restart();
    if (Result<void> done = m_scores.read(geminiJson); !done)
        return fail(std::move(done.error()));
    std::string piece;
    m_scores.appendTo(piece, m_kinds);
    return m_isPart ? piece : joined({std::move(piece)}, m_scores.tokens());
}

std::string OpenAiModeration::joined(const std::vector<std::string> &pieces, const TokenCounts &)
{
    std::string_view tail = m_context.requestId;
    if (tail.starts_with("req_"))
        tail.remove_prefix(std::string_view("req_").size());
    std::string out = "{\"id\":";
    appendJsonString(out, "modr-" + std::string(tail));
    out += ",\"model\":";
    appendJsonString(out, model());
    out += ",\"results\":[";
    appendPieces(out, pieces);
    return out + "]}";
}

Result<void> OpenAiModeration::event(std::string_view, std::string &)
{
    return fail(500, "not_a_stream", "Moderations are not streamed.");
}

Result<void> OpenAiModeration::finish(std::string &)
{
    return fail(500, "not_a_stream", "Moderations are not streamed.");
}

} // namespace

Result<std::unique_ptr<Translation>> openAiModeration(std::string_view body,
                                                      const TranslationContext &context)
{
    json::monotonic_resource memory;
    const Result<json::object> parsed = parseJsonObject(body, &memory);
    if (!parsed)
        return fail(parsed.error());
    Result<ModerationRequest> request = ModerationRequest::read(*parsed);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OpenAiModeration>(std::move(*request), context);
}

bool isOpenAiModerationModel(std::string_view model)
{
    return model.empty() || model.starts_with("omni-moderation") || model.starts_with("text-moderation");
}

} // namespace Gateway
