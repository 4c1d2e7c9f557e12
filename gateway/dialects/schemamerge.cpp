#include "gateway/dialects/schemamerge.h"

#include <algorithm>

namespace Gateway {

namespace {

using Names = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view name, Names names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Lists are compared element by element; beyond this they are not merged.
constexpr std::size_t MAX_COMPARISONS = 1 << 20;

bool areShort(const json::value &a, const json::value &b)
{
    const std::size_t left = a.is_array() ? a.get_array().size() : 1;
    const std::size_t right = b.is_array() ? b.get_array().size() : 1;
    return left * right <= MAX_COMPARISONS;
}

double numberOf(const json::value &value)
{
    boost::system::error_code error;
    const double number = value.to_number<double>(error);
    return error ? 0.0 : number;
}

/// {"allOf":[a,b]}: merged when it is written.
json::value both(const json::value &a, const json::value &b)
{
    json::array members(a.storage());
    members.push_back(a);
    members.push_back(b);
    json::object together(a.storage());
    together.emplace("allOf", std::move(members));
    return together;
}

void mergeMap(json::object &base, const json::object &over)
{
    for (const json::key_value_pair &member : over) {
        json::value *known = base.if_contains(member.key());
        if (!known)
            base.emplace(member.key(), member.value());
        else if (*known != member.value())
            *known = both(*known, member.value());
    }
}

bool contains(const json::array &list, const json::value &value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

void unite(json::array &base, const json::array &over)
{
    for (const json::value &element : over) {
        if (!contains(base, element))
            base.push_back(element);
    }
}

json::array asList(const json::value &value)
{
    json::array list(value.storage());
    if (const json::array *array = value.if_array())
        list = *array;
    else
        list.push_back(value);
    return list;
}

/// The values in both lists; an integer is a number as well. Empty when there is none.
json::array common(const json::value &a, const json::value &b)
{
    const json::array left = asList(a);
    const json::array right = asList(b);
    json::array shared(a.storage());
    for (const json::value &value : left) {
        if (contains(right, value) || (value == "integer" && contains(right, "number")))
            shared.push_back(value);
        else if (value == "number" && contains(right, "integer"))
            shared.push_back("integer");
    }
    return shared;
}

/// type and enum: what both allow.
bool intersect(json::value &base, const json::value &over)
{
    json::array shared = common(base, over);
    if (shared.empty())
        return false;
    if (shared.size() == 1 && base.is_string())
        base = json::value(shared.front());
    else
        base = std::move(shared);
    return true;
}

/// additionalProperties and its like: false is narrower than a schema, a schema narrower than true.
void narrow(json::value &base, const json::value &over)
{
    const bool baseOpen = base.is_bool() && base.get_bool();
    const bool overOpen = over.is_bool() && over.get_bool();
    if (overOpen || (base.is_bool() && !baseOpen))
        return;
    if (baseOpen || over.is_bool())
        base = over;
    else
        base = both(base, over);
}

/// False when one keyword cannot say what both values demand.
bool mergeKeyword(std::string_view name, json::value &base, const json::value &over)
{
    if (isSchemaAnnotation(name)) {
        base = over;
        return true;
    }
    if (isOneOf(name, {"properties", "patternProperties", "dependentSchemas"}) && base.is_object() &&
        over.is_object()) {
        mergeMap(base.get_object(), over.get_object());
        return true;
    }
    if (name == "required" && base.is_array() && over.is_array() && areShort(base, over)) {
        unite(base.get_array(), over.get_array());
        return true;
    }
    if (isOneOf(name, {"type", "enum"}) && areShort(base, over))
        return intersect(base, over);
    if (isOneOf(name, {"additionalProperties", "unevaluatedProperties", "items"}) && !base.is_array() &&
        !over.is_array()) {
        narrow(base, over);
        return true;
    }
    const bool numbers = base.is_number() && over.is_number();
    const bool least =
        isOneOf(name, {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"});
    const bool most =
        isOneOf(name, {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"});
    if (numbers && (least || most)) {
        if (least == (numberOf(base) < numberOf(over)))
            base = over;
        return true;
    }
    if (isOneOf(name, {"uniqueItems", "nullable"}) && base.is_bool() && over.is_bool()) {
        base = name == "nullable" ? base.get_bool() && over.get_bool() : base.get_bool() || over.get_bool();
        return true;
    }
    return false;
}

} // namespace

bool isSchemaAnnotation(std::string_view keyword)
{
    return isOneOf(keyword,
                   {"description", "title", "default", "examples", "example", "deprecated", "readOnly",
                    "writeOnly", "$comment", "$schema", "$id", "id", "$anchor", "propertyOrdering"});
}

Result<void> mergeSchema(json::object &base, const json::object &over, const JsonPath &path)
{
    for (const json::key_value_pair &member : over) {
        const std::string_view name = member.key();
        if (isOneOf(name, {"$ref", "$dynamicRef", "$recursiveRef", "allOf", "$defs", "definitions"}))
            continue;
        json::value *known = base.if_contains(name);
        if (!known)
            base.emplace(name, member.value());
        else if (*known != member.value() && !mergeKeyword(name, *known, member.value()))
            return refuse(JsonPath(path, name),
                          "says two different things that one schema for Gemini cannot "
                          "demand together; write them as one.",
                          "unsupported_schema");
    }
    return {};
}

} // namespace Gateway
