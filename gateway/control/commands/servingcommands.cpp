#include "gateway/control/commands/servingcommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void ServingCommands::status(Reply<GatewayStatus> reply)
{
    notSupported(reply);
}

void ServingCommands::pause(std::int64_t, Reply<GatewayStatus> reply)
{
    notSupported(reply);
}

void ServingCommands::resume(Reply<GatewayStatus> reply)
{
    notSupported(reply);
}

void ServingCommands::models(Reply<std::vector<ModelView>> reply)
{
    notSupported(reply);
}

void ServingCommands::problems(Reply<std::vector<Problem>> reply)
{
    notSupported(reply);
}

void ServingCommands::proxies(Reply<std::vector<ProxyView>> reply)
{
    notSupported(reply);
}

void ServingCommands::addProxy(ProxyDraft, Reply<ProxyView> reply)
{
    notSupported(reply);
}

void ServingCommands::patchProxy(ProxyId, ProxyPatch, Reply<ProxyView> reply)
{
    notSupported(reply);
}

void ServingCommands::removeProxy(ProxyId, Reply<void> reply)
{
    notSupported(reply);
}

void ServingCommands::checkProxy(ProxyId, Reply<ProxyVerdict> reply)
{
    notSupported(reply);
}

void ServingCommands::prices(Reply<std::vector<PriceView>> reply)
{
    notSupported(reply);
}

void ServingCommands::setPrices(std::vector<PriceRow>, Reply<std::vector<PriceView>> reply)
{
    notSupported(reply);
}

void ServingCommands::removePrice(std::string, Reply<void> reply)
{
    notSupported(reply);
}

} // namespace Gateway
