#pragma once

#include <functional>
#include <span>
#include <string>

#include "gateway/common/modelkinds.h"
#include "gateway/dialects/models.h"

namespace Gateway {

/// Whether a model answers what its kind is asked for.
bool servesKind(const ModelInfo &model, ModelKind kind);

/// The id of the best of that kind (see isBetterModel()) among those that serve it and that `fits` takes by
/// their id; empty when there is none.
std::string bestModel(std::span<const ModelInfo> models, ModelKind kind,
                      const std::function<bool(std::string_view id)> &fits = nullptr);

} // namespace Gateway
