#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /v1/messages (platform.claude.com/docs/en/api/messages). Fails with the client's 400.
Result<std::unique_ptr<Translation>> anthropicMessages(std::string_view body,
                                                       const TranslationContext &context);

/// POST /v1/messages/count_tokens (platform.claude.com/docs/en/api/messages-count-tokens), through Gemini's
/// countTokens. Fails with the client's 400.
Result<std::unique_ptr<Translation>> anthropicCountTokens(std::string_view body,
                                                          const TranslationContext &context);

} // namespace Gateway
