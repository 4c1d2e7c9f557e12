#include "gateway/common/chunkreader.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr int SIZE_DIGITS = 12;
/// Nobody needs extensions or trailers here; unbounded ones would be a way to keep a worker busy.
constexpr std::size_t EXTRA_LIMIT = 8u * 1024;

constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

std::string_view ChunkReader::next(std::string_view &bytes, std::uint64_t room)
{
    while (!bytes.empty() && m_state == State::More) {
        if (m_at != At::Data) {
            step(bytes.front(), room);
            bytes.remove_prefix(1);
            continue;
        }
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
        const std::string_view piece = bytes.substr(0, size);
        bytes.remove_prefix(size);
        m_left -= size;
        if (m_left == 0)
            m_at = At::DataCr;
        return piece;
    }
    return {};
}

void ChunkReader::step(char byte, std::uint64_t room)
{
    switch (m_at) {
    case At::SizeStart:
    case At::Size:
        sizeDigit(byte, room);
        break;
    case At::Extension:
        if (byte == '\r')
            m_at = At::SizeEnd;
        else
            byte == '\n' || byte == '\0' ? void(m_state = State::Malformed) : countExtra();
        break;
    case At::SizeEnd:
        expect(byte, '\n', m_left > 0 ? At::Data : At::TrailerStart);
        break;
    case At::DataCr:
        expect(byte, '\r', At::DataEnd);
        break;
    case At::DataEnd:
        expect(byte, '\n', At::SizeStart);
        break;
    case At::TrailerStart:
    case At::Trailer:
        if (byte == '\r') {
            m_at = m_at == At::TrailerStart ? At::LastEnd : At::TrailerEnd;
        } else {
            m_at = At::Trailer;
            byte == '\n' || byte == '\0' ? void(m_state = State::Malformed) : countExtra();
        }
        break;
    case At::TrailerEnd:
        expect(byte, '\n', At::TrailerStart);
        break;
    case At::LastEnd:
        m_state = byte == '\n' ? State::Done : State::Malformed;
        break;
    case At::Data:
        break;
    }
}

void ChunkReader::sizeDigit(char byte, std::uint64_t room)
{
    if (m_at == At::SizeStart) {
        m_left = 0;
        m_digits = 0;
    }
    const int digit = hexDigit(byte);
    if (digit >= 0) {
        m_at = At::Size;
        m_left = m_left * 16 + static_cast<std::uint64_t>(digit);
        if (++m_digits > SIZE_DIGITS)
            m_state = State::Malformed;
        else if (m_left > room)
            m_state = State::TooLarge;
        return;
    }
    if (m_at == At::SizeStart)
        m_state = State::Malformed;
    else if (byte == '\r')
        m_at = At::SizeEnd;
    else if (byte == ';' || byte == ' ' || byte == '\t')
        m_at = At::Extension;
    else
        m_state = State::Malformed;
}

void ChunkReader::expect(char byte, char wanted, At next)
{
    if (byte == wanted)
        m_at = next;
    else
        m_state = State::Malformed;
}

void ChunkReader::countExtra()
{
    if (++m_extra > EXTRA_LIMIT)
        m_state = State::Malformed;
}

} // namespace Gateway
