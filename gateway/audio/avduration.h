#pragma once

#include <optional>
#include <string_view>

namespace Gateway {

/// How long the recording in `file` is, in seconds: what its container tells, else the end of its last
/// packet. Nothing is decoded, and only containers of recordings are read: none that names other files.
std::optional<double> avDuration(std::string_view file);

} // namespace Gateway
