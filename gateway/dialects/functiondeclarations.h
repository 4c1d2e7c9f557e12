#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// The functions a request declares, as Gemini's functionDeclarations
/// (ai.google.dev/api/caching#FunctionDeclaration).
class FunctionDeclarations
{
public:
    struct Function
    {
        std::string_view name;
        std::string_view description;            ///< May be empty.
        const json::value *parameters = nullptr; ///< A JSON Schema, null for none.
    };

    /// Fails with a 400 at `namePath` for a name that Gemini does not take or that is there already, at
    /// `parametersPath` for a schema that cannot be told.
    Result<void> add(const Function &function, const JsonPath &namePath, const JsonPath &parametersPath);

    bool has(std::string_view name) const;
    /// In the order they were added.
    const std::vector<std::string> &names() const { return m_names; }
    /// The declarations, comma-separated.
    const std::string &json() const { return m_json; }

private:
    Result<void> checkName(std::string_view name, const JsonPath &path) const;
    Result<void> addParameters(const json::value *parameters, const JsonPath &path);

    std::string m_json;
    std::vector<std::string> m_names;
};

} // namespace Gateway
