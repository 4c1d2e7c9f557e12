#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/anthropic/messagesources.h"
#include "gateway/dialects/anthropic/messagesrequest.h"
#include "gateway/dialects/chatanswercalls.h"
#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/stopcut.h"

namespace Gateway {

/// Takes the content blocks of a message one after the other: whole, or as events of a stream.
class MessageSink
{
public:
    enum class Kind : std::uint8_t { Text, Thinking };

    virtual ~MessageSink() = default;
    /// A block of text or thoughts begins; add() and sign() belong to it until end().
    virtual void begin(Kind kind) = 0;
    /// `isModels`: Gemini wrote it as text, so that sources may name it.
    virtual void add(std::string_view text, bool isModels) = 0;
    virtual void sign(std::string_view signature) = 0;
    virtual void end() = 0;
    /// A whole block of type "tool_use" or "server_tool_use"; `input` is JSON.
    virtual void use(std::string_view type, std::string_view id, std::string_view name,
                     std::string_view input) = 0;
    /// Any other block, as JSON.
    virtual void block(std::string_view json) = 0;
    /// At the answer's end, before the last block ends: the words that sources stand behind.
    virtual void cite(const MessageSources &sources) = 0;
    /// At the answer's end, once all blocks have ended: the search that was made. `id`: of its
    /// server_tool_use.
    virtual void search(const MessageSources &sources, std::string_view id) = 0;
};

/// Cuts Gemini's answer, whole or event by event, into Anthropic's content blocks
/// (platform.claude.com/docs/en/api/messages): thoughts, text, tool_use, code that ran and what Google's
/// search found as server_tool_use with its result. A signature goes with the thoughts that came right before
/// its part; that of a call, or of code, is kept under its id as well. Pictures become markdown text, and so
/// does code where the client has no tool for it.
class MessageBlocks
{
public:
    MessageBlocks(const MessagesOptions &options, const TranslationContext &context);

    /// An answer or one event of a stream. An Error when it is one, 502 when it is no JSON.
    Result<void> add(std::string_view geminiJson, MessageSink &sink);

    /// Ends the last block; a message that Google cut before it said anything gets the reason as text. Fails
    /// with 502 when nothing usable has come (a `stream` that tells no finish reason broke), and with
    /// brokenCallError().
    Result<void> finish(MessageSink &sink, bool stream);

    /// A stop sequence came: nothing that follows is told.
    bool isCut() const { return m_stop.isCut(); }

    /// Appends `"stop_reason":…,"stop_sequence":…` with Anthropic's words for how it ended.
    void appendStop(std::string &out) const;

    /// Appends the `usage` object: input without what came from Google's cache, output with the thoughts.
    void appendUsage(std::string &out) const;

    const TokenCounts &tokens() const { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures();

private:
    enum class Open : std::uint8_t { Nothing, Text, Thinking };

    void addCandidate(const GeminiCandidate &candidate, MessageSink &sink);
    void addPart(const GeminiPart &part, MessageSink &sink);
    bool addCode(const GeminiPart &part, MessageSink &sink);
    void addCall(const GeminiPart &part, MessageSink &sink);
    void addThought(std::string_view text, MessageSink &sink);
    void addText(std::string_view text, bool isModels, MessageSink &sink);
    void tell(std::string_view text, Open kind, bool isModels, MessageSink &sink);
    void tellHeld(MessageSink &sink);
    void close(MessageSink &sink, std::string_view signature = {});
    std::string_view stopReason() const;

    const MessagesOptions &m_options;
    TranslationContext m_context;
    ChatAnswerCalls m_calls;
    ChatAnswerCalls m_codes;
    std::string m_code; ///< Id of the code whose result is to come.
    MessageSources m_sources;
    GeminiUsage m_usage;
    ChatFinish m_finish;
    StopCut m_stop;
    Open m_open = Open::Nothing;
    bool m_hasParts = false;
    bool m_saidAnything = false;
    bool m_hasText = false;
    int m_callCount = 0;
    std::size_t m_textBytes = 0; ///< Of the text that Gemini wrote.
    std::string m_scratch;
    std::string m_told;
};

/// "msg_" and the request id without its "req_".
std::string messageId(const TranslationContext &context);

} // namespace Gateway
