#include "gateway/audio/avduration.h"

#include <algorithm>
#include <cstring>

#include "gateway/audio/avpointers.h"

namespace Gateway {

namespace {

constexpr int BUFFER_BYTES = 32 * 1024;
constexpr const char *CONTAINERS = "aac,aiff,flac,matroska,mov,mp3,mpeg,ogg,wav";

struct Reading
{
    std::string_view file;
    std::size_t at = 0;
};

int readFrom(void *opaque, std::uint8_t *to, int size)
{
    auto *reading = static_cast<Reading *>(opaque);
    const std::size_t count = std::min(reading->file.size() - reading->at, static_cast<std::size_t>(size));
    if (count == 0)
        return AVERROR_EOF;
    std::memcpy(to, reading->file.data() + reading->at, count);
    reading->at += count;
    return static_cast<int>(count);
}

std::int64_t seekIn(void *opaque, std::int64_t offset, int whence)
{
    auto *reading = static_cast<Reading *>(opaque);
    const auto size = static_cast<std::int64_t>(reading->file.size());
    if ((whence & AVSEEK_SIZE) != 0)
        return size;
    const int from = whence & ~AVSEEK_FORCE;
    if (from == SEEK_CUR)
        offset += static_cast<std::int64_t>(reading->at);
    else if (from == SEEK_END)
        offset += size;
    reading->at = static_cast<std::size_t>(std::clamp<std::int64_t>(offset, 0, size));
    return static_cast<std::int64_t>(reading->at);
}

struct CloseInput
{
    void operator()(AVFormatContext *format) const { avformat_close_input(&format); }
};

/// The end of the last packet, in seconds.
std::optional<double> lastEnd(AVFormatContext &format)
{
    const AvPointer<AVPacket> packet(av_packet_alloc());
    double end = 0;
    while (av_read_frame(&format, packet.get()) >= 0) {
        const AVStream &stream = *format.streams[packet->stream_index];
        if (packet->pts != AV_NOPTS_VALUE)
            end =
                std::max(end, static_cast<double>(packet->pts + packet->duration) * av_q2d(stream.time_base));
        av_packet_unref(packet.get());
    }
    return end > 0 ? std::optional(end) : std::nullopt;
}

} // namespace

std::optional<double> avDuration(std::string_view file)
{
    Reading reading{file};
    auto *buffer = static_cast<unsigned char *>(av_malloc(BUFFER_BYTES));
    const AvPointer<AVIOContext> io(
        avio_alloc_context(buffer, BUFFER_BYTES, 0, &reading, readFrom, nullptr, seekIn));
    AVFormatContext *format = avformat_alloc_context();
    format->pb = io.get();
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    format->format_whitelist = av_strdup(CONTAINERS);
    format->protocol_whitelist = av_strdup("");
    if (avformat_open_input(&format, nullptr, nullptr, nullptr) < 0)
        return std::nullopt; // frees what it was given
    const std::unique_ptr<AVFormatContext, CloseInput> open(format);
    if (avformat_find_stream_info(format, nullptr) < 0)
        return std::nullopt;
    if (format->duration > 0)
        return static_cast<double>(format->duration) / AV_TIME_BASE;
    return lastEnd(*format);
}

} // namespace Gateway
