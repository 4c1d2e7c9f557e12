#include "gateway/common/inflater.h"

#include <zlib.h>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr int WRAPPED = 15 + 32; // zlib or gzip by their headers, 32 KiB window
constexpr int RAW = -15;
constexpr int HEAD_BYTES = 2;

/// RFC 1950, 2.2 (zlib) and RFC 1952, 2.3.1 (gzip).
bool hasWrapper(unsigned first, unsigned second)
{
    const bool isGzip = first == 0x1f && second == 0x8b;
    const bool isZlib = (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
    return isGzip || isZlib;
}

} // namespace

struct Inflater::State
{
    z_stream stream = {};
    char head[HEAD_BYTES] = {}; ///< The first bytes decide the format.
    int headBytes = 0;
    std::string_view headLeft; ///< What of `head` is not decoded yet.
    bool isBegun = false;
    bool isBroken = false;
    bool isWhole = true;
    bool mayHoldMore = false; ///< The room was full.

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        if (isBegun)
            inflateEnd(&stream);
    }

    void begin();
    std::size_t run(std::string_view &bytes, std::span<char> room);
};

void Inflater::State::begin()
{
    const bool wrapped = hasWrapper(static_cast<unsigned char>(head[0]), static_cast<unsigned char>(head[1]));
    isBroken = inflateInit2(&stream, wrapped ? WRAPPED : RAW) != Z_OK;
    isBegun = !isBroken;
    headLeft = {head, HEAD_BYTES};
}

std::size_t Inflater::State::run(std::string_view &bytes, std::span<char> room)
{
    // zlib only reads what next_in points to
    stream.next_in = const_cast<unsigned char *>(reinterpret_cast<const unsigned char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char *>(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    bytes.remove_prefix(bytes.size() - stream.avail_in);
    isWhole = result == Z_STREAM_END;
    mayHoldMore = stream.avail_out == 0 && !isWhole;
    if (isWhole) // gzip members may follow one another (RFC 1952, 2.2)
        isBroken = inflateReset(&stream) != Z_OK;
    else
        isBroken = result != Z_OK && result != Z_BUF_ERROR;
    return room.size() - stream.avail_out;
}

bool Inflater::canRead(std::string_view encoding)
{
    encoding = trimmed(encoding);
    return equalsIgnoreCase(encoding, "gzip") || equalsIgnoreCase(encoding, "x-gzip") ||
           equalsIgnoreCase(encoding, "deflate");
}

Inflater::Inflater()
    : m_state(std::make_unique<State>())
{
}

Inflater::~Inflater() = default;
Inflater::Inflater(Inflater &&) noexcept = default;
Inflater &Inflater::operator=(Inflater &&) noexcept = default;

std::string_view Inflater::next(std::string_view &bytes, std::span<char> room)
{
    State &state = *m_state;
    while (state.headBytes < HEAD_BYTES && !bytes.empty()) {
        state.head[state.headBytes++] = bytes.front();
        bytes.remove_prefix(1);
        state.isWhole = false;
        if (state.headBytes == HEAD_BYTES)
            state.begin();
    }
    while (!state.isBroken && (!state.headLeft.empty() || !bytes.empty() || state.mayHoldMore)) {
        const std::size_t made = state.run(state.headLeft.empty() ? bytes : state.headLeft, room);
        if (made > 0)
            return {room.data(), made};
    }
    if (state.isBroken)
        bytes = {};
    return {};
}

bool Inflater::isBroken() const
{
    return m_state->isBroken;
}

bool Inflater::isWhole() const
{
    return m_state->isWhole && !m_state->isBroken;
}

} // namespace Gateway
