#pragma once

#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// The file a database URL names. Forms: "sqlite:PATH", "file:PATH", "sqlite:///ABS", "file:///ABS" (percent
/// escapes are decoded in the forms with slashes, RFC 8089 section 2). Refused with status 500, code
/// "bad_database_url": other schemes, a host, a query or fragment, an empty or in-memory name. The text never
/// repeats the URL beyond its scheme, since it may hold a password.
Result<std::string> databasePath(std::string_view url);

} // namespace Gateway
