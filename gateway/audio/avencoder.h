#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/audio/avmuxer.h"
#include "gateway/audio/speedchange.h"
#include "gateway/common/audiolibrary.h"

namespace Gateway {

/// Encodes with FFmpeg: samples in the encoder's rate and form, frames, packets, file.
class AvEncoder final : public AudioEncoder
{
public:
    static Result<std::unique_ptr<AudioEncoder>> make(const AudioTarget &target);

    Result<void> encode(std::string_view samples, std::string &out) override;
    Result<void> finish(std::string &out) override;

private:
    explicit AvEncoder(const AudioTarget &target);
    Result<void> open();
    Result<void> openCodec();
    Result<void> openResampler();

    /// Null: what the resampler still holds.
    Result<void> resample(const char *samples, int count);
    /// Encodes whole frames, and the rest of the samples too when `isLast`.
    Result<void> encodeFrames(bool isLast);
    Result<void> encodeFrame(int count);
    Result<void> takePackets();

    AudioTarget m_target;
    std::unique_ptr<SpeedChange> m_speed; ///< Null: speed 1.
    AvPointer<AVCodecContext> m_codec;
    AvMuxer m_muxer;
    AvPointer<SwrContext> m_resampler;
    AvPointer<AVAudioFifo> m_fifo;
    AvPointer<AVFrame> m_frame;
    AvPointer<AVPacket> m_packet;
    std::int64_t m_samplesDone = 0;
};

} // namespace Gateway
