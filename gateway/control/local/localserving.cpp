#include "gateway/control/local/localserving.h"

#include <algorithm>
#include <utility>

#include "gateway/pool/keypool.h"
#include "gateway/relay/waitqueue.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_IDS = 100;

ModelView modelView(const ModelHealth &health)
{
    ModelView view;
    view.name = health.model;
    view.breaker = static_cast<ModelBreaker>(health.breaker);
    view.openUntilMs = health.openUntilMs;
    view.failures = health.overloads;
    view.reason = health.reason;
    view.keysUsable = health.available;
    view.keysResting = health.resting + health.predicted;
    view.keysUnavailable = health.absent;
    return view;
}

void addQueues(std::vector<ModelView> &views, const std::vector<WaitQueue::Length> &lengths)
{
    for (const WaitQueue::Length &length : lengths) {
        const auto view = std::find_if(views.begin(), views.end(), [&length](const ModelView &model) {
            return model.name == length.model;
        });
        if (view == views.end())
            continue;
        view->queueLength = length.waiting;
        view->queueOldestMs = length.oldestMs;
    }
}

static_assert(static_cast<int>(ModelBreaker::HalfOpen) == static_cast<int>(BreakerState::HalfOpen));
static_assert(static_cast<int>(ModelBreaker::Open) == static_cast<int>(BreakerState::Open));

} // namespace

LocalServing::LocalServing(const LocalParts &parts, const AuditTrail &audit, const LocalTokens &tokens,
                           LocalPrices &prices, LocalProxies &proxies, std::function<GatewayStatus()> status,
                           std::function<void(std::int64_t)> paused)
    : m_parts(parts)
    , m_audit(audit)
    , m_tokens(tokens)
    , m_prices(prices)
    , m_proxies(proxies)
    , m_status(std::move(status))
    , m_paused(std::move(paused))
{
}

void LocalServing::status(Reply<GatewayStatus> reply)
{
    reply(m_status());
}

void LocalServing::pause(std::int64_t untilMs, Reply<GatewayStatus> reply)
{
    if (untilMs != 0 && untilMs <= m_parts.clock.nowMs()) {
        reply(fail(Error{422, "invalid_value", "\"until\" must be a time to come.", "until", 0}));
        return;
    }
    const GatewayStatus::State state = m_status().state;
    if (state != GatewayStatus::State::Serving && state != GatewayStatus::State::Paused) {
        reply(fail(409, "not_serving", "The gateway does not serve now."));
        return;
    }
    m_audit.note("serving.pause", {});
    m_paused(untilMs);
    reply(m_status());
}

void LocalServing::resume(Reply<GatewayStatus> reply)
{
    m_audit.note("serving.resume", {});
    m_paused(-1);
    reply(m_status());
}

void LocalServing::models(Reply<std::vector<ModelView>> reply)
{
    std::vector<ModelView> views;
    for (const ModelHealth &health : m_parts.pool.modelHealth())
        views.push_back(modelView(health));
    if (m_parts.waits)
        addQueues(views, m_parts.waits->lengths());
    reply(std::move(views));
}

void LocalServing::proxies(Reply<std::vector<ProxyView>> reply)
{
    m_proxies.list(reply);
}

void LocalServing::addProxy(ProxyDraft draft, Reply<ProxyView> reply)
{
    m_proxies.add(std::move(draft), reply);
}

void LocalServing::patchProxy(ProxyId id, ProxyPatch patch, Reply<ProxyView> reply)
{
    m_proxies.patch(id, patch, reply);
}

void LocalServing::removeProxy(ProxyId id, Reply<void> reply)
{
    m_proxies.remove(id, reply);
}

void LocalServing::checkProxy(ProxyId id, Reply<ProxyVerdict> reply)
{
    m_proxies.check(id, reply);
}

void LocalServing::prices(Reply<std::vector<PriceView>> reply)
{
    reply(m_prices.list());
}

void LocalServing::setPrices(std::vector<PriceRow> prices, Reply<std::vector<PriceView>> reply)
{
    m_prices.set(prices, reply);
}

void LocalServing::removePrice(std::string model, Reply<void> reply)
{
    m_prices.remove(model, reply);
}

void LocalServing::problems(Reply<std::vector<Problem>> reply)
{
    std::vector<Problem> problems;
    const GatewayStatus status = m_status();
    if (status.keysTotal == 0)
        problems.push_back({"no_keys", {}, 0, {}});
    else if (status.keysUsable == 0)
        problems.push_back({"no_usable_key", {}, status.keysTotal, {}});
    if (status.keysSidelined > 0) {
        Problem sidelined{"keys_sidelined", {}, status.keysSidelined, {}};
        for (const KeyRow &row : m_parts.pool.snapshot()) {
            if (row.state == KeyState::Sidelined && sidelined.ids.size() < MAX_IDS)
                sidelined.ids.push_back(row.id);
        }
        problems.push_back(std::move(sidelined));
    }
    for (const ModelHealth &health : m_parts.pool.modelHealth()) {
        if (health.breaker != BreakerState::Closed)
            problems.push_back({"model_overloaded", health.model, health.overloads, {}});
        else if (health.available == 0 && health.resting + health.predicted > 0)
            problems.push_back({"model_resting", health.model, health.resting + health.predicted, {}});
    }
    for (const TokenRow &token : m_tokens.rows()) {
        const std::int64_t expiresMs = token.settings.expiresMs;
        if (token.settings.enabled && expiresMs != 0 && expiresMs <= m_parts.clock.nowMs())
            problems.push_back({"token_expired", token.settings.name, 1, {token.id}});
    }
    if (status.restartsPending > 0)
        problems.push_back({"restart_needed", {}, status.restartsPending, {}});
    reply(std::move(problems));
}

} // namespace Gateway
