#pragma once

#include "gateway/common/audiolibrary.h"

namespace Gateway {

/// What the module with the codecs exports, under the name AUDIO_ENTRY; it lives as long as the program.
using AudioEntry = LoadAudioLibrary;
inline constexpr const char *AUDIO_ENTRY = "geminiBalanceAudio";

/// The codecs, loaded with the first call: a start without speech does not pay for them. Null where the
/// module is not installed. From any thread.
const AudioLibrary *loadAudioLibrary();

} // namespace Gateway
