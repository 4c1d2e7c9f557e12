#pragma once

#include "gateway/control/commands/servingcommands.h"

namespace Gateway {

class RemoteCalls;

/// The serving of a server.
class RemoteServing final : public ServingCommands
{
public:
    /// `calls` outlives this.
    explicit RemoteServing(RemoteCalls &calls);

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
    RemoteCalls &m_calls;
};

} // namespace Gateway
