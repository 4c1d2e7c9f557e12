#pragma once

#include <memory>

#include "gateway/common/modelparameters.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// `translation`, with what `parameters` adds to each body that it writes for Gemini (see changedBody());
/// `parameters` may be null.
std::unique_ptr<Translation> withParameters(std::unique_ptr<Translation> translation,
                                            ModelParametersPtr parameters);

} // namespace Gateway
