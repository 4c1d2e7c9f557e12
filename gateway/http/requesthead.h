#pragma once

#include <optional>
#include <string_view>

#include "gateway/common/error.h"
#include "gateway/http/httplimits.h"
#include "gateway/http/httprequest.h"

namespace Gateway {

/// Parses a whole request head, from its request line to its empty line, all lines ended by CR LF, into
/// `request` (RFC 9112; where that leaves a choice, the strict one, so that no intermediary can read the same
/// bytes otherwise). Returns what is wrong with it; `request.target` is set even then, if it was readable.
std::optional<Error> parseRequestHead(std::string_view head, const HttpLimits &limits, HttpRequest &request);

/// Whether a request line can begin with that byte.
bool canBeginRequest(char byte);

} // namespace Gateway
