#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/dialect.h"
#include "gateway/common/result.h"

namespace Gateway {

/// One model of models.list (ai.google.dev/api/models).
struct ModelInfo
{
    std::string id; ///< Without "models/".
    std::string displayName;
    std::string description;
    std::int64_t inputTokenLimit = 0;
    std::int64_t outputTokenLimit = 0;
    bool thinks = false;
    std::vector<std::string> methods; ///< supportedGenerationMethods.
    std::string json;                 ///< Google's object as it came.
    std::string standsFor;            ///< Of another name for a model: that model's id.
};

/// One page of models.list → its models; `nextPageToken` is empty on the last.
Result<std::vector<ModelInfo>> parseModelPage(std::string_view geminiJson, std::string &nextPageToken);

/// The list, or one model, in the caller's shape. Gemini: as models.list without a next page. Ollama: as
/// /api/tags, with those models only that its API can use; one as /api/show.
std::string modelListBody(Dialect dialect, std::span<const ModelInfo> models);
std::string modelBody(Dialect dialect, const ModelInfo &model);

} // namespace Gateway
