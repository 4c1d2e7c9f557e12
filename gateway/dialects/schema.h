#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// What a JSON Schema is for.
enum class SchemaUse : std::uint8_t {
    Parameters, ///< FunctionDeclaration.parametersJsonSchema: the outermost type must be an object.
    Answer,     ///< GenerationConfig.responseJsonSchema: any type.
};

/// Appends `schema` (any draft of JSON Schema, or OpenAPI's form of it) to `out` as Gemini understands it
/// (ai.google.dev/api/generate-content#FIELDS.response_json_schema), the properties in their order:
/// - references are written out in place; a recursive one is followed twice and then only described;
/// - allOf is merged, const becomes enum, OpenAPI's nullable a null type, tuples prefixItems, exclusive
/// bounds
///   of integers inclusive ones;
/// - keywords that only name or comment the schema ($schema, $id, $defs…) go;
/// - everything else stays, whatever the properties are called.
/// Fails with a 400 that names the place where the meaning cannot be kept: an unknown or remote reference, an
/// allOf that contradicts itself, a schema that grows beyond all bounds.
Result<void> appendGeminiSchema(std::string &out, const json::value &schema, const JsonPath &path,
                                SchemaUse use);

/// Whether parameters of this schema can only be the empty object, which Gemini wants left out.
bool allowsNoParameters(const json::value &schema);

} // namespace Gateway
