#pragma once

#include <cstddef>
#include <cstdint>

namespace Gateway {

/// What one worker's connections may take, in bytes and in time.
struct HttpLimits
{
    std::size_t headerBytes = 32u * 1024;      ///< Request line and headers; more is answered 431.
    std::size_t headerCount = 256;             ///< Header lines; likewise.
    std::size_t targetBytes = 8u * 1024;       ///< Request target; more is answered 414.
    std::size_t bodyBytes = 64u * 1024 * 1024; ///< Request body without chunk framing; more is answered 413.
    std::size_t connections = 4096;            ///< Open at once; further ones are answered 503.

    std::int64_t headerMs = 15'000;      ///< From the first byte until the head is complete, else 408.
    std::int64_t bodyMs = 30'000;        ///< In each span of this length a body must end or grow by …
    std::size_t bodyStride = 16u * 1024; ///< … this many bytes, else 408.
    std::int64_t idleMs = 75'000;        ///< A kept connection without a request is closed after this.
    std::int64_t sendMs = 60'000;  ///< A client that takes in nothing of its answer for this long is cut off.
    std::int64_t lingerMs = 2'000; ///< After a refusal: read and dropped for this long, so that it is seen.
    std::int64_t heartbeatMs = 15'000; ///< Silence in an event stream before a comment is sent; 0: never.

    std::size_t outputHigh = 256u * 1024; ///< Unsent bytes over which Downstream::write() says false.
    std::size_t outputLow = 64u * 1024;   ///< Unsent bytes at which drained() is told.
};

} // namespace Gateway
