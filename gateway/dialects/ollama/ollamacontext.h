#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// What was said before a prompt of /api/generate.
struct OllamaTurn
{
    char role = 'u'; ///< 's': the instruction, 'u': the user, 'm': the model.
    std::string text;
};

/// `context`: what an answer of /api/generate gives the client, to be sent back with the next prompt.
/// Ollama's holds the conversation as tokens; this one holds its text, three bytes to a number, behind a
/// mark. Appends the JSON array.
void appendOllamaContext(std::string &out, std::string_view turnsJson);

/// The turns as JSON text, for appendOllamaContext().
void addOllamaTurn(std::string &turnsJson, char role, std::string_view text);

/// The turns of a context that a client sends back; `turnsJson` becomes their text. Fails with a 400 at
/// `path` when the numbers are of another server.
Result<std::vector<OllamaTurn>> readOllamaContext(const json::array &context, const JsonPath &path,
                                                  std::string &turnsJson);

} // namespace Gateway
