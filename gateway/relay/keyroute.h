#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/result.h"
#include "gateway/pool/lease.h"

namespace Gateway {

/// How a call goes out with a certain key.
struct KeyRoute
{
    std::string url;                 ///< Empty: as the call has it.
    std::optional<std::string> body; ///< Absent: as the call has it.
    /// Where `body` names a cache in place of what it holds: told the status when Google refuses that, and
    /// the call goes up once more with the body that it has by itself.
    std::function<void(int status)> cacheRefused = nullptr;
};

/// The route of the Gemini call `url` with `body` for the leased key: to the key's own base URL, and in
/// Vertex AI's form for its keys. An error when such a key cannot serve it.
Result<KeyRoute> routeFor(const Lease &lease, std::string_view url, std::string_view body,
                          std::string_view googleHost);

} // namespace Gateway
