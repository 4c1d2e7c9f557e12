#pragma once

#include <cstdint>
#include <string>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// "2026-11-26T20:34:12.123Z" for ms since 1970 UTC (RFC 3339), appended.
void appendUtc(std::string &out, std::int64_t wallMs);

/// The times that Ollama's last line tells, in its names: what passed until the request went up
/// (load_duration), from there to the first words (prompt_eval_duration), from there to the end
/// (eval_duration). Of a whole answer only the end is known. None is less than a millisecond, since clients
/// divide by them.
class OllamaTimes
{
public:
    /// The first call tells when the request went up.
    void set(const AnswerTime &time);
    std::int64_t wallMs() const { return m_now.wallMs; }

    /// Another attempt's answer begins.
    void restart() { m_firstMs = -1; }
    /// Words came; only the first ones count.
    void spoke();

    /// Appends `"total_duration":…` and the others, in nanoseconds, with the counts between as Ollama has
    /// them.
    void append(std::string &out, std::int64_t promptTokens, std::int64_t answerTokens) const;
    /// As append(), only what an answer with vectors tells.
    void appendForEmbeddings(std::string &out, std::int64_t promptTokens) const;

private:
    AnswerTime m_now;
    std::int64_t m_upMs = -1;    ///< When the request went up, since its arrival.
    std::int64_t m_firstMs = -1; ///< When the first words came.
};

} // namespace Gateway
