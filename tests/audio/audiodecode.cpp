#include "tests/audio/audiodecode.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "gateway/audio/avpointers.h"

namespace TestSupport {

using Gateway::AvPointer;

namespace {

constexpr int BUFFER_BYTES = 32 * 1024;

struct Reading
{
    std::string_view file;
    std::size_t at = 0;
};

// As a player reads what streams in: no way back.
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

float sampleAt(const AVFrame &frame, int i)
{
    const std::uint8_t *plane = frame.data[0];
    const auto stride = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format))
                            ? std::size_t{1}
                            : static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const std::size_t at = static_cast<std::size_t>(i) * stride;
    switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_S16:
        return static_cast<float>(reinterpret_cast<const std::int16_t *>(plane)[at]) / 32768;
    case AV_SAMPLE_FMT_S32:
        return static_cast<float>(reinterpret_cast<const std::int32_t *>(plane)[at]) / 2147483648.0F;
    case AV_SAMPLE_FMT_FLT:
        return reinterpret_cast<const float *>(plane)[at];
    default:
        return 0;
    }
}

void takeFrames(AVCodecContext &codec, AVFrame &frame, DecodedAudio &out)
{
    while (avcodec_receive_frame(&codec, &frame) >= 0) {
        out.rate = frame.sample_rate;
        out.channels = frame.ch_layout.nb_channels;
        for (int i = 0; i < frame.nb_samples; ++i)
            out.samples.push_back(sampleAt(frame, i));
        av_frame_unref(&frame);
    }
}

} // namespace

DecodedAudio decodedAudio(std::string_view file)
{
    DecodedAudio out;
    Reading reading{file};
    auto *buffer = static_cast<unsigned char *>(av_malloc(BUFFER_BYTES));
    const AvPointer<AVIOContext> io(
        avio_alloc_context(buffer, BUFFER_BYTES, 0, &reading, readFrom, nullptr, nullptr));
    AVFormatContext *format = avformat_alloc_context();
    format->pb = io.get();
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    if (avformat_open_input(&format, nullptr, nullptr, nullptr) < 0)
        return out;
    if (avformat_find_stream_info(format, nullptr) >= 0 && format->nb_streams == 1) {
        const AVCodecParameters *parameters = format->streams[0]->codecpar;
        const AVCodec *decoder = avcodec_find_decoder(parameters->codec_id);
        const AvPointer<AVCodecContext> codec(avcodec_alloc_context3(decoder));
        avcodec_parameters_to_context(codec.get(), parameters);
        codec->pkt_timebase = format->streams[0]->time_base;
        if (avcodec_open2(codec.get(), decoder, nullptr) >= 0) {
            out.codec = decoder->name;
            out.container = format->iformat->name;
            const AvPointer<AVFrame> frame(av_frame_alloc());
            const AvPointer<AVPacket> packet(av_packet_alloc());
            while (av_read_frame(format, packet.get()) >= 0) {
                avcodec_send_packet(codec.get(), packet.get());
                av_packet_unref(packet.get());
                takeFrames(*codec, *frame, out);
            }
            avcodec_send_packet(codec.get(), nullptr);
            takeFrames(*codec, *frame, out);
        }
    }
    avformat_close_input(&format);
    return out;
}

double DecodedAudio::frequency(double margin) const
{
    const auto skipped = static_cast<std::size_t>(margin * rate);
    if (samples.size() <= 2 * skipped + 1)
        return 0;
    int crossings = 0;
    for (std::size_t i = skipped + 1; i < samples.size() - skipped; ++i)
        crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    return crossings / (seconds() - 2 * margin);
}

std::string tone(double hertz, double seconds, int rate)
{
    std::string bytes;
    const auto count = static_cast<int>(seconds * rate);
    for (int i = 0; i < count; ++i) {
        const auto sample = static_cast<std::int16_t>(
            12000 * std::sin(2 * 3.14159265358979 * hertz * i / static_cast<double>(rate)));
        bytes += static_cast<char>(sample & 0xff);
        bytes += static_cast<char>(static_cast<std::uint16_t>(sample) >> 8);
    }
    return bytes;
}

} // namespace TestSupport
