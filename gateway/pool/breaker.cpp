#include "gateway/pool/breaker.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t TRIAL_MS = 60'000;
constexpr std::int64_t BETWEEN_TRIALS_MS = 1'000;
constexpr double SHARE_WEIGHT = 0.05; ///< Of the newest request: some twenty count.
constexpr double HIGH_SHARE = 0.7;
constexpr int ENOUGH_SAMPLES = 40;

} // namespace

BreakerState ModelBreaker::state(const PoolMoment &now) const
{
    if (m_openUntilMs == 0)
        return BreakerState::Closed;
    return now.monoMs < m_openUntilMs ? BreakerState::Open : BreakerState::HalfOpen;
}

std::int64_t ModelBreaker::waitMs(const PoolMoment &now) const
{
    if (m_openUntilMs == 0)
        return 0;
    if (now.monoMs < m_openUntilMs)
        return m_openUntilMs - now.monoMs;
    return now.monoMs < m_trialUntilMs ? BETWEEN_TRIALS_MS : 0;
}

bool ModelBreaker::lent(const PoolMoment &now)
{
    if (m_openUntilMs == 0)
        return false;
    m_trialUntilMs = now.monoMs + TRIAL_MS;
    return true;
}

bool ModelBreaker::overloaded(bool isTrial, std::int64_t lentMs, std::string reason, const PoolMoment &now,
                              const PoolOptions &options, std::uint32_t random)
{
    if (m_openUntilMs != 0 && !isTrial) {
        if (now.monoMs < m_openUntilMs || lentMs <= m_openedMs)
            return false; // sent before it opened
    }
    ++m_failures;
    m_reason = std::move(reason);
    m_samples = std::min(m_samples + 1, ENOUGH_SAMPLES);
    m_share += SHARE_WEIGHT * (1 - m_share);
    const bool isHigh = m_samples >= ENOUGH_SAMPLES && m_share > HIGH_SHARE;
    if (isTrial || m_openUntilMs != 0 || m_failures >= std::max(options.overloadsToOpen, 1) || isHigh)
        open(now, options, random);
    return true;
}

void ModelBreaker::open(const PoolMoment &now, const PoolOptions &options, std::uint32_t random)
{
    constexpr int mostDoublings = 20;
    const std::int64_t fullMs =
        std::min(options.breakerFirstMs << std::min(m_openings, mostDoublings), options.breakerLongestMs);
    const std::int64_t spread = fullMs / 2 + 1; // three to five quarters of the full time
    m_openUntilMs = now.monoMs + std::max<std::int64_t>(fullMs - fullMs / 4 + random % spread, 1);
    m_openedMs = now.monoMs;
    m_trialUntilMs = 0;
    ++m_openings;
}

bool ModelBreaker::succeeded(std::int64_t lentMs)
{
    m_samples = std::min(m_samples + 1, ENOUGH_SAMPLES);
    m_share -= SHARE_WEIGHT * m_share;
    if (m_openUntilMs != 0 && lentMs <= m_openedMs)
        return false; // says nothing of the time since
    const bool isNew = m_openUntilMs != 0 || m_failures != 0;
    if (m_openUntilMs != 0) {
        m_samples = 0;
        m_share = 0;
    }
    m_openUntilMs = 0;
    m_trialUntilMs = 0;
    m_failures = 0;
    m_openings = 0;
    if (isNew)
        m_reason.clear();
    return isNew;
}

void ModelBreaker::load(const ModelStateRow &row, const PoolMoment &now, const PoolOptions &options)
{
    m_failures = row.failures;
    m_reason = row.reason;
    if (row.openUntilMs == 0)
        return;
    // One that is over already is half-open: a trial comes first.
    const std::int64_t leftMs = std::clamp<std::int64_t>(
        row.openUntilMs - now.wallMs, 0, options.breakerLongestMs + options.breakerLongestMs / 4);
    m_openedMs = now.monoMs - 1;
    m_openUntilMs = std::max<std::int64_t>(now.monoMs + leftMs, 1);
    m_openings = 1;
}

ModelStateRow ModelBreaker::row(const PoolMoment &now) const
{
    ModelStateRow row;
    row.openUntilMs = m_openUntilMs == 0 ? 0 : now.wallMs + m_openUntilMs - now.monoMs;
    row.failures = m_failures;
    row.reason = m_reason;
    return row;
}

} // namespace Gateway
