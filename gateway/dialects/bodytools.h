#pragma once

#include <string_view>

#include "gateway/common/json.h"
#include "gateway/common/modelparameters.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// Adds those of Google's tools that `parameters` switches on to a request for generateContent, where the
/// model and the other tools allow it; whether any was added.
bool addGoogleTools(json::object &request, std::string_view model, const ModelFamily &family,
                    const ModelParameters &parameters);

} // namespace Gateway
