#include "tests/bench/simulator/poolpolicy.h"

#include <algorithm>
#include <utility>

namespace Gateway::Sim {

namespace {

constexpr std::int64_t CHECK_INTERVAL_MS = 600'000;
constexpr int CHECKED_AT_A_TIME = 1'000;
constexpr std::size_t CHECK_MODEL = 1;
constexpr std::int64_t INNOCENT_BACKOFF_MS = 150;

std::vector<KeyRow> rowsOf(const World &world, bool knowsProjects)
{
    std::vector<KeyRow> rows(world.keys.size());
    for (std::size_t key = 0; key < rows.size(); ++key) {
        rows[key].id = static_cast<KeyId>(key + 1);
        rows[key].secret = Secret("simulated-key-" + std::to_string(key));
        if (knowsProjects)
            rows[key].settings.project = "project-" + std::to_string(world.keys[key].project);
    }
    return rows;
}

PoolOptions optionsOf(const std::string &strategy)
{
    PoolOptions options;
    options.strategy = strategy;
    return options;
}

bool isInnocent(OutcomeKind kind)
{
    return kind == OutcomeKind::ServerTrouble || kind == OutcomeKind::NetworkTrouble ||
           kind == OutcomeKind::Overloaded;
}

} // namespace

PoolPolicy::PoolPolicy(const World &world, const FakeClock &clock, std::string strategy, bool knowsProjects)
    : m_world(world)
    , m_strategy(std::move(strategy))
    , m_knowsProjects(knowsProjects)
    , m_pool(clock, optionsOf(m_strategy), {})
{
    m_pool.load(rowsOf(world, knowsProjects), {}, {});
}

std::string PoolPolicy::name() const
{
    return m_strategy + (m_knowsProjects ? "" : ", projects unknown");
}

std::int64_t PoolPolicy::backoffMs(const Outcome &outcome) const
{
    return isInnocent(outcome.kind) ? INNOCENT_BACKOFF_MS : 0;
}

Choice PoolPolicy::choose(const Request &request, std::span<const std::size_t> tried, std::int64_t)
{
    m_tried.clear();
    for (const std::size_t key : tried)
        m_tried.push_back(static_cast<KeyId>(key + 1));
    AcquireRequest wanted;
    wanted.model = m_world.models[request.model].name;
    wanted.tried = m_tried;
    wanted.affinity = request.conversation;
    wanted.inputTokens = request.tokens;
    wanted.maxWaitMs = patienceMs();
    wanted.lastAttempt = static_cast<int>(tried.size()) + 1 >= attempts();
    tl::expected<Lease, Refusal> lease = m_pool.acquire(wanted);
    if (!lease) {
        const bool waits =
            lease.error().why == Refusal::Why::Resting || lease.error().why == Refusal::Why::Overloaded;
        return {{}, waits ? std::max<std::int64_t>(lease.error().waitMs, 1) : 0};
    }
    const auto key = static_cast<std::size_t>(lease->key - 1);
    m_leases.insert_or_assign(request.id, std::move(*lease));
    return {key, 0};
}

bool PoolPolicy::report(std::size_t, const Request &request, const Outcome &outcome, std::int64_t)
{
    const auto lease = m_leases.find(request.id);
    m_pool.report(std::move(lease->second), outcome);
    m_leases.erase(lease);
    return isRetryable(outcome.kind);
}

/// The background check of sidelined keys.
std::int64_t PoolPolicy::tick(std::int64_t nowMs, GoogleModel &google)
{
    for (Lease &lease : m_pool.sidelined(CHECKED_AT_A_TIME)) {
        const auto key = static_cast<std::size_t>(lease.key - 1);
        Request check;
        check.id = (std::uint64_t{1} << 41U) + static_cast<std::uint64_t>(nowMs) + key;
        check.model = CHECK_MODEL;
        check.tokens = 2;
        lease.model = m_world.models[CHECK_MODEL].name;
        m_pool.report(std::move(lease), google.ask(key, check, 0, nowMs).outcome);
    }
    return nowMs + CHECK_INTERVAL_MS;
}

} // namespace Gateway::Sim
