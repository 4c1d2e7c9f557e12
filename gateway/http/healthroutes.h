#pragma once

#include <functional>
#include <string>

#include "gateway/http/router.h"

namespace Gateway {

/// Whether the gateway can answer requests now.
struct Readiness
{
    bool isReady = false;
    std::string reason; ///< Why not, for people.
};

/// Adds /healthz (the process is alive), /readyz (503 with the reason when it cannot answer) and /health (as
/// monitors of older systems expect it) and /, which clients ask for to see whether anything is there, all
/// without a token. `readiness` may be called in any worker.
void addHealthRoutes(Router &router, std::function<Readiness()> readiness);

} // namespace Gateway
