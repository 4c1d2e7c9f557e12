#include <algorithm>
#include <array>

#include "gateway/dialects/images/images.h"
#include "gateway/dialects/images/modelrank.h"

namespace Gateway {

bool isOpenAiImageModel(std::string_view model)
{
    static constexpr auto STARTS = std::to_array<std::string_view>({"gpt-image", "chatgpt-image", "dall-e"});
    return model.empty() ||
           std::ranges::any_of(STARTS, [model](std::string_view start) { return model.starts_with(start); });
}

bool drawsPictures(std::string_view model)
{
    return model.find("-image") != std::string_view::npos && !isOpenAiImageModel(model);
}

std::string imageModelAmong(std::span<const ModelInfo> models)
{
    return newestModel(models, drawsPictures);
}

} // namespace Gateway
