#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /v1/audio/speech (platform.openai.com/docs/api-reference/audio/createSpeech). Fails with the client's
/// 400, or with 501 "audio_format_missing" where a format needs an encoder that is not installed.
Result<std::unique_ptr<Translation>> openAiSpeech(std::string_view body, const TranslationContext &context);

/// POST /v1/audio/transcriptions and /v1/audio/translations (…/createTranscription, …/createTranslation):
/// forms, whose boundary is in the context's contentType. `body` outlives the translation.
Result<std::unique_ptr<Translation>> openAiTranscription(std::string_view body,
                                                         const TranslationContext &context);
Result<std::unique_ptr<Translation>> openAiTranslation(std::string_view body,
                                                       const TranslationContext &context);

} // namespace Gateway
