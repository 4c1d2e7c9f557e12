#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /api/chat and POST /api/generate (docs.ollama.com/api). Without messages or prompt they only ask
/// whether the model is there: Gemini's countTokens tells, which uses nothing up. Fail with the client's 400.
Result<std::unique_ptr<Translation>> ollamaChat(std::string_view body, const TranslationContext &context);
Result<std::unique_ptr<Translation>> ollamaGenerate(std::string_view body, const TranslationContext &context);

/// POST /api/embed and its older form POST /api/embeddings, through Gemini's batchEmbedContents. Fail with
/// the client's 400.
Result<std::unique_ptr<Translation>> ollamaEmbed(std::string_view body, const TranslationContext &context);
Result<std::unique_ptr<Translation>> ollamaEmbeddings(std::string_view body,
                                                      const TranslationContext &context);

} // namespace Gateway
