#include "gateway/dialects/changedtranslation.h"

#include "gateway/dialects/bodychanges.h"

namespace Gateway {

namespace {

/// Only the bodies differ from the translation inside.
class ChangedTranslation final : public Translation
{
public:
    ChangedTranslation(std::unique_ptr<Translation> inner, ModelParametersPtr parameters)
        : m_inner(std::move(inner))
        , m_parameters(std::move(parameters))
    {
    }

    const std::string &model() const override { return m_inner->model(); }
    std::string_view method() const override { return m_inner->method(); }
    std::string_view name() const override { return m_inner->name(); }
    bool isStream() const override { return m_inner->isStream(); }
    bool asksStream() const override { return m_inner->asksStream(); }
    bool isChat() const override { return m_inner->isChat(); }
    const std::vector<std::string> &wantedSignatures() const override { return m_inner->wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_inner->wantedMedia(); }
    std::string ignored() const override { return m_inner->ignored(); }
    std::optional<CacheMark> cacheMark() const override { return m_inner->cacheMark(); }

    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        Result<std::string> body = m_inner->geminiBody(inputs);
        if (!body)
            return body;
        Result<std::optional<std::string>> changed = changedBody(*body, model(), method(), *m_parameters);
        if (!changed)
            return tl::unexpected<Error>(std::move(changed.error()));
        return *changed ? std::move(**changed) : std::move(*body);
    }

    std::vector<std::unique_ptr<Translation>> takeParts() override
    {
        std::vector<std::unique_ptr<Translation>> parts = m_inner->takeParts();
        for (std::unique_ptr<Translation> &part : parts)
            part = withParameters(std::move(part), m_parameters);
        return parts;
    }

    void setTime(const AnswerTime &time) override { m_inner->setTime(time); }
    void restart() override { m_inner->restart(); }
    Result<std::string> answer(std::string_view geminiJson) override { return m_inner->answer(geminiJson); }
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &tokens) override
    {
        return m_inner->joined(pieces, tokens);
    }
    Result<void> event(std::string_view geminiJson, std::string &out) override
    {
        return m_inner->event(geminiJson, out);
    }
    Result<void> finish(std::string &out) override { return m_inner->finish(out); }
    bool isComplete() const override { return m_inner->isComplete(); }
    bool hasMore() const override { return m_inner->hasMore(); }
    Result<void> more(std::string &out) override { return m_inner->more(out); }
    void breakOff(const Error &error, std::string &out) override { m_inner->breakOff(error, out); }
    bool tellsBreaks() const override { return m_inner->tellsBreaks(); }
    std::string_view streamContentType() const override { return m_inner->streamContentType(); }
    std::string_view contentType() const override { return m_inner->contentType(); }
    std::string_view warning() const override { return m_inner->warning(); }
    const TokenCounts &tokens() const override { return m_inner->tokens(); }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override
    {
        return m_inner->takeSignatures();
    }

private:
    std::unique_ptr<Translation> m_inner;
    ModelParametersPtr m_parameters;
};

} // namespace

std::unique_ptr<Translation> withParameters(std::unique_ptr<Translation> translation,
                                            ModelParametersPtr parameters)
{
    if (!parameters || !mayChangeBody(translation->method(), *parameters))
        return translation;
    return std::make_unique<ChangedTranslation>(std::move(translation), std::move(parameters));
}

} // namespace Gateway
