#pragma once

#include <string>
#include <string_view>

#include "gateway/relay/downstream.h"

namespace Gateway {

/// Which kept object a request names, and what of it.
struct ObjectPath
{
    std::string id;
    std::string_view rest; ///< Behind the id, without its slash. Points into the path.
};

/// What stands behind `prefix` in a path.
ObjectPath objectPathOf(std::string_view path, std::string_view prefix);

/// A 404 for a path or method that there is not.
Error unknownPath(const ClientRequest &request);

/// OpenAI's answer to a DELETE; `object` is its word for what was deleted.
std::string deletedObject(const std::string &id, std::string_view object);

} // namespace Gateway
