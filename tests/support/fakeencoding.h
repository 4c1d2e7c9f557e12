#pragma once

#include <string>
#include <string_view>

namespace TestSupport {

std::string base64Encoded(std::string_view bytes);
/// Empty when `text` is not base64 (standard or URL-safe, padding optional).
std::string base64Decoded(std::string_view text);
bool isBase64(std::string_view text);

/// A PNG of one pixel, as answers of drawing models carry.
std::string onePixelPng();

} // namespace TestSupport
