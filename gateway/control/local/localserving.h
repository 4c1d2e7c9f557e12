#pragma once

#include <functional>

#include "gateway/control/commands/servingcommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"
#include "gateway/control/local/localprices.h"
#include "gateway/control/local/localproxies.h"
#include "gateway/control/local/localtokens.h"

namespace Gateway {

/// Pausing, the state of models, proxies and prices, of this process.
class LocalServing : public ServingCommands
{
public:
    /// `status` tells the status as it is now; `paused` takes the time a pause lasts until (0: until further
    /// notice, -1: none) when it changes. All outlive this.
    LocalServing(const LocalParts &parts, const AuditTrail &audit, const LocalTokens &tokens,
                 LocalPrices &prices, LocalProxies &proxies, std::function<GatewayStatus()> status,
                 std::function<void(std::int64_t)> paused);

    void status(Reply<GatewayStatus> reply) override;
    void pause(std::int64_t untilMs, Reply<GatewayStatus> reply) override;
    void resume(Reply<GatewayStatus> reply) override;
    void models(Reply<std::vector<ModelView>> reply) override;
    void problems(Reply<std::vector<Problem>> reply) override;
    void proxies(Reply<std::vector<ProxyView>> reply) override;
    void addProxy(ProxyDraft draft, Reply<ProxyView> reply) override;
    void patchProxy(ProxyId id, ProxyPatch patch, Reply<ProxyView> reply) override;
    void removeProxy(ProxyId id, Reply<void> reply) override;
    void checkProxy(ProxyId id, Reply<ProxyVerdict> reply) override;
    void prices(Reply<std::vector<PriceView>> reply) override;
    void setPrices(std::vector<PriceRow> prices, Reply<std::vector<PriceView>> reply) override;
    void removePrice(std::string model, Reply<void> reply) override;

private:
    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    const LocalTokens &m_tokens;
    LocalPrices &m_prices;
    LocalProxies &m_proxies;
    std::function<GatewayStatus()> m_status;
    std::function<void(std::int64_t)> m_paused;
};

} // namespace Gateway
