#pragma once

#include <string>

#include "gateway/audio/avpointers.h"

namespace Gateway {

/// Writes the packets of one encoder into a file that goes out while it is made: nothing is filled in later.
class AvMuxer
{
public:
    AvMuxer() = default;
    AvMuxer(const AvMuxer &) = delete;
    AvMuxer &operator=(const AvMuxer &) = delete;

    /// `name`: FFmpeg's of the container ("ogg"); to be known before the encoder is opened.
    Result<void> choose(const char *name);
    /// Whether the container keeps the encoder's head once for all packets.
    bool wantsGlobalHeader() const;
    /// Writes the file's head. `codec` is open and outlives this.
    Result<void> begin(const AVCodecContext &codec);
    /// Takes the packet's content away.
    Result<void> write(AVPacket &packet);
    Result<void> finish();

    /// Moves what is written so far to the end of `out`.
    void take(std::string &out);

private:
    std::string m_bytes; // before the context that writes into it
    AvPointer<AVIOContext> m_io;
    AvPointer<AVFormatContext> m_format;
    AVStream *m_stream = nullptr;
    AVRational m_codecTime{};
};

} // namespace Gateway
