#include "gateway/relay/streamoptions.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

bool StreamOptions::fakes(std::string_view model) const
{
    return std::any_of(fakeModels.begin(), fakeModels.end(),
                       [model](const std::string &pattern) { return matchesPattern(model, pattern); });
}

bool StreamOptions::isPlain() const
{
    return fakeModels.empty() && !gathers && !smooths && truncatedRounds == 0 && brokenRounds == 0;
}

} // namespace Gateway
