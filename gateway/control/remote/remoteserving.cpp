#include "gateway/control/remote/remoteserving.h"

#include <utility>

#include "gateway/common/text.h"
#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

RemoteServing::RemoteServing(RemoteCalls &calls)
    : m_calls(calls)
{
}

void RemoteServing::status(Reply<GatewayStatus> reply)
{
    m_calls.call("GET", "/health", nullptr, std::move(reply));
}

void RemoteServing::pause(std::int64_t untilMs, Reply<GatewayStatus> reply)
{
    const json::value body = untilMs == 0 ? json::value(nullptr) : json::object{{"until", untilMs}};
    m_calls.call("POST", "/pause", body, std::move(reply));
}

void RemoteServing::resume(Reply<GatewayStatus> reply)
{
    m_calls.call("POST", "/resume", nullptr, std::move(reply));
}

void RemoteServing::models(Reply<std::vector<ModelView>> reply)
{
    m_calls.list("GET", "/models", nullptr, "models", std::move(reply));
}

void RemoteServing::problems(Reply<std::vector<Problem>> reply)
{
    m_calls.list("GET", "/problems", nullptr, "problems", std::move(reply));
}

void RemoteServing::proxies(Reply<std::vector<ProxyView>> reply)
{
    m_calls.list("GET", "/proxies", nullptr, "proxies", std::move(reply));
}

void RemoteServing::addProxy(ProxyDraft draft, Reply<ProxyView> reply)
{
    m_calls.call("POST", "/proxies", jsonOf(draft), std::move(reply));
}

void RemoteServing::patchProxy(ProxyId id, ProxyPatch patch, Reply<ProxyView> reply)
{
    m_calls.call("PATCH", pathWith("/proxies", id), jsonOf(patch), std::move(reply));
}

void RemoteServing::removeProxy(ProxyId id, Reply<void> reply)
{
    m_calls.call("DELETE", pathWith("/proxies", id), nullptr, std::move(reply));
}

void RemoteServing::checkProxy(ProxyId id, Reply<ProxyVerdict> reply)
{
    m_calls.call("POST", pathWith("/proxies", id, "/check"), nullptr, std::move(reply));
}

void RemoteServing::prices(Reply<std::vector<PriceView>> reply)
{
    m_calls.list("GET", "/prices", nullptr, "prices", std::move(reply));
}

void RemoteServing::setPrices(std::vector<PriceRow> prices, Reply<std::vector<PriceView>> reply)
{
    json::array rows;
    for (const PriceRow &row : prices)
        rows.push_back(jsonOf(row));
    m_calls.list("PATCH", "/prices", json::object{{"prices", std::move(rows)}}, "prices", std::move(reply));
}

void RemoteServing::removePrice(std::string model, Reply<void> reply)
{
    m_calls.call("DELETE", "/prices/" + percentEncoded(model), nullptr, std::move(reply));
}

} // namespace Gateway
