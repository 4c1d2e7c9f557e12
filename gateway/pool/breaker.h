#pragma once

#include <cstdint>
#include <string>

#include "gateway/common/quota.h"
#include "gateway/pool/poolmoment.h"
#include "gateway/pool/pooloptions.h"
#include "gateway/pool/poolviews.h"

namespace Gateway {

/// A model without capacity is left alone for a while, then asked by one request at a time. Opens after some
/// overloads in a row, or when most of many requests meet one; every failed trial doubles the wait.
class ModelBreaker
{
public:
    /// How long requests must wait, ms; 0: this one may go (when half-open, as the trial).
    std::int64_t waitMs(const PoolMoment &now) const;
    BreakerState state(const PoolMoment &now) const;

    /// A request that waitMs() let through is lent a key. True: it is the trial of a half-open breaker.
    bool lent(const PoolMoment &now);
    /// The trial ended without a word on the model: another may go.
    void trialEnded() { m_trialUntilMs = 0; }

    /// What a request met that was lent a key at `lentMs` (monotonic). `random`: any 32 bits. True: the
    /// breaker opened or closed, or its count changed.
    bool overloaded(bool isTrial, std::int64_t lentMs, std::string reason, const PoolMoment &now,
                    const PoolOptions &options, std::uint32_t random);
    bool succeeded(std::int64_t lentMs);

    void load(const ModelStateRow &row, const PoolMoment &now, const PoolOptions &options);
    /// `openUntilMs` as wall time.
    ModelStateRow row(const PoolMoment &now) const;
    bool isClosed() const { return m_openUntilMs == 0; }
    int failures() const { return m_failures; }
    const std::string &reason() const { return m_reason; }

private:
    void open(const PoolMoment &now, const PoolOptions &options, std::uint32_t random);

    std::int64_t m_openUntilMs = 0; ///< Monotonic, as all here; 0: closed.
    std::int64_t m_openedMs = 0;
    std::int64_t m_trialUntilMs = 0; ///< A trial is out; one that never comes back is given up then.
    int m_failures = 0;              ///< In a row.
    int m_openings = 0;              ///< In a row.
    int m_samples = 0;               ///< Since it closed, up to a bound.
    double m_share = 0;              ///< Of overloads among the last requests, weighed by age.
    std::string m_reason;
};

} // namespace Gateway
