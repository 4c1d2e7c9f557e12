#pragma once

#include <optional>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// Optional members of a request; absent and null are the same (OpenAI's SDKs send both). Each fails with a
/// 400 when the member is of another kind.
const json::value *givenField(const json::object &object, std::string_view name);
Result<std::string_view> textField(const json::object &object, std::string_view name, const JsonPath &path);
Result<bool> flagField(const json::object &object, std::string_view name, const JsonPath &path);
Result<std::optional<std::int64_t>> wholeField(const json::object &object, std::string_view name,
                                               const JsonPath &path);
Result<const json::value *> numberField(const json::object &object, std::string_view name,
                                        const JsonPath &path);
Result<const json::object *> objectField(const json::object &object, std::string_view name,
                                         const JsonPath &path);
Result<const json::array *> arrayField(const json::object &object, std::string_view name,
                                       const JsonPath &path);

/// A member that must be there and must be text.
Result<std::string_view> neededText(const json::object &object, std::string_view name, const JsonPath &path);

} // namespace Gateway
