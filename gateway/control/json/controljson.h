#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/common/result.h"

namespace Gateway {

/// What to do with members of an object that the type does not have.
enum class UnknownMembers : std::uint8_t {
    Refused, ///< What a person or a client sends: a mistyped name must not be passed over.
    Ignored, ///< What a server sends: a newer one may say more.
};

/// The JSON form of a value type, as the admin API has it: members in camel case, times in ms since 1970 UTC,
/// enums as words, absent optionals left out.
template <typename T>
json::value jsonOf(const T &value);

/// The other way round; absent members keep their defaults. Fails with 422 "invalid_value" and the path of
/// the member ("settings.weight") in `param`.
template <typename T>
Result<T> fromJson(const json::value &value, UnknownMembers unknown = UnknownMembers::Ignored);

} // namespace Gateway
