#include <algorithm>
#include <cctype>

#include "tests/support/fakecheck.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::objectAt;
using Gateway::stringAt;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

Fault400 checkType(const json::object &schema, const std::string &at, std::string &type)
{
    const json::value *value = schema.if_contains("type");
    if (!value)
        return std::nullopt;
    if (value->is_array())
        return "Invalid JSON payload received. Unknown name \"type\" at '" + at +
               "': Proto field is not repeating, cannot start list.";
    type = value->is_string() ? lower(std::string_view(value->get_string())) : "?";
    constexpr std::string_view TYPES = " string number integer boolean array object null type_unspecified ";
    if (TYPES.find(' ' + type + ' ') == std::string_view::npos)
        return "Invalid value at '" + at +
               ".type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), " +
               Gateway::toJson(*value);
    return std::nullopt;
}

Fault400 checkScalars(const json::object &schema, const std::string &at, std::string_view type)
{
    if (const json::array *words = arrayAt(schema, "enum")) {
        if (type != "string")
            return "* GenerateContentRequest." + at + ".enum: only allowed for STRING type\n";
        for (std::size_t i = 0; i < words->size(); ++i) {
            if (!(*words)[i].is_string())
                return "Invalid value at '" + at + ".enum[" + std::to_string(i) + "]' (TYPE_STRING), " +
                       Gateway::toJson((*words)[i]);
            if ((*words)[i].get_string().empty())
                return "* GenerateContentRequest." + at + ".enum[" + std::to_string(i) +
                       "]: cannot be empty\n";
        }
    }
    const std::string_view format = stringAt(schema, "format");
    if (type == "string" && !format.empty() && format != "enum" && format != "date-time")
        return "* GenerateContentRequest." + at +
               ".format: only 'enum' and 'date-time' are supported for STRING type\n";
    return std::nullopt;
}

Fault400 checkObject(const json::object &schema, const std::string &at)
{
    const json::object *properties = objectAt(schema, "properties");
    if (!properties || properties->empty())
        return "* GenerateContentRequest." + at + ".properties: should be non-empty for OBJECT type\n";
    for (const auto &[name, property] : *properties) {
        if (auto fault = checkSchema(property, at + ".properties[" + std::string(name) + "].value"))
            return fault;
    }
    for (const std::string_view listName : {"required", "propertyOrdering"}) {
        const json::array *list = arrayAt(schema, listName);
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            if (!(*list)[i].is_string() || !properties->contains((*list)[i].get_string()))
                return "* GenerateContentRequest." + at + '.' + std::string(listName) + '[' +
                       std::to_string(i) + "]: property is not defined\n";
        }
    }
    return std::nullopt;
}

} // namespace

Fault400 checkSchema(const json::value &value, const std::string &at)
{
    const json::object *schema = value.if_object();
    if (!schema)
        return "Invalid value at '" + at +
               "' (type.googleapis.com/google.ai.generativelanguage.v1beta.Schema), " +
               Gateway::toJson(value);
    if (auto fault =
            checkNames(*schema,
                       "type format title description nullable enum maxItems minItems properties required "
                       "minProperties maxProperties minLength maxLength pattern example anyOf "
                       "propertyOrdering default items minimum maximum",
                       at))
        return fault;
    std::string type;
    if (auto fault = checkType(*schema, at, type))
        return fault;
    if (auto fault = checkScalars(*schema, at, type))
        return fault;
    if (const json::array *any = arrayAt(*schema, "anyOf")) {
        for (std::size_t i = 0; i < any->size(); ++i) {
            if (auto fault = checkSchema((*any)[i], at + ".any_of[" + std::to_string(i) + ']'))
                return fault;
        }
        return std::nullopt;
    }
    if (type == "array") {
        const json::value *items = schema->if_contains("items");
        if (!items)
            return "* GenerateContentRequest." + at + ".items: missing field.\n";
        return checkSchema(*items, at + ".items");
    }
    return type == "object" ? checkObject(*schema, at) : std::nullopt;
}

} // namespace TestSupport
