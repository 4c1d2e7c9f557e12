#pragma once

#include <cstdint>
#include <string_view>

namespace Gateway {

/// The API a client speaks; errors are told in it.
enum class Dialect : std::uint8_t { Gemini, OpenAi, Anthropic, Ollama, Admin };

/// "gemini", "openai", "anthropic", "ollama", "admin".
std::string_view dialectName(Dialect dialect);

} // namespace Gateway
