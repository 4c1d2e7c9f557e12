#pragma once

#include <string>
#include <string_view>

#include "gateway/common/dialect.h"

namespace Gateway {

/// The path that a client meant: one slash where several are, none at the end, one version where base URL
/// and client both gave one (/v1/v1, /v1/v1beta), a version where none was given (/models/X:generateContent,
/// /chat/completions), and one name for what has several (/openai/v1/… is /v1/…, /gemini/v1beta/… is
/// /v1beta/…, /v1beta/openai/v1/… is /v1beta/openai/…, /anthropic/v1/messages is /v1/messages). Stays
/// percent-encoded; model ids may hold slashes.
std::string cleanedPath(std::string_view path);

/// Whether a segment is "." or "..", also percent-encoded: no client of ours sends it, and upstream it could
/// lead out of the path that was checked.
bool hasDotSegment(std::string_view path);

/// The dialect in which errors on that cleaned path are told.
Dialect dialectOfPath(std::string_view path);

} // namespace Gateway
