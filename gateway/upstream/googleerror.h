#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"

namespace Gateway {

/// What an error body of Google's says, whichever of its shapes it has: an object or an array of one with
/// google.rpc.Status under "error", the Interactions API's {"error":{"code":"word",…}}, or no JSON at all.
struct GoogleError
{
    int code = 0;        ///< "code" when it is a number, e.g. of an error in the midst of a stream.
    std::string message; ///< As it came: may name the key.
    std::string words;   ///< Message and DebugInfo in lower case, for looking words up.
    std::string status;  ///< "RESOURCE_EXHAUSTED", …; a code in words likewise, in capitals.
    std::string reason;  ///< ErrorInfo.reason, e.g. "API_KEY_INVALID".
    std::optional<std::int64_t> retryMs; ///< RetryInfo.retryDelay.
    /// A quota that is used up.
    struct Quota
    {
        QuotaKind kind = QuotaKind::None;
        std::int64_t limit = 0; ///< 0: not told.
    };
    std::optional<Quota> perDay;
    std::optional<Quota> perMinute;
    std::optional<Quota> spend;      ///< Money in ten minutes.
    KeyTier tier = KeyTier::Unknown; ///< Of the project, as a quota's name tells it.
    bool limitZero = false;          ///< The quota is 0: the model is not on the project's tier.
};

GoogleError readGoogleError(std::string_view body);

} // namespace Gateway
