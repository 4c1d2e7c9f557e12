#pragma once

#include <string_view>

#include "tests/support/fakeresources.h"

namespace TestSupport {

/// The interactions API: create (also streamed), get, cancel, delete. `path` follows the version:
/// "interactions", "interactions/ID", "interactions/ID/cancel". Its errors have a shape of their own.
FakeAnswer interactionsAnswer(const ResourceCall &call, FakeResources &resources, double chunkDelayMs);

} // namespace TestSupport
