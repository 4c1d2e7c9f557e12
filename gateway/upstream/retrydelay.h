#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// The duration `text` begins with, in ms, rounded up: "36s", "36.4s", "820.3ms", "1m30s", "2h", "1d".
std::optional<std::int64_t> durationMs(std::string_view text);

/// The wait named in a sentence such as "Please retry in 36.4s."; `text` in lower case.
std::optional<std::int64_t> namedWaitMs(std::string_view text);

/// The Retry-After header in ms (RFC 9110, 10.2.3). A date counts from the answer's own Date header, so that
/// no clock has to agree with another; without that header it says nothing.
std::optional<std::int64_t> retryAfterMs(const Headers &headers);

} // namespace Gateway
