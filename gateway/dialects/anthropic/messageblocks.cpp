#include "gateway/dialects/anthropic/messageblocks.h"

#include <algorithm>

#include "gateway/dialects/answerpieces.h"
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
    if (!gemini.blockReason().empty() && !m_hasParts)
        m_finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    if (gemini.candidates() && !gemini.candidates()->empty())
        addCandidate(GeminiCandidate::read(gemini.candidates()->front()), sink);
    return {};
}

void MessageBlocks::addCandidate(const GeminiCandidate &candidate, MessageSink &sink)
{
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size() && !isCut(); ++i) {
        m_hasParts = true;
        addPart(GeminiPart::read((*candidate.parts)[i]), sink);
    }
    if (candidate.grounding)
        readSearch(*candidate.grounding);
    if (isCut())
        m_finish = {"STOP", {}, false};
    else if (!candidate.finishReason.empty())
        m_finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
}

void MessageBlocks::addPart(const GeminiPart &part, MessageSink &sink)
{
    using Kind = ChatPiece::Kind;
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

void MessageBlocks::addThought(std::string_view text, MessageSink &sink)
{
    if (m_open != Open::Thinking)
        close(sink);
    tell(text, Open::Thinking, sink);
}

/// `isModels`: the model wrote it; a stop sequence in anything else ends nothing.
void MessageBlocks::addText(std::string_view text, bool isModels, MessageSink &sink)
{
    if (m_open == Open::Thinking)
        close(sink);
    if (!isModels) {
        tellHeld(sink);
        tell(text, Open::Text, sink);
        return;
    }
    m_told.clear();
    m_stop.add(text, m_told);
    tell(m_told, Open::Text, sink);
}

void MessageBlocks::tellHeld(MessageSink &sink)
{
    m_told.clear();
    m_stop.end(m_told);
    tell(m_told, Open::Text, sink);
}

/// Of the open block, or else of a new one.
void MessageBlocks::tell(std::string_view text, Open kind, MessageSink &sink)
{
    if (text.empty())
        return;
    if (m_open != kind) {
        sink.begin(kind == Open::Text ? MessageSink::Kind::Text : MessageSink::Kind::Thinking);
        m_open = kind;
    }
    m_saidAnything = m_saidAnything || kind == Open::Text;
    sink.add(text);
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
    close(sink);
    addSearch(sink);
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
    if (m_searches > 0) {
        appendCount(out, ",\"server_tool_use\":{\"web_search_requests\":", m_searches);
        out += '}';
    }
    out += '}';
}

/// A stream's last grounding counts: each tells all that was found so far.
void MessageBlocks::readSearch(const json::object &grounding)
{
    const json::array *queries = arrayAt(grounding, "webSearchQueries");
    if (!queries || queries->empty())
        return;
    m_query.clear();
    m_results.clear();
    m_searches = static_cast<int>(queries->size());
    for (const json::value &query : *queries) {
        const json::string *text = query.if_string();
        m_query += m_query.empty() ? "" : "; ";
        m_query += text ? std::string_view(*text) : std::string_view();
    }
    const json::array *chunks = arrayAt(grounding, "groundingChunks");
    for (std::size_t i = 0; chunks && i < chunks->size(); ++i) {
        const json::object *chunk = (*chunks)[i].if_object();
        const json::object *web = chunk ? objectAt(*chunk, "web") : nullptr;
        if (!web)
            continue;
        m_results += m_results.empty() ? "{\"type\":\"web_search_result\",\"url\":"
                                       : ",{\"type\":\"web_search_result\",\"url\":";
        appendJsonString(m_results, stringAt(*web, "uri"));
        m_results += ",\"title\":";
        appendJsonString(m_results, stringAt(*web, "title"));
        m_results += ",\"encrypted_content\":\"\",\"page_age\":null}";
    }
}

void MessageBlocks::addSearch(MessageSink &sink) const
{
    if (m_searches == 0)
        return;
    const std::string id = std::string("srvtoolu_").append(bareId(m_context));
    std::string json = "{\"query\":";
    appendJsonString(json, m_query);
    json += '}';
    sink.use("server_tool_use", id, "web_search", json);
    json = "{\"type\":\"web_search_tool_result\",\"tool_use_id\":";
    appendJsonString(json, id);
    json += ",\"content\":[" + m_results + "]}";
    sink.block(json);
}

} // namespace Gateway
