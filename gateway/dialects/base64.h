#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// Appends `bytes` in base64 with padding (RFC 4648 section 4).
void appendBase64(std::string &out, std::string_view bytes);

/// Appends the bytes that base64 text stands for (RFC 4648, section 4 or 5, padded or not). False when it is
/// not base64; `out` is then as it was.
bool appendDecodedBase64(std::string &out, std::string_view text);

/// Appends base64 text a client sent: line breaks and spaces are left out, both alphabets of RFC 4648 pass
/// (Google reads both). False when it is not base64; `out` is then as it was.
bool appendCheckedBase64(std::string &out, std::string_view text);

} // namespace Gateway
