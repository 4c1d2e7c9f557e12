#include "gateway/dialects/schema.h"

#include <algorithm>

#include "gateway/dialects/schemarefs.h"
#include "gateway/dialects/schemawriter.h"

namespace Gateway {

namespace {

/// How often a schema that holds itself is written out: twice gives the model one full example within
/// another; where several such schemas hold each other that may explode, then once.
constexpr int UNROLL = 2;
constexpr int LEAST_UNROLL = 1;

/// Whether the outermost type of parameters can be an object.
bool mayBeObject(const json::value &schema)
{
    const json::object *object = schema.if_object();
    if (!object)
        return false;
    const json::value *type = object->if_contains("type");
    if (!type || type->is_null())
        return true;
    const auto isObject = [](const json::value &word) { return word == "object" || word == "OBJECT"; };
    const json::array *types = type->if_array();
    return types ? std::any_of(types->begin(), types->end(), isObject) : isObject(*type);
}

} // namespace

Result<void> appendGeminiSchema(std::string &out, const json::value &schema, const JsonPath &path,
                                SchemaUse use)
{
    const bool parameters = use == SchemaUse::Parameters;
    if (parameters && !mayBeObject(schema))
        return refuse(path, "must be a JSON Schema of type 'object'.", "unsupported_schema");
    const std::string_view rootType = parameters ? "object" : "";
    const std::size_t start = out.size();
    SchemaWriter writer(out, schema, UNROLL, rootType);
    Result<void> written = writer.writeRoot(path);
    if (written || !writer.isTooLarge())
        return written;
    out.resize(start);
    SchemaWriter second(out, schema, LEAST_UNROLL, rootType);
    return second.writeRoot(path);
}

bool allowsNoParameters(const json::value &schema)
{
    const json::object *object = schema.if_object();
    if (!object)
        return false;
    if (object->empty())
        return true;
    if (!schemaRef(*object).empty())
        return false;
    for (const json::key_value_pair &member : *object) {
        const std::string_view name = member.key();
        const json::value &value = member.value();
        const bool says = (name == "properties" && value.is_object() && value.get_object().empty()) ||
                          (name == "required" && value.is_array() && value.get_array().empty()) ||
                          (name == "additionalProperties" && value == false);
        const bool silent = name == "type" || name == "title" || name == "description" || name == "strict" ||
                            name.starts_with('$') || name == "definitions";
        if (!says && !silent)
            return false;
    }
    return mayBeObject(schema);
}

} // namespace Gateway
