#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/dialects/models.h"

namespace Gateway {

/// Of the models that answer generateContent and that `fits` takes by their id, the one of the newest version
/// in its name, rather no preview, then the first; empty when none fits.
std::string newestModel(std::span<const ModelInfo> models, bool (*fits)(std::string_view id));

} // namespace Gateway
