#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace Gateway {

/// Decodes a compressed body fed in pieces of any size, as much at a time as there is room for. Memory:
/// zlib's window (about 40 KiB), whatever the length.
class Inflater
{
public:
    /// `encoding` is a Content-Encoding (RFC 9110, 8.4.1): gzip, x-gzip or deflate, the latter with or
    /// without the zlib wrapper, as servers send both.
    static bool canRead(std::string_view encoding);

    Inflater();
    ~Inflater();
    Inflater(Inflater &&) noexcept;
    Inflater &operator=(Inflater &&) noexcept;

    /// What decodes next out of `bytes`, which then begins behind what was read; the result lies in `room`.
    /// Empty when all of `bytes` is used and nothing is held back for want of room, or when the bytes are
    /// damaged.
    std::string_view next(std::string_view &bytes, std::span<char> room);

    /// Damaged bytes were met: nothing more will come.
    bool isBroken() const;
    /// Nothing came yet, or all that came ended where a compressed stream ends.
    bool isWhole() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Gateway
