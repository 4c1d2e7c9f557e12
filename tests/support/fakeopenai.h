#pragma once

#include <cstdint>
#include <string_view>

#include "tests/support/fakeresources.h"

namespace TestSupport {

/// Google's OpenAI-compatible paths in little: `call.path` is "openai/chat/completions" and the like. Chats,
/// embeddings, pictures, models, and batches, which belong to the key that made them.
FakeAnswer openAiAnswer(const ResourceCall &call, FakeResources &resources, std::int64_t number);

} // namespace TestSupport
