#pragma once

#include <optional>
#include <string_view>

namespace Gateway {

/// What Gemini is asked for in place of a size in pixels (ai.google.dev/gemini-api/docs/image-generation).
struct ImageShape
{
    std::string_view ratio; ///< imageConfig.aspectRatio, "3:2"; empty: the model chooses.
    std::string_view size;  ///< imageConfig.imageSize, "2K"; empty: Gemini's default, about a megapixel.
};

/// The shape nearest to OpenAI's `size`: "1536x1024", "auto" or "". Nothing when it is no size.
std::optional<ImageShape> shapeOf(std::string_view size);

/// imageSize for OpenAI's `quality`; empty where Gemini's default will do.
std::string_view imageSizeOfQuality(std::string_view quality);

} // namespace Gateway
