#pragma once

#include <memory>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// POST /v1/moderations (developers.openai.com/api/reference/resources/moderations): each input is judged by
/// a Gemini model that is asked for one number a category. What Google's own safety ratings tell raises
/// them, where they come: most models leave them out. Fails with the client's 400.
Result<std::unique_ptr<Translation>> openAiModeration(std::string_view body,
                                                      const TranslationContext &context);

/// Whether `model` is a name of OpenAI's own for a model that moderates, or none at all.
bool isOpenAiModerationModel(std::string_view model);

} // namespace Gateway
