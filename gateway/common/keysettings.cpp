#include "gateway/common/keysettings.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

bool matchesAny(std::string_view name, const std::vector<std::string> &patterns)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [name](const std::string &pattern) { return matchesPattern(name, pattern); });
}

} // namespace

bool isModelAllowed(const KeySettings &settings, std::string_view model)
{
    if (model.empty())
        return true;
    if (matchesAny(model, settings.deniedModels))
        return false;
    return settings.allowedModels.empty() || matchesAny(model, settings.allowedModels);
}

} // namespace Gateway
