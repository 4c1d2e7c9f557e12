#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// `prefix` followed by 24 characters [0-9a-z]: unique in time and between processes, cheap to make (no
/// system call). For request ids ("req_"), chat ids ("chatcmpl-"), tool calls ("call_").
std::string makeId(std::string_view prefix);

/// A new secret: `prefix` and 43 URL-safe characters from the system's random source (256 bits).
std::string makeToken(std::string_view prefix);

} // namespace Gateway
