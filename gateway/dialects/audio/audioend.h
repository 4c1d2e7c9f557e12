#pragma once

#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// Whether Google lets the text or recording pass: fails with 400 "content_filter" when the prompt is
/// blocked, or the answer ended for a reason that is OpenAI's content filter. Either may be empty.
Result<void> checkFilter(std::string_view blockReason, std::string_view finishReason);

/// Whether the answer is whole: fails with 502 "incomplete_upstream_answer" unless it ended with STOP. Half a
/// speech or transcript is worse than none, as nothing would show it.
Result<void> checkComplete(std::string_view finishReason);

} // namespace Gateway
