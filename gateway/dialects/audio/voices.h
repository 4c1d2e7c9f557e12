#pragma once

#include <string_view>

namespace Gateway {

/// Gemini's prebuilt voice that is like OpenAI's of that name
/// (platform.openai.com/docs/guides/text-to-speech); any other name as it is, for it is Gemini's own
/// (ai.google.dev/gemini-api/docs/speech-generation#voices).
std::string_view geminiVoice(std::string_view name);

/// Whether it names a voice that somebody made at Google, in place of a prebuilt one.
bool isMadeVoice(std::string_view name);

} // namespace Gateway
