#pragma once

#include <cstdint>
#include <string>

namespace Gateway {

/// Something an administrator did, for later questions. Never holds a secret.
struct AuditRow
{
    std::int64_t id = 0;     ///< Given by the store; later ones are larger.
    std::int64_t timeMs = 0; ///< ms since 1970 UTC; 0: the store takes its clock's time.
    std::string actor;       ///< Who: "admin", "command line", "window".
    std::string action;      ///< What: "keys.reveal", "settings.set".
    std::string object;      ///< With what: "key 17".
    std::string detail;
};

/// Which of them, newest first.
struct AuditQuery
{
    std::int64_t before = 0; ///< Only ids below; 0: from the newest.
    int limit = 100;         ///< 1 to 1000.
    std::string action;      ///< Empty: every one.
    std::string object;      ///< Likewise.
};

} // namespace Gateway
