#include "gateway/dialects/anthropic/messageblocks.h"

#include <algorithm>

#include "gateway/dialects/answerpieces.h"
#include "gateway/dialects/anthropic/servercode.h"
#include "gateway/dialects/anthropic/thinkingsignature.h"

namespace Gateway {

namespace {

std::string_view bareId(const TranslationContext &context)
{
    std::string_view id = context.requestId;
    if (id.starts_with("req_"))
        id.remove_prefix(std::string_view("req_").size());
    return id;
}

void appendCount(std::string &out, std::string_view name, std::int64_t count)
{
    out += name;
    out += std::to_string(std::max<std::int64_t>(count, 0));
}

} // namespace

std::string messageId(const TranslationContext &context)
{
    return std::string("msg_").append(bareId(context));
}

MessageBlocks::MessageBlocks(const MessagesOptions &options, const TranslationContext &context)
    : m_options(options)
    , m_context(context)
    , m_calls(context, "toolu_")
    , m_codes(context, "srvtoolu_")
    , m_stop(options.stops)
{
}

Result<void> MessageBlocks::add(std::string_view geminiJson, MessageSink &sink)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return read;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    m_calls.setResponseId(gemini.responseId());
    m_codes.setResponseId(gemini.responseId());
    if (!gemini.blockReason().empty() && !m_hasParts)
        m_finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    if (gemini.candidates() && !gemini.candidates()->empty())
        addCandidate(GeminiCandidate::read(gemini.candidates()->front()), sink);
    return {};
}

void MessageBlocks::addCandidate(const GeminiCandidate &candidate, MessageSink &sink)
{
    const bool isFirst = m_textBytes == 0;
    std::vector<std::size_t> partStarts;
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size() && !isCut(); ++i) {
        m_hasParts = true;
        partStarts.push_back(m_textBytes);
        addPart(GeminiPart::read((*candidate.parts)[i]), sink);
    }
    if (candidate.grounding)
        m_sources.read(*candidate.grounding, isFirst ? partStarts : std::vector<std::size_t>());
    if (isCut())
        m_finish = {"STOP", {}, false};
    else if (!candidate.finishReason.empty())
        m_finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
}

void MessageBlocks::addPart(const GeminiPart &part, MessageSink &sink)
{
    using Kind = ChatPiece::Kind;
    if (addCode(part, sink))
        return;
    const ChatPiece piece = readChatPiece(part, false, !m_hasText, m_scratch);
    if (piece.kind == Kind::Reasoning) {
        if (m_options.showThoughts)
            addThought(piece.text, sink);
        return;
    }
    if (m_open == Open::Thinking && !part.signature.empty())
        close(sink, part.signature);
    if (piece.kind == Kind::Call) {
        addCall(part, sink);
    } else if (piece.kind == Kind::Content) {
        m_hasText = true;
        addText(piece.text, !piece.isOwnText, sink);
    }
}

/// False when the part is told in another way.
bool MessageBlocks::addCode(const GeminiPart &part, MessageSink &sink)
{
    const bool isResult = part.kind == GeminiPart::Kind::CodeResult;
    if (m_options.codeForm == CodeForm::None || part.isThought ||
        (isResult ? m_code.empty() : part.kind != GeminiPart::Kind::Code))
        return false;
    close(sink, m_open == Open::Thinking ? part.signature : std::string_view());
    m_scratch.clear();
    if (isResult) {
        appendCodeResult(m_scratch, m_options.codeForm, std::exchange(m_code, {}), *part.object);
        sink.block(m_scratch);
        return true;
    }
    m_code = m_codes.takeId(part);
    appendCodeInput(m_scratch, m_options.codeForm, stringAt(*part.object, "code"));
    sink.use("server_tool_use", m_code, codeToolName(m_options.codeForm), m_scratch);
    return true;
}

std::vector<std::pair<std::string, std::string>> MessageBlocks::takeSignatures()
{
    std::vector<std::pair<std::string, std::string>> all = m_calls.takeSignatures();
    for (auto &known : m_codes.takeSignatures())
        all.push_back(std::move(known));
    return all;
}

void MessageBlocks::addThought(std::string_view text, MessageSink &sink)
{
    if (m_open != Open::Thinking)
        close(sink);
    tell(text, Open::Thinking, false, sink);
}

/// `isModels`: the model wrote it; a stop sequence in anything else ends nothing.
void MessageBlocks::addText(std::string_view text, bool isModels, MessageSink &sink)
{
    if (m_open == Open::Thinking)
        close(sink);
    if (!isModels) {
        tellHeld(sink);
        tell(text, Open::Text, false, sink);
        return;
    }
    m_textBytes += text.size();
    m_told.clear();
    m_stop.add(text, m_told);
    tell(m_told, Open::Text, true, sink);
}

void MessageBlocks::tellHeld(MessageSink &sink)
{
    m_told.clear();
    m_stop.end(m_told);
    tell(m_told, Open::Text, true, sink);
}

/// Of the open block, or else of a new one.
void MessageBlocks::tell(std::string_view text, Open kind, bool isModels, MessageSink &sink)
{
    if (text.empty())
        return;
    if (m_open != kind) {
        sink.begin(kind == Open::Text ? MessageSink::Kind::Text : MessageSink::Kind::Thinking);
        m_open = kind;
    }
    m_saidAnything = m_saidAnything || kind == Open::Text;
    sink.add(text, isModels);
}

void MessageBlocks::addCall(const GeminiPart &part, MessageSink &sink)
{
    if (m_callCount > 0 && m_options.singleCall)
        return;
    ++m_callCount;
    m_saidAnything = true;
    close(sink);
    m_scratch = "{}";
    if (objectAt(*part.object, "args")) {
        m_scratch.clear();
        appendJson(m_scratch, part.object->at("args"));
    }
    sink.use("tool_use", m_calls.takeId(part), stringAt(*part.object, "name"), m_scratch);
}

void MessageBlocks::close(MessageSink &sink, std::string_view signature)
{
    tellHeld(sink);
    if (std::exchange(m_open, Open::Nothing) == Open::Nothing)
        return;
    if (!signature.empty())
        sink.sign(markedSignature(signature));
    sink.end();
}

Result<void> MessageBlocks::finish(MessageSink &sink, bool stream)
{
    if (m_finish.reason.empty() && (stream || !m_hasParts))
        return m_hasParts
                   ? fail(502, "incomplete_upstream_answer", "Gemini's answer ended before it was complete.")
                   : fail(502, "empty_upstream_answer", "Gemini's answer holds no candidate.");
    if (isBrokenCall(m_finish))
        return fail(brokenCallError(m_finish));
    tellHeld(sink);
    if (const std::string refusal = chatRefusal(m_finish, m_saidAnything); !refusal.empty())
        addText(refusal, false, sink);
    sink.cite(m_sources);
    close(sink);
    if (m_sources.searches() > 0)
        sink.search(m_sources, std::string("srvtoolu_").append(bareId(m_context)));
    return {};
}

void MessageBlocks::appendStop(std::string &out) const
{
    out += "\"stop_reason\":\"";
    out += stopReason();
    out += "\",\"stop_sequence\":";
    if (isCut())
        appendJsonString(out, *m_stop.cutBy());
    else
        out += "null";
}

std::string_view MessageBlocks::stopReason() const
{
    if (isCut())
        return "stop_sequence";
    const std::string_view word = chatFinishReason(m_finish, m_callCount > 0, "tool_use");
    if (word == "content_filter")
        return "refusal";
    if (word == "length")
        return "max_tokens";
    return word == "stop" ? "end_turn" : word;
}

void MessageBlocks::appendUsage(std::string &out) const
{
    const std::int64_t cached = std::max<std::int64_t>(m_usage.counts.cached, 0);
    appendCount(out, "{\"input_tokens\":", m_usage.input() - cached);
    out += ",\"cache_creation_input_tokens\":0";
    appendCount(out, ",\"cache_read_input_tokens\":", cached);
    appendCount(out, ",\"output_tokens\":", m_usage.output());
    if (m_sources.searches() > 0) {
        appendCount(out, ",\"server_tool_use\":{\"web_search_requests\":", m_sources.searches());
        out += '}';
    }
    out += '}';
}

} // namespace Gateway
