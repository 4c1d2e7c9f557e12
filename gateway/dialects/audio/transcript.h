#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

struct TranscriptWord
{
    std::string text;
    double start = 0; ///< Seconds, as all times here.
    double end = 0;
};

struct TranscriptSegment
{
    std::string text;
    double start = 0;
    double end = 0;
    std::string speaker; ///< Empty when not asked for.
    std::vector<TranscriptWord> words;
};

/// What Gemini heard, with times that a player can follow: none runs backwards, none is behind the end of the
/// recording.
struct Transcript
{
    std::string language; ///< In English, lower case: "english".
    std::vector<TranscriptSegment> segments;

    /// The JSON that transcriptSchema() asks for. `duration`: of the recording, in seconds; nothing: unknown.
    /// Fails with 502 when it is no such JSON.
    static Result<Transcript> parse(std::string_view text, std::optional<double> duration);

    /// All segments' words in one text.
    std::string text() const;
    /// The end of the last segment.
    double end() const { return segments.empty() ? 0 : segments.back().end; }
};

/// "01:02.5", "1:01:02,500", "62.5" → 62.5; nothing when it is no time.
std::optional<double> timeOf(std::string_view text);

} // namespace Gateway
