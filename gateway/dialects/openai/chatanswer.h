#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/chatanswercalls.h"
#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/openai/chatanswersources.h"

namespace Gateway {

/// What the request decides about the form of its answer.
struct ChatAnswerForm
{
    std::string model;         ///< Told as `model`: the id that was asked, so that list, request, answer and
                               ///< record agree.
    bool includeUsage = false; ///< stream_options.include_usage
    bool imagesApart = false;  ///< `modalities` names "image".
    bool legacyFunctions = false; ///< Calls are told as `function_call`.
    bool singleCall = false;      ///< parallel_tool_calls is false: only a choice's first call is told.
};

/// The whole answer of POST /v1/chat/completions (platform.openai.com/docs/api-reference/chat/object). Beyond
/// OpenAI's members: `reasoning_content` from thought parts, `images` (see readChatPiece),
/// `extra_content.google.thought_signature` in a tool call or, for one that came with text, in the message,
/// `native_finish_reason`.
class ChatAnswer
{
public:
    ChatAnswer(ChatAnswerForm form, const TranslationContext &context);

    /// Gemini's generateContent answer → the chat completion. A blocked prompt is an answer too: one choice
    /// with finish_reason content_filter and the reason as `refusal`. Fails with 502 when there is nothing to
    /// tell, and with brokenCallError() when all candidates ended so.
    Result<std::string> answer(std::string_view geminiJson);

    const TokenCounts &tokens() const { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() { return m_calls.takeSignatures(); }

private:
    /// One choice while it is put together; texts are raw, lists are JSON without their brackets.
    struct Choice
    {
        int index = 0;
        std::string content;
        std::string reasoning;
        std::string calls;
        std::string images;
        std::string audio;
        std::string logprobs;
        std::string signature; ///< Of the text.
        int callCount = 0;
        bool hasParts = false;
        ChatFinish finish;
        ContentPositions positions;
        ChatAnswerSources sources;
    };

    Choice readCandidate(const GeminiCandidate &candidate);
    void addPart(Choice &choice, const GeminiPart &part);
    void addCall(Choice &choice, const GeminiPart &part);
    Result<void> check(const std::vector<Choice> &choices) const;
    void appendChoice(std::string &out, const Choice &choice) const;
    void appendMessage(std::string &out, const Choice &choice) const;
    std::string completion(const std::vector<Choice> &choices, std::size_t sizeHint) const;

    ChatAnswerForm m_form;
    TranslationContext m_context;
    ChatAnswerCalls m_calls;
    GeminiUsage m_usage;
    std::string m_scratch;
};

} // namespace Gateway
