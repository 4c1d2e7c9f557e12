#include "gateway/dialects/schemarefs.h"

#include <charconv>
#include <string>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// RFC 6901 section 4: ~1 is '/', ~0 is '~'.
std::string unescaped(std::string_view token)
{
    std::string out;
    out.reserve(token.size());
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size();
        if (!escape) {
            out += token[i];
            continue;
        }
        ++i;
        out += token[i] == '1' ? '/' : '~';
    }
    return out;
}

const json::value *child(const json::value &value, std::string_view token)
{
    if (const json::object *object = value.if_object())
        return object->if_contains(unescaped(token));
    const json::array *array = value.if_array();
    if (!array)
        return nullptr;
    std::size_t index = 0;
    const char *end = token.data() + token.size();
    const auto read = std::from_chars(token.data(), end, index);
    return read.ec == std::errc() && read.ptr == end ? array->if_contains(index) : nullptr;
}

} // namespace

SchemaRefs::SchemaRefs(const json::value &root)
    : m_root(root)
{
}

const json::value *SchemaRefs::find(std::string_view ref)
{
    if (ref.empty() || ref == "#")
        return &m_root;
    if (ref.starts_with("#/"))
        return atPointer(ref.substr(1));
    if (!m_indexed)
        index(m_root);
    m_indexed = true;
    const bool anchor = ref.front() == '#';
    const auto &names = anchor ? m_anchors : m_ids;
    const auto found = names.find(anchor ? ref.substr(1) : ref);
    return found == names.end() ? nullptr : found->second;
}

/// The first in document order counts. Values that are no schemas (enum, default) are searched as well: a
/// false hit needs a reference to a name that no schema has.
void SchemaRefs::index(const json::value &value)
{
    if (const json::array *array = value.if_array()) {
        for (const json::value &element : *array)
            index(element);
        return;
    }
    const json::object *object = value.if_object();
    if (!object)
        return;
    for (const json::key_value_pair &member : *object) {
        const std::string_view name = member.key();
        const json::string *text = member.value().if_string();
        if (!text)
            index(member.value());
        else if (name == "$anchor" || name == "$dynamicAnchor")
            m_anchors.emplace(*text, &value);
        else if (name == "$id" || name == "id")
            m_ids.emplace(*text, &value);
    }
}

const json::value *SchemaRefs::atPointer(std::string_view pointer) const
{
    // The pointer stands in a URI fragment, so it may be percent-encoded (RFC 6901 section 6).
    const std::string decoded =
        pointer.find('%') == std::string_view::npos ? std::string(pointer) : percentDecoded(pointer);
    const json::value *value = &m_root;
    std::string_view rest = decoded;
    while (value && !rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('/'), rest.size());
        value = child(*value, rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return value;
}

std::string_view schemaRef(const json::object &schema)
{
    for (const std::string_view name : {"$ref", "$dynamicRef", "$recursiveRef"}) {
        const json::value *member = schema.if_contains(name);
        if (member && member->is_string())
            return member->get_string();
    }
    return {};
}

} // namespace Gateway
