// Quotas, tokens, prices, proxies and the audit trail: the second half of Store.
#include "gateway/store/foreach.h"
#include "gateway/store/storeimpl.h"

namespace Gateway {

Result<std::vector<QuotaRow>> Store::loadQuotas()
{
    return m_impl->ask<std::vector<QuotaRow>>([](StoreWorker &worker) { return worker.quotas().load(); });
}

Result<std::vector<ModelStateRow>> Store::loadModelStates()
{
    return m_impl->ask<std::vector<ModelStateRow>>(
        [](StoreWorker &worker) { return worker.quotas().loadModels(); });
}

void Store::saveQuotas(std::vector<QuotaRow> rows)
{
    m_impl->gather(m_impl->m_quotas, std::move(rows));
}

void Store::saveModelStates(std::vector<ModelStateRow> rows)
{
    m_impl->gather(m_impl->m_modelStates, std::move(rows));
}

Result<std::vector<TokenRow>> Store::loadTokens()
{
    return m_impl->ask<std::vector<TokenRow>>([](StoreWorker &worker) { return worker.tokens().load(); });
}

Result<std::vector<TokenUse>> Store::loadTokenUse()
{
    return m_impl->ask<std::vector<TokenUse>>([](StoreWorker &worker) { return worker.tokens().loadUse(); });
}

void Store::saveTokenUse(std::vector<TokenUse> uses)
{
    m_impl->gather(m_impl->m_tokenUse, std::move(uses));
}

void Store::saveToken(TokenRow token, Answer<TokenRow> done)
{
    m_impl->change<TokenRow>(
        [token = std::move(token)](StoreWorker &worker) { return worker.tokens().save(token); },
        std::move(done));
}

void Store::saveTokenOwner(TokenId token, std::string owner)
{
    m_impl->m_thread.write([token, owner = std::move(owner)](
                               StoreWorker &worker) { return worker.tokens().setOwner(token, owner); },
                           nullptr);
}

void Store::deleteTokens(std::vector<TokenId> tokens, Done done)
{
    m_impl->m_thread.write(
        [tokens = std::move(tokens)](StoreWorker &worker) {
            return forEach(tokens, [&, nowMs = worker.clock().nowMs()](TokenId token) {
                return worker.tokens().remove(token, nowMs);
            });
        },
        std::move(done));
}

void Store::undeleteTokens(std::vector<TokenId> tokens, Answer<std::vector<TokenRow>> done)
{
    m_impl->change<std::vector<TokenRow>>(
        [tokens = std::move(tokens)](StoreWorker &worker) { return worker.tokens().restore(tokens); },
        std::move(done));
}

Result<std::vector<PriceRow>> Store::loadPrices()
{
    return m_impl->ask<std::vector<PriceRow>>([](StoreWorker &worker) { return worker.prices().load(); });
}

void Store::replacePrices(std::vector<PriceRow> prices, Done done)
{
    m_impl->m_thread.write(
        [prices = std::move(prices)](StoreWorker &worker) { return worker.prices().replace(prices); },
        std::move(done));
}

Result<std::vector<ProxyRow>> Store::loadProxies()
{
    return m_impl->ask<std::vector<ProxyRow>>([](StoreWorker &worker) { return worker.proxies().load(); });
}

void Store::saveProxies(std::vector<ProxyRow> proxies, Answer<std::vector<ProxyRow>> done)
{
    m_impl->change<std::vector<ProxyRow>>(
        [proxies = std::move(proxies)](StoreWorker &worker) -> Result<std::vector<ProxyRow>> {
            std::vector<ProxyRow> saved;
            Result<void> all = forEach(proxies, [&](const ProxyRow &proxy) {
                return worker.proxies().save(proxy).map(
                    [&](ProxyRow row) { saved.push_back(std::move(row)); });
            });
            if (!all)
                return fail(std::move(all.error()));
            return saved;
        },
        std::move(done));
}

void Store::saveProxyHealth(std::vector<ProxyRow> proxies)
{
    m_impl->gather(m_impl->m_proxyHealth, std::move(proxies));
}

void Store::deleteProxies(std::vector<ProxyId> proxies, Done done)
{
    m_impl->m_thread.write(
        [proxies = std::move(proxies)](StoreWorker &worker) {
            return forEach(proxies, [&](ProxyId proxy) { return worker.proxies().remove(proxy); });
        },
        std::move(done));
}

void Store::appendAudit(AuditRow row, Done done)
{
    m_impl->m_thread.write(
        [row = std::move(row)](StoreWorker &worker) {
            return worker.audit().append(row, worker.clock().nowMs());
        },
        std::move(done));
}

} // namespace Gateway
