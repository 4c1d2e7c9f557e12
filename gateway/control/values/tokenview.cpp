#include "gateway/control/values/tokenview.h"

namespace Gateway {

namespace {

template <typename T>
void take(T &value, const std::optional<T> &change)
{
    if (change)
        value = *change;
}

} // namespace

TokenSettings patched(TokenSettings settings, const TokenPatch &patch)
{
    take(settings.name, patch.name);
    take(settings.note, patch.note);
    take(settings.enabled, patch.enabled);
    take(settings.expiresMs, patch.expiresMs);
    take(settings.allowedModels, patch.allowedModels);
    take(settings.allowedDialects, patch.allowedDialects);
    take(settings.tags, patch.tags);
    take(settings.networks, patch.networks);
    take(settings.parameters, patch.parameters);
    take(settings.limits.minuteRequests, patch.minuteRequests);
    take(settings.limits.minuteTokens, patch.minuteTokens);
    take(settings.limits.dayRequests, patch.dayRequests);
    take(settings.limits.dayTokens, patch.dayTokens);
    take(settings.limits.monthMicroUsd, patch.monthMicroUsd);
    return settings;
}

} // namespace Gateway
