// The keywords of a schema that hold further schemas.
#include "gateway/dialects/schemakeywords.h"
#include "gateway/dialects/schemawriter.h"

namespace Gateway {

/// Names stay as they are and in their order: what a property is called is no keyword. A required name
/// without a schema gets the open one, since Gemini refuses names it does not find among the properties.
Result<void> SchemaWriter::writeProperties(const json::object &schema, const json::value &properties,
                                           const JsonPath &path)
{
    const json::object *map = properties.if_object();
    if (!map)
        return refuseKind(path, "an object");
    appendKeyword(m_out, "properties");
    m_out += '{';
    for (const json::key_value_pair &property : *map) {
        appendKeyword(m_out, property.key());
        if (Result<void> done = write(property.value(), JsonPath(path, property.key())); !done)
            return done;
    }
    if (const json::array *required = arrayAt(schema, "required")) {
        json::object added(m_root.storage());
        for (const json::value &name : *required) {
            const json::string *text = name.if_string();
            if (!text || map->contains(*text) || !added.emplace(*text, nullptr).second)
                continue;
            appendKeyword(m_out, *text);
            m_out += "{}";
        }
    }
    m_out += '}';
    return {};
}

/// A map from names to schemas; what else stands in it (lists of names) stays.
Result<void> SchemaWriter::writeMap(const json::key_value_pair &member, const JsonPath &path)
{
    const JsonPath mapPath(path, member.key());
    const json::object *map = member.value().if_object();
    if (!map)
        return refuseKind(mapPath, "an object");
    appendKeyword(m_out, member.key());
    m_out += '{';
    for (const json::key_value_pair &entry : *map) {
        appendKeyword(m_out, entry.key());
        if (!entry.value().is_object()) {
            appendJson(m_out, entry.value());
            continue;
        }
        if (Result<void> done = write(entry.value(), JsonPath(mapPath, entry.key())); !done)
            return done;
    }
    m_out += '}';
    return {};
}

/// anyOf and oneOf; `orNull` adds the choice null.
Result<void> SchemaWriter::writeList(const json::key_value_pair &member, const JsonPath &path, bool orNull)
{
    const JsonPath listPath(path, member.key());
    const json::array *list = member.value().if_array();
    if (!list)
        return refuseKind(listPath, "an array");
    appendKeyword(m_out, member.key());
    m_out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (i)
            m_out += ',';
        if (Result<void> done = write((*list)[i], JsonPath(listPath, i)); !done)
            return done;
    }
    if (orNull)
        m_out += list->empty() ? "{\"type\":\"null\"}" : ",{\"type\":\"null\"}";
    m_out += ']';
    return {};
}

/// items of one form, or a tuple in the words of draft 4 (items as a list, additionalItems) or 2020-12
/// (prefixItems, items).
Result<void> SchemaWriter::writeItems(const json::object &schema, const json::key_value_pair &member,
                                      const JsonPath &path)
{
    if (member.key() == "prefixItems")
        return writeTuple(schema, member, schema.if_contains("items"), path);
    if (schema.contains("prefixItems"))
        return {};
    if (member.value().is_array())
        return writeTuple(schema, member, schema.if_contains("additionalItems"), path);
    if (member.value().is_bool() && !member.value().get_bool()) {
        if (!schema.contains("maxItems")) {
            appendKeyword(m_out, "maxItems");
            m_out += '0';
        }
        return {};
    }
    appendKeyword(m_out, "items");
    return write(member.value(), JsonPath(path, "items"));
}

/// `further`: the schema of what follows the tuple; false closes it, null leaves it open.
Result<void> SchemaWriter::writeTuple(const json::object &schema, const json::key_value_pair &tuple,
                                      const json::value *further, const JsonPath &path)
{
    const json::array *members = tuple.value().if_array();
    const JsonPath tuplePath(path, tuple.key());
    if (!members)
        return refuseKind(tuplePath, "an array");
    appendKeyword(m_out, "prefixItems");
    m_out += '[';
    for (std::size_t i = 0; i < members->size(); ++i) {
        if (i)
            m_out += ',';
        if (Result<void> done = write((*members)[i], JsonPath(tuplePath, i)); !done)
            return done;
    }
    m_out += ']';
    if (further && further->is_object()) {
        appendKeyword(m_out, "items");
        return write(*further, JsonPath(path, "items"));
    }
    const bool closed = further && further->is_bool() && !further->get_bool();
    if (closed && !schema.contains("maxItems")) {
        appendKeyword(m_out, "maxItems");
        m_out += std::to_string(members->size());
    }
    return {};
}

} // namespace Gateway
