#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

enum class AudioFormat : std::uint8_t { Mp3, Opus, Aac, Flac, Wav, Pcm };

/// What an encoder turns into what.
struct AudioTarget
{
    AudioFormat format = AudioFormat::Mp3;
    int rate = 24'000; ///< Of the samples that come in, in Hz.
    double speed = 1;  ///< So many times as fast, in the same pitch.
};

/// Makes one audio file of samples that come piece by piece. Serves one thread.
class AudioEncoder
{
public:
    virtual ~AudioEncoder() = default;

    /// `samples`: 16 bits each, signed, little-endian, one channel; whole samples only. Appends to `out` the
    /// bytes of the file that are ready. Fails with 500 "audio_encoder_failed".
    virtual Result<void> encode(std::string_view samples, std::string &out) = 0;
    /// There are no more: appends the rest of the file. Called once.
    virtual Result<void> finish(std::string &out) = 0;
};

/// Codecs and containers. May be used by several threads at once.
class AudioLibrary
{
public:
    virtual ~AudioLibrary() = default;

    /// Fails with 501 "audio_format_missing" when there is no such encoder here.
    virtual Result<std::unique_ptr<AudioEncoder>> encoder(const AudioTarget &target) const = 0;

    /// How long a recording is, in seconds; nothing when `file` is of no kind that is known here.
    virtual std::optional<double> duration(std::string_view file) const = 0;
};

/// Loads the library with the first call; null where it is not installed. From any thread.
using LoadAudioLibrary = const AudioLibrary *();

} // namespace Gateway
