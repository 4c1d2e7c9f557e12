#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/outcome.h"
#include "gateway/common/text.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// What the classifier needs to know besides the answer.
struct ClassifierOptions
{
    std::int64_t defaultRestMs = 60'000; ///< For a 429 that names no time.
    bool dayQuotaUntilMidnight = true;   ///< False: a PerDay quota with a RetryInfo rests only for that.
};

/// The verdict on an upstream answer with `status` and error `body` (plain bytes, JSON or not), from the
/// table in classifier.cpp: (status, ErrorInfo.reason or status word, words in the message) → outcome.
/// A status under 400 is a Success. Also for an error inside a stream, with its "code" as the status.
Outcome classify(int status, std::string_view body, const Headers &headers, const ClassifierOptions &options);

/// The verdict on a call that ended without a whole answer: nobody is blamed.
Outcome classifyTransport(const UpstreamEnd &end);

} // namespace Gateway
