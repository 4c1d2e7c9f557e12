#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/chatanswercalls.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/openai/chatanswersources.h"
#include "gateway/dialects/responses/responsesevents.h"
#include "gateway/dialects/responses/responsesform.h"

namespace Gateway {

/// The output items of a response, built from Gemini's parts one by one, and the events that tell of them.
/// One item is open at a time.
class ResponsesItems
{
public:
    /// `form` and `events` outlive this.
    ResponsesItems(const ResponsesForm &form, const TranslationContext &context, ResponsesEvents &events);

    void setResponseId(std::string_view id) { m_calls.setResponseId(id); }
    ChatAnswerSources &sources() { return m_sources; }
    void readSearches(const json::object &grounding);
    /// Bytes of text so far, as grounding counts them.
    std::size_t textBytes() const { return m_positions.bytes(); }

    /// `logprobs` may be null; it goes with the part's text.
    void add(const GeminiPart &part, const json::object *logprobs);
    /// The model refused, or was made to.
    void addRefusal(std::string_view text);
    /// Closes what is open; `isCut`: the answer ended before its end.
    void finish(bool isCut);

    bool saidAnything() const { return m_saidAnything; }
    /// The finished items, comma-separated.
    const std::string &output() const { return m_output; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() { return m_calls.takeSignatures(); }

private:
    enum class Open : std::uint8_t { None, Reasoning, Message, Code };

    void addThought(std::string_view text);
    void addText(std::string_view text, const json::object *logprobs);
    void addCall(const GeminiPart &part);
    void addFunctionCall(const GeminiPart &part, const std::string &callId);
    void addCustomCall(const GeminiPart &part, const std::string &callId);
    void addCode(const GeminiPart &part);
    void addCodeResult(const GeminiPart &part);
    void addImage(const GeminiPart &part);
    void addSearch();

    std::string open(std::string_view prefix, std::string_view members);
    void close(bool isCut = false);
    void closeReasoning(std::string_view sealed);
    void closeMessage(bool isCut);
    void closeCode();
    void addSealed(std::string_view sealed);
    void tellDone(std::string_view item);
    std::string annotations();

    const ResponsesForm &m_form;
    ResponsesEvents &m_events;
    ChatAnswerCalls m_calls;
    ChatAnswerSources m_sources;
    ContentPositions m_positions;
    std::vector<std::string> m_queries;
    std::string m_output;
    int m_index = -1; ///< Of the item begun last.
    Open m_open = Open::None;
    std::string m_itemId;
    std::string m_text;             ///< Of the open item: words, thoughts or code.
    std::string m_logprobs;         ///< Of the open message.
    std::string m_logs;             ///< What the open code printed, as JSON list entries.
    std::size_t m_messageStart = 0; ///< Characters before the open message.
    std::string m_textSignature;
    int m_callCount = 0;
    bool m_saidAnything = false;
};

} // namespace Gateway
