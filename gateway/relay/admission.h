#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/modelcatalogue.h"
#include "gateway/relay/nativerequest.h"

namespace Gateway {

/// Whether the request's access token lets it run now, and counts it. `model`: without "models/".
Result<void> admit(const ClientRequest &request, std::string_view model);

/// Likewise for a request in Google's own form. Of a token that may use only some models a call that names
/// its model in the body is read, and refused when no model can be read; and no token with limits may have
/// Google make a credential, since that would lead past them.
/// `body`: as it goes to Google.
Result<void> admitNative(const ClientRequest &request, const NativeRequest &native, std::string_view body);

/// Whether the request's token may use only some models.
bool limitsModels(const ClientRequest &request);

/// The model whose description is asked for by a native GET, "" for the list of all. Nothing for any other
/// request.
std::optional<std::string> askedModels(const ClientRequest &request);

/// Of the models those that the request's token may use.
ModelCatalogue::Models allowedModels(const ClientRequest &request, const ModelCatalogue::Models &models);

} // namespace Gateway
