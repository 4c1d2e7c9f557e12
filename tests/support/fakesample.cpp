#include <algorithm>
#include <cctype>
#include <string>

#include "tests/support/fakegenerate.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr int MAX_DEPTH = 12;

std::string typeOf(const json::object &schema)
{
    std::string type(stringAt(schema, "type"));
    if (const json::array *types = arrayAt(schema, "type")) {
        for (const json::value &one : *types) {
            if (type.empty() && one.is_string() && one.get_string() != "null")
                type = std::string(one.get_string());
        }
    }
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::tolower(c); });
    if (type.empty() && schema.contains("properties"))
        type = "object";
    return type;
}

const json::value *referenced(const json::object &root, std::string_view reference)
{
    if (reference == "#")
        return nullptr;
    for (const std::string_view home : {"$defs", "definitions"}) {
        const std::string prefix = "#/" + std::string(home) + '/';
        const json::object *definitions = objectAt(root, home);
        if (definitions && reference.starts_with(prefix))
            return definitions->if_contains(reference.substr(prefix.size()));
    }
    return nullptr;
}

json::value sample(const json::value &value, const json::object &root, int depth);

json::value sampleObject(const json::object &schema, const json::object &root, int depth)
{
    json::object out;
    const json::object *properties = objectAt(schema, "properties");
    if (!properties)
        return out;
    if (const json::array *order = arrayAt(schema, "propertyOrdering")) {
        for (const json::value &name : *order)
            out[name.get_string()] = nullptr;
    }
    for (const auto &[name, property] : *properties)
        out[name] = sample(property, root, depth + 1);
    return out;
}

json::value sampleArray(const json::object &schema, const json::object &root, int depth)
{
    json::array out;
    const json::value *items = schema.if_contains("items");
    std::int64_t count = 1;
    if (const json::value *least = schema.if_contains("minItems"))
        count = least->is_string() ? std::stoll(std::string(least->get_string()))
                                   : Gateway::integerAt(schema, "minItems", 1);
    for (std::int64_t i = 0; items && i < std::max<std::int64_t>(count, 1); ++i)
        out.push_back(sample(*items, root, depth + 1));
    return out;
}

json::value sample(const json::value &value, const json::object &root, int depth)
{
    const json::object *schema = value.if_object();
    if (!schema || depth > MAX_DEPTH)
        return nullptr;
    if (const std::string_view reference = stringAt(*schema, "$ref"); !reference.empty()) {
        const json::value *target = referenced(root, reference);
        return target ? sample(*target, root, depth + 1) : json::value(nullptr);
    }
    if (const json::value *constant = schema->if_contains("const"))
        return *constant;
    if (const json::array *words = arrayAt(*schema, "enum"); words && !words->empty())
        return words->front();
    for (const std::string_view choice : {"anyOf", "oneOf", "allOf"}) {
        const json::array *choices = arrayAt(*schema, choice);
        if (choices && !choices->empty())
            return sample(choices->front(), root, depth + 1);
    }
    const std::string type = typeOf(*schema);
    if (type == "object")
        return sampleObject(*schema, root, depth);
    if (type == "array")
        return sampleArray(*schema, root, depth);
    if (type == "integer" || type == "number")
        return Gateway::integerAt(*schema, "minimum", 1);
    if (type == "boolean")
        return true;
    if (type == "null")
        return nullptr;
    return stringAt(*schema, "format") == "date-time" ? "2026-01-02T03:04:05Z" : "text";
}

} // namespace

json::value sampleOf(const json::value &schema)
{
    const json::object none;
    return sample(schema, schema.is_object() ? schema.get_object() : none, 0);
}

} // namespace TestSupport
