#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/dialects/models.h"

namespace Gateway {

enum class AudioTask : std::uint8_t { Speech, Transcript };

/// Whether `name` is OpenAI's of a model for that task ("tts-1", "gpt-4o-transcribe"): one of Gemini's is
/// then asked in its place.
bool isOpenAiAudioModel(AudioTask task, std::string_view name);

/// Whether Gemini's `model` can do it, as far as its name tells. Transcripts: any.
bool doesAudioTask(AudioTask task, std::string_view model);

/// The one of `models` that does it best, by the versions and words in their names: the newest speech model,
/// Flash before Pro before Lite ("tts-1-hd": Pro first); the newest Flash for transcripts, no preview where
/// there is another. Empty when there is none. `asked`: OpenAI's name.
std::string audioModelFor(AudioTask task, std::string_view asked, std::span<const ModelInfo> models);

} // namespace Gateway
