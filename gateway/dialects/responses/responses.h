#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /v1/responses (platform.openai.com/docs/api-reference/responses). `input` holds the whole
/// conversation: what earlier responses said was put in front by the caller. Fails with the client's 400.
Result<std::unique_ptr<Translation>> openAiResponses(std::string_view body,
                                                     const TranslationContext &context);

/// The same as a line of a batch, which can name nothing that the gateway keeps, and of which nothing is
/// kept.
Result<std::unique_ptr<Translation>> openAiBatchedResponse(std::string_view body,
                                                           const TranslationContext &context);

/// The response object of a request that runs in the background and waits. Fails as openAiResponses().
Result<std::string> queuedResponse(std::string_view body, const TranslationContext &context);

/// The response object `response` as one that failed with `error`.
std::string failedResponse(std::string_view response, const Error &error);

/// POST /v1/responses/input_tokens: how many tokens that request would put in. Fails with the client's 400.
Result<std::unique_ptr<Translation>> openAiInputTokens(std::string_view body,
                                                       const TranslationContext &context);

} // namespace Gateway
