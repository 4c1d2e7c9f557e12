#pragma once

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// Whether a keyword says something about a value to people only, so that the outer of two wins.
bool isSchemaAnnotation(std::string_view keyword);

/// Narrows `base` so that it also demands what `over` does; `over`'s annotations win. References, allOf and
/// definitions of `over` are left out: the caller has followed them. Fails where one schema cannot say both.
Result<void> mergeSchema(json::object &base, const json::object &over, const JsonPath &path);

} // namespace Gateway
