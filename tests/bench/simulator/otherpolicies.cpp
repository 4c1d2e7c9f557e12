#include "tests/bench/simulator/otherpolicies.h"

#include <algorithm>
#include <utility>

namespace Gateway::Sim {

namespace {

constexpr int MAX_FAILURES = 3;
constexpr std::int64_t CHECK_INTERVAL_MS = 3'600'000;
constexpr std::int64_t LOOK_AGAIN_MS = 250;
constexpr std::size_t CHECK_MODEL = 1;

} // namespace

OraclePolicy::OraclePolicy(const World &world, GoogleModel &google, int maxAttempts, std::int64_t patience)
    : m_world(world)
    , m_google(google)
    , m_keysOf(world.projects.size())
    , m_attempts(maxAttempts)
    , m_patienceMs(patience)
{
    for (std::size_t key = 0; key < world.keys.size(); ++key)
        m_keysOf[world.keys[key].project].push_back(key);
}

std::int64_t OraclePolicy::backoffMs(const Outcome &) const
{
    return LOOK_AGAIN_MS;
}

Choice OraclePolicy::choose(const Request &request, std::span<const std::size_t>, std::int64_t nowMs)
{
    double best = -1;
    std::optional<std::size_t> key;
    for (std::size_t project = 0; project < m_keysOf.size(); ++project) {
        for (const std::size_t candidate : m_keysOf[project]) {
            if (!m_google.wouldServe(candidate, request.model, request.tokens, nowMs))
                continue;
            const double left = m_google.dayLeft(project, request.model, nowMs);
            if (left > best) {
                best = left;
                key = candidate;
            }
            break;
        }
    }
    return {key, key ? 0 : LOOK_AGAIN_MS};
}

bool OraclePolicy::report(std::size_t, const Request &, const Outcome &, std::int64_t)
{
    return true;
}

std::int64_t OraclePolicy::tick(std::int64_t nowMs, GoogleModel &)
{
    return nowMs + CHECK_INTERVAL_MS;
}

CountingPolicy::Rules webPolicy()
{
    return {"fail counts, one attempt", 1, false, false, false};
}

CountingPolicy::Rules pythonPolicy()
{
    return {"fail counts, three attempts", 3, false, true, true};
}

CountingPolicy::CountingPolicy(const World &world, Rules rules)
    : m_world(world)
    , m_rules(std::move(rules))
    , m_failures(world.keys.size())
{
}

Choice CountingPolicy::choose(const Request &, std::span<const std::size_t>, std::int64_t)
{
    for (std::size_t looked = 0; looked < m_failures.size(); ++looked) {
        const std::size_t key = m_cursor++ % m_failures.size();
        if (m_failures[key] < MAX_FAILURES)
            return {key, 0};
    }
    if (m_rules.usesDeadPool)
        return {m_cursor++ % m_failures.size(), 0};
    return {};
}

bool CountingPolicy::report(std::size_t key, const Request &, const Outcome &outcome, std::int64_t)
{
    if (outcome.kind != OutcomeKind::Success)
        ++m_failures[key];
    else if (m_rules.successClears)
        m_failures[key] = 0;
    return true;
}

std::int64_t CountingPolicy::tick(std::int64_t nowMs, GoogleModel &google)
{
    const int from = m_rules.checksAll ? 1 : MAX_FAILURES;
    for (std::size_t key = 0; key < m_failures.size(); ++key) {
        if (m_failures[key] < from)
            continue;
        Request check;
        check.id = (std::uint64_t{1} << 40U) + static_cast<std::uint64_t>(nowMs) + key;
        check.model = CHECK_MODEL;
        check.tokens = 2;
        const bool works = google.ask(key, check, 0, nowMs).outcome.kind == OutcomeKind::Success;
        m_failures[key] = works ? 0 : std::min(m_failures[key] + 1, MAX_FAILURES);
    }
    return nowMs + CHECK_INTERVAL_MS;
}

} // namespace Gateway::Sim
