#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/responses/responsesitems.h"

namespace Gateway {

/// The answer half of POST /v1/responses, whole or streamed
/// (platform.openai.com/docs/api-reference/responses-streaming). The last event of a stream holds what the
/// whole answer would have been.
class ResponsesAnswer
{
public:
    /// `form` outlives this.
    ResponsesAnswer(const ResponsesForm &form, const TranslationContext &context);

    /// Gemini's whole answer → the response object. Fails with 502 as a stream does.
    Result<std::string> answer(std::string_view geminiJson);

    /// The events that one of Gemini's makes.
    Result<void> event(std::string_view geminiJson, std::string &out);
    /// response.completed or response.incomplete. Fails with 502 when nothing came, when it has no end, and
    /// with brokenCallError().
    Result<void> finish(std::string &out);
    /// response.failed, or the event `error` when nothing was told yet.
    void breakOff(const Error &error, std::string &out);

    const TokenCounts &tokens() const { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() { return m_items.takeSignatures(); }

private:
    Result<void> read(std::string_view geminiJson, bool isWhole);
    void addCandidate(const GeminiCandidate &candidate, bool isWhole);
    void tellStart();
    void tellError(const Error &error);
    void tellFailed(const Error &error);
    Result<std::string> end();

    const ResponsesForm &m_form;
    ResponsesEvents m_events;
    ResponsesItems m_items;
    GeminiUsage m_usage;
    ChatFinish m_finish;
    bool m_hasCandidate = false;
};

} // namespace Gateway
