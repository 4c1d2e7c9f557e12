#include "gateway/dialects/responses/responsesanswer.h"

#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

/// Where each part begins in the text, as grounding counts it.
std::vector<std::size_t> startsOf(const json::array &parts)
{
    std::vector<std::size_t> starts;
    std::size_t bytes = 0;
    for (const json::value &value : parts) {
        starts.push_back(bytes);
        const GeminiPart part = GeminiPart::read(value);
        if (part.kind == GeminiPart::Kind::Text && !part.isThought)
            bytes += part.text.size();
    }
    return starts;
}

/// OpenAI's word for why an answer is not all there would have been; empty when it is.
std::string_view cutReason(const ChatFinish &finish)
{
    const std::string_view reason = chatFinishReason(finish, false, "");
    if (reason == "length")
        return "max_output_tokens";
    return reason == "content_filter" ? reason : std::string_view();
}

} // namespace

ResponsesAnswer::ResponsesAnswer(const ResponsesForm &form, const TranslationContext &context)
    : m_form(form)
    , m_items(form, context, m_events)
{
}

Result<std::string> ResponsesAnswer::answer(std::string_view geminiJson)
{
    if (Result<void> done = read(geminiJson, true); !done)
        return fail(done.error());
    if (m_finish.reason.empty() && m_items.saidAnything())
        m_finish.reason = "STOP"; // a whole answer is complete
    return end();
}

Result<void> ResponsesAnswer::event(std::string_view geminiJson, std::string &out)
{
    m_events.setOut(&out);
    Result<void> done = read(geminiJson, false);
    m_events.setOut(nullptr);
    return done;
}

Result<void> ResponsesAnswer::read(std::string_view geminiJson, bool isWhole)
{
    GeminiAnswer gemini;
    if (Result<void> done = gemini.read(geminiJson); !done)
        return done;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    m_items.setResponseId(gemini.responseId());
    tellStart();
    if (!gemini.blockReason().empty() && !m_hasCandidate)
        m_finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    if (!gemini.candidates())
        return {};
    for (const json::value &candidate : *gemini.candidates()) {
        const GeminiCandidate read = GeminiCandidate::read(candidate);
        if (read.index == 0)
            addCandidate(read, isWhole);
    }
    return {};
}

void ResponsesAnswer::tellStart()
{
    if (m_events.hasBegun())
        return;
    std::string response;
    ResponsesState state;
    state.status = "in_progress";
    appendResponse(response, m_form, state);
    for (const std::string_view event : {"response.created", "response.in_progress"}) {
        if (m_events.begin(event))
            m_events.json("response", response).end();
    }
}

/// Sources first: a message is told with those that are known when it closes.
void ResponsesAnswer::addCandidate(const GeminiCandidate &candidate, bool isWhole)
{
    m_hasCandidate = true;
    if (candidate.grounding) {
        m_items.sources().readGrounding(*candidate.grounding, isWhole && candidate.parts
                                                                  ? startsOf(*candidate.parts)
                                                                  : std::vector<std::size_t>());
        m_items.readSearches(*candidate.grounding);
    }
    if (candidate.citations)
        m_items.sources().readCitations(*candidate.citations);
    const json::object *logprobs = candidate.logprobs;
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i) {
        const GeminiPart part = GeminiPart::read((*candidate.parts)[i]);
        const bool isText = part.kind == GeminiPart::Kind::Text && !part.isThought && !part.text.empty();
        m_items.add(part, isText ? std::exchange(logprobs, nullptr) : nullptr);
    }
    if (!candidate.finishReason.empty())
        m_finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
}

Result<std::string> ResponsesAnswer::end()
{
    if (!m_hasCandidate && m_finish.reason.empty())
        return fail(502, "empty_upstream_answer", "Gemini ended without an answer.");
    if (m_finish.reason.empty())
        return fail(502, "incomplete_upstream_answer", "Gemini ended before the answer was complete.");
    if (isBrokenCall(m_finish))
        return fail(brokenCallError(m_finish));
    const std::string_view cut = cutReason(m_finish);
    if (const std::string refusal = chatRefusal(m_finish, m_items.saidAnything()); !refusal.empty())
        m_items.addRefusal(refusal);
    m_items.finish(!cut.empty());
    std::string response;
    response.reserve(m_items.output().size() + m_form.echo.size() + 512);
    ResponsesState state;
    state.status = cut.empty() ? "completed" : "incomplete";
    state.output = m_items.output();
    state.incomplete = cut;
    state.usage = &m_usage;
    appendResponse(response, m_form, state);
    return response;
}

Result<void> ResponsesAnswer::finish(std::string &out)
{
    m_events.setOut(&out);
    const Result<std::string> response = end();
    if (response) {
        m_events.begin(cutReason(m_finish).empty() ? "response.completed" : "response.incomplete");
        m_events.json("response", *response).end();
    }
    m_events.setOut(nullptr);
    return response ? Result<void>() : Result<void>(fail(response.error()));
}

void ResponsesAnswer::breakOff(const Error &error, std::string &out)
{
    const bool hasBegun = m_events.hasBegun();
    m_events.setOut(&out);
    tellError(error);
    if (hasBegun)
        tellFailed(error);
    m_events.setOut(nullptr);
}

/// OpenAI's reference has the members flat, its server nests them; clients read the one or the other.
void ResponsesAnswer::tellError(const Error &error)
{
    constexpr int FIRST_SERVER_FAULT = 500;
    const std::string_view word = responseErrorCode(error);
    const bool hasWord = word != "server_error" || error.status >= FIRST_SERVER_FAULT;
    const std::string_view code = hasWord ? word : std::string_view(error.code);
    m_events.begin("error");
    m_events.text("code", code).text("message", error.text);
    error.param.empty() ? m_events.json("param", "null") : m_events.text("param", error.param);
    m_events.json("error", openAiError(error, code)).end();
}

void ResponsesAnswer::tellFailed(const Error &error)
{
    std::string response;
    ResponsesState state;
    state.status = "failed";
    state.output = m_items.output();
    state.error = &error;
    state.usage = &m_usage;
    appendResponse(response, m_form, state);
    m_events.begin("response.failed");
    m_events.json("response", response).end();
}

} // namespace Gateway
