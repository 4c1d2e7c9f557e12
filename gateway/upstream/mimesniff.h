#pragma once

#include <string_view>

namespace Gateway {

/// The media type that the first bytes of a file tell: PNG, JPEG, GIF, WebP, HEIC/HEIF, AVIF or PDF (as
/// mimesniff.spec.whatwg.org and ISO/IEC 23008-12 have it); empty when it is none of these.
std::string_view sniffedMimeType(std::string_view bytes);

} // namespace Gateway
