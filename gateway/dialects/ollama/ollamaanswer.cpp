#include "gateway/dialects/ollama/ollamaanswer.h"

#include <algorithm>

#include "gateway/dialects/answerpieces.h"
#include "gateway/dialects/ollama/ollamacontext.h"
#include "gateway/dialects/tokenlogprobs.h"

namespace Gateway {

OllamaAnswer::OllamaAnswer(const OllamaOptions &options, const TranslationContext &context,
                           const OllamaTimes &times)
    : m_options(options)
    , m_times(times)
    , m_head("{\"model\":")
    , m_calls(context)
    , m_print(options.print)
    , m_cut(options.stops)
{
    appendJsonString(m_head, options.model);
    m_head += ",\"created_at\":\"";
}

Result<void> OllamaAnswer::add(std::string_view geminiJson, std::string &out, bool &speaks)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return read;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    m_calls.setResponseId(gemini.responseId());
    if (!gemini.blockReason().empty() && !m_hasParts)
        m_finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    if (!gemini.candidates() || gemini.candidates()->empty())
        return {};
    const GeminiCandidate candidate = GeminiCandidate::read(gemini.candidates()->front());
    if (candidate.logprobs) {
        std::string list;
        appendTokenLogprobs(list, *candidate.logprobs);
        m_said.logprobs = std::string_view(list).substr(1, list.size() - 2);
    }
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i) {
        m_hasParts = true;
        speaks = true;
        addPart(GeminiPart::read((*candidate.parts)[i]), out);
    }
    if (!candidate.finishReason.empty())
        m_finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
    return {};
}

void OllamaAnswer::addPart(const GeminiPart &part, std::string &out)
{
    using Kind = ChatPiece::Kind;
    if (m_cut.isCut())
        return;
    const ChatPiece piece = readChatPiece(part, false, !m_hasText, m_scratch);
    if (piece.kind == Kind::Reasoning) {
        if (!m_options.showThoughts)
            return;
        m_said.thinking += piece.text;
    } else if (piece.kind == Kind::Content) {
        addContent(piece.text, !piece.isOwnText);
        if (m_said.content.empty())
            return;
    } else if (piece.kind == Kind::Call) {
        addCall(part);
    } else {
        return;
    }
    if (m_options.stream)
        tell(out);
}

/// `isModels`: the model wrote it.
void OllamaAnswer::addContent(std::string_view text, bool isModels)
{
    m_hasText = true;
    const std::size_t before = m_said.content.size();
    m_cut.add(text, m_said.content);
    if (m_options.keepsTurns && isModels)
        m_words.append(m_said.content, before);
}

void OllamaAnswer::addCall(const GeminiPart &part)
{
    const std::string_view name = stringAt(*part.object, "name");
    const json::object *arguments = objectAt(*part.object, "args");
    const std::string id = m_calls.takeId(part);
    std::string print = m_print.call(name, arguments);
    if (!part.signature.empty())
        m_signatures.emplace_back(std::move(print), part.signature);
    std::string &out = m_said.calls;
    out += out.empty() ? "{\"id\":" : ",{\"id\":";
    appendJsonString(out, id);
    out.append(",\"function\":{\"index\":").append(std::to_string(m_callCount++)).append(",\"name\":");
    appendJsonString(out, name);
    out += ",\"arguments\":";
    if (arguments)
        appendJson(out, *arguments);
    else
        out += "{}";
    out += "}}";
}

std::vector<std::pair<std::string, std::string>> OllamaAnswer::takeSignatures()
{
    std::vector<std::pair<std::string, std::string>> all = m_calls.takeSignatures();
    std::ranges::move(std::exchange(m_signatures, {}), std::back_inserter(all));
    return all;
}

void OllamaAnswer::appendHead(std::string &out) const
{
    out += m_head;
    appendUtc(out, m_times.wallMs());
    out += "\",";
}

void OllamaAnswer::appendSaid(std::string &out, const Said &said) const
{
    const bool isChat = m_options.call == OllamaCall::Chat;
    out += isChat ? "\"message\":{\"role\":\"assistant\",\"content\":" : "\"response\":";
    appendJsonString(out, said.content);
    if (!said.thinking.empty()) {
        out += ",\"thinking\":";
        appendJsonString(out, said.thinking);
    }
    if (!said.calls.empty())
        out.append(",\"tool_calls\":[").append(said.calls).append("]");
    if (isChat)
        out += '}';
    if (!said.logprobs.empty())
        out.append(",\"logprobs\":[").append(said.logprobs).append("]");
}

/// One line of a stream.
void OllamaAnswer::tell(std::string &out)
{
    appendHead(out);
    appendSaid(out, m_said);
    out += ",\"done\":false}\n";
    for (std::string *text : {&m_said.content, &m_said.thinking, &m_said.calls, &m_said.logprobs})
        text->clear();
}

Result<void> OllamaAnswer::finish(std::string &out)
{
    if (m_finish.reason.empty() && (m_options.stream || !m_hasParts))
        return m_hasParts
                   ? fail(502, "incomplete_upstream_answer", "Gemini's answer ended before it was complete.")
                   : fail(502, "empty_upstream_answer", "Gemini's answer holds no candidate.");
    if (isBrokenCall(m_finish))
        return fail(brokenCallError(m_finish));
    m_cut.end(m_said.content);
    m_said.content += chatRefusal(m_finish, m_hasText || m_callCount > 0);
    if (m_options.stream && !m_said.content.empty())
        tell(out);
    appendHead(out);
    appendSaid(out, m_said);
    out += ",\"done\":true,\"done_reason\":\"";
    out += m_cut.isCut() ? "stop" : chatFinishReason(m_finish, m_callCount > 0, "stop");
    out += "\",";
    if (m_options.keepsTurns) {
        std::string turns = m_options.turns;
        addOllamaTurn(turns, 'm', m_words);
        out += "\"context\":";
        appendOllamaContext(out, turns);
        out += ',';
    }
    m_times.append(out, m_usage.input(), m_usage.output());
    out += m_options.stream ? "}\n" : "}";
    return {};
}

} // namespace Gateway
