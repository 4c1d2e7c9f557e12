#include "gateway/dialects/bestmodel.h"

#include <algorithm>

namespace Gateway {

bool servesKind(const ModelInfo &model, ModelKind kind)
{
    const std::string_view method = kind == ModelKind::Embedding ? "embedContent" : "generateContent";
    return modelKind(model.id) == kind &&
           std::find(model.methods.begin(), model.methods.end(), method) != model.methods.end();
}

std::string bestModel(std::span<const ModelInfo> models, ModelKind kind,
                      const std::function<bool(std::string_view id)> &fits)
{
    const ModelInfo *best = nullptr;
    for (const ModelInfo &model : models) {
        if (servesKind(model, kind) && (!fits || fits(model.id)) &&
            (!best || isBetterModel(model.id, best->id)))
            best = &model;
    }
    return best ? best->id : std::string();
}

} // namespace Gateway
