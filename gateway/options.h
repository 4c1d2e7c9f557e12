#pragma once

#include "gateway/http/httplimits.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/relayparts.h"
#include "gateway/settings/settings.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// What each room takes of the settings.
PoolOptions poolOptions(const Settings &settings);
UpstreamOptions upstreamOptions(const Settings &settings);
ClassifierOptions classifierOptions(const Settings &settings);
RelayOptions relayOptions(const Settings &settings);

} // namespace Gateway
