#pragma once

#include "gateway/common/error.h"
#include "gateway/common/text.h"

namespace Gateway {

/// The headers that go with an error's answer, in every dialect:
/// - Retry-After, in whole seconds (rounded up), where the error knows when
/// - `x-should-retry: false` for a token that is refused: the SDKs of OpenAI and Anthropic obey it, and what
/// is
///   built on them (Claude Code among others) tries a 401 again without it
Headers errorHeaders(const Error &error);

} // namespace Gateway
