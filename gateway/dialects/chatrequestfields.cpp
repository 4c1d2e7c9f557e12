#include "gateway/dialects/chatrequestfields.h"

#include <limits>

namespace Gateway {

const json::value *givenField(const json::object &object, std::string_view name)
{
    const json::value *member = object.if_contains(name);
    return member && !member->is_null() ? member : nullptr;
}

Result<std::string_view> textField(const json::object &object, std::string_view name, const JsonPath &path)
{
    const json::value *member = givenField(object, name);
    if (!member)
        return std::string_view();
    if (!member->is_string())
        return refuseKind(JsonPath(path, name), "a string");
    return std::string_view(member->get_string());
}

Result<bool> flagField(const json::object &object, std::string_view name, const JsonPath &path)
{
    const json::value *member = givenField(object, name);
    if (!member)
        return false;
    if (!member->is_bool())
        return refuseKind(JsonPath(path, name), "a boolean");
    return member->get_bool();
}

Result<std::optional<std::int64_t>> wholeField(const json::object &object, std::string_view name,
                                               const JsonPath &path)
{
    constexpr std::int64_t NONE = std::numeric_limits<std::int64_t>::min();
    if (!givenField(object, name))
        return std::nullopt;
    const std::int64_t number = integerAt(object, name, NONE);
    if (number == NONE)
        return refuseKind(JsonPath(path, name), "an integer");
    return number;
}

Result<const json::value *> numberField(const json::object &object, std::string_view name,
                                        const JsonPath &path)
{
    const json::value *member = givenField(object, name);
    if (member && !member->is_number())
        return refuseKind(JsonPath(path, name), "a number");
    return member;
}

Result<const json::object *> objectField(const json::object &object, std::string_view name,
                                         const JsonPath &path)
{
    const json::value *member = givenField(object, name);
    if (member && !member->is_object())
        return refuseKind(JsonPath(path, name), "an object");
    return member ? &member->get_object() : nullptr;
}

Result<const json::array *> arrayField(const json::object &object, std::string_view name,
                                       const JsonPath &path)
{
    const json::value *member = givenField(object, name);
    if (member && !member->is_array())
        return refuseKind(JsonPath(path, name), "an array");
    return member ? &member->get_array() : nullptr;
}

Result<std::string_view> neededText(const json::object &object, std::string_view name, const JsonPath &path)
{
    if (!givenField(object, name))
        return refuseMissing(JsonPath(path, name));
    return textField(object, name, path);
}

} // namespace Gateway
