#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/error.h"

namespace Gateway {

enum class ModelBreaker : std::uint8_t { Closed, Open, HalfOpen };

/// A model as the pool sees it at this moment.
struct ModelView
{
    std::string name;
    ModelBreaker breaker = ModelBreaker::Closed;
    std::int64_t openUntilMs = 0; ///< Open: a probe is sent then, ms since 1970 UTC.
    int failures = 0;             ///< Overloads in a row.
    std::string reason;           ///< Google's words.
    int keysUsable = 0;           ///< Could answer now.
    int keysResting = 0;
    int keysUnavailable = 0;      ///< Their projects do not have it.
    std::int64_t firstBackMs = 0; ///< None usable: when the first is, ms since 1970 UTC; 0: not known.
    int queueLength = 0;          ///< Requests that wait for a key.
    std::int64_t queueOldestMs = 0;

    bool operator==(const ModelView &) const = default;
};

/// Something that a person should look at, told by a code that faces put into words.
struct Problem
{
    std::string code;    ///< "keys_sidelined", "no_usable_key", "model_overloaded", "token_expired", …
    std::string subject; ///< A model's or token's name, or empty.
    std::int64_t count = 0;
    std::vector<std::int64_t> ids; ///< Keys or tokens it is about, at most 100.

    bool operator==(const Problem &) const = default;
};

} // namespace Gateway
