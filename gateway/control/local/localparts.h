#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/pricetable.h"
#include "gateway/common/tokenrow.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class CheckDesk;
class KeyPool;
class LogRing;
class ProxyPool;
class Store;
class WaitQueue;

/// What the gateway of this process gives its control; all outlives it. The functions are called in the
/// control's thread.
struct LocalParts
{
    const Clock &clock;
    KeyPool &pool;
    Store &store;
    SettingsPtr settings;   ///< As they were at the start.
    LogRing *log = nullptr; ///< Null: this program keeps no lines.
    // Null where nothing is served:
    CheckDesk *checks = nullptr;
    ProxyPool *proxies = nullptr;
    WaitQueue *waits = nullptr;

    /// Puts settings in force for all that follows.
    std::function<void(SettingsPtr settings)> useSettings = {};
    /// Clients are refused until then, ms since 1970 UTC; 0: until further notice, -1: no more.
    std::function<void(std::int64_t untilMs)> usePause = {};
    /// Lets in these named tokens and no others.
    std::function<void(const std::vector<TokenRow> &tokens)> useTokens = {};
    /// What the named tokens have used.
    std::function<std::vector<TokenUse>()> tokenUses = {};
    /// What requests cost from now on.
    std::function<void(PriceTablePtr prices)> usePrices = {};
};

} // namespace Gateway
