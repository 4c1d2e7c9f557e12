#pragma once

#include <string_view>
#include <unordered_map>

#include "gateway/common/json.h"

namespace Gateway {

/// Finds what `$ref` names within one schema document (json-schema.org/draft/2020-12, section 8.2; RFC 6901).
class SchemaRefs
{
public:
    /// `root` must outlive this and stay unchanged.
    explicit SchemaRefs(const json::value &root);

    /// The schema that `ref` names: "#", "#/…", "#anchor", or the $id of a schema inside the document; null
    /// when there is none.
    const json::value *find(std::string_view ref);

private:
    const json::value *atPointer(std::string_view pointer) const;
    void index(const json::value &value);

    const json::value &m_root;
    /// Gathered once and only when a reference needs them.
    std::unordered_map<std::string_view, const json::value *> m_anchors;
    std::unordered_map<std::string_view, const json::value *> m_ids;
    bool m_indexed = false;
};

/// The reference a schema object consists of or starts from ($ref, $dynamicRef, $recursiveRef), or empty.
std::string_view schemaRef(const json::object &schema);

} // namespace Gateway
