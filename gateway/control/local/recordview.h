#pragma once

#include <cstdint>

#include "gateway/control/values/requestview.h"

namespace Gateway {

/// A record as lists show it; `keyLabel` stays empty. `seq`: its place, 0 while it has none.
RequestView requestView(const RequestRecord &record, std::int64_t seq);

} // namespace Gateway
