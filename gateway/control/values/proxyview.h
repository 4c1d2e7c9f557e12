#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/common/proxyrow.h"

namespace Gateway {

/// A proxy of the list; its password is never shown.
struct ProxyView
{
    ProxyId id = 0;
    std::string url; ///< "socks5h://user:…@host:1080"
    std::string label;
    bool enabled = true;
    bool isResting = false;
    std::int64_t untilMs = 0; ///< Resting: until then, ms since 1970 UTC.
    std::string reason;       ///< What went wrong last.
    int failures = 0;         ///< In a row.
    int keys = 0;             ///< That go through it.
    std::int64_t lastCheckedMs = 0;

    bool operator==(const ProxyView &) const = default;
};

struct ProxyDraft
{
    std::string url; ///< With its password.
    std::string label;
};

struct ProxyPatch
{
    std::optional<std::string> url;
    std::optional<std::string> label;
    std::optional<bool> enabled;
};

struct ProxyVerdict
{
    ProxyId id = 0;
    bool isGood = false;
    std::string text; ///< Why not.
    std::int64_t durationMs = 0;
};

} // namespace Gateway
