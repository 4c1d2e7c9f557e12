#pragma once

#include <string_view>

namespace Gateway {

/// Gemini's model id in what a client asked for: without "google/" and "models/", and without Ollama's tag
/// ":latest", which its clients put behind every name. Empty when it is no name of
/// a model: it becomes part of a path, so whatever could end that or leave it is no name.
std::string_view modelIdOf(std::string_view asked);

} // namespace Gateway
