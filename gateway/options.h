#pragma once

#include "gateway/http/httpserver.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/keycheck.h"
#include "gateway/relay/relayparts.h"
#include "gateway/settings/settings.h"
#include "gateway/upstream/mediafetcher.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// What each room takes of the settings.
PoolOptions poolOptions(const Settings &settings);
UpstreamOptions upstreamOptions(const Settings &settings);
ClassifierOptions classifierOptions(const Settings &settings);
KeyCheckOptions keyCheckOptions(const Settings &settings);
RelayOptions relayOptions(const Settings &settings, PriceTablePtr prices);
MediaLimits mediaLimits(const Settings &settings);
/// All but what the listener knows (isLoopback) and the wording of errors.
HttpWorkerOptions httpWorkerOptions(const Settings &settings);

} // namespace Gateway
