#pragma once

#include <string_view>

namespace Gateway {

/// Gemini's name of a recording's type (ai.google.dev/gemini-api/docs/audio), by its first bytes, else by the
/// ending of its name, else by what the client says; empty when none of them tells one that OpenAI takes.
std::string_view recordingType(std::string_view bytes, std::string_view fileName, std::string_view told);

} // namespace Gateway
