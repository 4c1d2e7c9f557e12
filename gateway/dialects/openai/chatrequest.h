#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/common/result.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/requestdraft.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// What a chat request asks of the answer.
struct ChatOptions
{
    std::string model;              ///< Gemini's id, without "models/" or "google/".
    bool stream = false;            ///< `stream`.
    bool includeUsage = false;      ///< `stream_options.include_usage`.
    int choiceCount = 1;            ///< `n`, 1…8.
    bool logprobs = false;          ///< `logprobs`.
    int topLogprobs = 0;            ///< `top_logprobs`, 0…20.
    bool jsonAnswer = false;        ///< `response_format` asks for JSON.
    bool legacyFunctions = false;   ///< Tools came as `functions`: calls are told as `function_call`.
    bool imagesApart = false;       ///< `modalities` names "image": pictures are told as `message.images`.
    bool parallelToolCalls = true;  ///< `parallel_tool_calls`; Gemini has no such switch, so the answer half
                                    ///< keeps only the first call of a choice when it is false.
    std::vector<std::string> tools; ///< Names of the declared functions, in order.
    std::string ignored{};          ///< What Translation::ignored() tells.
};

/// The request half of POST /v1/chat/completions: OpenAI's JSON → the body of Gemini's generateContent
/// (platform.openai.com/docs/api-reference/chat, ai.google.dev/api/generate-content). All that can be wrong
/// with a request is found by parse(); only what the relay looks up is filled in later.
class ChatRequest
{
public:
    /// `body` is the client's JSON; nothing of it is kept by reference. Fails with the client's 400, whose
    /// `param` is a path such as "messages[3].content[1].image_url.url".
    static Result<ChatRequest> parse(std::string_view body);
    /// As parse(), of a body that was read already; `bodySize` is about the bytes of its text.
    static Result<ChatRequest> read(const json::object &body, std::size_t bodySize);

    const ChatOptions &options() const { return m_options; }
    const std::string &model() const { return m_options.model; }
    bool isStream() const { return m_options.stream; }
    bool includeUsage() const { return m_options.includeUsage; }
    int choiceCount() const { return m_options.choiceCount; }
    bool wantsLogprobs() const { return m_options.logprobs; }
    bool usesLegacyFunctions() const { return m_options.legacyFunctions; }

    /// Ids of tool calls whose thought signatures the request lacks, each once.
    const std::vector<std::string> &wantedSignatures() const { return m_draft.wantedSignatures(); }
    /// http(s) URLs whose content the body needs, each once.
    const std::vector<std::string> &wantedMedia() const { return m_draft.wantedMedia(); }

    /// The body for Gemini; to be called once. Fails when media could not be had, with the reason of
    /// `inputs.media` and the path of the part that named it.
    Result<std::string> geminiBody(const TranslationInputs &inputs) { return m_draft.finish(inputs); }

private:
    Result<void> write(const json::object &body, const JsonPath &root, std::size_t bodySize);

    ChatOptions m_options;
    RequestDraft m_draft;
};

} // namespace Gateway
