#pragma once

#include <string_view>

#include "gateway/common/result.h"
#include "gateway/common/text.h"

namespace Gateway {

/// Headers written as "NAME: VALUE" between semicolons or new lines. Fails with 400 "invalid_headers" where
/// one is none, stands twice, authenticates (RFC 9110, 11; names with "auth", "token", "key", "secret" or
/// "cookie" in them) or belongs to the connection and the message (RFC 9110, 7.6.1 and 8).
Result<Headers> parseExtraHeaders(std::string_view text);

} // namespace Gateway
