#include "gateway/audio/avmuxer.h"

namespace Gateway {

namespace {

constexpr int BUFFER_BYTES = 4096;
constexpr const char *PAGE_MICROSECONDS = "200000"; // Ogg's pages last a second by default: too long to wait

#if LIBAVFORMAT_VERSION_MAJOR >= 61
using Written = const std::uint8_t;
#else
using Written = std::uint8_t;
#endif

int appendTo(void *bytes, Written *data, int size)
{
    static_cast<std::string *>(bytes)->append(reinterpret_cast<const char *>(data),
                                              static_cast<std::size_t>(size));
    return size;
}

} // namespace

Result<void> AvMuxer::choose(const char *name)
{
    AVFormatContext *format = nullptr;
    const int made = avformat_alloc_output_context2(&format, nullptr, name, nullptr);
    if (made < 0)
        return fail(501, "audio_format_missing",
                    "FFmpeg on this computer does not write " + std::string(name) + '.');
    m_format.reset(format);
    auto *buffer = static_cast<unsigned char *>(av_malloc(BUFFER_BYTES));
    m_io.reset(avio_alloc_context(buffer, BUFFER_BYTES, 1, &m_bytes, nullptr, appendTo, nullptr));
    m_io->seekable = 0;
    m_format->pb = m_io.get();
    m_format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_FLUSH_PACKETS | AVFMT_FLAG_BITEXACT;
    return {};
}

bool AvMuxer::wantsGlobalHeader() const
{
    return (m_format->oformat->flags & AVFMT_GLOBALHEADER) != 0;
}

Result<void> AvMuxer::begin(const AVCodecContext &codec)
{
    m_stream = avformat_new_stream(m_format.get(), nullptr);
    m_codecTime = codec.time_base;
    m_stream->time_base = codec.time_base;
    avcodec_parameters_from_context(m_stream->codecpar, &codec);
    // A muxer leaves those that it does not know: the tables at an MP3's front would count what is not there
    // yet.
    AVDictionary *options = nullptr;
    av_dict_set(&options, "page_duration", PAGE_MICROSECONDS, 0);
    av_dict_set(&options, "write_xing", "0", 0);
    av_dict_set(&options, "id3v2_version", "0", 0);
    const int written = avformat_write_header(m_format.get(), &options);
    av_dict_free(&options);
    if (written < 0)
        return avFailure(written, "the file's head");
    avio_flush(m_io.get());
    return {};
}

Result<void> AvMuxer::write(AVPacket &packet)
{
    packet.stream_index = m_stream->index;
    av_packet_rescale_ts(&packet, m_codecTime, m_stream->time_base);
    const int written = av_interleaved_write_frame(m_format.get(), &packet);
    if (written < 0)
        return avFailure(written, "a packet");
    return {};
}

Result<void> AvMuxer::finish()
{
    const int written = av_write_trailer(m_format.get());
    avio_flush(m_io.get());
    if (written < 0)
        return avFailure(written, "the file's end");
    return {};
}

void AvMuxer::take(std::string &out)
{
    if (out.empty())
        out.swap(m_bytes);
    else
        out += m_bytes;
    m_bytes.clear();
}

} // namespace Gateway
