#pragma once

#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

/// A member of Gemini's JSON under the two names that Google reads.
struct Member
{
    std::string_view camel;
    std::string_view snake;
};

/// Null when the object has it under neither name.
json::value *findMember(json::object &object, const Member &member);

/// Sets it under the name it has, or adds it at the end in camelCase.
void setMember(json::object &object, const Member &member, json::value value);

/// Takes it out, the others keep their order; false when there was none.
bool eraseMember(json::object &object, const Member &member);

/// It as an object, made where there is none (or something else).
json::object &objectMember(json::object &object, const Member &member);

/// The list `name`, made where there is none; a single value becomes a list of it, as Google reads it.
json::array *arrayMember(json::object &object, std::string_view name);

} // namespace Gateway
