#pragma once

#include <cstdint>
#include <string_view>

#include "tests/support/fakeanswer.h"

namespace TestSupport {

/// Google's OpenAI-compatible paths in little: `path` is what follows "openai/". Enough to see that a request
/// got here with its credential as it should.
FakeAnswer openAiAnswer(const HttpRequest &request, std::string_view path, std::int64_t number);

} // namespace TestSupport
