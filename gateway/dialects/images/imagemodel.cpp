#include <algorithm>
#include <array>

#include "gateway/common/modelkinds.h"
#include "gateway/dialects/images/images.h"

namespace Gateway {

bool isOpenAiImageModel(std::string_view model)
{
    static constexpr auto STARTS = std::to_array<std::string_view>({"gpt-image", "chatgpt-image", "dall-e"});
    return model.empty() ||
           std::ranges::any_of(STARTS, [model](std::string_view start) { return model.starts_with(start); });
}

bool drawsPictures(std::string_view model)
{
    return modelKind(model) == ModelKind::Image;
}

} // namespace Gateway
