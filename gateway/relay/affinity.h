#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// Names the conversation that a request belongs to, so that it may stay on one key: a hash of the header
/// x-gateway-affinity or x-session-id, else of the system text and of all turns up to the first user's, which
/// every later request of the conversation repeats. 0 when there is neither.
///
/// Walks over the outermost members of a chat body of any dialect (contents, messages or input;
/// systemInstruction, system or instructions) without parsing what is in them: at most the first 128 KiB, of
/// which the first 16 KiB of the turns and of the system text count. Behind longer turns Gemini's system text
/// is looked for in the last 32 KiB.
std::uint64_t affinityOf(const Headers &headers, std::string_view body);

/// A guess at the prompt's tokens from the size of the JSON `body`: four bytes a token, stretches of base64
/// as one picture's worth each. Looks at samples only.
std::int64_t estimatedTokens(std::string_view body);

} // namespace Gateway
