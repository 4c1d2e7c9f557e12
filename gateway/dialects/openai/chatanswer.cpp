#include "gateway/dialects/openai/chatanswer.h"

#include <algorithm>

#include "gateway/dialects/answerpieces.h"
#include "gateway/dialects/openai/chatanswerpieces.h"

namespace Gateway {

namespace {

void appendListItem(std::string &list, auto append)
{
    if (!list.empty())
        list += ',';
    append();
}

} // namespace

ChatAnswer::ChatAnswer(ChatAnswerForm form, const TranslationContext &context)
    : m_form(std::move(form))
    , m_context(context)
    , m_calls(context)
{
}

Result<std::string> ChatAnswer::answer(std::string_view geminiJson)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return fail(std::move(read.error()));
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    m_calls.setResponseId(gemini.responseId());
    std::vector<Choice> choices;
    if (gemini.candidates()) {
        for (const json::value &candidate : *gemini.candidates())
            choices.push_back(readCandidate(GeminiCandidate::read(candidate)));
    }
    if (choices.empty() && !gemini.blockReason().empty()) {
        Choice blocked;
        blocked.finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
        choices.push_back(std::move(blocked));
        return completion(choices, 0);
    }
    if (Result<void> usable = check(choices); !usable)
        return fail(std::move(usable.error()));
    std::ranges::stable_sort(choices, {}, &Choice::index);
    return completion(choices, geminiJson.size());
}

ChatAnswer::Choice ChatAnswer::readCandidate(const GeminiCandidate &candidate)
{
    Choice choice;
    choice.index = candidate.index;
    choice.finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage), false};
    std::vector<std::size_t> partStarts;
    if (candidate.parts) {
        choice.hasParts = !candidate.parts->empty();
        for (const json::value &part : *candidate.parts) {
            partStarts.push_back(choice.positions.bytes());
            addPart(choice, GeminiPart::read(part));
        }
    }
    if (candidate.logprobs)
        appendChatLogprobs(choice.logprobs, candidate.logprobs);
    if (candidate.grounding)
        choice.sources.readGrounding(*candidate.grounding, partStarts);
    if (candidate.citations)
        choice.sources.readCitations(*candidate.citations);
    return choice;
}

void ChatAnswer::addPart(Choice &choice, const GeminiPart &part)
{
    if (part.kind == GeminiPart::Kind::Text && !part.signature.empty())
        choice.signature = part.signature;
    const ChatPiece piece = readChatPiece(part, m_form.imagesApart, choice.content.empty(), m_scratch);
    switch (piece.kind) {
    case ChatPiece::Kind::Content:
        choice.content += piece.text;
        piece.isOwnText ? choice.positions.addForeign(piece.text) : choice.positions.add(piece.text);
        break;
    case ChatPiece::Kind::Reasoning:
        choice.reasoning += piece.text;
        break;
    case ChatPiece::Kind::Call:
        addCall(choice, part);
        break;
    case ChatPiece::Kind::Image:
        appendListItem(choice.images, [&] { appendChatImage(choice.images, piece.text); });
        break;
    case ChatPiece::Kind::Audio:
        choice.audio += piece.text;
        break;
    case ChatPiece::Kind::None:
        break;
    }
}

void ChatAnswer::addCall(Choice &choice, const GeminiPart &part)
{
    if (choice.callCount > 0 && (m_form.singleCall || m_form.legacyFunctions))
        return;
    ++choice.callCount;
    if (m_form.legacyFunctions)
        return m_calls.appendFunctionCall(choice.calls, part);
    appendListItem(choice.calls, [&] {
        choice.calls += '{';
        m_calls.appendToolCall(choice.calls, part);
        choice.calls += '}';
    });
}

Result<void> ChatAnswer::check(const std::vector<Choice> &choices) const
{
    const auto isNothing = [](const Choice &choice) {
        return !choice.hasParts && choice.finish.reason.empty();
    };
    if (std::ranges::all_of(choices, isNothing))
        return fail(502, "empty_upstream_answer", "Gemini's answer holds no candidate.");
    if (std::ranges::all_of(choices, [](const Choice &c) { return isBrokenCall(c.finish); }))
        return fail(brokenCallError(choices.front().finish));
    return {};
}

std::string ChatAnswer::completion(const std::vector<Choice> &choices, std::size_t sizeHint) const
{
    std::string out;
    out.reserve(sizeHint + 512);
    out += "{\"id\":";
    appendJsonString(out, chatCompletionId(m_context));
    out += ",\"object\":\"chat.completion\",\"created\":";
    out += std::to_string(m_context.createdSeconds);
    out += ",\"model\":";
    appendJsonString(out, m_form.model);
    out += ",\"choices\":[";
    for (const Choice &choice : choices) {
        if (&choice != &choices.front())
            out += ',';
        appendChoice(out, choice);
    }
    out += "],\"usage\":";
    appendChatUsage(out, m_usage);
    out += '}';
    return out;
}

void ChatAnswer::appendChoice(std::string &out, const Choice &choice) const
{
    out += "{\"index\":";
    out += std::to_string(choice.index);
    out += ",\"message\":";
    appendMessage(out, choice);
    out += ",\"logprobs\":";
    out += choice.logprobs.empty() ? std::string_view("null") : std::string_view(choice.logprobs);
    out += ',';
    appendChatFinish(out, choice.finish, choice.callCount > 0,
                     m_form.legacyFunctions ? "function_call" : "tool_calls");
    out += '}';
}

void ChatAnswer::appendMessage(std::string &out, const Choice &choice) const
{
    const bool saidElse = choice.callCount > 0 || !choice.images.empty() || !choice.audio.empty();
    const std::string refusal = chatRefusal(choice.finish, saidElse || !choice.content.empty());
    out += "{\"role\":\"assistant\",\"content\":";
    if (choice.content.empty() && (saidElse || !refusal.empty()))
        out += "null";
    else
        appendJsonString(out, choice.content);
    out += ",\"refusal\":";
    if (refusal.empty())
        out += "null";
    else
        appendJsonString(out, refusal);
    if (!choice.reasoning.empty()) {
        out += ",\"reasoning_content\":";
        appendJsonString(out, choice.reasoning);
    }
    if (choice.callCount > 0)
        out += m_form.legacyFunctions ? ",\"function_call\":" + choice.calls
                                      : ",\"tool_calls\":[" + choice.calls + ']';
    if (!choice.images.empty())
        out += ",\"images\":[" + choice.images + ']';
    if (!choice.audio.empty()) {
        out += ",\"audio\":";
        appendChatAudio(out, m_context, choice.audio);
    }
    if (!choice.sources.isEmpty()) {
        out += ",\"annotations\":";
        choice.sources.append(out, choice.positions);
    }
    if (!choice.signature.empty()) {
        out += ",\"extra_content\":";
        appendGoogleSignature(out, choice.signature);
    }
    out += '}';
}

} // namespace Gateway
