#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace Gateway {

/// Undoes the chunked coding of one body (RFC 9112 7.1), fed in pieces of any size. Extensions and trailers
/// are read and dropped.
class ChunkReader
{
public:
    enum class State { More, Done, Malformed, TooLarge };

    /// Appends the payload of `bytes` to `body`, which may not grow over `limit` bytes. Returns how many
    /// bytes were used; what follows the last chunk's end is left.
    std::size_t feed(std::string_view bytes, std::string &body, std::size_t limit);

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

    void step(char byte, std::size_t room);
    void sizeDigit(char byte, std::size_t room);
    void expect(char byte, char wanted, At next);
    void countExtra();

    State m_state = State::More;
    At m_at = At::SizeStart;
    std::uint64_t m_left = 0; ///< Of the current chunk.
    int m_digits = 0;
    std::size_t m_extra = 0; ///< Bytes of extensions and trailers so far.
};

} // namespace Gateway
