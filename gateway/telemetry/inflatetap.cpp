#include "gateway/telemetry/inflatetap.h"

#include <zlib.h>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr int WRAPPED = 15 + 32; // zlib or gzip by their headers, 32 KiB window
constexpr int RAW = -15;
constexpr std::size_t CHUNK = 16 * 1024;
constexpr int HEAD_BYTES = 2;

/// RFC 1950, 2.2 (zlib) and RFC 1952, 2.3.1 (gzip).
bool hasWrapper(unsigned first, unsigned second)
{
    const bool isGzip = first == 0x1f && second == 0x8b;
    const bool isZlib = (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
    return isGzip || isZlib;
}

} // namespace

struct InflateTap::State
{
    z_stream stream = {};
    unsigned char head[HEAD_BYTES] = {}; ///< The first bytes decide the format.
    int headBytes = 0;
    bool isBegun = false;
    bool isBroken = false;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        if (isBegun)
            inflateEnd(&stream);
    }

    void run(const unsigned char *bytes, std::size_t length, const Sink &sink);
};

void InflateTap::State::run(const unsigned char *bytes, std::size_t length, const Sink &sink)
{
    unsigned char out[CHUNK];
    stream.next_in = const_cast<unsigned char *>(bytes); // zlib only reads it
    stream.avail_in = static_cast<uInt>(length);
    bool isFull = false;
    while (!isBroken && (stream.avail_in > 0 || isFull)) {
        stream.next_out = out;
        stream.avail_out = CHUNK;
        const int result = inflate(&stream, Z_NO_FLUSH);
        const std::size_t made = CHUNK - stream.avail_out;
        if (made > 0)
            sink({reinterpret_cast<const char *>(out), made});
        isFull = stream.avail_out == 0;
        if (result == Z_STREAM_END) // gzip members may follow one another (RFC 1952, 2.2)
            isBroken = inflateReset(&stream) != Z_OK;
        else
            isBroken = result != Z_OK && result != Z_BUF_ERROR;
    }
}

bool InflateTap::canRead(std::string_view encoding)
{
    encoding = trimmed(encoding);
    return equalsIgnoreCase(encoding, "gzip") || equalsIgnoreCase(encoding, "x-gzip") ||
           equalsIgnoreCase(encoding, "deflate");
}

InflateTap::InflateTap()
    : m_state(std::make_unique<State>())
{
}

InflateTap::~InflateTap() = default;
InflateTap::InflateTap(InflateTap &&) noexcept = default;
InflateTap &InflateTap::operator=(InflateTap &&) noexcept = default;

void InflateTap::feed(std::string_view bytes, const Sink &sink)
{
    State &state = *m_state;
    while (state.headBytes < HEAD_BYTES && !bytes.empty()) {
        state.head[state.headBytes++] = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
    }
    if (state.headBytes < HEAD_BYTES || state.isBroken)
        return;
    if (!state.isBegun) {
        const int format = hasWrapper(state.head[0], state.head[1]) ? WRAPPED : RAW;
        state.isBroken = inflateInit2(&state.stream, format) != Z_OK;
        state.isBegun = !state.isBroken;
        state.run(state.head, HEAD_BYTES, sink);
    }
    state.run(reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), sink);
}

std::string inflated(const std::string &body, std::string_view encoding, std::size_t limit)
{
    if (!InflateTap::canRead(encoding))
        return body;
    std::string plain;
    InflateTap().feed(body, [&plain, limit](std::string_view bytes) {
        if (plain.size() < limit)
            plain += bytes;
    });
    return plain;
}

} // namespace Gateway
