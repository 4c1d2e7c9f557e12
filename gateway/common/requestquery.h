#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/dialect.h"
#include "gateway/common/requestrecord.h"

namespace Gateway {

/// Which requests; everything set must hold.
struct RequestFilter
{
    std::int64_t fromMs = 0;  ///< Arrived at or after, ms since 1970 UTC; 0: any time.
    std::int64_t untilMs = 0; ///< Arrived before; 0: any time.
    int statusFrom = 0;       ///< 0: any status; else from here …
    int statusTo = 0;         ///< … to here, both included: 500 to 599, or 429 to 429.
    std::string model = {};   ///< Asked or used; empty: any.
    std::string token = {};   ///< Name of the access token; empty: any.
    std::int64_t keyId = 0;   ///< 0: any.
    std::optional<Dialect> dialect = {};
    std::int64_t minDurationMs = 0;
    bool failedOnly = false;    ///< A status from 400 on, or an error.
    bool retriedOnly = false;   ///< More than one attempt.
    std::string errorText = {}; ///< Stands somewhere in the error; ASCII letters compare without case.
};

/// A page of the request log, newest first.
struct RequestQuery
{
    RequestFilter filter = {};
    std::int64_t before = 0; ///< Only older ones than this seq; 0: from the newest.
    std::int64_t after = 0;  ///< Not 0: only newer ones, the nearest to it; `before` does not count then.
    int limit = 100;         ///< 1 to 1000.
};

/// A request of the log with its place in it; later ones have larger numbers.
struct RequestRow
{
    std::int64_t seq = 0;
    RequestRecord record; ///< On a page without bodies.
};

struct RequestPage
{
    std::vector<RequestRow> rows; ///< Newest first, may be fewer than asked for though there are more.
    /// Where to go on in the same direction (as `before` or `after`); 0: that was all. A search for something
    /// rare stops after a while with what it has found by then, so that it answers soon.
    std::int64_t next = 0;
};

} // namespace Gateway
