#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/chatanswercalls.h"
#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/ollama/ollamarequest.h"
#include "gateway/dialects/ollama/ollamatimes.h"
#include "gateway/dialects/stopcut.h"

namespace Gateway {

/// The answer half of /api/chat and /api/generate: Gemini's answer, whole or event by event, → Ollama's
/// object or its lines (docs.ollama.com/api/streaming). Thoughts go to `thinking`, function calls to
/// `tool_calls` with an id, pictures and code that Gemini ran to the text as markdown. A call's signature is
/// kept under its id and, for clients that drop ids, under its TurnPrint.
class OllamaAnswer
{
public:
    OllamaAnswer(const OllamaOptions &options, const TranslationContext &context, const OllamaTimes &times);

    /// An answer or one event of a stream; the lines of a stream go to `out`. An Error when it is one, 502
    /// when it is no JSON. `speaks` becomes true when there were words.
    Result<void> add(std::string_view geminiJson, std::string &out, bool &speaks);

    /// The last line of a stream, or the whole object. Fails with 502 when nothing usable has come (a stream
    /// that tells no finish reason broke), and with brokenCallError().
    Result<void> finish(std::string &out);

    const TokenCounts &tokens() const { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures();

private:
    /// What one line tells, or the whole answer; texts are raw, lists JSON without their brackets.
    struct Said
    {
        std::string content;
        std::string thinking;
        std::string calls;
        std::string logprobs;
    };

    void addPart(const GeminiPart &part, std::string &out);
    void addContent(std::string_view text, bool isModels);
    void addCall(const GeminiPart &part);
    void tell(std::string &out);
    void appendHead(std::string &out) const;
    void appendSaid(std::string &out, const Said &said) const;

    const OllamaOptions &m_options;
    const OllamaTimes &m_times;
    std::string m_head; ///< Up to the time.
    ChatAnswerCalls m_calls;
    TurnPrint m_print;
    StopCut m_cut;
    GeminiUsage m_usage;
    ChatFinish m_finish;
    Said m_said;         ///< Of the whole answer, or since the last line.
    std::string m_words; ///< The model's own text, for a `context`.
    std::vector<std::pair<std::string, std::string>> m_signatures;
    int m_callCount = 0;
    bool m_hasParts = false;
    bool m_hasText = false;
    std::string m_scratch;
};

} // namespace Gateway
