#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/answerpieces.h"
#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatanswerpieces.h"

namespace Gateway {

/// The streamed answer of POST /v1/chat/completions (platform.openai.com/docs/api-reference/chat-streaming):
/// Gemini's events → chat.completion.chunk events. Joined, the deltas are what ChatAnswer tells of the same
/// parts. Keeps no text: what grows is a bit per byte of text that is not ASCII, and sources.
class ChatStream
{
public:
    ChatStream(ChatAnswerForm form, const TranslationContext &context);

    /// One chunk for each part of the event. The error of the event when it is one, 502 when it is no JSON.
    Result<void> event(std::string_view geminiJson, std::string &out);

    /// Sources, finish_reason of each choice, usage when asked, "[DONE]". Finish reasons wait until here,
    /// since Gemini may name one with every event and change it (STOP, then RECITATION). Fails with 502 when
    /// a choice has none, when nothing came at all and the prompt was not blocked, and with
    /// brokenCallError().
    Result<void> finish(std::string &out);

    /// `data: {"error":…}`: OpenAI's SDKs throw on it. No [DONE], which would tell a good end.
    void breakOff(const Error &error, std::string &out) const;

    const TokenCounts &tokens() const { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() { return m_calls.takeSignatures(); }

private:
    struct Choice
    {
        int index = 0;
        bool isOpen = false; ///< Its first delta, with the role, was sent.
        bool hasContent = false;
        bool saidAnything = false;
        int callCount = 0;
        ChatFinish finish;
        std::string signature; ///< Of the text: told at the end, as the last one counts.
        ContentPositions positions;
        ChatAnswerSources sources;
    };

    Choice &choiceAt(int index);
    void addCandidate(const GeminiCandidate &candidate, std::string &out);
    void addPiece(Choice &choice, const ChatPiece &piece, const GeminiPart &part, std::string &out);
    void addCall(Choice &choice, const GeminiPart &part, std::string &out);
    void startDelta(Choice &choice, std::string_view member, std::string &out) const;
    void endDelta(const json::object *logprobs, std::string &out) const;
    Result<void> checkEnd() const;
    void closeChoice(Choice &choice, std::string &out) const;

    ChatAnswerForm m_form;
    TranslationContext m_context;
    std::string m_head; ///< From "data: " to the number of the choice.
    std::string_view m_tail;
    ChatAnswerCalls m_calls;
    GeminiUsage m_usage;
    std::vector<Choice> m_choices;
    const json::object *m_logprobs = nullptr; ///< Of the event being written, until a chunk has told them.
    std::string m_scratch;
};

} // namespace Gateway
