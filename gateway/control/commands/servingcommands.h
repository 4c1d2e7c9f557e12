#pragma once

#include <vector>

#include "gateway/control/reply.h"
#include "gateway/control/values/gatewaystatus.h"
#include "gateway/control/values/modelview.h"
#include "gateway/control/values/priceview.h"
#include "gateway/control/values/proxyview.h"

namespace Gateway {

/// The serving itself: state, models, ways out, prices.
class ServingCommands
{
public:
    virtual ~ServingCommands() = default;

    virtual void status(Reply<GatewayStatus> reply);
    /// Clients get 503 with a clear text until `untilMs` (ms since 1970 UTC; 0: until resume()). What runs
    /// goes on. 422 for a time that is over.
    virtual void pause(std::int64_t untilMs, Reply<GatewayStatus> reply);
    virtual void resume(Reply<GatewayStatus> reply);

    /// The models that requests have named, with what each can still do.
    virtual void models(Reply<std::vector<ModelView>> reply);
    virtual void problems(Reply<std::vector<Problem>> reply);

    virtual void proxies(Reply<std::vector<ProxyView>> reply);
    /// 422 for what is no proxy's URL, 409 for one that is there.
    virtual void addProxy(ProxyDraft draft, Reply<ProxyView> reply);
    /// 404 "unknown_proxy", as for the next ones.
    virtual void patchProxy(ProxyId id, ProxyPatch patch, Reply<ProxyView> reply);
    virtual void removeProxy(ProxyId id, Reply<void> reply);
    virtual void checkProxy(ProxyId id, Reply<ProxyVerdict> reply);

    virtual void prices(Reply<std::vector<PriceView>> reply);
    /// Sets these; others stay.
    virtual void setPrices(std::vector<PriceRow> prices, Reply<std::vector<PriceView>> reply);
    /// Back to what the program brings along, or away. 404 "unknown_price".
    virtual void removePrice(std::string model, Reply<void> reply);
};

} // namespace Gateway
