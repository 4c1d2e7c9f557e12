#pragma once

#include <cstdint>

#include "gateway/control/values/keyinfo.h"
#include "gateway/pool/poolviews.h"

namespace Gateway {

/// A key of the pool as faces show it; `nowMs` decides what still rests.
KeyInfo keyInfo(const KeyView &view, std::int64_t nowMs, bool withModels);

/// Whether the query's conditions hold for the key; not its `ids`, nor what pages it.
bool isWanted(const KeyInfo &key, const KeyQuery &query);

} // namespace Gateway
