#pragma once

#include <cstddef>
#include <string_view>

namespace Gateway {

/// Behind the string of `json` whose opening quote is at `at`, or the text's end. Only finds the ends of
/// JSON's pieces; what is in them is not judged.
std::size_t jsonStringEnd(std::string_view json, std::size_t at);

/// How long the value at the start of `json` is, at most `limit`.
std::size_t jsonValueLength(std::string_view json, std::size_t limit);

} // namespace Gateway
