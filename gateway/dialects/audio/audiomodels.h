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

/// The best speech model of `models`: Flash before Pro before Lite, for "tts-1-hd" Pro first. Empty when
/// there is none. `asked`: OpenAI's name.
std::string speechModelFor(std::string_view asked, std::span<const ModelInfo> models);

} // namespace Gateway
