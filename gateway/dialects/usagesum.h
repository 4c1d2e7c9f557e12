#pragma once

#include "gateway/common/json.h"

namespace Gateway {

/// The usageMetadata of two calls as that of one: counts are added, those by modality each with its like; of
/// what is no count `second` holds.
json::object usageSum(const json::object &first, const json::object &second);

} // namespace Gateway
