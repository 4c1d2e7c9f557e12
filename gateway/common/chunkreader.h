#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace Gateway {

/// Undoes the chunked coding of one body (RFC 9112 7.1), fed in pieces of any size. Extensions and trailers
/// are read and dropped.
class ChunkReader
{
public:
    enum class State { More, Done, Malformed, TooLarge };

    /// The payload that comes next in `bytes`, which then begins behind it; empty when the bytes end before
    /// one does, or the body. What follows the last chunk's end is left. A chunk of more than `room` bytes is
    /// TooLarge.
    std::string_view next(std::string_view &bytes,
                          std::uint64_t room = std::numeric_limits<std::uint64_t>::max());

    State state() const { return m_state; }

private:
    enum class At : std::uint8_t {
        SizeStart,    ///< Before the first digit.
        Size,         ///< In the digits.
        Extension,    ///< Behind the digits, up to CR.
        SizeEnd,      ///< LF of the size line.
        Data,         ///< m_left bytes of payload.
        DataCr,       ///< CR behind the payload.
        DataEnd,      ///< LF behind the payload.
        TrailerStart, ///< First byte of a trailer line, or CR of the empty one.
        Trailer,      ///< In a trailer line.
        TrailerEnd,   ///< LF of a trailer line.
        LastEnd,      ///< LF of the empty line.
    };

    void step(char byte, std::uint64_t room);
    void sizeDigit(char byte, std::uint64_t room);
    void expect(char byte, char wanted, At next);
    void countExtra();

    State m_state = State::More;
    At m_at = At::SizeStart;
    std::uint64_t m_left = 0; ///< Of the current chunk.
    int m_digits = 0;
    std::size_t m_extra = 0; ///< Bytes of extensions and trailers so far.
};

} // namespace Gateway
