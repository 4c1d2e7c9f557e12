#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/keyedmemory.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/result.h"

namespace Gateway {

/// The one key that owns all `resources`, 0 when none is known; a 400 when two keys would be needed, as no
/// key can use another project's. `owners` are the keys' ids as text.
Result<KeyId> ownerOf(const std::vector<std::string> &resources, const KeyedMemory::Found &owners);

/// What is remembered of the one who owns something: the key, and for a credential the access token that had
/// it made.
std::string ownerText(KeyId key, std::string_view maker = {});
/// That access token's name in such a text.
std::string makerOf(std::string_view owner);

} // namespace Gateway
