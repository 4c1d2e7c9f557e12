#pragma once

#include <memory>
#include <string>

#include "gateway/common/result.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libswresample/swresample.h>
}

namespace Gateway {

/// Frees FFmpeg's objects; its functions clear the caller's pointer as well.
struct AvDeleter
{
    void operator()(AVCodecContext *codec) const { avcodec_free_context(&codec); }
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(AVAudioFifo *fifo) const { av_audio_fifo_free(fifo); }
    void operator()(SwrContext *resampler) const { swr_free(&resampler); }
    void operator()(AVFormatContext *format) const { avformat_free_context(format); }
    void operator()(AVIOContext *io) const
    {
        av_freep(static_cast<void *>(&io->buffer));
        avio_context_free(&io);
    }
};

template <typename T>
using AvPointer = std::unique_ptr<T, AvDeleter>;

/// A failure of FFmpeg's; `code` is its own.
inline tl::unexpected<Error> avFailure(int code, const std::string &what)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof(text));
    return fail(500, "audio_encoder_failed", "The audio could not be encoded: " + what + ": " + text + '.');
}

} // namespace Gateway
