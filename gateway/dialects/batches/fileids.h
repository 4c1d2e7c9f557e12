#pragma once

#include <string>
#include <string_view>

namespace Gateway {

// Ids of files in the faces of OpenAI and Anthropic. A file of Gemini's Files API keeps its name in its id,
// so that a request can name it without a look-up: "files/abc" is "file-abc". The gateway's own begin
// otherwise.
inline constexpr std::string_view KEPT_FILE = "file-kept-";     ///< The lines of a batch.
inline constexpr std::string_view OUTPUT_FILE = "file-output-"; ///< The answers of the batch of that number.
inline constexpr std::string_view ERROR_FILE = "file-errors-";  ///< What failed of it.

/// "file-abc" → "files/abc"; a name or URI of Gemini's stays. Empty when `id` is neither.
std::string geminiFileOf(std::string_view id);
/// "files/abc" → "file-abc".
std::string fileIdOf(std::string_view geminiName);

} // namespace Gateway
