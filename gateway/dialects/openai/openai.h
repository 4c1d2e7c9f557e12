#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /v1/chat/completions (platform.openai.com/docs/api-reference/chat). Fails with the client's 400.
Result<std::unique_ptr<Translation>> openAiChat(std::string_view body, const TranslationContext &context);

/// POST /v1/completions (platform.openai.com/docs/api-reference/completions), the API before chat. Fails with
/// the client's 400, also where Gemini has nothing like what is asked (`suffix`, `echo`, `logprobs`).
Result<std::unique_ptr<Translation>> openAiCompletions(std::string_view body,
                                                       const TranslationContext &context);

/// POST /v1/embeddings (platform.openai.com/docs/api-reference/embeddings). Fails with the client's 400.
Result<std::unique_ptr<Translation>> openAiEmbeddings(std::string_view body,
                                                      const TranslationContext &context);

} // namespace Gateway
