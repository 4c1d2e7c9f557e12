#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

// The events of a response that is kept (platform.openai.com/docs/api-reference/responses/get,
// …/responses-streaming), for clients that ask for them again.

/// Events that a stream with this `response` as its end could have told: each text is one delta.
std::string replayedResponse(const json::object &response);

/// Of `events` (whole ones, numbered from 0) those from number `from` on. An end is always told: where no
/// event is left that tells it, that of `response` follows, which holds all there is.
std::string eventsFrom(std::string_view events, std::size_t from, const json::object &response);

/// Whether the last of these whole events is one that ends a response.
bool endsResponse(std::string_view events);

} // namespace Gateway
