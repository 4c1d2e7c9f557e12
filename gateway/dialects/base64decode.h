#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// Appends the bytes of base64 `text`, with or without padding, in either alphabet of RFC 4648. False when it
/// is not base64; `out` is then as it was.
bool appendDecodedBase64(std::string &out, std::string_view text);

} // namespace Gateway
