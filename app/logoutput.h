#pragma once

#include <string_view>

namespace Gateway {

/// Lets only messages of `level` ("error", "warning", "info", "debug") and graver ones through to stderr,
/// with their time. Debug means that of the gateway, not of the libraries below it.
void setLogLevel(std::string_view level);

} // namespace Gateway
