#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// Whether Vertex AI's express mode can serve the Gemini call with that URL
/// (".../v1beta/models/X:generateContent?alt=sse"): it generates and counts, and has nothing that is kept.
bool isVertexCall(std::string_view url);

/// A Gemini call as Vertex AI wants it.
struct VertexForm
{
    std::string url;
    std::optional<std::string> body; ///< Absent: the bytes stay as they are.
};

/// `url` and `body`: of the Gemini call. `baseUrl`: with the version, without "/" at its end. An error when
/// the body asks for what only the Gemini API has; no other key of the kind can serve it then.
Result<VertexForm> vertexForm(std::string_view url, std::string_view body, std::string_view baseUrl);

} // namespace Gateway
