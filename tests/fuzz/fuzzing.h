#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Fuzzing {

/// Ends the run as a crash, which libFuzzer keeps the input of.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Whether it is JSON of any depth: what the gateway writes may be a little deeper than what it lets in.
inline bool isJson(std::string_view text)
{
    constexpr std::size_t DEEPEST = 4096;
    boost::json::parse_options options;
    options.max_depth = DEEPEST;
    boost::system::error_code error;
    boost::json::parse(text, error, {}, options);
    return !error;
}

/// An input: its first byte chooses what reads the rest, 'a' being the first.
struct Input
{
    Input(const std::uint8_t *data, std::size_t size, std::size_t choices)
        : rest(reinterpret_cast<const char *>(data), size)
    {
        if (rest.empty())
            return;
        choice =
            static_cast<std::size_t>(static_cast<unsigned char>(rest.front()) + 256 - 'a') % 256 % choices;
        rest.remove_prefix(1);
    }

    std::size_t choice = 0;
    std::string_view rest;
};

/// Cuts bytes as a network might: into pieces whose sizes come from the bytes themselves, so that an input
/// always gives the same ones. Each byte is in memory of its piece's own size, which finds reads beyond it.
template <typename Take>
void inPieces(std::string_view bytes, const Take &take)
{
    std::uint32_t state = 2166136261u;
    while (!bytes.empty()) {
        state = (state ^ static_cast<unsigned char>(bytes.front())) * 16777619u;
        const std::size_t size = std::min<std::size_t>(bytes.size(), 1 + (state >> 16) % 7);
        const std::string piece(bytes.substr(0, size));
        if (!take(std::string_view(piece)))
            return;
        bytes.remove_prefix(size);
    }
}

} // namespace Fuzzing
