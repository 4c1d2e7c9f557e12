#pragma once

#include <string>

#include "gateway/dialects/audio/transcript.h"
#include "gateway/dialects/geminianswer.h"

namespace Gateway {

/// SubRip and WebVTT.
std::string srtOf(const Transcript &transcript);
std::string vttOf(const Transcript &transcript);

/// What of a verbose_json is told (platform.openai.com/docs/api-reference/audio/verbose-json-object).
struct VerboseParts
{
    bool isTranslation = false;
    bool hasSegments = true;
    bool hasWords = false;
    double duration = 0;    ///< Seconds.
    double temperature = 0; ///< As the client asked for it.
};
std::string verboseJsonOf(const Transcript &transcript, const VerboseParts &parts);

/// platform.openai.com/docs/api-reference/audio/diarized-json-object
std::string diarizedJsonOf(const Transcript &transcript, double duration, const GeminiUsage &usage);
/// The event that tells the segment of that index.
std::string segmentEventOf(const Transcript &transcript, std::size_t index);

/// `{"type":"tokens",…}`
std::string tokenUsageOf(const GeminiUsage &usage);

} // namespace Gateway
