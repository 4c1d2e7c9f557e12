#pragma once

#include <string>

#include "gateway/common/json.h"

namespace Gateway {

/// Appends Gemini's logprobsResult (ai.google.dev/api/generate-content#LogprobsResult) as OpenAI and Ollama
/// tell it: `[{"token":…,"logprob":…,"bytes":[…],"top_logprobs":[…]},…]`.
void appendTokenLogprobs(std::string &out, const json::object &result);

} // namespace Gateway
