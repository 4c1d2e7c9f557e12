#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// Width and height in pixels, "1024x1536", from the head of a PNG, JPEG or WebP in base64; empty when they
/// cannot be read there.
std::string pictureSize(std::string_view base64);

} // namespace Gateway
