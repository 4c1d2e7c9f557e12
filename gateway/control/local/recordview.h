#pragma once

#include <cstdint>
#include <vector>

#include "gateway/control/values/requestview.h"

namespace Gateway {

class KeyPool;

/// A record as lists show it; `keyLabel` stays empty. `seq`: its place, 0 while it has none.
RequestView requestView(const RequestRecord &record, std::int64_t seq);

/// Fills in the keys' labels, or where they have none their masked texts.
void nameKeys(std::vector<RequestView> &requests, const KeyPool &pool);

} // namespace Gateway
