#pragma once

#include <cstdint>
#include <string>

namespace Gateway {

/// A failure as it is told to a client; each dialect has its own JSON form of it.
struct Error
{
    int status = 500;              ///< HTTP status.
    std::string code;              ///< Machine word in snake case, e.g. "invalid_json".
    std::string text;              ///< One or two sentences for a person; never holds a key or a token.
    std::string param;             ///< The offending field, empty when none.
    std::int64_t retryAfterMs = 0; ///< When a new try makes sense, in ms; 0 when unknown.
};

} // namespace Gateway
