#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// Gemini's `thinkingConfig` in the family's own terms, empty when there is nothing to tell it. `level`:
/// "MINIMAL" to "HIGH", empty for the model's own choice; `budget`: in tokens, for models that go by budgets;
/// `shown`: whether the answer tells the thoughts.
std::string thinkingConfig(const ModelFamily &family, std::string_view level, std::int64_t budget,
                           bool shown);

/// Models that make pictures or speech refuse to be told how to think.
bool takesThinking(std::string_view model);

} // namespace Gateway
