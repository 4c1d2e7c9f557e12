#include "gateway/relay/answerreader.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

constexpr int BAD_ANSWER = 502;
constexpr std::size_t MAX_WHOLE_ANSWER = 256u * 1024 * 1024;
constexpr std::size_t ERROR_WITHIN = 64; // an error event begins with its "error" member

AnswerFault faultOf(std::string code, std::string text)
{
    return AnswerFault{Error{BAD_ANSWER, std::move(code), std::move(text), {}, 0}, {}};
}

/// Half an answer would end the client's stream as if it were all.
std::optional<AnswerFault> faultInWhole(const std::string &json)
{
    GeminiAnswer answer;
    if (const Result<void> read = answer.read(json); !read)
        return AnswerFault{read.error(), answer.object().empty() ? std::string() : json};
    const bool hasCandidate = answer.candidates() && !answer.candidates()->empty();
    if (!hasCandidate && answer.blockReason().empty())
        return faultOf("bad_upstream_answer", "Gemini's answer has no candidate.");
    for (std::size_t i = 0; hasCandidate && i < answer.candidates()->size(); ++i) {
        if (GeminiCandidate::read((*answer.candidates())[i]).finishReason.empty())
            return faultOf("bad_upstream_answer", "Gemini's answer has no end.");
    }
    return std::nullopt;
}

} // namespace

AnswerReader::AnswerReader(std::string_view contentType)
    : m_isStream(startsWithIgnoreCase(contentType, "text/event-stream"))
{
}

std::optional<AnswerFault> AnswerReader::feed(std::string_view bytes, const Visit &visit)
{
    if (m_isStream) {
        if (m_events.feed(bytes, [&](std::string_view, std::string_view data) { visit(data); }))
            return std::nullopt;
        return faultOf("event_too_large", "One event of Gemini is too large.");
    }
    if (m_whole.size() + bytes.size() > MAX_WHOLE_ANSWER)
        return faultOf("answer_too_large", "Gemini's answer is too large.");
    m_whole += bytes;
    return std::nullopt;
}

std::optional<AnswerFault> AnswerReader::finish(const Visit &visit)
{
    if (m_isStream) {
        const std::string_view tail = trimmed(m_events.rest());
        if (!tail.empty()) // an event without its empty line, or an error told without "data:"
            visit(tail.starts_with("data:") ? trimmed(tail.substr(5)) : tail);
        return std::nullopt;
    }
    if (std::optional<AnswerFault> fault = faultInWhole(m_whole))
        return fault;
    visit(m_whole);
    return std::nullopt;
}

std::optional<AnswerFault> AnswerReader::faultIn(std::string_view json)
{
    if (json.substr(0, ERROR_WITHIN).find("\"error\"") == std::string_view::npos)
        return std::nullopt;
    const Result<json::object> parsed = parseJsonObject(json);
    const json::object *error = parsed ? objectAt(*parsed, "error") : nullptr;
    if (!error)
        return std::nullopt;
    const int status = static_cast<int>(integerAt(*error, "code", 500));
    return AnswerFault{errorFromGemini(status, json), std::string(json)};
}

std::optional<AnswerFault> AnswerReader::brokenCallIn(std::string_view json)
{
    GeminiAnswer answer;
    if (!answer.read(json) || !answer.candidates())
        return std::nullopt;
    std::optional<AnswerFault> fault;
    for (const json::value &value : *answer.candidates()) {
        const GeminiCandidate candidate = GeminiCandidate::read(value);
        const ChatFinish finish{std::string(candidate.finishReason), std::string(candidate.finishMessage)};
        if (!isBrokenCall(finish))
            return std::nullopt;
        fault = AnswerFault{brokenCallError(finish), {}};
    }
    return fault;
}

} // namespace Gateway
