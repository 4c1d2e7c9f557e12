#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// Appends the value of `extra_content`, `{"google":{"thought_signature":…}}`: the form of Google's own
/// OpenAI endpoint.
void appendGoogleSignature(std::string &out, std::string_view signature);

/// Writes Gemini's function calls as tool calls, gives them ids and collects their thought signatures. One
/// serves all choices of an answer.
class ChatAnswerCalls
{
public:
    /// `idHead`: what the ids that are made here begin with.
    explicit ChatAnswerCalls(const TranslationContext &context, std::string_view idHead = "call_");

    /// Google's responseId, once known: with the request id and the time it makes ids that no other answer
    /// has, even when a client sends the same x-request-id over and over.
    void setResponseId(std::string_view responseId);

    /// Appends `"id":…,"type":"function","function":{"name":…,"arguments":"{…}"}` and the part's signature
    /// where it has one. Without braces, so that a stream can put its index before it.
    void appendToolCall(std::string &out, const GeminiPart &part);
    /// Appends `{"name":…,"arguments":"{…}"}`, the older `function_call`, with the signature inside.
    void appendFunctionCall(std::string &out, const GeminiPart &part);

    /// The id of the part's call; its signature is kept under it.
    std::string takeId(const GeminiPart &part);

    /// Thought signatures since the last call: tool-call id → signature.
    std::vector<std::pair<std::string, std::string>> takeSignatures()
    {
        return std::exchange(m_signatures, {});
    }

private:
    std::string nextId(const json::object &call);
    void appendFunction(std::string &out, const json::object &call, std::string_view signature = {});

    std::string m_idHead;
    std::uint64_t m_seed = 0;
    bool m_hasResponseId = false;
    int m_made = 0;
    std::vector<std::string> m_given;
    std::string m_arguments;
    std::vector<std::pair<std::string, std::string>> m_signatures;
};

} // namespace Gateway
