#include "tests/bench/simulator/googlemodel.h"

#include <algorithm>
#include <cmath>

#include "gateway/common/clock.h"

namespace Gateway::Sim {

namespace {

constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::int64_t REFUSAL_MS = 120;
constexpr double NETWORK_TROUBLE = 0.001;
constexpr double SERVER_TROUBLE = 0.001;

/// splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

Answer trouble(OutcomeKind kind, std::string reason, std::int64_t afterMs)
{
    Answer answer;
    answer.outcome.kind = kind;
    answer.outcome.text = reason;
    answer.outcome.reason = std::move(reason);
    answer.afterMs = afterMs;
    return answer;
}

} // namespace

GoogleModel::GoogleModel(const World &world)
    : m_world(world)
    , m_uses(world.projects.size() * world.models.size())
{
}

double GoogleModel::chanceOf(const Request &request, int attempt, int what) const
{
    const std::uint64_t number =
        mixed(mixed(mixed(m_world.seed + request.id) + static_cast<std::uint64_t>(attempt)) +
              static_cast<std::uint64_t>(what));
    return static_cast<double>(number >> 11U) * 0x1.0p-53;
}

bool GoogleModel::isDead(std::size_t key, std::int64_t nowMs) const
{
    const std::vector<Span> &dead = m_world.keys[key].dead;
    return std::any_of(dead.begin(), dead.end(), [nowMs](const Span &span) { return span.holds(nowMs); });
}

bool GoogleModel::isOverloaded(std::size_t model, double chance, std::int64_t nowMs) const
{
    return std::any_of(m_world.overloads.begin(), m_world.overloads.end(), [&](const Overload &overload) {
        return overload.model == model && chance < overload.share && overload.span.holds(nowMs);
    });
}

GoogleModel::Use &GoogleModel::useAt(std::size_t project, std::size_t model, std::int64_t nowMs)
{
    if (nowMs >= m_midnightMs)
        m_midnightMs = nextPacificMidnightMs(nowMs);
    Use &use = m_uses[project * m_world.models.size() + model];
    if (use.dayEndMs != m_midnightMs) {
        use.dayEndMs = m_midnightMs;
        use.dayRequests = 0;
    }
    if (m_world.window == MinuteWindow::Fixed) {
        // each project's minutes begin at a second of its own
        const std::int64_t minute = (nowMs + static_cast<std::int64_t>(project) * 7'919) / MINUTE_MS;
        if (use.minute != minute) {
            use.minute = minute;
            use.minuteRequests = 0;
            use.minuteTokens = 0;
        }
        return use;
    }
    while (!use.recent.empty() && use.recent.front().first <= nowMs - MINUTE_MS) {
        --use.minuteRequests;
        use.minuteTokens -= use.recent.front().second;
        use.recent.erase(use.recent.begin());
    }
    return use;
}

std::int64_t GoogleModel::minuteEndMs(const Use &use, std::size_t project, std::int64_t nowMs) const
{
    if (m_world.window == MinuteWindow::Fixed)
        return (use.minute + 1) * MINUTE_MS - static_cast<std::int64_t>(project) * 7'919;
    return use.recent.empty() ? nowMs : use.recent.front().first + MINUTE_MS;
}

Answer GoogleModel::refuseQuota(QuotaKind kind, std::int64_t limit, std::size_t project,
                                std::int64_t restMs) const
{
    const bool isDay = kind == QuotaKind::DayRequests;
    Answer answer =
        trouble(isDay ? OutcomeKind::DayQuota : OutcomeKind::RateLimited, "RESOURCE_EXHAUSTED", REFUSAL_MS);
    answer.outcome.quota = kind;
    answer.outcome.quotaLimit = limit;
    answer.outcome.tier = m_world.projects[project];
    answer.outcome.restMs = (restMs + 999) / 1000 * 1000; // Google tells whole seconds
    return answer;
}

Answer GoogleModel::ask(std::size_t key, const Request &request, int attempt, std::int64_t nowMs)
{
    const std::size_t project = m_world.keys[key].project;
    const Allowance &allowance = m_world.allowance(project, request.model);
    if (isDead(key, nowMs))
        return trouble(OutcomeKind::KeyFault, "API_KEY_INVALID", REFUSAL_MS);
    if (chanceOf(request, attempt, 1) < NETWORK_TROUBLE)
        return trouble(OutcomeKind::NetworkTrouble, "NETWORK", 2'000);
    if (isOverloaded(request.model, chanceOf(request, attempt, 2), nowMs))
        return trouble(OutcomeKind::Overloaded, "UNAVAILABLE", 700);
    if (chanceOf(request, attempt, 3) < SERVER_TROUBLE)
        return trouble(OutcomeKind::ServerTrouble, "INTERNAL", 900);
    if (allowance.dayRequests == 0)
        return trouble(OutcomeKind::NoSuchModel, "NOT_FOUND", REFUSAL_MS);

    Use &use = useAt(project, request.model, nowMs);
    const std::int64_t restMs = minuteEndMs(use, project, nowMs) - nowMs;
    if (use.dayRequests >= allowance.dayRequests)
        return refuseQuota(QuotaKind::DayRequests, allowance.dayRequests, project, restMs);
    if (use.minuteRequests >= allowance.minuteRequests)
        return refuseQuota(QuotaKind::MinuteRequests, allowance.minuteRequests, project, restMs);
    if (use.minuteTokens + request.tokens > allowance.minuteTokens)
        return refuseQuota(QuotaKind::MinuteTokens, allowance.minuteTokens, project, restMs);
    ++use.dayRequests;
    ++use.minuteRequests;
    use.minuteTokens += request.tokens;
    ++use.served;
    if (m_world.window == MinuteWindow::Sliding)
        use.recent.emplace_back(nowMs, request.tokens);

    Answer answer;
    answer.outcome.inputTokens = request.tokens;
    // most answers take seconds, some a minute: an exponential tail
    answer.afterMs = 600 + static_cast<std::int64_t>(-3'500.0 * std::log(1.0 - chanceOf(request, 0, 4)));
    return answer;
}

bool GoogleModel::wouldServe(std::size_t key, std::size_t model, int tokens, std::int64_t nowMs)
{
    const std::size_t project = m_world.keys[key].project;
    const Allowance &allowance = m_world.allowance(project, model);
    if (allowance.dayRequests == 0 || isDead(key, nowMs))
        return false;
    const Use &use = useAt(project, model, nowMs);
    return use.dayRequests < allowance.dayRequests && use.minuteRequests < allowance.minuteRequests &&
           use.minuteTokens + tokens <= allowance.minuteTokens;
}

double GoogleModel::dayLeft(std::size_t project, std::size_t model, std::int64_t nowMs)
{
    const int allowed = m_world.allowance(project, model).dayRequests;
    return allowed == 0 ? 0 : 1.0 - static_cast<double>(useAt(project, model, nowMs).dayRequests) / allowed;
}

std::int64_t GoogleModel::served(std::size_t project, std::size_t model) const
{
    return m_uses[project * m_world.models.size() + model].served;
}

} // namespace Gateway::Sim
