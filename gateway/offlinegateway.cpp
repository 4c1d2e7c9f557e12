#include "gateway/offlinegateway.h"

#include <utility>
#include <vector>

#include "gateway/control/localcontrol.h"
#include "gateway/options.h"
#include "gateway/pool/keypool.h"
#include "gateway/remembered.h"
#include "gateway/store/store.h"

namespace Gateway {

class OfflineGateway::Impl
{
public:
    Impl(SettingsPtr settings, std::unique_ptr<Store> storePtr, const Clock &clock,
         std::vector<TokenUse> uses)
        : store(std::move(storePtr))
        , pool(clock, poolOptions(*settings), [this](auto changes) { save(std::move(changes)); })
        , control(parts(std::move(settings), clock, std::move(uses)))
    {
    }

    ~Impl() { store->flush(); } // what it calls back names the pool

    void save(std::vector<KeyChange> changes)
    {
        std::vector<std::uint64_t> tickets;
        for (const KeyChange &change : changes)
            tickets.push_back(change.ticket);
        store->saveKeyChanges(std::move(changes), [this, tickets = std::move(tickets)](const Result<void> &) {
            pool.settled(tickets);
        });
    }

    LocalParts parts(SettingsPtr settings, const Clock &clock, std::vector<TokenUse> uses)
    {
        LocalParts parts{clock, pool, *store, std::move(settings)};
        parts.tokenUses = [uses = std::move(uses)] { return uses; };
        return parts;
    }

    std::unique_ptr<Store> store;
    KeyPool pool;
    LocalControl control;
};

OfflineGateway::OfflineGateway() = default;

OfflineGateway::~OfflineGateway() = default;

Result<std::unique_ptr<OfflineGateway>> OfflineGateway::open(SettingsPtr settings,
                                                             std::unique_ptr<Store> store, const Clock &clock)
{
    Result<Remembered> remembered = rememberedBy(*store);
    if (!remembered)
        return fail(std::move(remembered.error()));
    std::unique_ptr<OfflineGateway> offline(new OfflineGateway);
    offline->m_impl =
        std::make_unique<Impl>(std::move(settings), std::move(store), clock, std::move(remembered->uses));
    Impl &impl = *offline->m_impl;
    impl.pool.load(std::move(remembered->keys), std::move(remembered->quotas), std::move(remembered->models));
    impl.control.loadTokens(std::move(remembered->tokens));
    impl.control.loadPrices(std::move(remembered->prices));
    impl.control.loadProxies(std::move(remembered->proxies));
    impl.control.setState(GatewayStatus::State::NotServing, {}, "No gateway runs on this data folder.");
    return offline;
}

Control &OfflineGateway::control()
{
    return m_impl->control;
}

} // namespace Gateway
