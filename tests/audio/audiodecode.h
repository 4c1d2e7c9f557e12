#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace TestSupport {

/// What a player hears of a file.
struct DecodedAudio
{
    std::string codec; ///< FFmpeg's name, e.g. "mp3"; empty when nothing could be decoded.
    std::string container;
    int rate = 0; ///< Hz
    int channels = 0;
    std::vector<float> samples; ///< Of the first channel, from -1 to 1.

    double seconds() const { return rate > 0 ? static_cast<double>(samples.size()) / rate : 0; }
    /// How often the wave goes up through zero in a second, leaving out `margin` seconds at both ends.
    double frequency(double margin = 0.1) const;
};

DecodedAudio decodedAudio(std::string_view file);

/// A tone of `hertz`, `seconds` long: 16-bit little-endian samples.
std::string tone(double hertz, double seconds, int rate = 24'000);

} // namespace TestSupport
