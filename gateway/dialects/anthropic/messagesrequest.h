#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/common/result.h"
#include "gateway/dialects/anthropic/servercode.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/requestdraft.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// What a request for a message asks of the answer.
struct MessagesOptions
{
    std::string model;         ///< Gemini's id, without "models/".
    bool stream = false;       ///< `stream`.
    bool showThoughts = false; ///< `thinking` is on and not to be omitted.
    bool singleCall = false;   ///< `tool_choice.disable_parallel_tool_use`; Gemini has no such switch, so the
                               ///< answer half keeps only the first call.
    /// `stop_sequences`. Gemini would cut one off without telling which it was, so that it is not told them
    /// and the answer half looks for them.
    std::vector<std::string> stops{};
    CodeForm codeForm = CodeForm::None; ///< Of the code execution tool among `tools`.
    std::string ignored{};              ///< What Translation::ignored() tells.
};

/// The request half of POST /v1/messages and …/count_tokens: Anthropic's JSON → the body of Gemini's
/// generateContent or countTokens. Members without a counterpart that change nothing a client could miss
/// (metadata, context_management, service_tier …) are passed over; the body tells nothing of cache_control.
class MessagesRequest
{
public:
    enum class Kind : std::uint8_t { Message, TokenCount };

    /// `body` is the client's JSON; nothing of it is kept by reference. Fails with the client's 400, whose
    /// `param` is a path such as "messages[3].content[1].source.data". `findsMark`: cacheMark() is wanted.
    static Result<MessagesRequest> parse(std::string_view body, Kind kind, bool findsMark = false);

    const MessagesOptions &options() const { return m_options; }
    const std::vector<std::string> &wantedSignatures() const { return m_draft.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const { return m_draft.wantedMedia(); }
    /// What Translation::cacheMark() tells.
    const std::optional<CacheMark> &cacheMark() const { return m_mark; }

    /// The body for Gemini; to be called once.
    Result<std::string> geminiBody(const TranslationInputs &inputs) { return m_draft.finish(inputs); }

private:
    Result<void> write(const json::object &body, std::size_t bodySize, Kind kind, bool findsMark);

    MessagesOptions m_options;
    RequestDraft m_draft;
    std::optional<CacheMark> m_mark;
};

} // namespace Gateway
