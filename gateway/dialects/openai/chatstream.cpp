#include "gateway/dialects/openai/chatstream.h"

#include <algorithm>
#include <charconv>

#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

void appendNumber(std::string &out, int number)
{
    char digits[12];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
}

std::string chunkHead(const ChatAnswerForm &form, const TranslationContext &context)
{
    std::string head = "data: {\"id\":";
    appendJsonString(head, chatCompletionId(context));
    head += ",\"object\":\"chat.completion.chunk\",\"created\":";
    head += std::to_string(context.createdSeconds);
    head += ",\"model\":";
    appendJsonString(head, form.model);
    head += ",\"choices\":[";
    return head;
}

constexpr std::string_view CHOICE_START = "{\"index\":";
/// With include_usage OpenAI tells `usage` in every chunk, null but for the last.
constexpr std::string_view TAIL = "]}\n\n";
constexpr std::string_view TAIL_WITH_USAGE = "],\"usage\":null}\n\n";

} // namespace

ChatStream::ChatStream(ChatAnswerForm form, const TranslationContext &context)
    : m_form(std::move(form))
    , m_context(context)
    , m_head(chunkHead(m_form, context))
    , m_tail(m_form.includeUsage ? TAIL_WITH_USAGE : TAIL)
    , m_calls(context)
{
}

Result<void> ChatStream::event(std::string_view geminiJson, std::string &out)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return read;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    m_calls.setResponseId(gemini.responseId());
    if (!gemini.blockReason().empty() && m_choices.empty()) {
        Choice &blocked = choiceAt(0);
        blocked.finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    }
    if (gemini.candidates()) {
        for (const json::value &candidate : *gemini.candidates())
            addCandidate(GeminiCandidate::read(candidate), out);
    }
    return {};
}

ChatStream::Choice &ChatStream::choiceAt(int index)
{
    const auto found = std::ranges::find(m_choices, index, &Choice::index);
    if (found != m_choices.end())
        return *found;
    m_choices.emplace_back().index = index;
    return m_choices.back();
}

void ChatStream::addCandidate(const GeminiCandidate &candidate, std::string &out)
{
    Choice &choice = choiceAt(candidate.index);
    m_logprobs = candidate.logprobs;
    if (candidate.parts) {
        for (const json::value &value : *candidate.parts) {
            const GeminiPart part = GeminiPart::read(value);
            if (part.kind == GeminiPart::Kind::Text && !part.signature.empty())
                choice.signature = part.signature;
            addPiece(choice, readChatPiece(part, m_form.imagesApart, !choice.hasContent, m_scratch), part,
                     out);
        }
    }
    if (m_logprobs) {
        startDelta(choice, {}, out);
        endDelta(std::exchange(m_logprobs, nullptr), out);
    }
    if (candidate.grounding)
        choice.sources.readGrounding(*candidate.grounding, {});
    if (candidate.citations)
        choice.sources.readCitations(*candidate.citations);
    if (!candidate.finishReason.empty())
        choice.finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
}

void ChatStream::addPiece(Choice &choice, const ChatPiece &piece, const GeminiPart &part, std::string &out)
{
    using Kind = ChatPiece::Kind;
    if (piece.kind == Kind::None)
        return;
    if (piece.kind == Kind::Call)
        return addCall(choice, part, out);
    choice.saidAnything = choice.saidAnything || piece.kind != Kind::Reasoning;
    if (piece.kind == Kind::Content) {
        piece.isOwnText ? choice.positions.addForeign(piece.text) : choice.positions.add(piece.text);
        choice.hasContent = true;
        startDelta(choice, "\"content\":", out);
        appendJsonString(out, piece.text);
        return endDelta(std::exchange(m_logprobs, nullptr), out);
    }
    if (piece.kind == Kind::Reasoning) {
        startDelta(choice, "\"reasoning_content\":", out);
        appendJsonString(out, piece.text);
    } else if (piece.kind == Kind::Image) {
        startDelta(choice, "\"images\":[", out);
        appendChatImage(out, piece.text);
        out += ']';
    } else {
        startDelta(choice, "\"audio\":", out);
        appendChatAudio(out, m_context, piece.text);
    }
    endDelta(nullptr, out);
}

void ChatStream::addCall(Choice &choice, const GeminiPart &part, std::string &out)
{
    if (choice.callCount > 0 && (m_form.singleCall || m_form.legacyFunctions))
        return;
    choice.saidAnything = true;
    if (m_form.legacyFunctions) {
        ++choice.callCount;
        startDelta(choice, "\"function_call\":", out);
        m_calls.appendFunctionCall(out, part);
        return endDelta(nullptr, out);
    }
    startDelta(choice, "\"tool_calls\":[{\"index\":", out);
    appendNumber(out, choice.callCount++);
    out += ',';
    m_calls.appendToolCall(out, part);
    out += "}]";
    endDelta(nullptr, out);
}

void ChatStream::startDelta(Choice &choice, std::string_view member, std::string &out) const
{
    out += m_head;
    out += CHOICE_START;
    appendNumber(out, choice.index);
    out += ",\"delta\":{";
    if (!std::exchange(choice.isOpen, true)) {
        out += "\"role\":\"assistant\"";
        const bool isContent = member.starts_with("\"content\"");
        out += isContent ? "," : ",\"content\":null";
        if (!isContent && !member.empty())
            out += ',';
    }
    out += member;
}

void ChatStream::endDelta(const json::object *logprobs, std::string &out) const
{
    if (!logprobs) {
        out += "},\"logprobs\":null,\"finish_reason\":null}";
    } else {
        out += "},\"logprobs\":";
        appendChatLogprobs(out, logprobs);
        out += ",\"finish_reason\":null}";
    }
    out += m_tail;
}

Result<void> ChatStream::finish(std::string &out)
{
    if (Result<void> ended = checkEnd(); !ended)
        return ended;
    std::ranges::stable_sort(m_choices, {}, &Choice::index);
    for (Choice &choice : m_choices)
        closeChoice(choice, out);
    if (m_form.includeUsage) {
        out += m_head;
        out += "],\"usage\":";
        appendChatUsage(out, m_usage);
        out += "}\n\n";
    }
    out += "data: [DONE]\n\n";
    return {};
}

Result<void> ChatStream::checkEnd() const
{
    if (m_choices.empty())
        return fail(502, "empty_upstream_answer", "Gemini's stream ended without an answer.");
    if (std::ranges::any_of(m_choices, [](const Choice &c) { return c.finish.reason.empty(); }))
        return fail(502, "incomplete_upstream_answer",
                    "Gemini's stream ended before the answer was complete.");
    if (std::ranges::all_of(m_choices, [](const Choice &c) { return isBrokenCall(c.finish); }))
        return fail(brokenCallError(m_choices.front().finish));
    return {};
}

void ChatStream::closeChoice(Choice &choice, std::string &out) const
{
    const std::string refusal = chatRefusal(choice.finish, choice.saidAnything);
    if (!refusal.empty()) {
        startDelta(choice, "\"refusal\":", out);
        appendJsonString(out, refusal);
        endDelta(nullptr, out);
    }
    if (!choice.sources.isEmpty()) {
        startDelta(choice, "\"annotations\":", out);
        choice.sources.append(out, choice.positions);
        endDelta(nullptr, out);
    }
    if (!choice.signature.empty()) {
        startDelta(choice, "\"extra_content\":", out);
        appendGoogleSignature(out, choice.signature);
        endDelta(nullptr, out);
    }
    if (!choice.isOpen) {
        startDelta(choice, "\"content\":\"\"", out);
        endDelta(nullptr, out);
    }
    startDelta(choice, {}, out);
    out += "},\"logprobs\":null,";
    appendChatFinish(out, choice.finish, choice.callCount > 0,
                     m_form.legacyFunctions ? "function_call" : "tool_calls");
    out += '}';
    out += m_tail;
}

void ChatStream::breakOff(const Error &error, std::string &out) const
{
    out += "data: ";
    out += errorBody(Dialect::OpenAi, error);
    out += "\n\n";
}

} // namespace Gateway
