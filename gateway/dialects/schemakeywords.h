#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// Appends `"keyword":` and the comma before it unless it is the first member.
void appendKeyword(std::string &out, std::string_view keyword);

/// Keywords that name or comment a schema, or that appendTypeAndRange() has written.
bool isWrittenOrDropped(std::string_view keyword);

/// Whether a schema is nullable in OpenAPI's way and has no type that could say so.
bool needsNullChoice(const json::object &schema);

/// Appends what a schema says of a single value: type, enum (from enum or const) and the numeric bounds.
/// `otherwise` is the type when the schema tells none; may be empty.
Result<void> appendTypeAndRange(std::string &out, const json::object &schema, std::string_view otherwise,
                                const JsonPath &path);

} // namespace Gateway
