#pragma once

#include <string>
#include <vector>

#include "gateway/common/keyedmemory.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/result.h"

namespace Gateway {

/// The one key that owns all `resources`, 0 when none is known; a 400 when two keys would be needed, as no
/// key can use another project's. `owners` are the keys' ids as text.
Result<KeyId> ownerOf(const std::vector<std::string> &resources, const KeyedMemory::Found &owners);

} // namespace Gateway
