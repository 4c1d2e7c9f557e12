#include "gateway/audio/avencoder.h"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

namespace Gateway {

namespace {

constexpr int OUT_RATE = 24'000; // OpenAI's, whatever Google's is
constexpr int FRAME = 2400;      // for encoders that take any number

/// How FFmpeg calls what a format is made with.
struct Recipe
{
    AudioFormat format;
    const char *encoder;
    const char *container;
    AVSampleFormat samples;
    std::int64_t bitRate;
    const char *options[2][2] = {};
};

constexpr Recipe RECIPES[] = {
    {AudioFormat::Mp3, "libmp3lame", "mp3", AV_SAMPLE_FMT_S16P, 96'000},
    {AudioFormat::Opus,
     "libopus",
     "ogg",
     AV_SAMPLE_FMT_S16,
     48'000,
     {{"application", "voip"}, {"compression_level", "5"}}},
    {AudioFormat::Aac, "aac", "adts", AV_SAMPLE_FMT_FLTP, 64'000, {{"aac_coder", "fast"}}},
    {AudioFormat::Flac, "flac", "flac", AV_SAMPLE_FMT_S16, 0},
    {AudioFormat::Wav, "pcm_s16le", "wav", AV_SAMPLE_FMT_S16, 0},
    {AudioFormat::Pcm, "pcm_s16le", "s16le", AV_SAMPLE_FMT_S16, 0},
};

const Recipe &recipeOf(AudioFormat format)
{
    return *std::find_if(std::begin(RECIPES), std::end(RECIPES),
                         [format](const Recipe &recipe) { return recipe.format == format; });
}

} // namespace

AvEncoder::AvEncoder(const AudioTarget &target)
    : m_target(target)
    , m_frame(av_frame_alloc())
    , m_packet(av_packet_alloc())
{
    if (target.speed != 1)
        m_speed = std::make_unique<SpeedChange>(target.rate, target.speed);
}

Result<std::unique_ptr<AudioEncoder>> AvEncoder::make(const AudioTarget &target)
{
    std::unique_ptr<AvEncoder> encoder(new AvEncoder(target));
    if (Result<void> opened = encoder->open(); !opened)
        return fail(std::move(opened.error()));
    return encoder;
}

Result<void> AvEncoder::open()
{
    if (Result<void> chosen = m_muxer.choose(recipeOf(m_target.format).container); !chosen)
        return chosen;
    if (Result<void> opened = openCodec(); !opened)
        return opened;
    if (Result<void> opened = openResampler(); !opened)
        return opened;
    m_fifo.reset(av_audio_fifo_alloc(m_codec->sample_fmt, 1, OUT_RATE / 10));
    return m_muxer.begin(*m_codec);
}

Result<void> AvEncoder::openCodec()
{
    const Recipe &recipe = recipeOf(m_target.format);
    const AVCodec *codec = avcodec_find_encoder_by_name(recipe.encoder);
    if (!codec)
        return fail(501, "audio_format_missing",
                    "FFmpeg on this computer lacks the encoder " + std::string(recipe.encoder) + '.');
    m_codec.reset(avcodec_alloc_context3(codec));
    m_codec->sample_fmt = recipe.samples;
    m_codec->sample_rate = OUT_RATE;
    m_codec->time_base = {1, OUT_RATE};
    m_codec->bit_rate = recipe.bitRate;
    m_codec->flags |=
        AV_CODEC_FLAG_BITEXACT | (m_muxer.wantsGlobalHeader() ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
    av_channel_layout_default(&m_codec->ch_layout, 1);
    AVDictionary *options = nullptr;
    for (const char *const(&option)[2] : recipe.options) {
        if (option[0])
            av_dict_set(&options, option[0], option[1], 0);
    }
    const int opened = avcodec_open2(m_codec.get(), codec, &options);
    av_dict_free(&options);
    if (opened < 0)
        return avFailure(opened, recipe.encoder);
    return {};
}

Result<void> AvEncoder::openResampler()
{
    SwrContext *resampler = nullptr;
    AVChannelLayout mono{};
    av_channel_layout_default(&mono, 1);
    int done = swr_alloc_set_opts2(&resampler, &mono, m_codec->sample_fmt, OUT_RATE, &mono, AV_SAMPLE_FMT_S16,
                                   m_target.rate, 0, nullptr);
    m_resampler.reset(resampler);
    if (done >= 0)
        done = swr_init(resampler);
    if (done < 0)
        return avFailure(done, "resampling");
    return {};
}

Result<void> AvEncoder::encode(std::string_view samples, std::string &out)
{
    std::string changed;
    if (m_speed) {
        changed = m_speed->changed(samples);
        samples = changed;
    }
    if (Result<void> done = resample(samples.data(), static_cast<int>(samples.size() / 2)); !done)
        return done;
    Result<void> done = encodeFrames(false);
    m_muxer.take(out);
    return done;
}

Result<void> AvEncoder::finish(std::string &out)
{
    if (m_speed) {
        const std::string rest = m_speed->rest();
        if (Result<void> done = resample(rest.data(), static_cast<int>(rest.size() / 2)); !done)
            return done;
    }
    Result<void> done = resample(nullptr, 0);
    if (done)
        done = encodeFrames(true);
    if (done) {
        const int told = avcodec_send_frame(m_codec.get(), nullptr);
        done = told < 0 ? avFailure(told, "the last samples") : takePackets();
    }
    if (done)
        done = m_muxer.finish();
    m_muxer.take(out);
    return done;
}

Result<void> AvEncoder::resample(const char *samples, int count)
{
    const int most = swr_get_out_samples(m_resampler.get(), count);
    if (most <= 0)
        return {};
    m_frame->format = m_codec->sample_fmt;
    m_frame->nb_samples = most;
    m_frame->sample_rate = OUT_RATE;
    av_channel_layout_copy(&m_frame->ch_layout, &m_codec->ch_layout);
    int done = av_frame_get_buffer(m_frame.get(), 0);
    if (done >= 0) {
        const auto *in = reinterpret_cast<const std::uint8_t *>(samples);
        done = swr_convert(m_resampler.get(), m_frame->data, most, samples ? &in : nullptr, count);
    }
    if (done > 0)
        done = av_audio_fifo_write(m_fifo.get(), reinterpret_cast<void **>(m_frame->data), done);
    av_frame_unref(m_frame.get());
    if (done < 0)
        return avFailure(done, "resampling");
    return {};
}

Result<void> AvEncoder::encodeFrames(bool isLast)
{
    const int whole = m_codec->frame_size > 0 ? m_codec->frame_size : FRAME;
    for (int ready = av_audio_fifo_size(m_fifo.get()); ready >= whole || (isLast && ready > 0);
         ready = av_audio_fifo_size(m_fifo.get())) {
        if (Result<void> done = encodeFrame(std::min(ready, whole)); !done)
            return done;
    }
    return {};
}

Result<void> AvEncoder::encodeFrame(int count)
{
    m_frame->format = m_codec->sample_fmt;
    m_frame->nb_samples = count;
    m_frame->sample_rate = OUT_RATE;
    m_frame->pts = m_samplesDone;
    av_channel_layout_copy(&m_frame->ch_layout, &m_codec->ch_layout);
    int done = av_frame_get_buffer(m_frame.get(), 0);
    if (done >= 0)
        done = av_audio_fifo_read(m_fifo.get(), reinterpret_cast<void **>(m_frame->data), count);
    if (done >= 0)
        done = avcodec_send_frame(m_codec.get(), m_frame.get());
    av_frame_unref(m_frame.get());
    if (done < 0)
        return avFailure(done, "a frame");
    m_samplesDone += count;
    return takePackets();
}

Result<void> AvEncoder::takePackets()
{
    for (;;) {
        const int got = avcodec_receive_packet(m_codec.get(), m_packet.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
            return {};
        if (got < 0)
            return avFailure(got, "a packet");
        if (Result<void> written = m_muxer.write(*m_packet); !written)
            return written;
    }
}

} // namespace Gateway
