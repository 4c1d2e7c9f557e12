#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Gateway {

/// Who changed or revealed what.
struct AuditEntry
{
    std::int64_t id = 0;
    std::int64_t timeMs = 0; ///< ms since 1970 UTC.
    std::string actor;       ///< "desktop", "command line", "admin 192.0.2.7".
    std::string action;      ///< "keys.reveal", "tokens.create", "settings.set", …
    std::string subject;     ///< What it was done to: "key 17", "MAX_RETRIES".
    std::string text;        ///< Further words, never a secret.
};

struct AuditPage
{
    std::vector<AuditEntry> entries; ///< Newest first.
    std::int64_t next = 0;           ///< `before` of the next page; 0: this is the last.
};

} // namespace Gateway
