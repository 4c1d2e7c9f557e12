#pragma once

#include <string_view>

#include "tests/support/fakeanswer.h"
#include "tests/support/fakemodels.h"

namespace TestSupport {

/// embedContent, or batchEmbedContents: numbers that depend on the text alone, `outputDimensionality` of them
/// (8 when not told).
FakeAnswer embedAnswer(std::string_view body, const FakeModel &model, bool isBatch);

/// countTokens, with `contents` or with a whole `generateContentRequest`.
FakeAnswer countAnswer(std::string_view body, const FakeModel &model);

} // namespace TestSupport
