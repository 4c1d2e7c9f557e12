#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// How a smoothed stream is told.
struct Pace
{
    std::int64_t stepMs = 20;     ///< From one piece to the next.
    std::size_t leastLetters = 5; ///< Of a piece.
    std::int64_t lagMs = 600;     ///< Over which what waits is spread; the end comes no later.
};

/// What of the settings makes more of a chat's answer than passing on what comes. All off by default.
struct StreamOptions
{
    /// Models whose streams are asked as whole answers, as names or patterns with `*`; empty: none.
    std::vector<std::string> fakeModels;
    bool gathers = false; ///< Whether whole answers are asked as streams.
    bool smooths = false;
    Pace pace;
    int truncatedRounds = 0; ///< How often an answer that was cut is asked to go on.
    int brokenRounds = 0;    ///< And a stream that broke off.

    /// Whether a stream of this model is asked as a whole answer.
    bool fakes(std::string_view model) const;
    bool isPlain() const;
};

} // namespace Gateway
