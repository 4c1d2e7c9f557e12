#include "gateway/dialects/schemawriter.h"

#include <algorithm>

#include "gateway/dialects/schemakeywords.h"
#include "gateway/dialects/schemamerge.h"

namespace Gateway {

namespace {

constexpr int MAX_SCHEMA_DEPTH = 64;
constexpr std::size_t MAX_SCHEMA_BYTES = 1 << 20;
constexpr std::size_t MAX_FOLLOWED = 64;

constexpr std::string_view TOO_LARGE = "grows beyond bounds when its references are written out.";

/// Keywords whose value is one schema.
bool holdsSchema(std::string_view keyword)
{
    static constexpr std::string_view NAMES[] = {
        "additionalProperties",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "unevaluatedProperties",
        "unevaluatedItems",
        "contentSchema",
    };
    return std::find(std::begin(NAMES), std::end(NAMES), keyword) != std::end(NAMES);
}

/// Whether a schema says nothing beside its reference but words to people; every $-keyword is about the
/// document.
bool onlyAnnotated(const json::object &schema)
{
    return std::all_of(schema.begin(), schema.end(), [](const json::key_value_pair &member) {
        const std::string_view name = member.key();
        return isSchemaAnnotation(name) || name.starts_with('$') || name == "definitions";
    });
}

bool isPlain(const json::value &schema)
{
    const json::object *object = schema.if_object();
    return object && schemaRef(*object).empty() && !object->contains("allOf");
}

} // namespace

SchemaWriter::SchemaWriter(std::string &out, const json::value &root, int unroll, std::string_view rootType)
    : m_out(out)
    , m_root(root)
    , m_refs(root)
    , m_unroll(unroll)
    , m_rootType(rootType)
    , m_start(out.size())
{
}

Result<void> SchemaWriter::writeRoot(const JsonPath &path)
{
    m_active.push_back(&m_root);
    return write(m_root, path);
}

Result<void> SchemaWriter::write(const json::value &schema, const JsonPath &path)
{
    if (const bool *open = schema.if_bool(); open && *open) {
        m_out += "{}";
        return {};
    }
    if (schema.is_bool())
        return refuse(path, "is a schema that allows nothing, which Gemini does not know.",
                      "unsupported_schema");
    const json::object *object = schema.if_object();
    if (!object)
        return refuseKind(path, "a JSON Schema");
    m_tooLarge = m_depth >= MAX_SCHEMA_DEPTH || m_out.size() - m_start > MAX_SCHEMA_BYTES;
    if (m_tooLarge)
        return refuse(path, TOO_LARGE, "unsupported_schema");
    ++m_depth;
    Result<void> written = writeSchema(*object, path);
    --m_depth;
    return written;
}

Result<void> SchemaWriter::writeSchema(const json::object &schema, const JsonPath &path)
{
    const std::string_view ref = schemaRef(schema);
    if (!ref.empty())
        return writeReference(schema, ref, path);
    if (schema.contains("allOf"))
        return writeFlattened(schema, path);
    return writeObject(schema, nullptr, path);
}

bool SchemaWriter::isCut(const json::value &target) const
{
    return std::count(m_active.begin(), m_active.end(), &target) >= m_unroll;
}

Result<void> SchemaWriter::writeReference(const json::object &schema, std::string_view ref,
                                          const JsonPath &path)
{
    const json::value *target = m_refs.find(ref);
    if (!target)
        return refuse(path, "refers to '" + std::string(ref) + "', which is not in this schema.",
                      "unsupported_schema");
    if (isCut(*target)) {
        writeCut(schema, *target, ref);
        return {};
    }
    if (!isPlain(*target) || !onlyAnnotated(schema))
        return writeFlattened(schema, path);
    m_active.push_back(target);
    Result<void> written = writeObject(target->get_object(), &schema, path);
    m_active.pop_back();
    return written;
}

/// Stands for a schema that holds itself once more: its type and words that tell the model what belongs
/// there.
void SchemaWriter::writeCut(const json::object &over, const json::value &target, std::string_view ref)
{
    const json::object *schema = target.if_object();
    m_out += '{';
    const json::value *type = schema ? schema->if_contains("type") : nullptr;
    if (type && type->is_string()) {
        appendKeyword(m_out, "type");
        appendJson(m_out, *type);
    }
    std::string text(stringAt(over, "description"));
    if (text.empty() && schema)
        text = stringAt(*schema, "description");
    if (!text.empty())
        text += ' ';
    std::string_view title = schema ? stringAt(*schema, "title") : std::string_view();
    if (title.empty())
        title = ref.substr(ref.find_last_of("/#") + 1);
    text += title.empty() ? "(The same form again.)" : "(The form of " + std::string(title) + " again.)";
    appendKeyword(m_out, "description");
    appendJsonString(m_out, text);
    m_out += '}';
}

Result<void> SchemaWriter::writeFlattened(const json::object &schema, const JsonPath &path)
{
    json::object flat(m_root.storage());
    Schemas followed;
    if (Result<void> done = flatten(flat, followed, schema, path); !done)
        return done;
    m_active.insert(m_active.end(), followed.begin(), followed.end());
    Result<void> written = writeObject(flat, nullptr, path);
    m_active.resize(m_active.size() - followed.size());
    return written;
}

/// What a reference names, then what the members of allOf say, then the schema's own words.
Result<void> SchemaWriter::flatten(json::object &flat, Schemas &followed, const json::object &schema,
                                   const JsonPath &path)
{
    const std::string_view ref = schemaRef(schema);
    if (!ref.empty()) {
        const json::value *target = m_refs.find(ref);
        const json::object *object = target ? target->if_object() : nullptr;
        if (!object || followed.size() >= MAX_FOLLOWED)
            return refuse(path, "refers to '" + std::string(ref) + "', which leads to no schema.",
                          "unsupported_schema");
        followed.push_back(target);
        if (Result<void> done = flatten(flat, followed, *object, path); !done)
            return done;
    }
    if (const json::value *all = schema.if_contains("allOf")) {
        const JsonPath allPath(path, "allOf");
        const json::array *members = all->if_array();
        if (!members)
            return refuseKind(allPath, "an array");
        for (std::size_t i = 0; i < members->size(); ++i) {
            const JsonPath memberPath(allPath, i);
            const json::object *member = (*members)[i].if_object();
            if (!member)
                return refuseKind(memberPath, "a JSON Schema");
            if (Result<void> done = flatten(flat, followed, *member, memberPath); !done)
                return done;
        }
    }
    return mergeSchema(flat, schema, path);
}

Result<void> SchemaWriter::writeObject(const json::object &schema, const json::object *over,
                                       const JsonPath &path)
{
    m_out += '{';
    if (over) {
        for (const json::key_value_pair &member : *over) {
            if (!isSchemaAnnotation(member.key()) || isWrittenOrDropped(member.key()) || member.key() == "id")
                continue;
            appendKeyword(m_out, member.key());
            appendJson(m_out, member.value());
        }
    }
    const std::string_view otherwise = m_depth == 1 ? m_rootType : std::string_view();
    if (Result<void> done = appendTypeAndRange(m_out, schema, otherwise, path); !done)
        return done;
    for (const json::key_value_pair &member : schema) {
        const std::string_view name = member.key();
        if (isWrittenOrDropped(name) || (over && isSchemaAnnotation(name) && over->contains(name)))
            continue;
        if (Result<void> done = writeMember(schema, member, path); !done)
            return done;
    }
    m_out += '}';
    return {};
}

Result<void> SchemaWriter::writeMember(const json::object &schema, const json::key_value_pair &member,
                                       const JsonPath &path)
{
    const std::string_view name = member.key();
    const json::value &value = member.value();
    if (name == "properties")
        return writeProperties(schema, value, JsonPath(path, name));
    if (name == "items" || name == "prefixItems")
        return writeItems(schema, member, path);
    if (name == "anyOf" || name == "oneOf")
        return writeList(member, path, needsNullChoice(schema));
    if (name == "patternProperties" || name == "dependentSchemas" || name == "dependencies")
        return writeMap(member, path);
    if ((name == "id" && value.is_string()) || name == "additionalItems")
        return {};
    if (name == "required" && !value.is_array())
        return refuseKind(JsonPath(path, name), "an array of names");
    appendKeyword(m_out, name);
    if (holdsSchema(name) && value.is_object())
        return write(value, JsonPath(path, name));
    appendJson(m_out, value);
    return {};
}

} // namespace Gateway
