#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/schemarefs.h"

namespace Gateway {

/// Writes one schema document for Gemini; see appendGeminiSchema() for what it changes.
class SchemaWriter
{
public:
    /// `unroll`: how often a schema may hold itself before it is only described. `rootType` is the outermost
    /// type when the schema tells none; may be empty. `root` must outlive this.
    SchemaWriter(std::string &out, const json::value &root, int unroll, std::string_view rootType);

    Result<void> writeRoot(const JsonPath &path);

    /// Whether the last failure was one of size, which a smaller `unroll` may mend.
    bool isTooLarge() const { return m_tooLarge; }

private:
    using Schemas = std::vector<const json::value *>;

    Result<void> write(const json::value &schema, const JsonPath &path);
    Result<void> writeSchema(const json::object &schema, const JsonPath &path);
    Result<void> writeReference(const json::object &schema, std::string_view ref, const JsonPath &path);
    Result<void> writeFlattened(const json::object &schema, const JsonPath &path);
    Result<void> flatten(json::object &flat, Schemas &followed, const json::object &schema,
                         const JsonPath &path);
    Result<void> writeObject(const json::object &schema, const json::object *over, const JsonPath &path);
    Result<void> writeMember(const json::object &schema, const json::key_value_pair &member,
                             const JsonPath &path);
    Result<void> writeMap(const json::key_value_pair &member, const JsonPath &path);
    Result<void> writeProperties(const json::object &schema, const json::value &properties,
                                 const JsonPath &path);
    Result<void> writeList(const json::key_value_pair &member, const JsonPath &path, bool orNull);
    Result<void> writeTuple(const json::object &schema, const json::key_value_pair &tuple,
                            const json::value *further, const JsonPath &path);
    Result<void> writeItems(const json::object &schema, const json::key_value_pair &member,
                            const JsonPath &path);
    void writeCut(const json::object &over, const json::value &target, std::string_view ref);
    bool isCut(const json::value &target) const;

    std::string &m_out;
    const json::value &m_root;
    SchemaRefs m_refs;
    int m_unroll;
    std::string_view m_rootType;
    std::size_t m_start;
    int m_depth = 0;
    bool m_tooLarge = false;
    Schemas m_active; ///< Schemas being written that a reference may lead back to.
};

} // namespace Gateway
