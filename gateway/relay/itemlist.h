#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

/// `input` of a request as items: a text is one message, messages get their type and status, all get an id
/// ("msg_" + `idTail` + a number). Fails with a 400 at `param` when it is neither a text nor a list of
/// objects.
Result<json::array> normalItems(const json::value &input, std::string_view idTail, std::string_view param);

/// The page of `items` that `query` asks for (`limit` 1…100, `order`, `after`), as OpenAI's list object.
/// Fails with a 400.
Result<std::string> itemPage(const json::array &items, std::string_view query);

/// The item of that id, or the list's end.
json::array::const_iterator itemById(const json::array &items, std::string_view id);

} // namespace Gateway
